"""What a rule across events is given, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.codes import check_codes, finder
from rexctl.model.legal import TYPES
from rexctl.records import ERROR, Finding
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from rexctl.vocabulary.vocabulary import Vocabulary

Loc = tuple[str | int, ...]


class Told(NamedTuple):
    """A fault between events: the event and the place in its tree; the file is looked up later."""

    event: str
    message: str
    loc: Loc = ()
    hint: str = ""
    on: str = "value"
    level: str = ERROR
    code: str = ""  # absent: the rule's own
    path: str = ""  # absent: the event's own


class Linked(NamedTuple):
    """One link with the event that holds it and its place there."""

    event: str
    number: int
    link: Mapping[str, Any]
    rel: str
    to: str  # the target's present id, or the text itself where there is no such event

    def at(self, *more: str) -> Loc:
        """Give the place of the link, or of one key of it."""
        return ("links", self.number, *more)


@dataclass(frozen=True)
class Case:
    """The whole log as a rule sees it: valid events by id, as plain data.

    An event holds the keys that `slim` keeps, and no others.
    """

    today: date
    vocabulary: Vocabulary
    events: Mapping[str, Mapping[str, Any]]
    paths: Mapping[str, str]
    twins: tuple[tuple[str, str], ...] = ()  # (id, path) of files that claim an id already taken
    former: Mapping[str, str] = field(default_factory=dict)  # alias -> id
    bad: frozenset[str] = frozenset()  # events of files with errors, as their names have it
    # Event and finding of each code that the vocabulary lacks; None: look in `events`.
    code_findings: tuple[tuple[str, Finding], ...] | None = None

    @cached_property
    def links(self) -> tuple[Linked, ...]:
        """Every link of every event; half of the rules go through them."""
        return tuple(self._links())

    def _links(self) -> Iterator[Linked]:
        for name, event in self.events.items():
            for number, link in enumerate(event.get("links", ())):
                to = str(link["to"])
                to = to if to in self.events else self.former.get(to, to)
                yield Linked(name, number, link, str(link["rel"]), to)

    def unknown_codes(self, code: str) -> Iterator[Told]:
        """Yield what there is to report under one code, such as `unknown-actor`."""
        for name, finding in self._code_findings:
            if finding.code == code:
                yield Told(name, finding.message, finding.loc, finding.hint)

    @cached_property
    def _code_findings(self) -> tuple[tuple[str, Finding], ...]:
        if self.code_findings is not None:
            return self.code_findings
        find = finder(self.vocabulary)
        return tuple((name, finding) for name, event in self.events.items()
                     for finding in check_codes(event, self.vocabulary, find))  # fmt: skip

    def is_measure(self, name: str) -> bool:
        """Tell whether the event of this id is of a measure type."""
        return TYPES[str(self.events[name]["type"])].measure


@lru_cache(maxsize=100_000)
def span(text: str) -> tuple[int, int]:
    """Give the first and the last day of a date; a log has far fewer days than events."""
    return dates.span(text)
