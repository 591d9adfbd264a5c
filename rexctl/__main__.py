"""`python -m rexctl` is `rexctl`."""

from rexctl.cli import main

main()
