"""A sheet: columns and a stream of rows, the one thing every format begins with."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.plain import jsontext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


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
            self._data = jsontext.loads(self._text)
        return self._data

    @property
    def text(self) -> str:
        """The row as one line of JSON, without the line end."""
        if not self._text:
            self._text = jsontext.line(self.data)
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
