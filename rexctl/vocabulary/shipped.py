"""The vocabulary shipped with rexctl, from `resources/vocabulary.json`.

`python -m tests.regenerate` generates that file from the YAML files in `resources/vocabulary/` and
from ISO 3166 and ISO 4217 as pycountry has them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

TABLES = Path(__file__).parents[1] / "resources" / "vocabulary.json"
SUBDIVISIONS = TABLES.with_name("subdivisions.json")

Entries = dict[str, dict[str, Any]]


class Tables(NamedTuple):
    """The shipped tables. Entries are mappings by code: name, aliases, tz, members and so on."""

    actors: Entries  # organisations and blocs
    materials: Entries
    laws: Entries
    countries: dict[str, str]  # code -> name
    country_names: dict[str, str]  # country_key of a name or three-letter code -> code
    lists: Entries  # sanctions lists
    former: dict[str, list[str]]  # code in ISO 3166-3 -> name, day of its end
    zones: dict[str, str]  # country -> IANA time zone of its capital
    currencies: list[str]


@cache
def tables() -> Tables:
    """Return the shipped tables."""
    return Tables(**json.loads(TABLES.read_bytes()))


@cache
def subdivisions() -> dict[str, str]:
    """Return the name of each state, province or region by its code in ISO 3166-2, such as US-CA."""
    names: dict[str, str] = json.loads(SUBDIVISIONS.read_bytes())
    return names
