"""From the parser's events to plain data with the position of each part; every scalar stays text.

What this dialect refuses of YAML is reported by its name: tags, anchors, doubled keys, empty values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from rexctl.values import limits
from rexctl.yamlfile.source import MOST_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.records import Finding
    from rexctl.yamlfile.source import Source

Path = tuple[str | int, ...]
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
LONGEST_KEY = 200
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What only an escape in double quotes can bring in, and what turns the reading order around.
HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")
_LONGEST_NAME = 60
_QUOTE = "take it out; a text that begins with {} must be in quotes"


def shorten(text: str) -> str:
    """Return a text short enough for a sentence."""
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


class Position(NamedTuple):
    """A part of one line. Line and column count from 1, in characters.

    `width` is 0 where the part goes on to the end of the line or beyond. `style` is that of a text
    as YAML marks it (empty for plain, `'`, `"`, `|`, `>`), `block` or `flow` for the rest.
    """

    line: int
    column: int
    width: int
    style: str = ""


def position_of(event: Any) -> Position:
    """Return the position of a parser's event."""
    start, end = event.start_mark, event.end_mark
    flow = getattr(event, "flow_style", None)
    if flow is not None:
        return Position(start.line + 1, start.column + 1, 0, "flow" if flow else "block")
    width = end.column - start.column if start.line == end.line else 0
    return Position(start.line + 1, start.column + 1, width, event.style or "")


@dataclass(slots=True)
class Node:
    """One node: the events of its key (in a list: None) and of its value.

    `start` and `end` are offsets into the text, from the key to the end of the value's content.
    """

    key_event: Any
    event: Any
    end: int
    empty: Position | None = None  # the position of an empty value: its key's

    @property
    def start(self) -> int:
        """The offset at which the key begins, or the value where there is no key."""
        event = self.event if self.key_event is None else self.key_event
        return int(event.start_mark.index)

    @property
    def key(self) -> Position:
        """The position of the key."""
        return self.value if self.key_event is None else position_of(self.key_event)

    @property
    def value(self) -> Position:
        """The position of the value."""
        return self.empty or position_of(self.event)


class TextRange(NamedTuple):
    """The range of one scalar: a `#` in it begins no comment."""

    start: int
    end: int
    can_be_cut: bool  # a plain value: a comment right after it may be text that was cut off


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    value: Any
    is_map: bool
    path: Path | None  # None: below a key that is a fault itself
    node: Node | None  # None: a list or mapping in the place of a key
    is_flow: bool
    key: Any = None  # the event of the key that waits for its value
    is_dropped: bool = False  # that value is not stored
    lines: dict[str, int] = field(default_factory=dict)  # the line of each key

    @property
    def wants_key(self) -> bool:
        return self.is_map and self.key is None


