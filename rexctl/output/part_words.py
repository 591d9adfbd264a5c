"""The parts of an event in words: a rate as `up to 25% (before 10%)`, not as keys and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rexctl.output.cells import amount_text, scalar_text
from rexctl.values.safe_text import clean_line

_OPERATORS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "="}
_QUALIFIERS = {"up-to": "up to ", "at-least": "at least ", "about": "about "}


class Part:
    """A mapping that is put in words; what no phrase has taken follows in brackets."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.rest = dict(data)

    def take(self, name: str, before: str = "", after: str = "") -> str:
        """Return a value between two texts; an empty text where there is none."""
        text = one_line(self.rest.pop(name, None))
        return f"{before}{text}{after}" if text else ""

    def remarks(self) -> str:
        """Return the values that are left: ` (due: 2027-01-01, told by: EU)`."""
        texts = pairs(self.rest)
        return f" ({texts})" if texts else ""


def pairs(data: Mapping[str, Any]) -> str:
    """Return keys and values on one line: `by: EU, due: 2027-01-01`; of a `yes` the key alone."""
    texts = []
    for name, value in data.items():
        label, text = clean_line(name.replace("_", " ")), one_line(value)
        texts.append(label if name == "with_subsidiaries" and text == "yes" else f"{label}: {text}")
    return ", ".join(texts)


def one_line(value: Any) -> str:
    """Return any value on one line."""
    if isinstance(value, Mapping):
        return pairs(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(one_line, value))
    return clean_line(scalar_text(value)).strip()


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
    return f"{_qualifier(part)}{amount}{part.take('of', ' of ')}{prior}"


def _qualifier(part: Part) -> str:
    qualifier = part.take("qualifier")
    return _QUALIFIERS.get(qualifier, "" if qualifier == "exactly" else qualifier)


def _threshold(part: Part) -> str:
    operator = part.take("op")
    return (f"{part.take('metric')} {_OPERATORS.get(operator, operator)} {part.take('value')} "
            f"{part.take('unit')}{part.take('of', ' of ')}")  # fmt: skip


def _count(part: Part) -> str:
    return f"{_qualifier(part)}{part.take('value')}{part.take('of', ' of ')}"


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
    "rates": _rate, "thresholds": _threshold, "count": _count, "counts": _count,
    "participants": _person, "speaker": _person, "place": _place, "charge": _charge,
}  # fmt: skip
# The parts whose values follow each other, each between two texts.
_SEQUENCES = {
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
