#!/bin/sh
# Writes requirements/*.txt from pyproject.toml: versions and hashes only, no registry named.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet pyproject.toml --no-config --universal --python-version 3.11 --generate-hashes \
        --only-binary :all: --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
lock --extra link -o requirements/run.txt
lock --extra link --extra build -o requirements/build.txt
lock --extra link --extra build --extra test -o requirements/test.txt
lock --extra link --extra build --extra test --extra accept -o requirements/accept.txt
