"""What a rule receives: the events of one version of the log, reduced to the fields rules read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from rexctl.checks import OLD_CODES
from rexctl.measures.acts import FOLDING
from rexctl.model.codes import check_codes, finder
from rexctl.model.tables import LIFECYCLE, TYPES
from rexctl.records import ERROR, Finding, Row
from rexctl.values import dates
from rexctl.values.codes import explain_bad_id
from rexctl.vocabulary.vocabulary import Vocabulary

Event = Mapping[str, Any]

Loc = tuple[str | int, ...]


# The fields that rules read, of mappings with their keys. A rule that needs another adds it here.
_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("title", "type", "status", "confidence", "date", "time", "episode"), ()),
    **dict.fromkeys(("review_by", "actors", "legal_basis", "tags", "aliases", "tz"), ()),
    **dict.fromkeys(("disclosed", "deadline", "change", "controls", "list"), ()),
    "also_dated": ("date",),
    "instrument": ("issuer", "kind", "number", "year"),
    "effective": ("from", "time", "until", "until_time", "through", "tz"),
    "sources": ("url", "published", "accessed"),
    "clauses": ("id", "effective", "rates"),
    "rates": ("unit",),
    "commitments": ("id",),
    "links": ("rel", "to", "instrument", "clause", "via", "asserted_by"),
    "allow": ("check",),
}


class Link(NamedTuple):
    """One link, with the id of the event that holds it."""

    event: str
    number: int  # its index in `links`
    data: Event
    rel: str
    to: str  # the present id of the target; the text as written where no event has it
    path: str = ""  # of the file, where it is no valid event

    def loc(self, *keys: str) -> Loc:
        """Return the path of the link in its event, or of one key of it."""
        return ("links", self.number, *keys)

    def value(self, key: str) -> str:
        """Return the text of a key of the link, "" where it has none."""
        return str(self.data.get(key, ""))

    def finding(self, code: str, message: str, key: str, hint: str, level: str = ERROR) -> Finding:
        """Return a finding at one key of the link."""
        return Finding(code, message, self.path, event=self.event, loc=self.loc(key), hint=hint,
                       level=level)  # fmt: skip


@dataclass(frozen=True)
class RuleContext:
    """The events of one version of the log, and what else a rule may look at.

    `events` maps an id to its event: plain data with the fields listed in this module alone.
    """

    today: date
    vocabulary: Vocabulary
    events: Mapping[str, Event]
    paths: Mapping[str, str]  # id -> path
    duplicates: tuple[tuple[str, str], ...]  # (id, path) of files whose id is taken already
    aliases: Mapping[str, str]  # former id -> present id
    unparsed: frozenset[str]  # ids and former ids of files that are no valid events
    invalid: Mapping[str, Event]  # path -> plain value of such a file
    code_findings: tuple[Finding, ...]  # what the vocabulary lacks, with event and loc
    read_event: Callable[[str], Event]  # id -> the event with all its fields
    _complete: dict[str, Event] = field(default_factory=dict)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of every event."""
        return tuple(
            self._link(name, number, data) for name, event in self.events.items()
            for number, data in enumerate(event.get("links", ()))
            if "to" in data  # else it leads to an act that is not in the log
        )  # fmt: skip

    @cached_property
    def invalid_links(self) -> tuple[Link, ...]:
        """The links of files that are no valid events, if they can be read."""
        return tuple(
            self._link(_stem(path), number, data, path) for path, value in self.invalid.items()
            for number, data in enumerate(_dicts(value.get("links")))
            if isinstance(data.get("to"), str) and not explain_bad_id(data["to"])
        )  # fmt: skip

    def _link(self, event: str, number: int, data: Event, path: str = "") -> Link:
        to = str(data["to"])
        to = to if to in self.events else self.aliases.get(to, to)
        return Link(event, number, data, str(data.get("rel")), to, path)

    @cached_property
    def acts(self) -> tuple[Link, ...]:
        """The links that change what is in force, of adopted acts and decided rulings."""
        return tuple(
            link for link in self.links
            if link.rel in LIFECYCLE and link.to in self.events
            and self.events[link.event]["status"] in FOLDING
            and self.events[link.event].get("confidence") != "retracted"
        )  # fmt: skip

    def is_layer(self, name: str, clause: str = "") -> bool:
        """Return whether an event, or a clause of it, acts on a measure and has no row of its own.

        An act that replaces a measure has one, and so has a clause that no link names by `via`.
        """
        links = self.events[name].get("links", ())
        acting = [link for link in links if link["rel"] in LIFECYCLE]
        if any(link["rel"] == "replaces" for link in acting):
            return False
        vias = {link.get("via", "") for link in acting}
        clauses = {one["id"] for one in self.events[name].get("clauses", ())}
        return bool(vias) and ("" in vias or (clause in vias if clause else clauses <= vias))

    def complete(self, name: str) -> Event:
        """Return an event with all its fields: `events` has those that most rules read."""
        if name not in self._complete:
            self._complete[name] = self.read_event(name)
        return self._complete[name]

    def is_measure(self, name: str) -> bool:
        """Return whether the event of this id is of a type that can be in force."""
        return TYPES[str(self.events[name]["type"])].measure

    def is_allowed(self, finding: Finding) -> bool:
        """Return whether the event of a finding allows it, with a reason in its file.

        A `review_by` that has passed is always reported: its author set the day and can move it.
        """
        event = self.events.get(finding.event) or self.invalid.get(finding.path, {})
        allowed = (item.get("check") for item in _dicts(event.get("allow")))
        codes = {OLD_CODES.get(code, code) for code in allowed if isinstance(code, str)}
        return finding.code in codes and finding.loc != ("review_by",)


