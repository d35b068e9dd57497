#!/bin/sh
# Compiles the styles and copies GOV.UK Frontend's script into the app's wwwroot/assets. Does nothing when nothing changed.
set -eu
cd "$(dirname "$0")/.."

styles=src/PracticeEvents.App/Styles
assets=src/PracticeEvents.App/wwwroot/assets
css=$assets/practice.css

if [ -e "$css" ] && [ -e "$assets/govuk-frontend.min.js" ] &&
    [ -z "$(find "$styles" package-lock.json ops/css.sh ops/compile-styles.js -newer "$css" | head -n 1)" ]; then
    exit 0
fi

ops/install/install.sh node npm-packages
mkdir -p "$assets"
node ops/compile-styles.js "$styles/practice.scss" "$css.new"

for forbidden in 'GDS Transport' '@font-face' 'crown' '/images/'; do
    if grep -q "$forbidden" "$css.new"; then
        echo "The compiled styles mention \"$forbidden\". A service that is not on GOV.UK may not use GOV.UK's typeface or marks: see $styles/_settings.scss." >&2
        rm -f "$css.new"
        exit 1
    fi
done

cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js "$assets/"
mv "$css.new" "$css"
