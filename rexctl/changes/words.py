"""A difference in words: what a trade economist would say had changed, with both values."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from rexctl.changes.dates import moved, said
from rexctl.changes.items import (
    DATES,
    NUMBERS,
    described,
    joined,
    measured,
    noun,
    quoted,
    unit,
    value,
    window,
)
from rexctl.model.legal import FIELDS, SHAPES, TYPES
from rexctl.model.words import LIFECYCLE
from rexctl.values import dates
from rexctl.values.prose import format_prose
from rexctl.yamlfile.serialize import each, part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.changes.walk import Difference, Place

_WINDOW = {
    "from": "start", "until": "end", "through": "last day", "end": "end",
    "time": "hour of the start", "until_time": "hour of the end",
}  # fmt: skip
# The act by its relation, where its word is not made from the verb by a rule.
_ACTS = {"amends": "amendment", "replaces": "replacement", "suspends": "suspension",
         "resumes": "resumption", "extends": "extension", "revokes": "revocation"}  # fmt: skip
_MOST = 3
_SHORT = 40  # characters of a text that is worth quoting on both sides
_CLAUSE = "clause "


def sentence(difference: Difference, event: Mapping[str, Any]) -> str:
    """Tell one difference. `event` is the whole event as it is now: it names the act."""
    at, old, new = difference.at, difference.old, difference.new
    if difference.listed:
        return _listed(at, old, new)
    if at.key == "first":
        return f"{new} instead of {old} now stands first among the actors"
    what, within = _what(at, event)
    subject = _led_in(what, within)
    if isinstance(old, dict) and isinstance(new, dict) and at.key == "end":
        return f"{subject} {_end_restated(old, new)}"
    if old is None:
        added = at.kind == "prose" or part(at.kind) in SHAPES
        return (
            f"{subject} added: {_said(new, at)}" if added else f"{subject} set to {_said(new, at)}"
        )
    if new is None:
        return f"{subject} removed, was {_said(old, at)}"
    return f"{subject} {_became(old, new, at)}"


def _listed(at: Place, old: Any, new: Any) -> str:
    shape = part(at.kind)
    if shape in SHAPES:
        doing = "added" if old is None else "removed"
        return f"{_led_in(noun(shape), at.within)} {doing}: {described(new or old, shape)}"
    kind = each(at.kind)
    words = [quoted(str(one)) if kind == "prose" else value(one, kind) for one in new or old]
    doing = "added to" if old is None else "removed from"
    return _led_in(f"{joined(words)} {doing} {_named(at)}", at.within)


def _led_in(what: str, within: tuple[str, ...]) -> str:
    """Say of which part something is told: `start of clause 1(1)`, `source Reuters: language`."""
    clauses = "".join(f" of {one}" for one in within if one.startswith(_CLAUSE))
    others = "".join(f"{one}: " for one in within if not one.startswith(_CLAUSE))
    return others + what + clauses


def _what(at: Place, event: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Give what the value is called, and the parts it is told of."""
    if at.shape == "Effective" and at.key in _WINDOW:
        act = _act(event, at.clause)
        return f"{act} {_WINDOW[at.key]}".lstrip(), at.within
    if at.kind == "Effective":
        return f"{_act(event, at.clause)} window".lstrip(), at.within
    if at.key == "value" and at.kind in NUMBERS:
        # Of a list of figures, the last part on the way is the figure itself.
        inside = at.within and at.within[-1].startswith(f"{noun(at.shape)} ")
        within = at.within[:-1] if inside else at.within
        return measured(at.owner, at.shape) + _on(at), within
    return _named(at), at.within


def _on(at: Place) -> str:
    """Say on whose goods a duty is."""
    return f" on {joined(at.reach, _MOST)}" if at.shape == "Rate" and at.reach else ""


def _named(at: Place) -> str:
    """Name a field; one that only some types have is told with what it means."""
    parts = at.field.split(".")
    # Parts of lists are named by themselves, so only what stands below the last of them is left.
    depth = next((n for n in range(len(parts) - 1, 0, -1) if _is_list(parts[:n], at)), 0)
    name = " ".join(parts[depth:] if at.within else parts).replace("_", " ")
    field = FIELDS.get(at.field)
    if field and field.help and len(field.types) < len(TYPES):
        return f"{name} ({field.help.partition(';')[0].partition(',')[0]})"
    return name


def _is_list(parts: list[str], at: Place) -> bool:
    """Tell a field that holds parts of a list, by the schema of any type that has it."""
    for name in TYPES:
        kind: Any = name
        for step in parts:
            kind = SHAPES.get(part(each(kind) if isinstance(kind, list) else kind), {}).get(step)
        if isinstance(kind, list):
            return True
    return False


def _act(event: Mapping[str, Any], clause: str) -> str:
    """Name the act whose window it is: of a clause, only what is done by way of that clause."""
    found = [
        link.get("rel") for link in event.get("links", ())
        if link.get("rel") in LIFECYCLE and str(link.get("via", "")) == clause
    ]  # fmt: skip
    acts = dict.fromkeys(_ACTS[rel] for rel in found)
    return next(iter(acts)) if len(acts) == 1 else ""


def _became(old: Any, new: Any, at: Place) -> str:
    if not (isinstance(old, str) and isinstance(new, str)):
        return f"changed from {value(old, at.kind)} to {value(new, at.kind)}"
    if at.kind in DATES:
        return moved(old, new)
    if at.kind == "prose":
        return _reworded(format_prose(old), format_prose(new))
    if at.kind in NUMBERS and at.key != "year":
        return _counted(old, new) + unit(at.owner)
    if at.kind == "text" and max(len(old), len(new)) > _SHORT:
        return f"reworded: {quoted(new)}"
    return f"changed from {value(old, at.kind)} to {value(new, at.kind)}"


def _counted(old: str, new: str) -> str:
    try:
        change = Decimal(new) - Decimal(old)
    except InvalidOperation:
        return f"changed from {old} to {new}"
    if not change:
        return f"written as {new} instead of {old}"
    return f"{'raised' if change > 0 else 'lowered'} from {old} to {new}"


def _reworded(old: str, new: str) -> str:
    """Tell text that was added or cut apart from text that says it another way."""
    before, after = old.split("\n"), new.split("\n")
    come = [line for line in after if line not in before]
    gone = [line for line in before if line not in after]
    if come and gone:
        few = f", {len(come)} of {len([x for x in after if x])} sentences" if len(after) > 1 else ""
        return f"reworded{few}: {quoted(' '.join(come))}"
    if come:
        return f"extended: {quoted(' '.join(come))}"
    if gone:
        return f"shortened by {quoted(' '.join(gone))}"
    return "put in another order"


def _end_restated(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    told = f"from {window(old).replace('from ', '')} to {window(new)}"
    try:
        days = {k: dates.span(str(v))[0] - (k == "until") for k, v in {**old, **new}.items()}
    except dates.BadDateError:
        return f"changed {told}"
    same = days["until"] == days["through"]
    return f"written another way, the same day: {window(new)}" if same else f"moved {told}"


def _said(given: Any, at: Place) -> str:
    if at.kind in DATES:
        return said(str(given))
    told = value(given, at.kind)
    return told + (unit(at.owner) if at.key == "value" and at.kind in NUMBERS else "")
