#!/bin/sh
# Says in plain words why Bearwitness cannot be set up here, before anything is made or fetched.
py="$1"
if [ -z "$py" ] || ! command -v "$py" >/dev/null 2>&1; then
    found=$( (python3 --version || echo "no python3 at all") 2>&1 | head -n 1)
    echo "Bearwitness needs Python 3.11 or newer. Found here: ${py:+$py, which is not a command; }$found." >&2
    echo "On Debian 12 or newer: apt-get install python3 python3-venv" >&2
    echo "If you have one under another name: make PYTHON=/path/to/python3.11 demo" >&2
    exit 1
fi
if ! "$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Bearwitness needs Python 3.11 or newer. $py is $("$py" --version 2>&1)." >&2
    echo "If you have a newer one under another name: make PYTHON=/path/to/python3.11 demo" >&2
    exit 1
fi
if ! "$py" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "$py has no venv module. On Debian: apt-get install python3-venv" >&2
    exit 1
fi
