"""From the parser's events to plain data: every scalar stays text, and what YAML would do is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from rexctl.dialect.places import Path, Place, Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.dialect.source import Limits, Source
    from rexctl.plain.finding import Finding

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What only an escape in double quotes can bring in, and what turns the reading order around.
_HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")
_LONGEST_KEY = 200


class Span(NamedTuple):
    """The stretch of text that one scalar takes: a `#` in it is no comment."""

    start: int
    end: int
    cuttable: bool  # a plain value: a comment right after it may be text that was cut off


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("as_key", "key", "key_event", "keys", "lost", "path", "spot", "value")

    def __init__(self, value: Any, path: Path | None, spot: Spot, *, as_key: bool) -> None:
        self.value = value
        self.path = path  # None: under a key that is told as a fault, so of no account
        self.spot = spot
        self.as_key = as_key
        self.key: str | None = None
        self.key_event: Any = None
        self.lost = False  # the value of the pending key is thrown away
        self.keys: dict[str, int] = {}  # each key and its line


class Tree:
    """Grows one document; an own stack holds what is open, so that depth cannot hurt."""

    __slots__ = (
        "_base",
        "_count",
        "_limits",
        "_line",
        "_open",
        "_source",
        "empty",
        "findings",
        "full",
        "last",
        "spans",
        "spots",
        "value",
    )  # fmt: skip

    def __init__(self, source: Source, limits: Limits, base: int, line: int) -> None:
        self._source = source
        self._limits = limits
        self._base = base  # where in the text, and in which line, the events count from
        self._line = line
        self._open: list[_Frame] = []
        self._count = 0
        self.value: Any = None
        self.spots: dict[Path, Spot] = {}
        self.spans: list[Span] = []
        self.findings: list[Finding] = []
        self.last = base  # the end of the last content
        self.full = False  # a limit was met: nothing more is taken
        self.empty = True  # no content but an empty plain scalar

    def take(self, event: yaml.Event) -> None:
        """Take the next event of a document."""
        handle = _HANDLERS.get(type(event))
        if handle is not None:
            handle(self, event)

    def _fault(self, code: str, message: str, mark: Any, width: int = 0, hint: str = "") -> None:
        self.findings.append(
            self._source.fault(
                code, message, self._line + mark.line, mark.column + 1, width, hint=hint
            )  # fmt: skip
        )

    def _scalar(self, event: Any) -> None:
        start, end = self._base + event.start_mark.index, self._base + event.end_mark.index
        style = event.style or ""
        top = self._open[-1] if self._open else None
        is_key = top is not None and top.key is None and isinstance(top.value, dict)
        if style in ("|", ">"):
            # The header line may end in a comment; the text begins on the next.
            header = self._source.text.find("\n", start, end)
            self.spans.append(Span(start if header < 0 else header, end, False))
        else:
            self.spans.append(Span(start, end, not style and not is_key))
        self.last = max(self.last, start + len(self._source.text[start:end].rstrip()))
        self._properties(event)
        if not (event.value.isprintable() and event.value.isascii()):
            self._judge_signs(event)
        if top is not None and is_key:
            self._key(top, event, style)
            return
        place = self._place_of(event, style)
        if not style and event.value in _NULLS and event.tag is None:
            place = self._nothing(top, event, place)
        else:
            self.empty = False
        self._put(event.value, place, event)

    def _place_of(self, event: Any, style: str) -> Place:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if start.line == end.line else 0
        return Place(self._line + start.line, start.column + 1, width, style)

    def _judge_signs(self, event: Any) -> None:
        found = _HARMFUL.search(event.value)
        if found is None or found[0] == "\ufffd":
            return
        bidi = re.match(f"[{_BIDI}]", found[0])
        place = self._place_of(event, "")
        self.findings.append(self._source.fault(
            "bidi-control" if bidi else "control-character",
            f"U+{ord(found[0]):04X} "
            + ("turns the reading order around" if bidi else "is not text"),
            place.line, place.column, place.width, hint="take it out",
        ))  # fmt: skip

    def _properties(self, event: Any) -> None:
        mark = event.start_mark
        if event.anchor is not None and not isinstance(event, yaml.AliasEvent):
            self._fault("yaml-anchor", f"an anchor (&{event.anchor}) is not used here", mark, 1,
                        "take it out; a text that begins with & stands in quotes")  # fmt: skip
        if getattr(event, "tag", None) is not None:
            self._fault("yaml-tag", f"a tag ({event.tag}) is not used here", mark, 1,
                        "take it out; a text that begins with ! stands in quotes")  # fmt: skip

    def _nothing(self, top: _Frame | None, event: Any, place: Place) -> Place:
        """Tell an empty value, at its key where it has one; the document's own is told elsewhere."""
        if top is None:
            return place
        where = "a list item"
        if top.key_event is not None:
            where = top.key_event.value
        if not event.value:
            if top.key_event is not None:
                place = self._place_of(top.key_event, "")
            else:
                place = place._replace(column=max(1, place.column - 1), width=1)
        said = f"is {event.value}, which is no value" if event.value else "is empty"
        self.findings.append(self._source.fault(
            "empty-value", f"{where} {said}", place.line, place.column, place.width,
            hint="leave the line out: unknown is absent",
        ))  # fmt: skip
        return place

    def _key(self, top: _Frame, event: Any, style: str) -> None:
        key, mark, width = event.value, event.start_mark, self._place_of(event, style).width
        top.key, top.key_event, top.lost = key, event, False
        if key == "<<" and not style:
            self._fault("yaml-merge-key", "a merge key (<<) is not used here", mark, width,
                        "write out what it would bring in")  # fmt: skip
        elif not key:
            self._fault("empty-key", "a key is empty", mark, width, "name the field")
        elif len(key) > _LONGEST_KEY or "\n" in key:
            self._fault("bad-key", f"a key is one line of at most {_LONGEST_KEY} characters", mark,
                        width, "did a text lose its quotes?")  # fmt: skip
        if key in top.keys:
            top.lost = True
            self._fault("duplicate-key", f"{key}: stands here twice, first in line {top.keys[key]}",
                        mark, width, "keep one of the two")  # fmt: skip
        else:
            top.keys[key] = self._line + mark.line

    def _start(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        as_key = top is not None and top.key is None and isinstance(top.value, dict)
        self.empty = False
        self._properties(event)
        place = Place(self._line + event.start_mark.line, event.start_mark.column + 1, 0,
                      "flow" if event.flow_style else "block")  # fmt: skip
        value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if as_key:
            self._fault("bad-key", "a list or mapping stands as a key", event.start_mark, 1,
                        "a key is a text; put it in quotes")  # fmt: skip
            path, spot = None, Spot(place, place, 0, 0)
        else:
            path, spot = self._put(value, place, event)
        if len(self._open) == self._limits.depth:
            self._fault("too-deep", f"more than {self._limits.depth} levels, one in another",
                        event.start_mark, 1)  # fmt: skip
            self.full = True
        self._open.append(_Frame(value, path, spot, as_key=as_key))

    def _end(self, event: Any) -> None:
        frame = self._open.pop()
        if frame.spot.value.style == "flow":
            self.last = self._base + event.end_mark.index
        # A block ends where its content does; libyaml counts the comments below in.
        frame.spot.end = self.last
        if frame.as_key:
            top = self._open[-1]
            top.key, top.key_event, top.lost = "", event, True

    def _alias(self, event: Any) -> None:
        self._fault("yaml-alias", f"an alias (*{event.anchor}) is not used here", event.start_mark,
                    len(event.anchor) + 1, "write out the value; a text that begins with * stands "
                    "in quotes")  # fmt: skip
        event.value, event.style, event.tag = f"*{event.anchor}", "'", None
        self._scalar(event)

    def _put(self, value: Any, place: Place, event: Any) -> tuple[Path | None, Spot]:
        """Put a value where it belongs and note its places."""
        self._count += 1
        if self._count > self._limits.values and not self.full:
            self._fault("too-many-values", f"more than {self._limits.values} values",
                        event.start_mark, 1)  # fmt: skip
            self.full = True
        start, key_place, path = self._base + event.start_mark.index, place, None
        if not self._open:
            self.value, path = value, ()
        else:
            top = self._open[-1]
            step: str | int
            if isinstance(top.value, list):
                step = len(top.value)
                top.value.append(value)
            else:
                step = top.key or ""
                if not top.lost:
                    top.value[step] = value
                key_place = self._place_of(top.key_event, "")
                start = self._base + top.key_event.start_mark.index
                top.key = top.key_event = None
            if top.path is not None and not top.lost:
                path = (*top.path, step)
        spot = Spot(key_place, place, start, self.last)
        if path is not None:
            self.spots[path] = spot
        return path, spot


_HANDLERS: dict[type, Callable[[Tree, Any], None]] = {
    yaml.ScalarEvent: Tree._scalar,
    yaml.SequenceStartEvent: Tree._start,
    yaml.MappingStartEvent: Tree._start,
    yaml.SequenceEndEvent: Tree._end,
    yaml.MappingEndEvent: Tree._end,
    yaml.AliasEvent: Tree._alias,
}
