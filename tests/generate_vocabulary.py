"""Generates `resources/vocabulary.json` from the YAML sources and pycountry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pycountry

from rexctl.values.text import country_key, name_key
from rexctl.yamlfile.documents import read_document

SOURCES = Path(__file__).parents[1] / "rexctl" / "resources" / "vocabulary"
_ISO_NAMES = ("name", "official_name", "common_name", "alpha_3")


def load_source(name: str) -> Any:
    """Return the plain data of a YAML source, such as `actors`."""
    document = read_document((SOURCES / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    assert document.findings == (), document.findings
    return document.value


def vocabulary_json() -> str:
    """Return the text of the file: one line for each code, so that its diffs can be read."""
    own, zones = load_source("countries"), load_source("zones")
    countries = {c.alpha_2: getattr(c, "common_name", c.name) for c in pycountry.countries}
    countries |= {code: entry["name"] for code, entry in own.items() if "name" in entry}
    former = {one.alpha_4: [one.name, _last_day(one.withdrawal_date)]
              for one in sorted(pycountry.historic_countries, key=lambda one: one.alpha_4)}  # fmt: skip
    names = {}
    for one in pycountry.historic_countries:
        for text in (one.name.split(",")[0], getattr(one, "alpha_3", one.name), one.name):
            names[country_key(text)] = one.alpha_4
    for code in former:
        former[code][0] = own.get(code, {}).get("name", former[code][0])
    names |= {
        country_key(getattr(country, field)): country.alpha_2
        for country in pycountry.countries for field in _ISO_NAMES if hasattr(country, field)
    }  # fmt: skip
    # Our own names replace those of ISO 3166, and a code is no other country's name.
    for code, entry in own.items():
        names |= {
            country_key(text): code for text in (*entry.get("aliases", ()), entry.get("name", code))
        }
    names |= {country_key(code): code for code in zones}
    tables = {
        "actors": {row["code"]: row for row in (*load_source("blocs"), *load_source("actors"))},
        "materials": {row["code"]: row for row in load_source("materials")},
        "laws": {row["code"]: row for row in load_source("laws")},
        "lists": {row["code"]: row for row in load_source("lists")},
        "former": former,
        "countries": {code: countries[code] for code in countries if code in zones},
        "country_names": names,
        "zones": zones,
        "adjectives": {country_key(text): code for text, code in load_source("adjectives").items()},
        "places": {name_key(text): codes for text, codes in load_source("places").items()},
        "currencies": sorted(currency.alpha_3 for currency in pycountry.currencies),
    }
    parts = (f'"{name}": {_lines(table)}' for name, table in tables.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def subdivisions_json() -> str:
    """Return the text of `resources/subdivisions.json`: the codes of ISO 3166-2 with their names."""
    return (
        _lines(
            {one.code: one.name for one in sorted(pycountry.subdivisions, key=lambda one: one.code)}
        )
        + "\n"
    )


def goods_json() -> str:
    """Return the text of `resources/goods.json`: what the press calls goods, with their codes."""
    return _lines(load_source("goods")) + "\n"


def readings_json() -> str:
    """Return the text of `resources/readings.json`, one table a line."""
    data = read_document((SOURCES.parent / "readings.yaml").read_bytes(), "readings.yaml")
    assert data.findings == (), data.findings
    tables = data.value
    pieces = tables.pop("pieces")

    def complete(pattern: str) -> str:
        return re.sub("«(.+?)»", lambda match: str(complete(pieces[match[1]])), pattern)

    for section in ("hours", "patterns"):
        tables[section] = {name: complete(one) for name, one in tables[section].items()}
    tables["code_forms"] = {kind: [listed == "true", complete(others), advice]
                            for kind, (listed, others, advice) in tables["code_forms"].items()}  # fmt: skip
    tables["parts"] = {part: list(map(complete, one)) for part, one in tables["parts"].items()}
    return _lines(tables) + "\n"


def _last_day(text: str) -> str:
    """Return the day of a country's end; ISO 3166-3 has the year alone of some."""
    return text if len(text) == 10 else f"{text}-12-31"


def _lines(table: Any) -> str:
    if isinstance(table, list):
        return json.dumps(table)
    rows = (f" {json.dumps(code, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}"
            for code, row in table.items())  # fmt: skip
    return "{\n" + ",\n".join(rows) + "\n}"
