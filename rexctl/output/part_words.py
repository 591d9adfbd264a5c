"""The parts of an event in words: a rate as `up to 25% (before 10%)`, not as keys and values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rexctl.model.shorthand import OPERATORS
from rexctl.model.tables import chief_field
from rexctl.output.cells import amount_text, scalar_text
from rexctl.values.safe_text import clean_line

# Words of the schema as a person reads them.
_WORDS = {"op": OPERATORS, "qualifier": {"up-to": "up to ", "at-least": "at least ", "about": "about ",
                                         "exactly": ""}}  # fmt: skip
# Of a new event: what the sentence about it has already, and what does not say what it does.
_NOT_CONTENT = frozenset((
    "id", "type", "title", "date", "time", "tz", "status", "actors", "effective", "rates", "links", "sources",
    "note", "confidence", "episode", "tags", "review_by", "allow", "aliases",
))  # fmt: skip
_OF_OWN_LINES = ("clauses", "commitments", "claims", "readouts")


class Part:
    """A mapping that is put in words; what no phrase has taken follows in brackets."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.rest = dict(data)

    def take(self, name: str, before: str = "", after: str = "") -> str:
        """Return a value between two texts; an empty text where there is none."""
        text = one_line(self.rest.pop(name, None))
        text = _WORDS.get(name, {}).get(text, text)
        return f"{before}{text}{after}" if text else ""

    def remarks(self) -> str:
        """Return the values that are left: ` (due: 2027-01-01, told by: EU)`."""
        texts = pairs(self.rest)
        return f" ({texts})" if texts else ""


def pairs(data: Mapping[str, Any]) -> str:
    """Return keys and values on one line: `by: EU, due: 2027-01-01`; of a `yes` the key alone."""
    texts = []
    for name, value in data.items():
        label, text = clean_line(name.replace("_", " ")), one_line(value, name)
        texts.append(label if name == "with_subsidiaries" and text == "yes" else f"{label}: {text}")
    return ", ".join(texts)


def one_line(value: Any, name: str = "") -> str:
    """Return any value on one line; `name` is the field that has it."""
    if isinstance(value, Mapping):
        return in_words(name, value) or pairs(value)
    if isinstance(value, list | tuple):
        return ", ".join(one_line(item, name) for item in value)
    return clean_line(scalar_text(value)).strip()


def item_in_words(value: Mapping[str, Any], path: str) -> tuple[str, dict[str, Any]]:
    """Return the words of an item of a list, or its chief field, and what they leave out."""
    if words := in_words(path.rpartition(".")[2], value):
        return words, {}
    chief = chief_field(path) or "to"
    first = [name for name in ("rel", chief) if name in value] or list(value)[:1]
    rest = {name: inner for name, inner in value.items() if name not in first}
    return " ".join(one_line(value[name]) for name in first), rest


