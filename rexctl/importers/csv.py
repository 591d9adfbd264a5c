r"""CSV: one event a row, columns by the names of fields; a list is split at `;` but not at `\;`."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rexctl.importers import Record
from rexctl.model.tables import ALIASES, FIELDS, HEADS, SHAPES, TYPES, chief_field, each, part
from rexctl.records import Finding
from rexctl.values.json_text import loads_strict
from rexctl.values.suggest import did_you_mean
from rexctl.yamlfile.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rexctl.importers import Loc, Range

    Row = tuple[int, list[str]]  # the line on which it begins, and its cells
    Ranges = Callable[[Source, int], Iterator[Range]]

# RFC 4180: a cell in quotes holds commas, line ends and doubled quotes; any other does not.
_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
_BREAK = re.compile(r"\r\n|\n|\r")
_PIECE = re.compile(r"\\[\\;]|;|[^\\;]+|\\")


def records(data: bytes, name: str) -> Iterator[Record]:
    """Yield each row as a record, by RFC 4180; an empty cell is an absent field."""
    text = data.decode("utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    # Lines as the reader counts them: other separators are part of a text.
    source = Source(name, _BREAK.sub("\n", text))

    def rows() -> Iterator[Row]:
        first = 1
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1

    try:
        yield from read_rows(source, rows(), cell_ranges, str)
    except csv.Error as fault:
        finding = Finding("not-csv", f"is not CSV: {fault}", name, reader.line_num)
        yield Record(source, findings=[finding])


def read_rows(
    source: Source, rows: Iterator[Row], ranges: Ranges, plain: Callable[[str], str]
) -> Iterator[Record]:
    """Yield a record for each row after the heading.

    :param rows: the line on which a row begins, and its cells.
    :param ranges: returns the cells of the row that begins on a line, as offset and width.
    :param plain: returns the value of a cell that is no list.
    """
    _, header = next(rows, (1, []))
    if faults := list(_header_faults(header, source, ranges)):
        yield Record(source, findings=faults)
        return
    fields = list(map(_field_named, header))
    for first, cells in rows:
        if any(map(str.strip, cells)):
            yield _record(source, fields, cells, first, ranges, plain)


def _header_faults(header: list[str], source: Source, ranges: Ranges) -> Iterator[Finding]:
    named: dict[str, str] = {}
    for cell, (offset, width) in zip(header, ranges(source, 1), strict=False):
        column, field = cell.strip(), _field_named(cell)
        head = chief_field(field)  # `rates` names the field `rates.value`
        complete = f"{field}.{head}" if head else field
        code = ""
        if column and column[0] != "_" and complete in named:
            code, message = "duplicate-key", f"a second column for the field {complete}"
            hint = f"remove this column or {named[complete]}"
        elif not {field, complete} & FIELDS.keys() and not column.startswith(("_", "x-")):
            code, message = "unknown-field", "no such field"
            # Spreadsheets of many countries separate cells so.
            hint = ("cells are separated by commas, not by semicolons" if column.count(";") > 1
                    else did_you_mean(column, FIELDS))  # fmt: skip
        elif any(_count_lists(type_, field) > 1 for type_ in TYPES):
            code, message = "wrong-shape", "a list within a list fits no cell"
            hint = "leave the column out; JSON lines can hold it"
        if code:
            at = source.position(offset)
            yield source.fault(code, f"{column}: {message}", *at, width, hint=hint)
        named.setdefault(complete, column)


def _field_named(heading: str) -> str:
    """Return the field that a heading names, whatever its capitals: spreadsheets add them."""
    name = heading.strip()
    lower = name.lower()
    return ALIASES.get(lower) or (lower if lower in FIELDS else ALIASES.get(name, name))


def _count_lists(shape: str, field: str) -> int:
    """Return how many lists of mappings a field of a type is within."""
    many = 0
    for step in field.split("."):
        kind = SHAPES.get(shape, {}).get(step, "")
        shape = part(each(kind) or kind)
        many += isinstance(kind, list) and shape in SHAPES
    return many


def _record(
    source: Source, fields: list[str], cells: list[str], number: int, ranges: Ranges,
    plain: Callable[[str], str],
) -> Record:  # fmt: skip
    def find_range(path: Loc, on: str) -> Range:
        dotted = ".".join(step for step in path if isinstance(step, str))
        for field, position in zip(fields, ranges(source, number), strict=False):
            # A column with the name of a list of parts holds their chief field.
            if field == dotted or field.startswith(dotted + ".") or dotted.startswith(field + "."):
                return position
        return source.offset(number), 1

    record = Record(source, None, find_range)
    if len(cells) != len(fields):
        message = f"has {len(cells)} cells, and the heading has {len(fields)}"
        record.findings.append(record.fault("wrong-shape", message))
        return record
    record.value = {}
    type_name = cells[fields.index("type")].strip().lower() if "type" in fields else ""
    for field, cell in zip(fields, cells, strict=True):
        if cell.strip() and not field.startswith("_"):
            # A row that changes an event needs no type: any that has the field will do.
            known = FIELDS.get(field) or FIELDS.get(f"{field}.{chief_field(field)}")
            types = known.types if known else TYPES
            shape = type_name if type_name in types else next(iter(types))
            _put(record.value, field, cell, shape, plain)
    return record


def _put(
    data: dict[str, Any], field: str, cell: str, type_name: str, plain: Callable[[str], str]
) -> None:
    """Put a cell where its dotted name leads, by the shape of the row's type."""
    shape: Any = type_name
    target: Any = data
    *outer, last = steps = field.split(".")
    for n, step in enumerate(outer, 1):
        kind = SHAPES.get(shape, {}).get(step, "text")
        if isinstance(kind, list):
            rows = target.setdefault(step, [])
            _put_many(rows, steps[n:], _split(cell), part(each(kind)))
            return
        target, shape = target.setdefault(step, {}), part(kind)
    many = isinstance(SHAPES.get(shape, {}).get(last), list)
    target[last] = _split(cell) if many else plain(cell).strip()


def _put_many(rows: list[Any], steps: list[str], values: list[str], shape: str) -> None:
    for n, value in enumerate(values):
        if n == len(rows):
            rows.append({})
        if not value:
            continue
        if isinstance(rows[n], str):  # a bare code in one column, and more of it in another
            rows[n] = {HEADS[shape]: rows[n]}
        target = rows[n]
        for step in steps[:-1]:
            target = target.setdefault(step, {})
        many = isinstance(SHAPES.get(shape, {}).get(steps[-1]), list)
        target[steps[-1]] = _elements(value) if many else value


def _elements(value: str) -> list[Any]:
    """Return the values of a part's list: those of a JSON array, else the one value."""
    with suppress(ValueError):
        if value.startswith("[") and isinstance(items := loads_strict(value), list):
            return items
    return [value]


def _split(cell: str) -> list[str]:
    r"""Return the elements of a list; `\;` and `\\` in one are `;` and a backslash."""
    parts = [""]
    for piece in _PIECE.findall(cell):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece in ("\\;", "\\\\") else piece
    return [part.strip() for part in parts]


def cell_ranges(source: Source, first: int) -> Iterator[Range]:
    """Yield offset and width of each cell of the record that begins on line `first`.

    A width ends with its line. The record must be valid CSV.
    """
    start = source.offset(first)
    while match := _CELL.match(source.text, start):
        yield start, max(1, len(match[0].split("\n", 1)[0]))
        start = match.end() + 1
        if source.text[start - 1 : start] != ",":
            break
