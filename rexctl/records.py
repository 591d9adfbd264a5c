"""The records that packages exchange: findings, changes, and tables of rows."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.values import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


ERROR, WARNING, DUE = "error", "warning", "due"


class Finding(NamedTuple):
    """One fault. Lines and columns count from 1; columns count characters.

    `path` is relative to the log's folder with forward slashes, or `-` for standard input,
    or a path as the user gave it for a file outside the log.
    `loc` is the path of keys and indexes of the faulty part in its event, and `on` says whether
    the key or the value there is meant: line and column are worked out from them.
    """

    code: str
    message: str
    path: str = ""
    line: int = 1
    column: int = 1
    width: int = 1
    level: str = ERROR
    hint: str = ""
    excerpt: str = ""
    event: str = ""
    loc: tuple[str | int, ...] = ()
    on: str = "value"

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are told: by file, then by place in it."""
        return (self.path, self.line, self.column, self.code, self.message)


REMOVED, RETRACTED, RENAMED, CHANGED, ADDED = "removed", "retracted", "renamed", "changed", "added"
# The most telling first: what a reader of the log loses, then what means something else now.
KINDS = (REMOVED, RETRACTED, RENAMED, CHANGED, ADDED)
# What only the past knows: a file that does not read and does again, and what a clone begins with.
UNREADABLE, READABLE, THERE = "unreadable", "readable", "there"


class Change(NamedTuple):
    """One difference. `field` is a dotted name (`effective.until`), empty for a whole event.

    `old` and `new` are the values on both sides, None where there is none; of a list they hold
    only what came or went. `weight` sorts the changes of an event: 0 bears on what is in force.
    """

    event: str
    title: str
    type: str
    kind: str
    field: str
    old: Any
    new: Any
    sentence: str
    weight: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """The order in which changes are told."""
        return KINDS.index(self.kind), self.weight


def summary(found: list[Change] | tuple[Change, ...]) -> str:
    """Count events by what became of them: `2 events changed, 1 added`; empty where none did."""
    kinds: dict[str, str] = {}
    for change in sorted(found, key=lambda change: change.rank):
        kinds.setdefault(change.event, change.kind)
    told: list[str] = []
    for kind in (CHANGED, ADDED, RENAMED, RETRACTED, REMOVED):
        number = sum(one == kind for one in kinds.values())
        if number:
            noun = "" if told else " event" if number == 1 else " events"
            told.append(f"{number}{noun} {kind}")
    return ", ".join(told)


class Row:
    """One row: a mapping, and its line of JSON; whichever is missing is made when asked for."""

    __slots__ = ("_data", "_text", "path")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, text: str = "", path: str = ""
    ) -> None:
        self._data = data
        self._text = text
        self.path = path

    @property
    def data(self) -> Mapping[str, Any]:
        """The row as a mapping; numbers from JSON are `Num` texts."""
        if self._data is None:
            self._data = json_text.loads(self._text)
        return self._data

    @property
    def text(self) -> str:
        """The row as one line of JSON, without the line end."""
        if not self._text:
            self._text = json_text.line(self.data)
        return self._text


class Stored:
    """A stream of rows as they lie in a store, each a tuple; `count` tells how many have passed."""

    def __init__(self, stored: Iterable[tuple[Any, ...]]) -> None:
        self._stored: Iterator[tuple[Any, ...]] = iter(stored)
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        found = next(self._stored)
        self.count += 1
        return self._row(found)

    def _row(self, stored: tuple[Any, ...]) -> Row:
        raise NotImplementedError

    def fetch(self, number: int) -> None:
        """Have the next rows at hand before they are asked for."""
        self._stored = chain(list(islice(self._stored, number)), self._stored)


class Lines(Stored):
    """Rows that are lines of JSON in UTF-8, each with its path.

    A format that copies lines takes them in blocks: no row is then made for any of them.
    """

    _BLOCK = 64

    def _row(self, stored: tuple[bytes, str]) -> Row:
        return Row(text=stored[0].decode(), path=stored[1])

    def blocks(self) -> Iterator[list[bytes]]:
        """Give the lines, some at a time."""
        while block := [line for line, _ in islice(self._stored, self._BLOCK)]:
            self.count += len(block)
            yield block


class Cells(Stored):
    """Rows of which a store gives these columns, each a text, and then the path.

    A format of cells takes the texts as they are: no event is then read for any of them.
    """

    def __init__(self, columns: tuple[str, ...], stored: Iterable[tuple[Any, ...]]) -> None:
        super().__init__(stored)
        self.columns = columns

    def _row(self, stored: tuple[str, ...]) -> Row:
        pairs = zip(self.columns, stored, strict=False)
        return Row({name: text for name, text in pairs if text}, path=stored[-1])

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Give the texts of each row in the order of the columns, an empty one where nothing is."""
        for found in self._stored:
            self.count += 1
            yield found[:-1]


class Sheet(NamedTuple):
    """Columns and rows.

    `columns` are dotted names (`effective.from`, `links.to`). `chosen` tells that a person asked
    for just these columns: then a format that shows whole rows shows these keys only.
    `caption` says what the rows are, for a heading; `right` names the columns of numbers.
    """

    columns: tuple[str, ...]
    rows: Iterable[Row]
    chosen: bool = False
    caption: str = ""
    right: tuple[str, ...] = ()


def pick(data: Any, name: str) -> Any:
    """Give the value at a dotted name, or None.

    Where the way leads through a list, the answer is a list of what each element holds.
    Shapes: text, `Num`, bool, dict, list of these, None.
    """
    first, _, rest = name.partition(".")
    if isinstance(data, list):
        found = [pick(item, name) for item in data]
        flat = [x for item in found for x in (item if isinstance(item, list) else [item])]
        return [x for x in flat if x is not None] or None
    if not hasattr(data, "get"):
        return None
    value = data.get(first)
    if value is None and name in data:  # a computed row may hold a key with a dot in it
        return data[name]
    return pick(value, rest) if rest and value is not None else (None if rest else value)


def narrowed(row: Row, columns: tuple[str, ...]) -> dict[str, Any]:
    """Give the row as a mapping of just these columns, in this order; unset ones are absent."""
    found = ((name, pick(row.data, name)) for name in columns)
    return {name: value for name, value in found if value is not None}