def content_lines(event: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a new event says beside the sentence about it: its short values on one line, then the rest.

    The rest is its texts, its clauses, and who promises or claims what, each on a line of its own.
    """
    from rexctl.changes.wording import LIMIT, join_words

    short, long = list[str](), list[str]()
    for name, value in event.items():
        if name in _NOT_CONTENT:
            continue
        label = "out of" if name == "counts" else name.replace("_", " ")  # of the entities
        texts = [_item_line(item, name) for item in (value if isinstance(value, list) else [value])]
        if name in _OF_OWN_LINES:
            long += [f"{label.removesuffix('s')} {text}" for text in texts]
        elif isinstance(value, str) and " " in value:
            long.append(f"{label}: “{texts[0]}”")
        else:
            short.append(f"{label} {join_words(texts, LIMIT)}")
    yield from ["; ".join(short)] if short else []
    yield from long


def _item_line(value: Any, name: str) -> str:
    """Return a value or an item of a list on one line: `steel: Title; effective from 2025-12-01; rates 25%`.

    What one of several on a line says further is in brackets: `Acme Ltd (country: US)`.
    """
    if not isinstance(value, Mapping):
        return one_line(value)
    text, rest = item_in_words(value, name)
    text += f": {rest.pop('title')}" if "title" in rest else ""
    if name not in _OF_OWN_LINES:
        return text + Part(rest).remarks()
    values = (f"{key.replace('_', ' ')} {one_line(inner, key)}" for key, inner in rest.items())
    return "; ".join([text, *values])


def in_words(name: str, data: Mapping[str, Any]) -> str:
    """Return a part on one line; empty where the field `name` has no words of its own."""
    part = Part(data)
    if name in _SEQUENCES:
        text = "".join(part.take(*step) for step in _SEQUENCES[name])
    elif name in _PHRASES:
        text = _PHRASES[name](part)
    else:
        return ""
    text = " ".join(text.split())
    return text + part.remarks() if text else ""


def _rate(part: Part) -> str:
    if "value" not in part.rest:
        return ""
    unit = one_line(part.rest.get("unit"))
    amount = clean_line(amount_text(part.rest))
    for key in ("value", "unit", "currency", "per"):
        part.rest.pop(key, None)
    prior = part.take("prior")
    if prior:
        prior = f" (before {clean_line(amount_text({'value': prior, 'unit': unit}))})"
    return f"{part.take('qualifier')}{amount}{part.take('of', ' of ')}{prior}"


def _person(part: Part) -> str:
    named = ", ".join(filter(None, (part.take("name"), part.take("office"))))
    return named + part.take("actor", " (", ")")


def _place(part: Part) -> str:
    names = (part.take("venue"), part.take("city"), part.take("country"))
    return ", ".join(filter(None, names))


def _charge(part: Part) -> str:
    currency, per = part.take("currency"), part.take("per", " per ")
    steps = part.rest.pop("steps", None)
    texts = []
    for step in steps if isinstance(steps, list) else ():
        one = Part(step if isinstance(step, Mapping) else {"value": step})
        texts.append(
            f"{one.take('value')} {currency}{per}{one.take('from', ' from ')}{one.remarks()}"
        )
    cap = part.rest.pop("cap", None)
    if isinstance(cap, Mapping):
        one = Part(cap)
        texts.append(f"at most {one.take('value')} {one.take('unit')}{one.take('per', ' per ')}"
                     f"{one.remarks()}")  # fmt: skip
    return "; ".join(texts) or f"{currency}{per}"


_PHRASES: dict[str, Callable[[Part], str]] = {
    "rates": _rate, "participants": _person, "speaker": _person, "place": _place, "charge": _charge,
}  # fmt: skip
# The parts whose values follow each other, each between two texts.
_COUNT = (("qualifier", "", ""), ("value", "", ""), ("of", " of ", ""))
_SEQUENCES = {
    "count": _COUNT,
    "counts": _COUNT,
    "thresholds": (("metric", "", " "), ("op", "", " "), ("value", "", " "), ("unit", "", ""),
                   ("of", " of ", "")),
    "commitments": (("by", "", ": "), ("what", "", ""), ("id", " [", "]")),
    "readouts": (("by", "", ""), ("kind", " (", ")"), ("text", ": ", "")),
    "claims": (("by", "", ": "), ("text", "", "")),
    "outcome": (("kind", "", ""), ("text", ": ", "")),
    "quota": (("value", "", " "), ("unit", "", ""), ("period", " per ", ""),
              ("rate", " at ", " percent"), ("text", ": ", "")),
    "effective": (("from", "from ", " "), ("time", "", " "), ("until", "until ", " "),
                  ("until_time", "", " "), ("through", "through ", "")),
    "instrument": (("issuer", "", " "), ("kind", "", " "), ("number", "", ""),
                   ("year", " of ", ""), ("title", ": ", ""), ("url", " ", "")),
}  # fmt: skip
