"""`python -m goalkit` is `goalkit`."""

from goalkit.cli import main

if __name__ == "__main__":
    main()
