"""`python -m bearwitness`: the same door as the `bearwitness` command."""

import sys

from bearwitness.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
