"""Where the details of a bug are kept."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path


def kept(fault: Exception, words: list[str]) -> str:
    """Write the traceback to a file of its own and give its path."""
    lines = ["rexctl " + " ".join(words), f"Python {sys.version}", ""]
    lines += traceback.format_exception(fault)
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="rexctl-bug-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write("\n".join(lines))
        return str(Path(file.name))
    except OSError:
        return "no file: the disk took none"
