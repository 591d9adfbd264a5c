"""One event as the cache stores it: its line of JSON, its field values, the texts to search in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Any, NamedTuple

from rexctl.model.tables import HEADS, SHAPES, TYPES
from rexctl.values import dates, json_text
from rexctl.values.clock import timezone_of
from rexctl.values.json_text import quote, storable
from rexctl.values.text import separate_characters

# Field, text, and the lowest and highest day or number that the text may mean.
FieldValue = tuple[str, str, float | None, float | None]

JSON_VERSION = "1"
USUAL_CONFIDENCE = "confirmed"
_NUMBERS, _DATES = frozenset({"number", "integer"}), frozenset({"date", "day"})
# Read by people: words are looked up here, and not in what names or counts something else.
_PROSE = frozenset({"text", "prose", "extra"})
_LABELS = frozenset({"id", "type", "status", "number", "clause", "via", "unit", "per", "period", "lang",
                     "supports", "locator", "source", "general_licence"})  # fmt: skip
# The fields of all types at once, for a line that has no type or one of another tool.
_EVERY_FIELD = {key: kind for name in TYPES for key, kind in SHAPES[name].items()}
_DIGITS = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)  # a number of JSON
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


class EventRow(NamedTuple):
    """An event in the columns of the cache; `low` and `high` are the ordinals of its date's bounds.

    `instant` is the minute, in UTC, of an event whose date is one day with a time, else None.
    """

    id: str
    type: str
    status: str
    confidence: str
    title: str
    date: str
    low: int
    high: int
    instant: int | None
    json: bytes
    prose: str
    sources: str
    values: tuple[FieldValue, ...]


def make_row(event: Mapping[str, Any], line: str = "") -> EventRow:
    """Return the row of an event; `line` is its JSON where it came as a line of a stream.

    Accepts anything in `event`, since a line may come from another tool.
    """
    event = {key: value for key, value in event.items() if key[:1] != "_"}  # others are computed
    identity, name, status, title, day = (
        storable(str(event.get(key, ""))) for key in ("id", "type", "status", "title", "date")
    )
    low, high = window_of("date", day)
    confidence = storable(str(event.get("confidence") or USUAL_CONFIDENCE))
    texts = _Texts()
    json = texts.collect(_root(name if name in TYPES else ""), event)
    if "confidence" not in event:
        texts.values.append(("confidence", confidence, None, None))
    members = filter(None, (json[1:-1], _computed(low, high)))
    line = line or "{" + ", ".join(members) + "}"
    return EventRow(
        identity, name, status, confidence, title, day,
        int(dates.LOWEST if low is None else low), int(dates.HIGHEST if high is None else high),
        _instant_of(event, low) if low == high and "time" in event else None,
        line.encode("utf-8", "backslashreplace"),
        separate_characters("\n".join(t for t in dict.fromkeys(texts.prose) if t != title)),
        separate_characters("\n".join(dict.fromkeys(texts.sources))),
        tuple(dict.fromkeys(texts.values)),
    )  # fmt: skip


def window_of(kind: str, text: str) -> tuple[float | None, float | None]:
    """Return the lowest and the highest day or number that a text of this kind may mean."""
    try:
        if kind in _DATES:
            return dates.span(text)
        if kind in _NUMBERS:
            return float(text), float(text)
    except ValueError:  # a line of another tool may hold anything
        pass
    return None, None


def _instant_of(event: Mapping[str, Any], day: float | None) -> int | None:
    """Return the minute in UTC of an event on a day (an ordinal); None where no minute is known.

    The zone is the event's own, else that of the first actor's capital, else UTC.
    """
    clock = _CLOCK.fullmatch(str(event.get("time", "")))
    if clock is None or day is None:
        return None
    minutes = int(clock[1]) * 60 + int(clock[2])
    local = datetime.fromordinal(int(day)) + timedelta(minutes=minutes)
    actors = event.get("actors")
    first = actors[0] if isinstance(actors, list) and actors else ""
    offset = local.replace(tzinfo=_zone(str(event.get("tz") or ""), str(first))).utcoffset()
    return int(day) * 1440 + minutes - int((offset or timedelta()).total_seconds() // 60)


@cache
def _zone(name: str, actor: str) -> tzinfo:
    """Return the zone of this name or fixed offset; without one that of the actor's capital, else UTC."""
    if not name:
        from rexctl.vocabulary.names import tables

        name = tables().zones.get(actor.partition("/")[0], "")
    return timezone_of(name) or UTC


