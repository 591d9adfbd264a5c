"""The records that packages exchange: Finding, Change, and Table with its rows.

A row is one mapping, such as an event: keys in the order of the schema, values are text, `Num`,
bool, list or dict, and an unset field is absent. None is never stored in a row; where a function
returns None, the row has no value there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from rexctl.values import json_text
from rexctl.values.text import count_of

ERROR, WARNING, DUE = "error", "warning", "due"
LEVELS = (ERROR, WARNING, DUE)


class Rule(NamedTuple):
    """What is known of a rule of `check` without loading it.

    `level` is that of its findings. `needs` is what an event must have for the rule to find anything
    in it: one of these fields, links of one of these relations, or a value of a field. Without such
    an event the rule is not run; `context.having(code)` are those events.
    """

    level: str
    needs: tuple[str, ...]


class Finding(NamedTuple):
    """One fault at a location: the only record of a fault.

    `path` is relative to the log's folder with forward slashes, `-` for standard input, or a path
    as the user wrote it. `line` and `column` count from 1, columns in characters; 0 means that
    the location is the whole file, or is still to be worked out from `loc`, the keys and indexes
    that lead to the value in the event; `on` is `key` where its key is meant. `text` is the
    source line, `width` the number of its characters to underline.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""
    level: str = ERROR
    hint: str = ""
    event: str = ""
    loc: tuple[str | int, ...] = ()
    on: str = "value"

    @property
    def start(self) -> tuple[int, int]:
        """The line and column to show: 1 and 1 for a whole file."""
        return self.line or 1, self.column or 1

    @property
    def sentence(self) -> str:
        """The message with the hint after it."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are shown: by file, then by position in it."""
        return (self.path, self.line, self.column, self.code, self.message)

    def as_row(self) -> Row:
        """Return the finding as a row of a table; unknown values are absent."""
        line, column = self.start
        values = {
            "level": self.level, "code": self.code, "message": self.message, "hint": self.hint,
            "path": self.path, "line": line, "column": column, "width": self.width,
            "event": self.event, "excerpt": self.text,
        }  # fmt: skip
        return Row({k: v for k, v in values.items() if v != ""}, path=self.path, record=self)


REMOVED, RETRACTED, RENAMED, CHANGED, ADDED = "removed", "retracted", "renamed", "changed", "added"
# The order in which changes are shown: what the log loses first.
KINDS = (REMOVED, RETRACTED, RENAMED, CHANGED, ADDED)
# What follows from other changes: the state of a measure, and bytes that mean the same.
STATE, LAYOUT = "state", "layout"
# Only in the history: a file stops or starts to parse; an event that a shallow clone begins with; a
# value that a merge commit took from one parent, or wrote, where its parents had changed it differently.
UNREADABLE, READABLE, THERE, MERGED = "unreadable", "readable", "there", "merged"

# The sections of a report on changes, in the order in which a reviewer needs them.
SECTIONS = {
    "gone": "Removed, retracted, renamed",
    "status": "Status and confidence",
    "force": "In force: windows, rates, targets, acts",
    "new": "New events",
    "facts": "Dates, actors, commitments and other facts",
    "links": "Links",
    "texts": "Texts",
    "sources": "Sources",
    "layout": "Only comments or layout",
}
_ORDER = {name: number for number, name in enumerate(SECTIONS)}
Event = Mapping[str, Any]  # as plain data
# A sentence in pieces, each with a mark: the words that were `old` and are `new` in a text, and the
# values that `was` and are `now` with what stands between them.
Pieces = tuple[tuple[str, str], ...]
_PLAIN = {"old": "[-{}-]", "new": "{{+{}+}}"}  # as `git diff --word-diff` writes them


def plain_text(pieces: Pieces) -> str:
    """Return the pieces of a sentence as a text.

    >>> plain_text((("rate", ""), (" of ", ""), ("30%", "old"), ("20%", "new")))
    'rate of [-30%-]{+20%+}'
    """
    return "".join(_PLAIN.get(mark, "{}").format(text) for text, mark in pieces)


