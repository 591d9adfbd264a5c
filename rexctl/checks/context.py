"""What a rule receives: the events of one version of the log, reduced to the fields rules read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.checks import OLD_CODES
from rexctl.model.codes import check_codes, finder
from rexctl.model.tables import TYPES
from rexctl.values import dates
from rexctl.values.ids import explain_bad_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from rexctl.records import Finding, Row
    from rexctl.vocabulary.vocabulary import Vocabulary

    Event = Mapping[str, Any]

Loc = tuple[str | int, ...]

# The fields that rules read. A rule that needs another adds it here.
_TEXTS = ("type", "status", "confidence", "date", "time", "episode", "review_by")
_LISTS = ("actors", "legal_basis", "tags", "aliases")
_MAPPINGS = {
    "also_dated": ("date",),
    "instrument": ("issuer", "number", "year"),
    "effective": ("from", "until", "through"),
    "clauses": ("id", "effective"),
    "commitments": ("id",),
    "links": ("rel", "to", "clause", "via", "asserted_by"),
    "allow": ("check",),
}


class Link(NamedTuple):
    """One link, with the id of the event that holds it."""

    event: str
    number: int  # its index in `links`
    data: Event
    rel: str
    to: str  # the present id of the target; the text as written where no event has it

    def loc(self, *keys: str) -> Loc:
        """Return the path of the link in its event, or of one key of it."""
        return ("links", self.number, *keys)


@dataclass(frozen=True)
class RuleContext:
    """The events of one version of the log, and what else a rule may look at.

    `events` maps an id to its event: plain data with the fields listed in this module alone.
    """

    today: date
    vocabulary: Vocabulary
    events: Mapping[str, Event]
    paths: Mapping[str, str]  # id -> path
    duplicates: tuple[tuple[str, str], ...] = ()  # (id, path) of files whose id is taken already
    aliases: Mapping[str, str] = field(default_factory=dict)  # former id -> present id
    unparsed: frozenset[str] = frozenset()  # ids and former ids of files that are no valid events
    invalid: Mapping[str, Event] = field(default_factory=dict)  # path -> plain value of such a file
    code_findings: tuple[Finding, ...] = ()  # what the vocabulary lacks, with event and loc

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of every event."""
        return tuple(self._iterate_links())

    def _iterate_links(self) -> Iterator[Link]:
        for name, event in self.events.items():
            for index, data in enumerate(event.get("links", ())):
                if "to" not in data:  # an act that is not in the log
                    continue
                to = str(data["to"])
                to = to if to in self.events else self.aliases.get(to, to)
                yield Link(name, index, data, str(data["rel"]), to)

    @cached_property
    def invalid_links(self) -> tuple[tuple[str, Link], ...]:
        """The links of files that are no valid events, each with its path, if they can be read."""
        found = []
        for path, value in self.invalid.items():
            for index, data in enumerate(_dicts(value.get("links"))):
                to = data.get("to")
                if isinstance(to, str) and not explain_bad_id(to):
                    link = Link(_stem(path), index, data, str(data.get("rel")), to)
                    found.append((path, link._replace(to=self.aliases.get(to, to))))
        return tuple(found)

    def is_measure(self, name: str) -> bool:
        """Return whether the event of this id is of a type that can be in force."""
        return TYPES[str(self.events[name]["type"])].measure

    def unknown_codes(self, code: str) -> Iterator[Finding]:
        """Yield the findings of one code, such as `unknown-actor`."""
        return (finding for finding in self.code_findings if finding.code == code)

    def is_allowed(self, finding: Finding) -> bool:
        """Return whether the event of a finding allows it, with a reason in its file.

        A `review_by` that has passed is always reported: its author set the day and can move it.
        """
        event = self.events.get(finding.event) or self.invalid.get(finding.path, {})
        allowed = (item.get("check") for item in _dicts(event.get("allow")))
        codes = {OLD_CODES.get(code, code) for code in allowed if isinstance(code, str)}
        return finding.code in codes and finding.loc != ("review_by",)


def build_context(
    rows: Iterable[Row], invalid: Mapping[str, Any], vocabulary: Vocabulary, today: date
) -> RuleContext:
    """Return the context of these events.

    :param rows: the events with their paths, retracted ones too.
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
        today, vocabulary, events, paths, tuple(duplicates), aliases, names, values, tuple(unknown)
    )


def _stem(path: str) -> str:
    """Return the id that the name of a file states."""
    return PurePosixPath(path).stem


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings of a list; anything else is empty, for a fault is reported elsewhere."""
    return (item if isinstance(item, dict) else {} for item in _list(value))


def reduce_event(event: Event, intern: dict[Any, Any]) -> dict[str, Any]:
    """Return a copy of an event with the fields that rules read.

    Equal texts and lists are one object, `intern` holds them: 100,000 events take an eighth of the
    half gigabyte that they take with every field.
    """
    reduced: dict[str, Any] = {"title": event["title"]}
    for key in _TEXTS:
        if key in event:
            reduced[key] = intern.setdefault(event[key], event[key])
    for key in _LISTS:
        if key in event:
            items = tuple(event[key])
            reduced[key] = intern.setdefault(items, items)
    for key, keys in _MAPPINGS.items():
        if key in event:
            value = event[key]
            many = isinstance(value, list)
            reduced[key] = [_pick(one, keys) for one in value] if many else _pick(value, keys)
    return reduced


def _pick(mapping: Event, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: mapping[key] for key in keys if key in mapping}


@lru_cache(maxsize=100_000)
def day_range(text: str) -> tuple[int, int]:
    """Return the first and the last day of a date as ordinals; a log has few days in many events."""
    return dates.span(text)