class _Field:
    """A location in the tree of an event: under which names its values are stored, and what is below.

    Fields of the schema are made once; those of a project's own (`x-...`) are made for each event,
    for there may be any number of them.
    """

    def __init__(self, name: str, kind: Any, *, in_clause: bool, key: str = "") -> None:
        self.lead = f"{quote(key)}: "
        kind = kind[0] if isinstance(kind, list) else kind
        self.kind, _, mapping = kind.partition("|")
        self.is_searched = self.kind in _PROSE and (self.kind != "text" or key not in _LABELS)
        self.of_source = name.startswith("sources.")
        shape = kind.rpartition("|")[2]
        # A bare code is the chief field of the mapping that could be in its place.
        bare = (name, f"{name}.{HEADS[mapping]}") if mapping else (name,)
        self.names = list(_reached_by(bare, in_clause))
        self.head = HEADS.get(shape, "")
        self.head_names = list(_reached_by((name,), in_clause))
        self._prefix = name and name + "."
        self._known: Mapping[str, Any] = SHAPES.get(shape) or ({} if name else _EVERY_FIELD)
        self._in_clause = in_clause or shape.endswith("Clause")
        self._below: dict[str, _Field] = {}

    def below(self, key: str) -> _Field:
        """Return the field of a key of a mapping at this location."""
        field = self._below.get(key)
        if field is None:
            kind = self._known.get(key, "extra")
            field = _Field(self._prefix + storable(key), kind, in_clause=self._in_clause, key=key)
            if key in self._known:
                self._below[key] = field
        return field


class _Texts:
    """The values of one event, and the texts that words are looked up in."""

    def __init__(self) -> None:
        self.values: list[FieldValue] = []
        self.prose: list[str] = []
        self.sources: list[str] = []  # the words of sources, not those of the log

    def collect(self, field: _Field, value: Any) -> str:
        """Add what a value at a location holds, with all that is in it, and return its JSON.

        The digits of a number stay as written.
        """
        if isinstance(value, str):
            if value:
                self._add_text(field, storable(value))
            is_number = field.kind in _NUMBERS and _DIGITS.fullmatch(value)
            return value if is_number else json_text.dumps(value)
        if isinstance(value, list):
            return "[" + ", ".join([self.collect(field, part) for part in value]) + "]"
        if isinstance(value, dict):
            head = value.get(field.head) if field.head else None
            if isinstance(head, str) and head:
                window = window_of(field.below(field.head).kind, head)
                self.values += [(name, storable(head), *window) for name in field.head_names]
            parts = [(field.below(key), inner) for key, inner in value.items()]
            return "{" + ", ".join([at.lead + self.collect(at, inner) for at, inner in parts]) + "}"
        if isinstance(value, bool):  # other tools write true and null
            self._add_text(field, "true" if value else "false")
        return json_text.dumps(value)

    def _add_text(self, field: _Field, text: str) -> None:
        window = window_of(field.kind, text)
        self.values += [(name, text, *window) for name in field.names]
        if field.is_searched:
            (self.sources if field.of_source else self.prose).append(text)


@cache
def _root(shape: str) -> _Field:
    return _Field("", shape, in_clause=False)


def _reached_by(names: tuple[str, ...], in_clause: bool) -> Iterator[str]:
    """Yield the names of a value: `product:hs:2846` matches in a clause as in the measure itself.

    The id and the title of a clause are its own.
    """
    for name in names:
        yield name
        above = name.removeprefix("clauses.")
        if in_clause and above not in ("id", "title"):
            yield above


@lru_cache(maxsize=64)  # events come by date
def _computed(low: float | None, high: float | None) -> str:
    """Return the members of the JSON line that follow from the event's date, and the version."""
    members = ""
    if low is not None and low > dates.LOWEST:
        members += f'"_earliest": "{date.fromordinal(int(low)).isoformat()}", '
    if high is not None and high < dates.HIGHEST:
        members += f'"_latest": "{date.fromordinal(int(high)).isoformat()}", '
    return f'{members}"_v": {JSON_VERSION}'
