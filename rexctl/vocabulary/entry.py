"""An entry of the vocabulary: which fields it has, and what each may hold."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.values import dates
from rexctl.values.codes import is_actor, is_law, is_slug
from rexctl.values.suggest import did_you_mean
from rexctl.vocabulary import countries, hs

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping


class Fault(NamedTuple):
    """What is wrong with a field: its code, a sentence, a mend, and where within the field."""

    code: str
    message: str
    hint: str = ""
    path: tuple[str | int, ...] = ()


_COMMON = {"code": "text", "name": "text", "aliases": "texts", "source": "text"}
# File of the vocabulary -> field -> what it holds.
FIELDS = {
    "actors": {**_COMMON, "tz": "zone", "members": "members"},
    "materials": {**_COMMON, "symbol": "text", "hs": "hs"},
    "legal-bases": _COMMON,
}
_SHAPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "actors": (is_actor, "an actor is written CN/mofcom, firm/asml or G7"),
    "materials": (is_slug, "a material is made of a-z, 0-9 and hyphens"),
    "legal-bases": (is_law, "a legal basis is written us/ieepa"),
}
_LAND = re.compile(r"[A-Z]{2}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MEMBERS = ("codes", "since", "until", "source")


def code_fault(stem: str, code: Any) -> Fault | None:
    """Judge the code of an entry in the file `stem`; None where it is sound."""
    if not isinstance(code, str):
        return Fault("wrong-shape", "code must be a text")
    fits, sentence = _SHAPES[stem]
    if not fits(code):
        return Fault("bad-slug", f"{code}: {sentence}")
    head, slash, _ = code.partition("/")
    if stem == "actors" and slash and _LAND.fullmatch(head) and head not in countries.codes():
        return Fault(
            "unknown-country", f"{code}: {head} is no country", _mend(countries.near(head))
        )
    return None


def field_fault(kind: str, key: str, value: Any) -> Iterator[Fault]:
    """Judge the value of a field by what it holds."""
    if kind == "text" and not isinstance(value, str):
        yield Fault("wrong-shape", f"{key} must be a text")
    elif kind == "zone":
        yield from _zone(value)
    elif kind in ("texts", "hs", "members"):
        if not isinstance(value, list):
            yield Fault("wrong-shape", f"{key} must be a list")
            return
        judge = {"texts": _text, "hs": _hs, "members": _members}[kind]
        for number, one in enumerate(value):
            yield from (f._replace(path=(number, *f.path)) for f in judge(one))


def _text(value: Any) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault("wrong-shape", "must be a text")


def _zone(value: Any) -> Iterator[Fault]:
    zones = import_module("zoneinfo").available_timezones()
    if not isinstance(value, str) or value not in zones:
        near = did_you_mean(str(value), sorted(zones))
        yield Fault("unknown-zone", f"{value}: no such time zone", near)


def _hs(value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or hs.known(value) is False:
        near = hs.nearest(value) if isinstance(value, str) and value.isdecimal() else ""
        yield Fault("unknown-product", f"{value}: no such code in HS 2022", _mend(near))


def _members(value: Any) -> Iterator[Fault]:
    """Judge those who belong to a bloc for the same time: their codes, since and until."""
    if not isinstance(value, dict) or not isinstance(value.get("codes"), list):
        yield Fault("missing-field", "codes is missing", "members have codes, since and until")
        return
    for key, part in value.items():
        if key not in _MEMBERS:
            hint = did_you_mean(key, _MEMBERS) or f"one of {', '.join(_MEMBERS)}"
            yield Fault("unknown-field", f"{key}: no such field", hint, (key,))
        elif key in ("since", "until") and not _is_day(part):
            yield Fault("bad-date", f"{part}: must be one day, such as 2025-10-09", "", (key,))
    for number, code in enumerate(value["codes"]):
        if not isinstance(code, str):
            yield Fault("wrong-shape", "must be a code", path=("codes", number))


def member_faults(entry: Mapping[str, Any], actors: Container[str]) -> Iterator[Fault]:
    """Tell the members of a bloc that are neither countries nor among `actors`."""
    for row, part in enumerate(entry.get("members", ())):
        for number, code in enumerate(part["codes"]):
            if code not in countries.codes() and code not in actors:
                near = countries.found(code) or countries.near(code)
                path = ("members", row, "codes", number)
                yield Fault("unknown-actor", f"{code}: no such actor", _mend(near), path)


def _is_day(text: Any) -> bool:
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return False
    try:
        return dates.parse(text).precision == "day"
    except ValueError:
        return False


def _mend(code: str) -> str:
    return f"did you mean {code}?" if code else ""
