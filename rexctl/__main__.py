"""`python -m rexctl` is `rexctl`."""

from rexctl.app.main import main

main()
