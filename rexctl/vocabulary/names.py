"""The shipped tables of codes, their names, and the nearest one to a misspelled name.

`python -m tests.regenerate` generates the tables in `resources/vocabulary.json` from the YAML files
in `resources/vocabulary/` and from ISO 3166 and ISO 4217 as pycountry has them.

A name is compared by `values.text.name_key`: without case, accents, points, hyphens, brackets and
a leading `the`. A country has its ISO code, its three-letter code, the names of ISO 3166 and those
that the shipped tables add; another entry has its code, name, symbol and aliases.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.values.clock import timezone_names
from rexctl.values.suggest import NAMES, nearest
from rexctl.values.text import comparison_key, country_key, group_pairs, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLES = Path(__file__).parents[1] / "resources" / "vocabulary.json"
SUBDIVISIONS = TABLES.with_name("subdivisions.json")

Entries = dict[str, dict[str, Any]]
TWO_NAMES = re.compile(r"([^()]+)\(([^()]+)\)")
GOVERNMENTS = frozenset({"government", "govt", "authorities", "administration"})
_OWNER = re.compile(r" of |, |['’]s? ")
_LONGEST_PREFIX = 4  # words of a country's name before that of a body
# Words by which a name says that it is of a part of another country.
_PARTS = re.compile(r"\b(SAR|S\.A\.R|Special|Province)\b", re.IGNORECASE)


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
    adjectives: dict[str, str]  # `chinese`: CN
    places: dict[str, list[str]]  # name_key of a place -> the actors that the press means by it


@cache
def tables() -> Tables:
    """Return the shipped tables."""
    return Tables(**json.loads(TABLES.read_bytes()))


@cache
def subdivisions() -> dict[str, str]:
    """Return the name of each state, province or region by its code in ISO 3166-2, such as US-CA."""
    names: dict[str, str] = json.loads(SUBDIVISIONS.read_bytes())
    return names


def names_of(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each name of an entry with its path in it: code, name, symbol, aliases."""
    yield from (((key,), entry[key]) for key in ("code", "name", "symbol") if key in entry)
    yield from ((("aliases", n), text) for n, text in enumerate(entry.get("aliases", ())))


