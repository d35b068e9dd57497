#!/bin/sh
# Installs what is missing, and says so; quiet when nothing is. Safe to run again.
#   ops/install/install.sh [postgresql] [node] [npm-packages] [chromium] [python-clients]
set -eu
cd "$(dirname "$0")/../.."

refreshed=no

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else
        echo "Cannot install $wanted: run this as root, or install sudo, or install $wanted yourself." >&2
        exit 1
    fi
}

apt_install() {
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "$wanted is missing and this machine has no apt-get: install it with your own package manager, then run this again." >&2
        exit 1
    fi
    if [ "$refreshed" = no ]; then
        as_root apt-get update -qq </dev/null >/dev/null
        refreshed=yes
    fi
    echo "Installing $wanted." >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

# The service starts a private cluster of its own from these binaries, so the server must be 15 or newer.
has_postgresql() {
    for server in /usr/lib/postgresql/*/bin/postgres "$(command -v postgres || true)" "$(pg_config --bindir 2>/dev/null || true)/postgres"; do
        [ -x "$server" ] || continue
        major=$("$server" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
        [ "$major" -ge 15 ] && return 0
    done
    return 1
}

install_postgresql() {
    has_postgresql && return 0
    wanted="PostgreSQL 15 or newer"
    # Debian would start a shared cluster nobody asked for. Leave the setting alone where someone already runs their own.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        apt_install postgresql-common
        as_root sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    apt_install postgresql
    has_postgresql || { echo "This machine's package list offers only an older PostgreSQL. Install PostgreSQL 15 or newer." >&2; exit 1; }
}

has_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 &&
        [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 18 ]
}

install_node() {
    has_node && return 0
    wanted="Node.js 18 or newer and npm"
    apt_install nodejs npm
    has_node || { echo "This machine's package list offers only an older Node.js. Install Node.js 18 or newer." >&2; exit 1; }
}

install_npm_packages() {
    # npm writes this file last, so it is newer than the lock file exactly when the install finished.
    [ node_modules/.package-lock.json -nt package-lock.json ] && return 0
    install_node
    echo "Installing the npm packages in package-lock.json." >&2
    npm ci --ignore-scripts --loglevel=error </dev/null >/dev/null
    touch node_modules/.package-lock.json
}

install_chromium() {
    for browser in chromium chromium-browser google-chrome; do
        command -v "$browser" >/dev/null 2>&1 && return 0
    done
    wanted="Chromium"
    apt_install chromium
}

# Debian's own Python and its packages: programs that others wrote, which the tests point at feeds, calendars and mail.
install_python_clients() {
    /usr/bin/python3 -c 'import aiosmtpd, feedparser, icalendar' 2>/dev/null && return 0
    wanted="Python with aiosmtpd, feedparser and icalendar"
    apt_install python3 python3-aiosmtpd python3-feedparser python3-icalendar
}

for part in "$@"; do
    case $part in
        postgresql) install_postgresql ;;
        node) install_node ;;
        npm-packages) install_npm_packages ;;
        chromium) install_chromium ;;
        python-clients) install_python_clients ;;
        *) echo "Unknown part \"$part\": use postgresql, node, npm-packages, chromium or python-clients." >&2; exit 2 ;;
    esac
done
