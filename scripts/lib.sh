# What the scripts share. Sourced, not run.
#
# Sets ROOT to the repository's root and goes there, so that every script works from any folder.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# Debian packages that a build needs besides Swift itself: headers of simdjson and SQLite, a C++ compiler with its
# library for simdjson and BoringSSL, zlib for compressed answers, git for fetching packages.
PACKAGES=(libsimdjson-dev libsqlite3-dev zlib1g-dev g++ git ca-certificates)

# Everything the scripts say goes to standard error; standard output belongs to what they run.
say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$1"
    exit "${2:-1}"
}

# Which of the packages are not installed. Empty where there is no Debian package manager.
missing_packages() {
    command -v dpkg-query >/dev/null || return 0
    local package
    for package in "${PACKAGES[@]}"; do
        [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || printf '%s ' "$package"
    done
}

# Stops with advice unless Swift 6.3 or newer is on the PATH.
require_swift() {
    local advice="Install Swift 6.3 or newer (https://www.swift.org/install/linux/) and see that 'swift' is on the PATH."
    command -v swift >/dev/null || fail "There is no 'swift' on the PATH. $advice" 69
    local version
    version="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)"
    [[ -n "$version" && "$(printf '6.3\n%s\n' "$version" | sort -V | head -n 1)" == 6.3 ]] \
        || fail "Swift ${version:-of an unknown version} is too old. $advice" 69
}

# Runs a command as root: directly, or through sudo.
as_root() {
    if [[ "$(id -u)" == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "Root is needed for: $* - run it as root, then start again." 77
    fi
}

# Installs packages; the lists are fetched only where they are missing or out of date.
install_packages() {
    command -v apt-get >/dev/null || fail "Install these first: $*" 69
    local options=(install --yes --no-install-recommends -qq)
    local log
    log="$(mktemp)"
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" "$@" >"$log" 2>&1; then
        as_root apt-get update -qq >>"$log" 2>&1 || true
        as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" "$@" >>"$log" 2>&1 \
            || { tail -n 20 "$log" >&2; rm -f "$log"; fail "Installing $* failed." 69; }
    fi
    rm -f "$log"
}

# Installs what is missing, and says nothing when nothing is.
ensure_packages() {
    local missing
    read -r -a missing <<<"$(missing_packages)"
    if ((${#missing[@]} > 0)); then
        stage "install ${missing[*]}"
        install_packages "${missing[@]}"
        stage_done
    fi
}

# A stage: its name when it begins, its duration when it ends.
stage() {
    STAGE_START=$SECONDS
    STAGE_NAME="$1"
    say "== $1"
}

stage_done() { say "== $STAGE_NAME: $((SECONDS - STAGE_START)) s"; }

# Runs a build: with its own progress line on a terminal; elsewhere with a line for every tenth, and if it fails with
# its errors and the end of its output.
build() {
    if [[ -t 2 ]]; then
        swift build "$@" >&2
        return
    fi
    local log status
    log="$(mktemp)"
    set +e
    swift build "$@" 2>&1 | tee "$log" | awk -F '[][/ ]' '
        $0 ~ /^\[[0-9]+\/[0-9]+\]/ && $3 > 100 {
            tenth = int(10 * $2 / $3)
            if (tenth > last) { last = tenth; printf "   %d0 %%\n", tenth; fflush() }
        }' >&2
    status="${PIPESTATUS[0]}"
    set -e
    if ((status != 0)); then
        { grep -E '(error|warning):' "$log" || true; } | sort -u | sed -n 1,40p >&2
        tail -n 20 "$log" >&2
    fi
    rm -f "$log"
    ((status == 0)) || fail "The build failed: swift build $*"
}

# Clients that others wrote, from PyPI, in an environment of their own.
CLIENTS_ENVIRONMENT="$ROOT/.build/clients"

# Fetches them unless they are there as Tests/Clients/requirements.txt names them; given up after ten minutes.
ensure_clients() {
    local wanted="$ROOT/Tests/Clients/requirements.txt"
    ! cmp -s "$wanted" "$CLIENTS_ENVIRONMENT/requirements.txt" || return 0
    command -v python3 >/dev/null || install_packages python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
    stage "fetch the clients"
    rm -rf "$CLIENTS_ENVIRONMENT"
    mkdir -p "$ROOT/.build"
    python3 -m venv "$CLIENTS_ENVIRONMENT"
    timeout 600 "$CLIENTS_ENVIRONMENT/bin/python" -m pip install --quiet --disable-pip-version-check \
        --requirement "$wanted" >&2 || fail "The clients could not be fetched." 69
    # Last, so that an environment that was not finished is made anew.
    cp "$wanted" "$CLIENTS_ENVIRONMENT/requirements.txt"
    stage_done
}

# Makes a certificate for this machine in a folder: certificate.pem and key.pem.
make_certificate() {
    command -v openssl >/dev/null || install_packages openssl
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
        -keyout "$1/key.pem" -out "$1/certificate.pem" 2>/dev/null || fail "No certificate could be made." 69
}

# Runs the tests that are built: prints failures and the closing line, not what passed. Fails when a test fails, and
# when fewer tests ran than a whole run has.
#   run_tests MINIMUM [option of swift test]...
run_tests() {
    local minimum="$1" log status count
    shift
    log="$(mktemp)"
    # All at once, hundreds of tests starve those that wait for processes and sockets; a few per core do not.
    export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH="${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-$((2 * $(nproc)))}"
    set +e
    swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log" \
        | awk '/^✔ Test run with/ || !/^(◇|✔|↳ Test|↳ Target|\[[0-9])/ { print; fflush() }'
    status="${PIPESTATUS[0]}"
    set -e
    count="$(sed -n 's/.*Test run with \([0-9]*\) test.*/\1/p' "$log" | tail -n 1)"
    rm -f "$log"
    ((status == 0)) || exit "$status"
    [[ -n "$count" ]] || fail "No closing line: the tests did not run to their end."
    (($# > 0 || count >= minimum)) || fail "Only $count tests ran, at least $minimum should."
    ((count > 0)) || fail "No test ran."
}

# Goes through the desk of the built program in a headless Chromium, in the languages that are given, or in all.
journeys() {
    command -v chromium >/dev/null || install_packages chromium
    command -v python3 >/dev/null || install_packages python3
    stage "journeys through the desk"
    python3 Tests/Pictures/journeys.py "$ROOT/.build/debug/couplet" "$@"
    stage_done
}

# Builds the simulator, which is the only program that is worth a release build in tests.
build_simulator() {
    stage "build the simulator"
    build -c release --product couplet-sim
    stage_done
}

# Runs the simulator; what it says goes to standard error.
simulate() {
    stage "couplet-sim $*"
    .build/release/couplet-sim "$@" >&2
    stage_done
}