def build_context(
    rows: Iterable[Row],
    read_event: Callable[[str], Event],
    invalid: Mapping[str, Any],
    vocabulary: Vocabulary,
    today: date,
) -> RuleContext:
    """Return the context of these events.

    :param rows: the events with their paths, retracted ones too.
    :param read_event: returns an event by its id, with all its fields.
    :param invalid: path -> plain value of each file that is no valid event; None where the file
        is not YAML. Its links and codes are checked too, and a link to it is no error.
    """
    intern: dict[Any, Any] = {}
    events: dict[str, dict[str, Any]] = {}
    paths: dict[str, str] = {}
    duplicates: list[tuple[str, str]] = []
    find, unknown = finder(vocabulary), []
    for row in rows:
        name = str(row.data["id"])
        if name in events:
            duplicates.append((name, row.path))
            continue
        events[name], paths[name] = reduce_event(row.data, intern), row.path
        unknown += [one._replace(event=name) for one in check_codes(row.data, vocabulary, find)]
    aliases = {str(a): name for name, event in events.items() for a in event.get("aliases", ())}
    values = {path: value for path, value in invalid.items() if isinstance(value, dict)}
    for path, value in values.items():
        unknown += [one._replace(event=_stem(path), path=path)
                    for one in check_codes(value, vocabulary, find)]  # fmt: skip
    former = (name for value in values.values() for name in _list(value.get("aliases")))
    names = frozenset([*map(_stem, invalid), *(name for name in former if isinstance(name, str))])
    return RuleContext(
        today, vocabulary, events, paths, tuple(duplicates), aliases, names, values, tuple(unknown),
        read_event,
    )  # fmt: skip


def _stem(path: str) -> str:
    """Return the id that the name of a file states."""
    return PurePosixPath(path).stem


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings of a list; anything else is empty, for a fault is reported elsewhere."""
    return (item if isinstance(item, dict) else {} for item in _list(value))


def reduce_event(event: Event, intern: dict[Any, Any]) -> dict[str, Any]:
    """Return a copy of an event with the fields that rules read; its plain lists are tuples.

    Equal texts and tuples are one object, `intern` holds them: 100,000 events take an eighth of the
    half gigabyte that they take with every field.
    """
    reduced: dict[str, Any] = {}
    for name, keys in _FIELDS.items():
        if name not in event:
            continue
        value = event[name]
        if not keys:
            value = tuple(value) if isinstance(value, list) else value
            reduced[name] = intern.setdefault(value, value)
        elif isinstance(value, list):
            reduced[name] = [_pick(one, keys) for one in value]
        else:
            reduced[name] = _pick(value, keys)
    return reduced


def _pick(mapping: Event, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: mapping[key] for key in keys if key in mapping}


def windows(event: Event) -> Iterator[tuple[str, Loc, Mapping[str, str]]]:
    """Yield the window of the event and of each clause: the clause's id or "", path and window."""
    if "effective" in event:
        yield "", ("effective",), event["effective"]
    for index, clause in enumerate(event.get("clauses", ())):
        if "effective" in clause:
            yield clause["id"], ("clauses", index, "effective"), clause["effective"]


def term_of(event: Event, link: Event, name: str) -> tuple[Loc, Any]:
    """Return path and value of a field of the act that a link does; the value None where it has none.

    The act is the clause that `via` names, which inherits what it lacks, else the whole event.
    """
    for index, clause in enumerate(event.get("clauses", ())):
        if clause["id"] == link.get("via") and name in clause:
            return ("clauses", index, name), clause[name]
    return (name,), event.get(name)


@lru_cache(maxsize=100_000)
def day_range(text: str) -> tuple[int, int]:
    """Return the first and the last day of a date as ordinals; a log has few days in many events."""
    return dates.span(text)
