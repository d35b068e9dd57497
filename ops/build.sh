#!/bin/sh
# Publishes the app and leaves a launcher at artifacts/practice that works wherever the folder is moved to.
set -eu
cd "$(dirname "$0")/.."

ops/css.sh
dotnet publish src/PracticeEvents.App --configuration Release --output artifacts/app --nologo --verbosity quiet

cat > artifacts/practice <<'LAUNCHER'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/app/practice" "$@"
LAUNCHER
chmod +x artifacts/practice