class Change(NamedTuple):
    """One difference between two versions of an event.

    `field` is a dotted name (`effective.until`), empty for the event as a whole. `old` and `new`
    are the values on both sides, None where a side has none; of a list they hold only the items
    that went or came. `section` is one of SECTIONS. `pieces` are the sentence with its changed words
    marked, where it has any.
    """

    event: str
    title: str
    type: str
    kind: str
    field: str
    old: Any
    new: Any
    sentence: str
    section: str = "facts"
    pieces: Pieces = ()

    @property
    def sort_key(self) -> tuple[int, int]:
        """The order in which the changes of an event are shown."""
        kind = CHANGED if self.kind in (STATE, LAYOUT) else self.kind
        return KINDS.index(kind), _ORDER[self.section]

    def as_row(self, commit: Mapping[str, str] | None = None) -> Row:
        """Return the change as a row, after the fields of its commit; unknown values are absent."""
        values = {
            "event": self.event, "title": self.title, "type": self.type, "kind": self.kind,
            "section": self.section, "field": self.field, "old": self.old, "new": self.new,
            "sentence": self.sentence,
        }  # fmt: skip
        known = {name: value for name, value in values.items() if value not in (None, "")}
        return Row({**(commit or {}), **known}, record=self)


class Row:
    """One row: a mapping, its line of JSON, or both; the missing one is made on first use.

    `path` is the file of an event, relative to the log's folder. `record` is the Finding or
    Change that the row was made from.
    """

    __slots__ = ("_data", "_text", "path", "record")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, text: str = "", path: str = "",
        record: Any = None,
    ) -> None:  # fmt: skip
        self._data = data
        self._text = text
        self.path = path
        self.record = record

    @property
    def data(self) -> Mapping[str, Any]:
        """The row as a mapping; numbers read from JSON are `Num` texts."""
        if self._data is None:
            self._data = json_text.loads(self._text)
        return self._data

    @property
    def text(self) -> str:
        """The row as one line of JSON, without the line end."""
        if not self._text:
            self._text = json_text.dumps(dict(self.data))
        return self._text


class RowStream:
    """Rows that are read once, in order. `count` is the number of rows read so far."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items: Iterator[Any] = iter(items)
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        item = next(self._items)
        self.count += 1
        return self._make_row(item)

    def _make_row(self, item: Any) -> Row:
        row: Row = item
        return row


class Lines(RowStream):
    """Rows stored as pairs of a line of JSON in UTF-8 and a path.

    A format that copies lines takes `blocks`: no Row is then made for any of them.
    """

    _BLOCK = 64

    def _make_row(self, item: tuple[bytes, str]) -> Row:
        return Row(text=item[0].decode(), path=item[1])

    def blocks(self) -> Iterator[list[bytes]]:
        """Yield the lines in lists of at most 64."""
        while block := [line for line, _ in islice(self._items, self._BLOCK)]:
            self.count += len(block)
            yield block


class Cells(RowStream):
    """Rows stored as tuples: the text of each of `columns`, then a path.

    A format of cells takes `texts`: no event is then parsed for any of them.
    """

    def __init__(self, columns: tuple[str, ...], items: Iterable[tuple[Any, ...]]) -> None:
        super().__init__(items)
        self.columns = columns

    def _make_row(self, item: tuple[str, ...]) -> Row:
        pairs = zip(self.columns, item, strict=False)
        return Row({name: text for name, text in pairs if text}, path=item[-1])

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Yield the texts of each row in the order of the columns; an unset one is empty."""
        for item in self._items:
            self.count += 1
            yield item[:-1]


# What the rows of a table are; each output format declares which kinds it can write.
EVENTS, ROWS, FINDINGS, CHANGES, HISTORY = "events", "rows", "findings", "changes", "history"
TIMELINE = "timeline"


class Span(NamedTuple):
    """The time that a timeline shows, in days as ordinals, and the day that is marked as today.

    What follows `newest`, the day of the newest event of the log, is computed and not recorded.
    """

    first: float
    last: float
    today: int
    newest: int


class Table(NamedTuple):
    """Columns and rows: what an output format gets.

    `columns` are dotted names (`effective.from`, `links.to`). `chosen` is True where the user
    named the columns (`-F`); then a format that writes whole rows writes these keys only. `more` are
    names that `-F` may have beside the columns, whether a row has them or not. `right`
    names the columns of numbers, and `bar` the one that a terminal shows as bars too. `shorten`
    returns the shortest unique beginning of an id, for a table in which ids do not fit. With `whole`
    each row is an event in full, and Markdown shows it as a card. `heading` has the first lines of a
    report on changes, which has sections where `sections` is True, and `every` change one by one.
    `span` is the time of a timeline.
    """

    columns: tuple[str, ...]
    rows: Iterable[Row]
    chosen: bool = False
    kind: str = ROWS
    right: tuple[str, ...] = ()
    bar: str = ""
    shorten: Callable[[str], str] | None = None
    whole: bool = False
    heading: tuple[str, ...] = ()
    sections: bool = False
    every: bool = False
    span: Span | None = None
    more: tuple[str, ...] = ()


