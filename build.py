"""The door: `python build.py` builds this project; `python build.py --help` tells the rest."""

import sys

if __name__ == "__main__":
    try:
        from stele.cli import main
    except ModuleNotFoundError as missing:
        sys.exit(f"{missing.name} is not installed. See “Two commands” in README.md: bash .ci/sample")
    main()
