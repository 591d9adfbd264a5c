"""Show the version of rexctl, and of the Python that runs it.

Example: rexctl version
"""

from __future__ import annotations

import sys

from rexctl import __version__


def run() -> None:
    """Show the version."""
    told()


def told() -> None:
    """Print the version; loads nothing that only other commands need."""
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"rexctl {__version__} (Python {python})")
