"""The file that holds the details of a bug."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def write(error: Exception, words: Sequence[str]) -> str:
    """Write command line, Python version and traceback to a new file and return its path."""
    lines = [f"rexctl {' '.join(words)}", f"Python {sys.version}", ""]
    lines += traceback.format_exception(error)
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="rexctl-bug-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write("\n".join(lines))
        return str(Path(file.name))
    except OSError:
        return "no file: it could not be written"
