#!/bin/sh
# Finds a Python that fits and hands over to config/setup: sh config/setup/start.sh <command> ...
# Portable sh, because nothing else is certain to exist. PYTHON=/path/to/python names one outright.
here=$(dirname "$0")
# Images for programs that start once set it. What is started here starts again and again: compiling anew costs seconds.
unset PYTHONDONTWRITEBYTECODE
probe='
import sys
print("%d.%d.%d" % sys.version_info[:3])
if sys.version_info < (3, 11):
    sys.exit(3)
try:
    import ensurepip, venv
except ImportError:
    sys.exit(4)
'
# Debian packs venv apart from Python. In a container (root, apt-get) it is installed; elsewhere that is said.
install_venv() {
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    echo "Installing python3-venv with apt-get: this Python lacks its venv module"
    apt-get -q update >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends python3-venv >/dev/null 2>&1
}

reason="none was found"
for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    version=$("$python" -c "$probe" 2>/dev/null)
    case $? in
    0) exec "$python" "$here" "$@" ;;
    3) [ "$reason" = "none was found" ] && reason="$python is $version" ;;
    4)
        reason="$python $version lacks it; on Debian and Ubuntu: apt-get install python3-venv"
        install_venv && "$python" -c "$probe" >/dev/null 2>&1 && exec "$python" "$here" "$@"
        ;;
    *) [ -n "$PYTHON" ] && reason="PYTHON=$python does not run" ;;
    esac
done
echo "Kefu needs Python 3.11 or newer with its venv module ($reason): install it," \
    "or name one with PYTHON=/path/to/python3 make ..." >&2
exit 1
