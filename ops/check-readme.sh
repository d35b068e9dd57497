#!/bin/bash
# Runs the bash blocks of the README's walk-through, in order and word for word, against a fresh data folder, and checks what they print.
# Only the folder and the port are changed, so that a service in use is left alone.
#   ops/check-readme.sh            builds first, as the walk-through says
#   ops/check-readme.sh --built    uses artifacts/practice as it is
set -eu
cd "$(dirname "$0")/.."

folder=$(mktemp -d /tmp/practice-readme-XXXXXX)
port=$((20000 + RANDOM % 10000))
script=$folder/walk-through
printed=$folder/printed

stop() {
    [ -z "${walk:-}" ] || kill -TERM -- "-$walk" 2>/dev/null || true
    [ -z "${walk:-}" ] || wait "$walk" 2>/dev/null || true
    # The shell ends at once, the service when it has stopped its private PostgreSQL: its folder stays until then.
    for _ in $(seq 300); do
        [ -n "${walk:-}" ] && kill -0 -- "-$walk" 2>/dev/null || break
        sleep 0.1
    done
    # The service stops its private PostgreSQL last; a folder still in use cannot be removed.
    for _ in $(seq 100); do
        rm -rf "$folder" 2>/dev/null && [ ! -e "$folder" ] && break
        sleep 0.1
    done
}
trap stop EXIT

{
    echo 'set -u'
    awk '/^## /{ inside = ($0 == "## Walk-through") } /^```/{ code = inside && $0 == "```bash"; next } code' README.md
    echo 'sleep 2'
} | sed -e "s|/tmp/practice-walk|$folder/data|g" -e "s|127.0.0.1:8080|127.0.0.1:$port|g" -e "s|serve --rehearsal|serve --urls http://127.0.0.1:$port --rehearsal|" > "$script"
[ "${1:-}" != --built ] || sed -i 's/^make build$/:/' "$script"

# A process group of its own, so that the service and the open streams end with it.
set -m
bash "$script" > "$printed" 2>&1 &
walk=$!
set +m

for _ in $(seq 1800); do
    grep -q 'Next core group\|Core group,2026-04-23\|,2026-04-23,' "$printed" && break
    kill -0 "$walk" 2>/dev/null || break
    sleep 0.1
done
sleep 1

wrong=0
expect() {
    if grep -qE "$2" "$printed"; then
        echo "ok: $1"
    else
        echo "NOT SEEN: $1 ($2)"
        wrong=1
    fi
}

expect 'events are accepted'                         '"id":"e8","status":"accepted"'
expect 'the first core group is due on 16 March'     '^First core group,2026-03-16,due_soon'
expect 'the first review is due on 2 June'           '^First review conference,2026-06-02,on_track'
expect 'the duty says how it was worked out'         '"rule":"core-group-first-10wd".*"steps":\['
expect 'the team manager is told that it is overdue' '^team-manager: .*core-group-first-10wd.*"stage":"overdue"'
expect 'the head of service is told, too'            '^head-of-service: .*core-group-first-10wd.*"stage":"overdue"'
expect 'why lists the days counted'                  '"text":.*"days":\[.*2026-03-16'
expect 'the late news is accepted'                   '"id":"e9","status":"accepted"'
expect 'the alert is withdrawn with the reason'      '"withdrawnBecause":"It was not overdue: it was done on .*12 March 2026, in time'
expect 'the stream says so'                          '^head-of-service: .*core-group-first-10wd.*"status":"withdrawn"'
expect 'the duty is done in time'                    '^First core group,2026-03-16,done,2026-03-12'
expect 'the next core group is due on 23 April'      ',2026-04-23,'

if [ $wrong -ne 0 ]; then
    echo "What the walk-through printed:" >&2
    cat "$printed" >&2
fi
exit $wrong
