"""A difference in words, as a trade economist would describe it, with both values."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from rexctl.changes import phrases
from rexctl.changes.differences import Difference, Location
from rexctl.model.list_keys import NUMBERS
from rexctl.model.tables import FIELDS, LIFECYCLE, SHAPES, TYPES, part
from rexctl.values import dates
from rexctl.values.prose import format_prose

_WINDOW = {
    "from": "start", "until": "end", "through": "last day", "end": "end",
    "time": "hour of the start", "until_time": "hour of the end",
}  # fmt: skip
_ACTS = {"amends": "amendment", "replaces": "replacement", "suspends": "suspension",
         "resumes": "resumption", "extends": "extension", "revokes": "revocation"}  # fmt: skip
_MAX_BOTH = 40  # characters of a text that is quoted in both versions
_CLAUSE = "clause "


def describe_difference(difference: Difference, event: Mapping[str, Any]) -> str:
    """Return a difference as a sentence. `event` is the new version: its links name the act."""
    location, old, new, _ = difference
    if difference.in_list:
        return _describe_list_change(location, old, new)
    if location.key == "first":
        return f"{new} instead of {old} now stands first among the actors"
    subject = _with_parts(*_name_value(location, event))
    if isinstance(old, dict) and isinstance(new, dict) and location.key == "end":
        return f"{subject} {_describe_restated_end(old, new)}"
    if old is None:
        added = location.kind == "prose" or part(location.kind) in SHAPES
        verb = "added:" if added else "set to"
        return f"{subject} {verb} {_format(new, location)}"
    if new is None:
        return f"{subject} removed, was {_format(old, location)}"
    return f"{subject} {_describe_value_change(old, new, location)}"


def _describe_list_change(location: Location, old: Any, new: Any) -> str:
    shape = part(location.kind)
    if shape in SHAPES:
        verb = "added" if old is None else "removed"
        subject = _with_parts(phrases.part_noun(shape), location.within)
        return f"{subject} {verb}: {phrases.describe_part(new or old, shape)}"
    verb = "added to" if old is None else "removed from"
    words = phrases.format_value(new or old, location.kind)
    return _with_parts(f"{words} {verb} {_name_field(location)}", location.within)


def _with_parts(text: str, within: tuple[str, ...]) -> str:
    """Return a text with the parts it is about: `start of clause 1(1)`, `source Reuters: language`."""
    clauses = "".join(f" of {name}" for name in within if name.startswith(_CLAUSE))
    others = "".join(f"{name}: " for name in within if not name.startswith(_CLAUSE))
    return others + text + clauses


def _name_value(location: Location, event: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return what a value is called, and the parts to name with it."""
    within = location.within
    if location.shape == "Effective" and location.key in _WINDOW:
        return f"{_name_act(event, location.clause)} {_WINDOW[location.key]}".lstrip(), within
    if location.kind == "Effective":
        return f"{_name_act(event, location.clause)} window".lstrip(), within
    if location.key == "value" and location.kind in NUMBERS:
        # In a list of figures, the last part around the value is the figure itself.
        in_figure = within and within[-1].startswith(f"{phrases.part_noun(location.shape)} ")
        rate_on = ""
        if location.shape == "Rate" and location.reach:
            rate_on = f" on {phrases.join_words(location.reach, phrases.LIMIT)}"
        figure = phrases.name_figure(location.owner, location.shape)
        return figure + rate_on, within[:-1] if in_figure else within
    return _name_field(location), within


def _name_field(location: Location) -> str:
    """Return the name of a field; one that only some types have comes with its meaning."""
    name = location.local.replace(".", " ").replace("_", " ")
    field = FIELDS.get(location.field)
    if field and field.help and len(field.types) < len(TYPES):
        return f"{name} ({field.help.partition(';')[0].partition(',')[0]})"
    return name


def _name_act(event: Mapping[str, Any], clause: str) -> str:
    """Return the act whose window it is (`suspension`), "" where there are several or none.

    Of a clause, only the links with `via` that clause count.
    """
    acts = {
        _ACTS[link["rel"]] for link in event.get("links", ())
        if link.get("rel") in LIFECYCLE and str(link.get("via", "")) == clause
    }  # fmt: skip
    return acts.pop() if len(acts) == 1 else ""


def _describe_value_change(old: Any, new: Any, location: Location) -> str:
    kind = location.kind
    if isinstance(old, str) and isinstance(new, str):
        if kind in phrases.DATES:
            return phrases.describe_date_change(old, new)
        if kind == "prose":
            return _describe_rewording(format_prose(old), format_prose(new))
        if kind in NUMBERS and location.key != "year":
            return _describe_number_change(old, new) + phrases.format_unit(location.owner)
        if kind == "text" and max(len(old), len(new)) > _MAX_BOTH:
            return f"reworded: {phrases.quote(new)}"
    return f"changed from {phrases.format_value(old, kind)} to {phrases.format_value(new, kind)}"


def _describe_number_change(old: str, new: str) -> str:
    try:
        change = Decimal(new) - Decimal(old)
    except InvalidOperation:
        return f"changed from {old} to {new}"
    if not change:
        return f"written as {new} instead of {old}"
    return f"{'raised' if change > 0 else 'lowered'} from {old} to {new}"


def _describe_rewording(old: str, new: str) -> str:
    """Return whether sentences were added, cut or written in another way."""
    before, after = old.split("\n"), new.split("\n")
    added = [line for line in after if line not in before]
    removed = [line for line in before if line not in after]
    if added and removed:
        total = len([line for line in after if line])
        count = f", {len(added)} of {total} sentences" if len(after) > 1 else ""
        return f"reworded{count}: {phrases.quote(' '.join(added))}"
    if added:
        return f"extended: {phrases.quote(' '.join(added))}"
    if removed:
        return f"shortened by {phrases.quote(' '.join(removed))}"
    return "put in another order"


def _describe_restated_end(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    change = f"from {phrases.describe_window(old).replace('from ', '')} to {phrases.describe_window(new)}"
    try:
        days = {k: dates.span(str(v))[0] - (k == "until") for k, v in {**old, **new}.items()}
    except dates.BadDateError:
        return f"changed {change}"
    if days["until"] == days["through"]:
        return f"written another way, the same day: {phrases.describe_window(new)}"
    return f"moved {change}"


def _format(value: Any, location: Location) -> str:
    text = phrases.format_value(value, location.kind)
    is_figure = location.key == "value" and location.kind in NUMBERS
    return text + (phrases.format_unit(location.owner) if is_figure else "")