def index_names(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the code of each name by its key: a code before any name, of two names the first."""
    index = {name_key(code): code for code in entries}
    for code, entry in entries.items():
        for _, text in names_of(entry):
            index.setdefault(name_key(text), code)
    return index


def is_country(code: str) -> bool:
    """Return whether a text is the code of a country, of a former one, or of a part of one."""
    shipped = tables()
    return code in shipped.countries or code in shipped.former or (
        code[2:3] == "-" and code in subdivisions())  # fmt: skip


def find_country(text: str) -> str:
    """Return the code of a country's code or name, or an empty text.

    >>> find_country("us"), find_country("The U.S."), find_country("CHN"), find_country("Ruritania")
    ('US', 'US', 'CN', '')
    >>> find_country("Hong Kong SAR, China"), find_country("us-ca"), find_country("Soviet Union")
    ('HK', 'US-CA', 'SUHH')
    >>> find_country("China, Hong Kong SAR"), find_country("China,Taiwan"), find_country("Korea, Rep.")
    ('HK', '', 'KR')
    >>> find_country("Burma (Myanmar)"), find_country("China (Japan)")
    ('MM', '')
    """
    upper = text.strip().upper()
    code = upper if is_country(upper) else tables().country_names.get(country_key(text), "")
    if not code and (both := TWO_NAMES.fullmatch(text.strip())):
        return _of_two_names(find_country(both[1]), find_country(both[2]))
    return code if (code and "," not in text) or _is_one_name(text, code) else ""


def _of_two_names(one: str, other: str) -> str:
    """Return the country that has both names: `Eswatini (Swaziland)`, `Burma (Myanmar)`.

    The name of a former country stands for the present one beside it.
    """
    for present, before in ((one, other), (other, one)):
        if present and (before == present or before[2:4] == present):
            return present
    return ""


def _is_one_name(text: str, code: str) -> bool:
    """Return whether a text with commas is the name of a country, and no list of several.

    `Hong Kong SAR, China` and `China, Hong Kong SAR` are Hong Kong; `China, Taiwan` are two.
    """
    parts = [tables().country_names.get(country_key(part), "") for part in text.split(",")]
    return not all(parts) or (", " in text and (parts[0] == code or bool(_PARTS.search(text))))


def split_country(text: str) -> tuple[str, str]:
    """Return the country that the name of a body begins or ends with, and the rest; else two "".

    >>> split_country("the Japanese Ministry of Finance"), split_country("Government of China")
    (('JP', 'Ministry of Finance'), ('CN', 'Government'))
    """
    for match in _OWNER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        for name, rest in ((after, before), (before, after)):
            if country := find_country(name):
                return country, rest
    words = text.removeprefix("the ").removeprefix("The ").split()
    for size in range(min(_LONGEST_PREFIX, len(words) - 1), 0, -1):
        name = " ".join(words[:size])
        is_code = len(name) > 2 or name.isupper()  # `in force` has no country
        country = tables().adjectives.get(country_key(name)) or (find_country(name) if is_code else "")  # fmt: skip
        if country:
            return country, " ".join(words[size:])
    return "", ""


@cache
def words_of(country: str) -> frozenset[str]:
    """Return the words that name a country: its code, its name, and what is of it."""
    adjectives = (key for key, code in tables().adjectives.items() if code == country)
    keys = (country.lower(), country_key(country_name(country)), *adjectives)
    return frozenset(word for key in keys for word in key.split())


def country_name(code: str) -> str:
    """Return the name of a country, a former one or a part of one, or an empty text."""
    shipped = tables()
    if code in shipped.former:
        return shipped.former[code][0]
    return shipped.countries.get(code) or (subdivisions().get(code, "") if "-" in code else "")


def meant_by(text: str) -> str:
    """Return the codes that the press means by a place or a people, with blanks between.

    >>> meant_by("Brussels"), meant_by("the Chinese"), meant_by("Americans"), meant_by("Acme")
    ('EU BE', 'CN', 'US', '')
    """
    shipped = tables()
    for key in (name_key(text), name_key(text).removesuffix("s")):
        if codes := shipped.places.get(key) or [*filter(None, [shipped.adjectives.get(key)])]:
            return " ".join(codes)
    return ""


def nearest_country(text: str) -> str:
    """Return the code of the country whose name a text is like, or an empty text.

    Up to four countries whose names begin so are separated by blanks. The name of a state or a
    province counts where one alone has it: `Guangdong` is CN-GD.
    """
    start = name_key(text).replace(" ", "")  # Viet N
    begun = [code for code, name in tables().countries.items()
             if name_key(name).replace(" ", "").startswith(start)]  # fmt: skip
    if len(start) > 2 and 0 < len(begun) < 5:
        return " ".join(begun)
    parts = _parts_by_name().get(comparison_key(text.strip()), [])
    if len(parts) == 1:
        return parts[0]
    # A short text is a code, of which each is a slip of several others.
    names = {key: code for key, code in tables().country_names.items() if len(key) > 3}
    return find_country(text) or names.get(nearest(country_key(text), names, NAMES) or "", "")


@cache
def _parts_by_name() -> dict[str, list[str]]:
    """Return the codes of states and provinces by name, and by its first word: `Guangdong Sheng`."""
    keys = ((comparison_key(name), code) for code, name in subdivisions().items())
    return group_pairs((one, code) for key, code in keys for one in {key, key.partition(" ")[0]})


def nearest_timezone(text: str) -> str:
    """Return the IANA time zone that is spelled most like a text, or an empty text."""
    return nearest(text, sorted(timezone_names())) or ""
