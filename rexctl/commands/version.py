"""Show the version of rexctl and of Python.

Example: rexctl version
"""

from __future__ import annotations

import sys

from rexctl import __version__
from rexctl.cli.context import Context
from rexctl.cli.options import Jsonl


def run(context: Context | None, jsonl: Jsonl = False) -> None:
    """Print the version; no other module is imported."""
    python = ".".join(map(str, sys.version_info[:3]))
    if jsonl:
        print(f'{{"rexctl": "{__version__}", "python": "{python}"}}')
    else:
        print(f"rexctl {__version__} (Python {python})")
