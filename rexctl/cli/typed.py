"""What was typed in one field and belongs in another: rates by goods or days, numbers of names."""

from __future__ import annotations

import re
import shlex
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.records import Finding

    Plain = dict[str, Any]

# What follows the names of firms: a number of further ones, or their subsidiaries.
_NOUN = (r"(?:(?:other|further|more|associated|related|additional)\s+)*(?:of (?:its|their)\s+)?"
         r"(?:subsidiaries|affiliates|companies|firms|entities|entries|individuals|persons|people|vessels|ships|"
         r"banks|bodies|organi[sz]ations|names)")  # fmt: skip
_NUMBER = re.compile(rf"(\d+)\s+{_NOUN}", re.IGNORECASE)
_SUBSIDIARIES = re.compile(
    r"(?:(?:all(?: of)?|its|their)\s+)*(?:subsidiaries|affiliates)", re.IGNORECASE
)
_LAST = re.compile(rf"(?P<names>.*?)\s*(?:[,;]|&|\b(?:and|with|plus)\b|(?:[,;]\s*)(?:and|with|plus)\b)\s*"
                   rf"(?P<last>\d+\s+{_NOUN}|{_SUBSIDIARIES.pattern})", re.IGNORECASE)  # fmt: skip
_BY_CLAUSES = "in place of it: "  # in the hint of a rate, before assignments
# Fields of which each item may be what one rate is for.
_PAIRED = ("products", "entities", "affected")


def separate_names(data: Plain) -> Plain:
    """Return typed fields with a number of further firms, or their subsidiaries, as an item of its own.

    >>> separate_names({"entities": ["Rosneft, Lukoil and 34 subsidiaries"]})
    {'entities': ['Rosneft, Lukoil', '34 subsidiaries']}
    """
    entities = data.get("entities")
    if not isinstance(entities, list | str):
        return data
    items: list[Any] = []
    for item in [entities] if isinstance(entities, str) else entities:
        lasts: list[str] = []
        text = item
        while isinstance(text, str) and (match := _LAST.fullmatch(text)):
            text, lasts = match["names"], [match["last"], *lasts]
        items += [text, *lasts]
    return {**data, "entities": items} if len(items) > 1 else data


def settle(record: Plain, findings: Sequence[Finding]) -> tuple[Plain, list[str]]:
    """Return an event in the stored form with each value in its field, and what was done in words.

    Equal links are one, and a link to a clause is in the place of one to the whole event.
    """
    notes: list[str] = []
    record = _with_clauses(record, findings, notes)
    record = _with_counts(record, notes)
    if isinstance(links := record.get("links"), list):
        exact = [
            {**one, "clause": ""} for one in links if isinstance(one, dict) and "clause" in one
        ]
        kept = [one for n, one in enumerate(links) if one not in links[:n]
                and not (isinstance(one, dict) and {**one, "clause": ""} in exact and "clause" not in one)]  # fmt: skip
        record = record if kept == links else {**record, "links": kept}
    return record, notes


def _with_clauses(record: Plain, findings: Sequence[Finding], notes: list[str]) -> Plain:
    """Return an event with clauses in the place of a rate that has several, each from its own day."""
    for fault in findings:
        _, is_by_clauses, words = fault.hint.partition(_BY_CLAUSES)
        if (
            is_by_clauses
            and fault.loc[:1] == ("rates",)
            and "DAY" not in words
            and len(record["rates"]) == 1
        ):
            record = assign_all(
                {key: one for key, one in record.items() if key != "rates"}, shlex.split(words)
            )
            notes.append(f"a clause for each rate: {words}")
    return record


def _with_counts(record: Plain, notes: list[str]) -> Plain:
    """Return an event without numbers of firms among its entities; they are in its counts."""
    entities, number = record.get("entities"), 0
    named: list[Any] = []
    if not isinstance(entities, list):
        return record
    for item in entities:
        name = str(item.get("name", "")) if isinstance(item, dict) else ""
        if match := _NUMBER.fullmatch(name):
            number += int(match[1])
        elif _SUBSIDIARIES.fullmatch(name) and named:
            those = 0 if "their" in name.casefold() else len(named) - 1
            named = [
                *named[:those],
                *({**one, "with_subsidiaries": "yes"} for one in named[those:]),
            ]
            notes.append(
                f"{name}: with_subsidiaries of {', '.join(one['name'] for one in named[those:])}"
            )
        else:
            named.append(item)
    if number and "counts" in SHAPES.get(str(record.get("type")), {}) and "counts" not in record:
        record = {**record, "counts": [{"value": str(number + len(named))}]}
        notes.append(f"counts {number + len(named)}: {len(named)} names and {number} more")
    return {**record, "entities": named} if len(named) < len(entities) else record


def assign_all(event: Plain, words: Iterable[str]) -> Plain:
    """Return an event with assignments done, each of which adds the clause that it names."""
    from rexctl.cli import assignments

    for word in words:
        if assignment := assignments.parse(word):
            event = assignments.apply(event, assignment, add_items=True)
    return event


def added_rates(event: Mapping[str, Any]) -> str:
    """Return a sentence where several rates in percent have nothing that keeps them apart, else ""."""
    plain = [Decimal(one["value"]) for one in event.get("rates", ()) if isinstance(one, dict)
             and one.keys() == {"value", "unit"} and one["unit"] == "percent"]  # fmt: skip
    if len(plain) < 2 or "combine" in event:
        return ""
    return (f"{len(plain)} rates add up to {sum(plain)} percent; rates from different days or for "
            "different goods or firms are clauses")  # fmt: skip


def clauses_of_rates(event: Mapping[str, Any], typed: Mapping[str, Any]) -> list[str]:
    """Return the assignments of a clause for each rate, with what was typed in its place.

    >>> rates = [{"value": "10", "unit": "percent"}, {"value": "25", "unit": "percent"}]
    >>> clauses_of_rates({"rates": rates, "products": ["hs:44", "hs:94"]}, {})
    ['clauses.1.rates=10%', 'clauses.1.products=hs:44', 'clauses.2.rates=25%', 'clauses.2.products=hs:94']

    Empty where no field has as many items as there are rates.
    """
    number = len(event["rates"])
    items = {key: list(map(_text, data[key])) for key in _PAIRED for data in (event, typed)
             if isinstance(data.get(key), list) and len(data[key]) == number}  # fmt: skip
    if not items:
        return []
    items = {"rates": [f"{one['value']}%" for one in event["rates"]], **items}
    return [f"clauses.{n}.{key}={values[n - 1]}" for n in range(1, number + 1)
            for key, values in items.items()]  # fmt: skip


def _text(item: Any) -> str:
    """Return an item of a list by its name or code."""
    return str(item.get("name", item.get("code"))) if isinstance(item, dict) else str(item)


def quoted(words: Iterable[str]) -> str:
    """Return words as a shell reads them."""
    return " ".join(map(shlex.quote, words))
