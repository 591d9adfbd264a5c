"""What a part of an event is called in a sentence: `clause 1(1)`, `Reuters, 18 October 2025`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.changes.dates import said
from rexctl.model.legal import HEADS, SHAPES
from rexctl.yamlfile.serialize import each, part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATES = ("date", "day")
NUMBERS = ("number", "integer")
_LONGEST = 80
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# These say how a figure is meant, not which figure it is.
_OF_FIGURES = ("unit", "op", "qualifier")
_ENDS = (("from", "from {}"), ("until", "until {}"), ("through", "through {}"))
_HOURS = {"from": "time", "until": "until_time"}
_SIGNS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than", "eq": "exactly"}


def noun(shape: str) -> str:
    """Give the word for a part by its shape: `TariffClause` is a clause, `AlsoDated` also dated."""
    return _HUMP.sub(" ", "Clause" if shape.endswith("Clause") else shape).lower()


def label(item: Mapping[str, Any], shape: str) -> str:
    """Name one of several parts: `clause 1(1)`, `link suspends 2025-...`, `source Reuters, 2025`."""
    return f"{noun(shape)} {described(item, shape)}".rstrip()


def described(item: Any, shape: str) -> str:
    """Say what a part is, in as few words as tell it from others."""
    if not isinstance(item, dict):
        return value(item, shape)
    if shape == "Effective":
        return window(item)
    known = SHAPES.get(shape, {})
    if "rel" in known:
        return _link(item)
    if "publisher" in known:
        return _source(item)
    if item.get("value") is not None and known.get("value") in NUMBERS:
        return _figure(item, known)
    head = item.get(HEADS.get(shape, ""))
    if head is not None:
        told = value(head, known.get(HEADS[shape], ""))
        heading = item.get("title") or item.get("office") or ""
        return told + (f" ({heading})" if heading else "")
    return ", ".join(value(v, known.get(k, "")) for k, v in item.items()) or "nothing"


def value(given: Any, kind: Any) -> str:
    """Say a value of any kind."""
    if isinstance(given, list):
        return joined([value(one, each(kind)) for one in given])
    if isinstance(given, dict):
        return described(given, part(kind))
    text = str(given).lower() if isinstance(given, bool) else str(given)
    if kind in DATES:
        return said(text)
    if kind in ("prose", "text") and (kind == "prose" or len(text) > _LONGEST):
        return quoted(text)
    return text


def quoted(text: str) -> str:
    """Give the beginning of a text in quotation marks."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _LONGEST else f"“{line[: _LONGEST - 1].rstrip()}…”"


def joined(words: Sequence[str], most: int = 0) -> str:
    """Join words as a sentence does; past the `most`, the rest is counted."""
    if most and len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def window(effective: Mapping[str, Any]) -> str:
    """Say when something takes effect and ends: `from 7 November 2025 until 10 November 2026`."""
    told = []
    for key, form in _ENDS:
        if key in effective:
            hour = effective.get(_HOURS.get(key, ""))
            told.append(form.format(said(str(effective[key]))) + (f", {hour}" if hour else ""))
    rest = {"tz", "on_expiry"} & effective.keys()
    return " ".join([*told, *(f"({effective[key]})" for key in sorted(rest))])


def unit(item: Mapping[str, Any]) -> str:
    """Say in what a figure counts: ` percent`, ` USD per t`."""
    named = str(item.get("unit", "")).replace("-", " ")
    named = named if named != "specific" else ""
    words = [named, str(item.get("currency", "")), f"per {item['per']}" if "per" in item else ""]
    return "".join(f" {word}" for word in words if word)


def measured(item: Mapping[str, Any], shape: str) -> str:
    """Name what a figure is the figure of: `rate`, `ownership threshold`, `step from May 2026`."""
    known = SHAPES.get(shape, {})
    which = [str(item[k]) for k, kind in known.items()
             if kind == "word" and k in item and k not in _OF_FIGURES]  # fmt: skip
    days = [said(str(item[k])) for k, kind in known.items() if kind in DATES and k in item]
    return " ".join([*which, noun(shape), *(f"from {day}" for day in days)])


def _figure(item: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    how = str(item.get("qualifier", "")).replace("-", " ") or _SIGNS.get(str(item.get("op")), "")
    which = [str(item[k]) for k, kind in known.items()
             if kind == "word" and k in item and k not in _OF_FIGURES]  # fmt: skip
    days = [
        f"from {said(str(item[k]))}" for k, kind in known.items() if kind in DATES and k in item
    ]
    return " ".join([*which, *([how] if how else []), f"{item['value']}{unit(item)}", *days])


def _link(item: Mapping[str, Any]) -> str:
    told = f"{item.get('rel', '')} {item.get('to', '')}"
    told += f", clause {item['clause']}" if "clause" in item else ""
    return told + (f", by its clause {item['via']}" if "via" in item else "")


def _source(item: Mapping[str, Any]) -> str:
    """A wire or a paper is known by its name and day; where there is none, by title or address."""
    name = item.get("publisher") or item.get("title") or item.get("url") or ""
    when = said(str(item["published"])) if "published" in item else ""
    return ", ".join(word for word in (str(name), when) if word)
