"""Show the version of rexctl and of Python.

Example: rexctl version
"""

from __future__ import annotations

import sys

from rexctl import __version__
from rexctl.cli.context import Context


def run(context: Context | None) -> None:
    """Print the version; no other module is imported."""
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"rexctl {__version__} (Python {python})")
