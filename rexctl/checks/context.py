"""What a rule receives, the events of one version of the log, and what all rules find in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from importlib import import_module
from itertools import chain, groupby
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.checks import OLD_CODES, RULES
from rexctl.model.codes import check_codes, finder
from rexctl.model.tables import LIFECYCLE, TYPES
from rexctl.records import Finding, Row
from rexctl.values import dates
from rexctl.values.codes import explain_bad_id

if TYPE_CHECKING:  # most events that are added have no links, so nothing of them is computed
    from types import ModuleType

    from rexctl.measures.acts import Layer, LeftOut
    from rexctl.measures.fold import Fold
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.vocabulary.vocabulary import Vocabulary

Event = Mapping[str, Any]
Loc = tuple[str | int, ...]
Findings = Iterator[Finding]


# The fields that rules read. A rule that needs another adds it here.
_FIELDS = frozenset({
    "id", "title", "type", "status", "confidence", "date", "time", "tz", "episode", "review_by", "actors",
    "legal_basis", "tags", "aliases", "disclosed", "deadline", "change", "controls", "list", "act",
    "combine", "also_dated", "instrument", "effective", "sources", "clauses", "rates", "entities",
    "commitments", "links", "allow",
})  # fmt: skip
_NAMED_BY_VALUE = ("status", "act")  # fields whose values a rule may need
_MANY = 50  # new events, for which all events are read at once


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

    def finding(self, message: str, key: str, hint: str) -> Finding:
        """Return a finding of a rule at one key of the link."""
        return finding_in(self.event, self.loc(key), message, hint)._replace(path=self.path)


@dataclass(frozen=True)
class RuleContext:
    """The events of one version of the log, and what else a rule may look at.

    `events` maps an id to its event: plain data with the fields listed in this module alone.
    """

    today: date
    vocabulary: Vocabulary
    events: Mapping[str, Event]
    paths: Mapping[str, str]  # id -> path
    aliases: Mapping[str, str]  # former id -> present id
    unparsed: frozenset[str]  # ids and former ids of files that are no valid events
    invalid: Mapping[str, Event]  # path -> plain value of such a file
    code_findings: tuple[Finding, ...]  # what the vocabulary lacks, with event and loc
    read_event: Callable[[str], Event]  # id -> the event with all its fields
    new: frozenset[str] = frozenset()  # ids of events that are being added

    @cached_property
    def _by_term(self) -> dict[str, dict[str, Event]]:
        """The events by what they have, as RULES names it; of an addition those that links join to it.

        Other events are there for a comparison only: what they have needs no rule.
        """
        by_term: dict[str, dict[str, Event]] = {}
        names = set(self.new)
        targets = {link.to for link in self.links if link.event in names} if names else set()
        names |= targets | {link.event for link in self.links if link.to in targets}
        for name, event in self.events.items():
            for term in _terms(event) if name in names or not names else ():
                by_term.setdefault(term, {})[name] = event
        for link in self.invalid_links:
            by_term.setdefault("links", {})
            by_term.setdefault(link.rel, {})
        return by_term

    def having(self, code: str) -> dict[str, Event]:
        """Return the events, by id, in which the rule of this code may find something."""
        return {name: event for term in RULES[code].needs
                for name, event in self._by_term.get(term, {}).items()}  # fmt: skip

    def findings(self) -> Iterator[Finding]:
        """Yield what the rules find and no event allows, with path and `loc`; lines are not known yet."""
        findings: list[Iterable[Finding]] = [self.code_findings]
        for code, rule in RULES.items():
            if not self._by_term.keys().isdisjoint(rule.needs):
                findings.append(run_rule(code, self))
        for finding in chain.from_iterable(findings):
            if not self.is_allowed(finding):
                yield finding._replace(path=finding.path or self.paths[finding.event])

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
            for number, data in enumerate(dicts(value.get("links")))
            if isinstance(data.get("to"), str) and not explain_bad_id(data["to"])
        )  # fmt: skip

    def _link(self, event: str, number: int, data: Event, path: str = "") -> Link:
        to = str(data["to"])
        to = to if to in self.events else self.aliases.get(to, to)
        return Link(event, number, data, str(data.get("rel")), to, path)

    @cached_property
    def acts(self) -> tuple[Link, ...]:
        """The links that change what is in force, of adopted acts and decided rulings."""
        from rexctl.measures.acts import folds

        return tuple(
            link for link in self.links
            if link.rel in LIFECYCLE and link.to in self.events and folds(self.events[link.event])
        )  # fmt: skip

    @cached_property
    def fold(self) -> Fold:
        """The states of the measures that acts change, and of no other ones."""
        from rexctl.measures.acts import Acts
        from rexctl.measures.fold import Fold

        return Fold(Acts(self._joined_by_acts, self.vocabulary.zone, self.aliases))

    def left_out(self, code: str) -> Findings:
        """Yield a finding for each place for which the fold leaves out links, for this code.

        Links of a wrong kind are reported of events that are not adopted, too.
        """
        from rexctl.measures.acts import folds

        findings: dict[tuple[object, ...], Finding] = {}
        for one in self._left_out:
            link = self._link(one.event, one.number, self.events[one.event]["links"][one.number])
            is_wanted = code == "wrong-target" or folds(self.events[one.event])
            if one.code == code and is_wanted and link.to in self.events:
                clause = f"#{link.value('clause')}" if link.value("clause") else ""
                message = f"{link.rel} {link.to}{clause}: {one.reason}"
                finding = finding_in(one.event, one.loc, message, one.hint)
                findings.setdefault((one.event, one.loc, one.reason), finding)
        yield from findings.values()

    @cached_property
    def _left_out(self) -> list[LeftOut]:
        from rexctl.measures.acts import Acts

        acts = Acts(self._joined_by_acts, self.vocabulary.zone, self.aliases, every=True)
        return acts.left_out

    def link_of(self, layer: Layer) -> Link:
        """Return the link by which an act does what a layer of the fold is."""
        return self._link(layer.part.key.event, layer.number, layer.link)

    @cached_property
    def _joined_by_acts(self) -> list[Event]:
        """The events that a link of a lifecycle act joins, with all their fields."""
        pairs = ((link.event, link.to) for link in self.links if link.rel in LIFECYCLE)
        names = dict.fromkeys(name for pair in pairs for name in pair if name in self.events)
        return [self.read_event(name) for name in names]

    def is_measure(self, name: str) -> bool:
        """Return whether the event of this id is of a type that can be in force."""
        return TYPES[str(self.events[name]["type"])].measure

    def is_allowed(self, finding: Finding) -> bool:
        """Return whether the event of a finding allows it, with a reason in its file.

        A `review_by` that has passed is always reported: its author set the day and can move it.
        """
        event = self.events.get(finding.event) or self.invalid.get(finding.path, {})
        allowed = (item.get("check") for item in dicts(event.get("allow")))
        codes = {OLD_CODES.get(code, code) for code in allowed if isinstance(code, str)}
        return finding.code in codes and finding.loc != ("review_by",)


def load_rule(code: str) -> ModuleType:
    """Return the module of a rule."""
    return import_module(f"rexctl.checks.{code.replace('-', '_')}")


def run_rule(code: str, context: RuleContext) -> Findings:
    """Yield what a rule finds, with its code and, where the rule names no other one, its level."""
    for finding in load_rule(code).check(context):
        yield finding._replace(code=code, level=finding.level or RULES[code].level)


def finding_in(event: str, loc: Loc, message: str, hint: str, level: str = "") -> Finding:
    """Return a finding of a rule at a location in an event; `run_rule` adds the code and the level."""
    return Finding("", message, level=level, hint=hint, event=event, loc=loc)


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
    find, unknown = finder(vocabulary), []
    for row in rows:
        name = str(row.data["id"])
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
        today, vocabulary, events, paths, aliases, names, values, tuple(unknown),
        read_event,
    )  # fmt: skip


def _terms(event: Event) -> Iterator[str]:
    """Yield what an event has: its fields, and the values by which a rule may need it."""
    yield from event
    yield from (f"{name}:{event[name]}" for name in _NAMED_BY_VALUE if name in event)
    yield from (link["rel"] for link in event.get("links", ()))


def _stem(path: str) -> str:
    """Return the id that the name of a file states."""
    return PurePosixPath(path).stem


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings of a list; anything else is empty, for a fault is reported elsewhere."""
    return (item if isinstance(item, dict) else {} for item in _list(value))


