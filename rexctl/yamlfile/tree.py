"""From the parser's events to plain data with the place of each part; every scalar stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from rexctl.yamlfile.positions import Path, Place, Spot
from rexctl.yamlfile.refusals import NULLS, Refusals
from rexctl.yamlfile.source import MOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.records import Finding
    from rexctl.yamlfile.source import Limits, Source


class Span(NamedTuple):
    """The stretch of text that one scalar takes: a `#` in it is no comment."""

    start: int
    end: int
    cuttable: bool  # a plain value: a comment right after it may be text that was cut off


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("flow", "is_map", "key", "keys", "lost", "path", "spot", "value")

    def __init__(self, value: Any, path: Path | None, spot: Spot | None, flow: bool) -> None:
        self.value = value
        self.is_map = isinstance(value, dict)
        self.path = path  # None: under a key that is told as a fault, so of no account
        self.spot = spot  # None: a whole list or mapping that stands as a key
        self.flow = flow
        self.key: Any = None  # the event of the key that waits for its value
        self.lost = False  # that value is thrown away
        self.keys: dict[str, int] = {}  # each key and its line

    @property
    def wants_key(self) -> bool:
        return self.is_map and self.key is None


class Tree:
    """Grows one document; an own stack holds what is open, so that depth cannot hurt."""

    __slots__ = ("_base", "_count", "_last", "_limits", "_line", "_open", "_refusals", "_text",
                 "empty", "full", "spans", "spots", "value")  # fmt: skip

    def __init__(self, source: Source, limits: Limits, base: int, line: int) -> None:
        self._text = source.text
        self._limits = limits
        self._base = base  # where in the text, and in which line, the events count from
        self._line = line
        self._last = base  # the end of the last content
        self._open: list[_Frame] = []
        self._refusals = Refusals(source, line)
        self._count = 0
        self.value: Any = None
        self.spots: dict[Path, Spot] = {}
        self.spans: list[Span] = []
        self.full = False  # a limit was met: nothing more is taken
        self.empty = True  # no content but an empty plain scalar

    @property
    def findings(self) -> list[Finding]:
        """What was found, in the order of the file."""
        return self._refusals.findings

    def take(self, event: yaml.Event) -> None:
        """Take the next event of a document."""
        self._refusals.loose = False
        _HANDLERS[type(event)](self, event)
        self.full = self.full or len(self._refusals.findings) >= MOST

    def cut_off(self) -> None:
        """Be told that a syntax error ends the tree."""
        self._refusals.cut_off()

    def _scalar(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        is_key = top is not None and top.wants_key
        self._span(event, cuttable=not is_key)
        if event.anchor is not None or event.tag is not None:
            self._refusals.properties(event)
        self._refusals.signs(event)
        if top is not None and is_key:
            self._key(top, event)
            return
        nothing = None
        if event.style or event.tag is not None or event.value not in NULLS:
            self.empty = False
        elif top is not None:
            nothing = self._refusals.nothing(event, top.key)
        self._put(event.value, event, nothing)

    def _span(self, event: Any, *, cuttable: bool) -> None:
        start, end = self._base + event.start_mark.index, self._base + event.end_mark.index
        style = event.style
        if style == "|" or style == ">":
            text = self._text[start:end]
            self._last = start + len(text.rstrip())
            # The header line of a block may end in a comment; its text begins on the next.
            self.spans.append(Span(start + max(text.find("\n"), 0), end, False))
        else:
            self._last = max(self._last, end)  # an empty value ends before it begins
            self.spans.append(Span(start, end, cuttable and not style))

    def _key(self, top: _Frame, event: Any) -> None:
        first = top.keys.get(event.value)
        self._refusals.key(event, first)
        top.key, top.lost = event, first is not None
        if first is None:
            top.keys[event.value] = self._line + event.start_mark.line

    def _start(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        self.empty = False
        self._refusals.properties(event)
        value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if top is not None and top.wants_key:
            self._refusals.at(event, "bad-key", "a list or mapping stands as a key",
                              "a key is a text; put it in quotes")  # fmt: skip
            path, spot = None, None
        else:
            path, spot = self._put(value, event)
        if len(self._open) == self._limits.depth:
            self._stop(event, "too-deep", f"more than {self._limits.depth} levels, one in another")
        self._open.append(_Frame(value, path, spot, bool(event.flow_style)))

    def _end(self, event: Any) -> None:
        frame = self._open.pop()
        if frame.flow:
            self._last = self._base + event.end_mark.index
        if frame.spot is not None:
            # A block ends where its content does; libyaml counts the comments below in.
            frame.spot.end = self._last
            return
        # A text in its place, so that its value has a key to be thrown away with.
        top = self._open[-1]
        top.key, top.lost = yaml.ScalarEvent(
            None, None, (True, False), "a key", event.start_mark, event.end_mark
        ), True  # fmt: skip

    def _alias(self, event: Any) -> None:
        self._refusals.alias(event)
        self._scalar(yaml.ScalarEvent(
            None, None, (False, True), f"*{event.anchor}", event.start_mark, event.end_mark, "'",
        ))  # fmt: skip

    def _put(
        self, value: Any, event: Any, nothing: Place | None = None
    ) -> tuple[Path | None, Spot]:
        """Put a value where it belongs and note its places."""
        self._count += 1
        if self._count > self._limits.values and not self.full:
            self._stop(event, "too-many-values", f"more than {self._limits.values} values")
        path: Path | None = ()
        key = None
        if not self._open:
            self.value = value
        else:
            top = self._open[-1]
            key, known = top.key, top.path is not None and not top.lost
            step = key.value if top.is_map else len(top.value)
            path = (*top.path, step) if known and top.path is not None else None
            if not top.is_map:
                top.value.append(value)
            elif not top.lost:
                top.value[step] = value
            top.key, top.lost = None, False
        start = self._base + (event if key is None else key).start_mark.index
        spot = Spot(key, event, self._line, start, self._last, nothing)
        if path is not None:
            self.spots[path] = spot
        return path, spot

    def _stop(self, event: Any, code: str, message: str) -> None:
        self._refusals.at(event, code, message, "split it into more events")
        self.full = True


_HANDLERS: dict[type, Callable[[Tree, Any], None]] = {
    yaml.ScalarEvent: Tree._scalar,
    yaml.SequenceStartEvent: Tree._start,
    yaml.MappingStartEvent: Tree._start,
    yaml.SequenceEndEvent: Tree._end,
    yaml.MappingEndEvent: Tree._end,
    yaml.AliasEvent: Tree._alias,
}