class Tree:
    """Builds one document; a stack of its own holds what is open, so that no depth can hurt."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._last = 0  # the end of the last content
        self._open: list[_Frame] = []
        self._count = 0
        self._is_loose = False  # the last finding is an empty value that may be an error's doing
        self.findings: list[Finding] = []
        self.value: Any = None
        self.nodes: dict[Path, Node] = {}
        self.ranges: list[TextRange] = []
        self.is_full = False  # a limit is reached: nothing more is added
        self.is_empty = True  # no content but an empty plain scalar

    def add(self, event: yaml.Event) -> None:
        """Add the next event of a document."""
        self._is_loose = False
        _HANDLERS[type(event)](self, event)

    def drop_loose_finding(self) -> None:
        """Remove the finding of an empty value just before a syntax error: the error made it."""
        if self._is_loose:
            self.findings.pop()

    def _scalar(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        is_key = top is not None and top.wants_key
        self._add_range(event, can_be_cut=not is_key)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        self._refuse_characters(event)
        if top is not None and is_key:
            self._key(top, event)
            return
        empty = None
        if event.style or event.tag is not None or event.value not in NULLS:
            self.is_empty = False
        elif top is not None:
            empty = self._refuse_empty(event, top.key)
        self._put(event.value, event, empty)

    def _add_range(self, event: Any, *, can_be_cut: bool) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style
        if style == "|" or style == ">":
            text = self._source.text[start:end]
            self._last = start + len(text.rstrip())
            # The header line of a block may end in a comment; its text begins on the next.
            self.ranges.append(TextRange(start + max(text.find("\n"), 0), end, False))
        else:
            self._last = max(self._last, end)  # an empty value ends before it begins
            self.ranges.append(TextRange(start, end, can_be_cut and not style))

    def _key(self, top: _Frame, event: Any) -> None:
        first_line = top.lines.get(event.value)
        self._refuse_key(event, first_line)
        top.key, top.is_dropped = event, first_line is not None
        if first_line is None:
            top.lines[event.value] = event.start_mark.line + 1

    def _start(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        self.is_empty = False
        self._refuse_properties(event)
        value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if top is not None and top.wants_key:
            self._fault_at(event, "bad-key", "a list or mapping is used as a key",
                           "a key is a text; put it in quotes")  # fmt: skip
            path, node = None, None
        else:
            path, node = self._put(value, event)
        if len(self._open) == limits.MAX_DEPTH:
            self._stop(event, "too-deep", f"more than {limits.MAX_DEPTH} levels, one in another")
        self._open.append(
            _Frame(value, isinstance(value, dict), path, node, bool(event.flow_style))
        )

    def _end(self, event: Any) -> None:
        frame = self._open.pop()
        if frame.is_flow:
            self._last = event.end_mark.index
        if frame.node is not None:
            # A block ends where its content does; libyaml includes the comments below it.
            frame.node.end = self._last
            return
        # A text replaces a list or mapping as key, so that its value has a key to be dropped with.
        top = self._open[-1]
        top.key, top.is_dropped = yaml.ScalarEvent(
            None, None, (True, False), "a key", event.start_mark, event.end_mark
        ), True  # fmt: skip

    def _alias(self, event: Any) -> None:
        self._fault_at(event, "yaml-alias", f"an alias (*{shorten(event.anchor)}) is not used here",
                       "write out the value; a text that begins with * must be in quotes",
                       len(event.anchor) + 1)  # fmt: skip
        self._scalar(yaml.ScalarEvent(
            None, None, (False, True), f"*{event.anchor}", event.start_mark, event.end_mark, "'",
        ))  # fmt: skip

    def _put(
        self, value: Any, event: Any, empty: Position | None = None
    ) -> tuple[Path | None, Node]:
        """Store a value at its path, and its node."""
        self._count += 1
        if self._count > limits.MAX_VALUES and not self.is_full:
            self._stop(event, "too-many-values", f"more than {limits.MAX_VALUES} values")
        path: Path | None = ()
        key = None
        if not self._open:
            self.value = value
        else:
            top = self._open[-1]
            key, known = top.key, top.path is not None and not top.is_dropped
            step = key.value if top.is_map else len(top.value)
            path = (*top.path, step) if known and top.path is not None else None
            if not top.is_map:
                top.value.append(value)
            elif not top.is_dropped:
                top.value[step] = value
            top.key, top.is_dropped = None, False
        node = Node(key, event, self._last, empty)
        if path is not None:
            self.nodes[path] = node
        return path, node

    def _stop(self, event: Any, code: str, message: str) -> None:
        self._fault_at(event, code, message, "split it into more events")
        self.is_full = True

    # What the dialect refuses.

    def _fault(self, code: str, message: str, at: Position, hint: str = "") -> None:
        finding = self._source.fault(code, message, at.line, at.column, at.width, hint=hint)
        self.findings.append(finding)
        self.is_full = self.is_full or len(self.findings) >= MOST_FINDINGS

    def _fault_at(
        self, event: Any, code: str, message: str, hint: str = "", width: int = 1
    ) -> None:
        at = Position(event.start_mark.line + 1, event.start_mark.column + 1, width)
        self._fault(code, message, at, hint)

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault_at(event, "yaml-anchor", f"an anchor (&{shorten(event.anchor)}) is not used here",
                           _QUOTE.format("&"))  # fmt: skip
        if event.tag is not None:
            self._fault_at(event, "yaml-tag", f"a tag ({shorten(event.tag)}) is not used here",
                           _QUOTE.format("!"))  # fmt: skip

    def _refuse_characters(self, event: Any) -> None:
        text: str = event.value
        if text.isprintable():  # no harmful character is
            return
        if match := HARMFUL.search(text):
            bidi = re.match(f"[{_BIDI}]", match[0])
            what = "turns the reading order around" if bidi else "is not text"
            self._fault("bidi-control" if bidi else "control-character",
                        f"U+{ord(match[0]):04X} {what}", position_of(event), "take it out")  # fmt: skip

    def _refuse_key(self, event: Any, first_line: int | None) -> None:
        """Refuse a merge key, a key that is no name, and one that is in `first_line` already."""
        key: str = event.value
        code, message, hint = "", "", ""
        if key == "<<" and not event.style:
            code, message = "yaml-merge-key", "a merge key (<<) is not used here"
            hint = "write out what it would bring in"
        elif not key:
            code, message, hint = "empty-key", "a key is empty", "name the field"
        elif len(key) > LONGEST_KEY or "\n" in key:
            code, message = "bad-key", f"a key is one line of at most {LONGEST_KEY} characters"
            hint = "did a text lose its quotes?"
        if code:
            self._fault(code, message, position_of(event), hint)
        if first_line is not None:
            self._fault("duplicate-key", f"{shorten(key)}: is here twice, first in line {first_line}",
                        position_of(event), "keep one of the two")  # fmt: skip

    def _refuse_empty(self, event: Any, key: Any) -> Position:
        """Refuse an empty value; return its position, at its key where there is nothing to see."""
        at = position_of(event)
        if not event.value:
            nearby = at._replace(column=max(1, at.column - 1), width=1)
            at = nearby if key is None else position_of(key)
        name = "a list item" if key is None else shorten(key.value)
        what = f"is {event.value}, which is no value" if event.value else "is empty"
        self._fault("empty-value", f"{name} {what}", at, "leave it out: unknown is absent")
        self._is_loose = True
        return at


_HANDLERS: dict[type, Callable[[Tree, Any], None]] = {
    yaml.ScalarEvent: Tree._scalar,
    yaml.SequenceStartEvent: Tree._start,
    yaml.MappingStartEvent: Tree._start,
    yaml.SequenceEndEvent: Tree._end,
    yaml.MappingEndEvent: Tree._end,
    yaml.AliasEvent: Tree._alias,
}