def table_of(columns: tuple[str, ...], rows: Iterable[Iterable[Any]], **more: Any) -> Table:
    """Return a table of tuples, one value for each column; empty values are absent."""
    named = (zip(columns, row, strict=True) for row in rows)
    data = ({k: v for k, v in row if v not in ("", None, [])} for row in named)
    return Table(columns, map(Row, data), **more)


def findings_table(findings: Iterable[Finding]) -> Table:
    """Return findings as a table, sorted by file and position."""
    rows = [finding.as_row() for finding in sorted(findings, key=lambda one: one.sort_key)]
    columns = ("level", "code", "path", "line", "column", "message", "hint")
    return Table(columns, rows, kind=FINDINGS, right=("line", "column"))


def changes_table(changes: Iterable[Change], **more: Any) -> Table:
    """Return changes as a table, in the order given."""
    rows = (change.as_row() for change in changes)
    return Table(("event", "kind", "field", "sentence"), rows, kind=CHANGES, **more)


def changes_by_event(changes: Iterable[Change]) -> Table:
    """Return a row for each event: its gravest kind of change, and the fields that changed."""
    events: dict[str, list[Change]] = {}
    for change in changes:
        events.setdefault(change.event, []).append(change)
    rows = []
    for event, group in events.items():
        fields = dict.fromkeys(one.field for one in group if one.kind == CHANGED)
        kind = min(group, key=lambda one: one.sort_key).kind
        rows.append((event, kind, ", ".join(fields), group[0].title))
    return table_of(("event", "kind", "fields", "title"), rows)


def history_table(pairs: Iterable[tuple[Mapping[str, str], Change]]) -> Table:
    """Return changes as a table, each row with the fields of its commit first, in the order given.

    A commit has `commit` (its full name), `author`, `email`, `date` (ISO 8601) and `subject`;
    changes that are not committed have a `subject` only.
    """
    rows = (change.as_row(commit) for commit, change in pairs)
    return Table(("date", "author", "event", "field", "sentence"), rows, kind=HISTORY)


def split_new_words(findings: Iterable[Finding]) -> tuple[list[Finding], str]:
    """Return findings without those of new tags and episodes, and one sentence on these.

    A word that is near a known one may be misspelt and stays a finding, and so does a single one.
    """
    findings = list(findings)
    new = [one for one in findings if one.code == "unknown-tag" and " --kind " in one.hint]
    words = dict.fromkeys(
        f"{one.message.partition(': ')[0]} ({one.hint.split()[-1]})" for one in new
    )
    if len(words) < 2:
        return findings, ""
    line = new[0].hint.removeprefix("to add it: ")
    return ([one for one in findings if one not in new],
            f"{len(words)} words that the vocabulary lacks: {', '.join(words)}; to add one: {line}")  # fmt: skip


def summarize_findings(findings: Sequence[Finding]) -> str:
    """Return the count in words: `3 errors and 1 warning in 2 files`; empty for no findings."""
    counts = {level: sum(one.level == level for one in findings) for level in LEVELS}
    parts = [f"{number} due" if level == DUE else count_of(number, level)
             for level, number in counts.items() if number]  # fmt: skip
    if not parts:
        return ""
    files = len({finding.path for finding in findings})
    words = " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
    return f"{words} in {count_of(files, 'file')}"


def summarize_changes(changes: Sequence[Change]) -> str:
    """Return the number of events by kind: `2 events changed, 1 added`; empty for no changes.

    An event is counted once, under the first of its kinds in the order of `KINDS`.
    """
    kinds: dict[str, str] = {}
    for change in sorted(changes, key=lambda one: one.sort_key):
        kinds.setdefault(change.event, change.kind)
    parts: list[str] = []
    for kind in (CHANGED, ADDED, RENAMED, RETRACTED, REMOVED):
        if number := sum(one == kind for one in kinds.values()):
            parts.append(f"{number if parts else count_of(number, 'event')} {kind}")
    return ", ".join(parts)


def pick(data: Any, name: str) -> Any:
    """Return the value at a dotted name, or None where there is none.

    Through a list of mappings the result is the list of what each of them holds:
    `pick({"links": [{"to": "a"}, {"to": "b"}]}, "links.to") == ["a", "b"]`.
    """
    first, _, rest = name.partition(".")
    if isinstance(data, list):
        values = [pick(item, name) for item in data]
        flat = [x for value in values for x in (value if isinstance(value, list) else [value])]
        return [x for x in flat if x is not None] or None
    if not hasattr(data, "get"):
        return None
    value = data.get(first)
    if value is None and name in data:  # a computed key may contain a dot
        return data[name]
    return pick(value, rest) if rest and value is not None else (None if rest else value)