def reduce_event(event: Event, intern: dict[Any, Any]) -> dict[str, Any]:
    """Return a copy of an event with the fields that rules read; its lists of texts are tuples.

    Equal texts and tuples are one object, `intern` holds them: 100,000 events take a third less.
    """
    reduced: dict[str, Any] = {}
    for name in filter(_FIELDS.__contains__, event):
        value = event[name]
        if isinstance(value, list) and not any(isinstance(one, dict) for one in value):
            value = tuple(value)
        reduced[name] = (
            value if isinstance(value, (dict, list)) else intern.setdefault(value, value)
        )
    return reduced


def parts_of(event: Event) -> Iterator[tuple[Loc, Event]]:
    """Yield an event and each of its clauses, with the path of it."""
    yield (), event
    yield from ((("clauses", n), clause) for n, clause in enumerate(event.get("clauses", ())))


@lru_cache(maxsize=100_000)
def day_range(text: str) -> tuple[int, int]:
    """Return the first and the last day of a date as ordinals; a log has few days in many events."""
    return dates.span(text)


def check_new_events(
    snapshot: Snapshot, vocabulary: Vocabulary, events: Sequence[Event],
    files: Mapping[str, bytes], today: date,
) -> list[Finding]:  # fmt: skip
    """Return the findings of the rules for events that were added, sorted by path and line.

    Only they and the events that the snapshot relates to them are looked at.

    :param events: the new events, which the snapshot need not have.
    :param files: their contents by path.
    """
    if not events:
        return []
    rows: dict[str, Row] = {}
    if len(events) > _MANY:
        rows = {str(row.data["id"]): row for row in snapshot.events()}
    else:
        for event in events:
            rows |= snapshot.related(event)
    names = {str(event["id"]): path for event, path in zip(events, files, strict=True)}
    rows |= {str(event["id"]): Row(event, path=names[str(event["id"])]) for event in events}
    unparsed: dict[str, Any] = {one.path: None for one in snapshot.unparsed()}
    context = build_context(
        rows.values(), lambda name: rows[name].data, unparsed, vocabulary, today
    )
    context = replace(context, new=frozenset(names))
    findings = [one for one in context.findings()
             if one.event in names or any(name in one.message for name in names)]  # fmt: skip
    read = lambda path: files[path] if path in files else snapshot.read(path)  # noqa: E731
    return sorted(locate_findings(findings, read), key=lambda finding: finding.sort_key)


def locate_findings(
    findings: Iterable[Finding], read: Callable[[str], bytes | Finding]
) -> Iterator[Finding]:
    """Yield findings with line and column; `read` returns the bytes of a path, once for each path."""
    from rexctl.yamlfile.parse import locate

    by_path = attrgetter("path")
    for path, group in groupby(sorted(findings, key=by_path), by_path):
        data, located = read(path), list(group)
        if not isinstance(data, Finding):
            located = locate(data, located, path)
        yield from located
