"""From the parser's events to plain data with the position of each part; every scalar stays text.

What this dialect refuses of YAML is reported by its name: tags, anchors, doubled keys, empty values.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import yaml

from rexctl.records import Finding
from rexctl.values import limits
from rexctl.yamlfile.source import MOST_FINDINGS, Source

Path = tuple[str | int, ...]
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
LONGEST_KEY = 200
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What only an escape in double quotes can bring in, and what turns the reading order around.
HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")
_LONGEST_NAME = 60
_QUOTE = "take it out; a text that begins with {} must be in quotes"


def value_at(path: Path, data: Any) -> Any:
    """Return the value at a path of plain data; None where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


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
    return Position(start.line + 1, start.column + 1, width, getattr(event, "style", None) or "")


def _text_event(event: Any, text: str) -> Any:
    """Return the event of a quoted text in the place of another event."""
    start, end = event.start_mark, event.end_mark
    return yaml.ScalarEvent(None, None, (False, True), text, start, end, "'")


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


class _Full(Exception):
    """A limit is reached: nothing more is read."""


class Tree:
    """Builds one document from the events of the parser; the depth is limited.

    `start` and `end` are offsets of its text. Where that has a syntax error (`is_broken`), there is
    no value, and what is read after the error is read for its findings only.
    """

    def __init__(self, source: Source, start: int) -> None:
        self._source = source
        self.start, self.end = start, len(source.text)
        self._next: Callable[[], Any]
        self._last = 0  # the end of the last content
        self._count = 0
        self._depth = 0
        self.findings: list[Finding] = []
        self.value: Any = None
        self.nodes: dict[Path, Node] = {}
        self.ranges: list[TextRange] = []
        self.is_full = self.is_broken = False
        self.has_content = False  # more than an empty plain scalar

    @property
    def is_empty(self) -> bool:
        """Whether the document holds nothing and has no finding."""
        return not (self.has_content or self.is_broken or self.findings)

    def read(self, events: Iterator[yaml.Event]) -> None:
        """Read the content of a document up to its end or a limit. Raises yaml.YAMLError."""
        self._next, self._depth = events.__next__, 0
        try:
            self.value = self._value(self._next(), (), None)
        except _Full:
            self.is_full = True

    def text_range(self, offset: int) -> TextRange | None:
        """Return the range of the last scalar that begins at an offset or before it."""
        n = bisect_right(self.ranges, offset, key=attrgetter("start"))
        return self.ranges[n - 1] if n else None

    def _value(self, event: Any, path: Path | None, key: Any) -> Any:
        """Return the value that begins with an event; `path` is None below a faulty key."""
        self._count += 1
        if self._count > limits.MAX_VALUES:
            self._stop(event, "too-many-values", f"more than {limits.MAX_VALUES} values")
        if type(event) is yaml.AliasEvent:
            event = self._replace_alias(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        node = Node(key, event, 0)
        if path is not None:
            self.nodes[path] = node
        if type(event) is yaml.ScalarEvent:
            value: Any = event.value
            self._add_range(event, can_be_cut=True)
            self._refuse_characters(event)
            if event.style or event.tag is not None or value not in NULLS:
                self.has_content = True
            elif self._depth:
                node.empty = self._refuse_empty(event, key)
        else:
            value = self._collection(event, path)
        # A block ends where its content does; libyaml includes the comments below it.
        node.end = self._last
        return value

    def _collection(self, event: Any, path: Path | None) -> Any:
        self.has_content = True
        if self._depth == limits.MAX_DEPTH:
            self._stop(event, "too-deep", f"more than {limits.MAX_DEPTH} levels, one in another")
        self._depth += 1
        is_list = type(event) is yaml.SequenceStartEvent
        value: Any = self._list(path) if is_list else self._mapping(path)
        self._depth -= 1
        return value

    def _list(self, path: Path | None) -> list[Any]:
        items: list[Any] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            below = None if path is None else (*path, len(items))
            items.append(self._value(event, below, None))
        self._end(event)
        return items

    def _mapping(self, path: Path | None) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        lines: dict[str, int] = {}  # the line of each key
        while type(event := self._next()) is not yaml.MappingEndEvent:
            if isinstance(event, yaml.CollectionStartEvent):
                key, is_new = self._refuse_collection_as_key(event), False
            else:
                key = self._key(event, lines)
                is_new = key.value not in lines
                lines.setdefault(key.value, key.start_mark.line + 1)
            below = None if path is None or not is_new else (*path, key.value)
            value = self._value(self._next(), below, key)
            if is_new:
                mapping[key.value] = value
        self._end(event)
        return mapping

    def _end(self, event: Any) -> None:
        """Note where a list or mapping in flow style ends."""
        if event.end_mark.index > event.start_mark.index:
            self._last = event.end_mark.index

    def _key(self, event: Any, lines: Mapping[str, int]) -> Any:
        """Return the event of a key; `lines` has the line of each key before it."""
        if type(event) is yaml.AliasEvent:
            event = self._replace_alias(event)
        self._add_range(event, can_be_cut=False)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        self._refuse_characters(event)
        self._refuse_key(event, lines.get(event.value))
        return event

    def _refuse_collection_as_key(self, event: Any) -> Any:
        """Read a list or mapping in the place of a key; return the event of a text instead."""
        self.fault(event, "bad-key", "a list or mapping is used as a key",
                   "a key is a text; put it in quotes", 1)  # fmt: skip
        self._value(event, None, None)
        return _text_event(event, "a key")

    def _add_range(self, event: Any, *, can_be_cut: bool) -> None:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style
        if style == "|" or style == ">":
            text = self._source.text[start:end]
            self._last = start + len(text.rstrip())
            # The header line of a block may end in a comment; its text begins on the next.
            self.ranges.append(TextRange(start + max(text.find("\n"), 0), end, False))
        else:
            self._last = max(self._last, end)  # an empty value ends before it begins
            self.ranges.append(TextRange(start, end, can_be_cut and not style))

    def _replace_alias(self, event: Any) -> Any:
        self.fault(event, "yaml-alias", f"an alias (*{shorten(event.anchor)}) is not used here",
                   "write out the value; a text that begins with * must be in quotes",
                   len(event.anchor) + 1)  # fmt: skip
        return _text_event(event, f"*{event.anchor}")

    def _stop(self, event: Any, code: str, message: str) -> None:
        self.fault(event, code, message, "split it into more events", 1)
        raise _Full

    # What the dialect refuses.

    def fault(self, at: Any, code: str, message: str, hint: str, width: int = 0) -> None:
        """Add a finding at a Position or an event of the parser; without `width` for its full extent."""
        place = at if isinstance(at, Position) else position_of(at)
        width = width or place.width
        self.findings.append(
            self._source.fault(code, message, place.line, place.column, width, hint=hint)
        )
        if len(self.findings) >= MOST_FINDINGS:
            raise _Full

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.fault(event, "yaml-anchor", f"an anchor (&{shorten(event.anchor)}) is not used here",
                       _QUOTE.format("&"), 1)  # fmt: skip
        if event.tag is not None:
            self.fault(event, "yaml-tag", f"a tag ({shorten(event.tag)}) is not used here",
                       _QUOTE.format("!"), 1)  # fmt: skip

    def _refuse_characters(self, event: Any) -> None:
        text: str = event.value
        if text.isprintable():  # no harmful character is
            return
        if match := HARMFUL.search(text):
            bidi = re.match(f"[{_BIDI}]", match[0])
            what = "turns the reading order around" if bidi else "is not text"
            code = "bidi-control" if bidi else "control-character"
            self.fault(event, code, f"U+{ord(match[0]):04X} {what}", "take it out")

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
            self.fault(event, code, message, hint)
        if first_line is not None:
            message = f"{shorten(key)}: is here twice, first in line {first_line}"
            self.fault(event, "duplicate-key", message, "keep one of the two")

    def _refuse_empty(self, event: Any, key: Any) -> Position:
        """Refuse an empty value; return its position, at its key where there is nothing to see."""
        at = position_of(event)
        if not event.value:
            nearby = at._replace(column=max(1, at.column - 1), width=1)
            at = nearby if key is None else position_of(key)
        name = "a list item" if key is None else shorten(key.value)
        what = f"is {event.value}, which is no value" if event.value else "is empty"
        self.fault(at, "empty-value", f"{name} {what}", "leave it out: unknown is absent")
        return at
