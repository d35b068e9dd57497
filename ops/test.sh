#!/bin/sh
# Installs what the tests need, builds everything, runs every test project. The last line is always the sum:
#   N passed, N failed, N skipped
# Ends with an error when the build breaks, a test fails, a test run crashes, or nothing ran at all.
set -u
cd "$(dirname "$0")/.."

# Each project keeps its results beside it: in one folder, projects that finish in the same second write over each other.
rm -rf tests/*/TestResults

summary() {
    find tests/*/TestResults -name '*.trx' -exec cat {} + 2>/dev/null | tr -d '\r' | grep -o '<Counters [^>]*>' | awk '
        function count(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
        { total += count("total"); executed += count("executed"); passed += count("passed") }
        END { printf "%d passed, %d failed, %d skipped\n", passed, executed - passed, total - executed }'
}

give_up() {
    echo "$1" >&2
    summary
    exit 1
}

ops/install/install.sh postgresql node npm-packages chromium python-clients || give_up "What the tests need could not be installed."
ops/css.sh || give_up "The styles did not compile."
ops/build.sh || give_up "The app did not publish."
dotnet build PracticeEvents.sln --configuration Release --nologo --verbosity quiet || give_up "The build failed."

dotnet test PracticeEvents.sln --configuration Release --no-build --nologo --logger trx </dev/null
outcome=$?

sum=$(summary)
case $sum in
    "0 passed, 0 failed, "*) give_up "No test ran." ;;
    *", 0 failed, "*) [ $outcome -eq 0 ] || give_up "A test run ended before it was finished: see above." ;;
    *) outcome=1 ;;
esac
echo "$sum"
exit $outcome
