"""Findings as text: where, what, the line it stands in, and the part of it that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.checks import CHECKS
from rexctl.output.paint import paint
from rexctl.output.width import columns_of
from rexctl.records import DUE, ERROR, WARNING, Finding, Row, Sheet
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.output.emit import Options

SUFFIX = ".txt"
LEVELS = (ERROR, WARNING, DUE)
FIELDS = ("level", "code", "message", "hint", "path", "line", "column", "width", "event", "excerpt")


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write a sheet of findings, such as `sheet_of` gives, as text."""
    tell((finding_of(row) for row in sheet.rows), out, color=options.color)


def tell(found: Iterable[Finding], out: TextIO, *, color: bool = False) -> None:
    """Write findings in the form of the command line's errors, in the order given."""
    for finding in found:
        out.writelines(line + "\n" for line in _lines(finding, color))


def sheet_of(found: Iterable[Finding]) -> Sheet:
    """Give findings as a sheet, sorted by place, so that any format can show them."""
    ordered = sorted(found, key=lambda finding: finding.place)
    columns = ("level", "code", "path", "line", "column", "message", "hint")
    rows = (Row(_data(finding), path=finding.path) for finding in ordered)
    return Sheet(columns, rows, caption="findings", right=("line", "column"))


def worst_first(sheet: Sheet) -> list[Finding]:
    """Give the findings of a sheet by level, then as they came: hosts show the first so many.

    A fault of a file comes before those between events: one bad file makes every link to it one.
    """
    found = (finding_of(row) for row in sheet.rows)
    return sorted(found, key=lambda f: (LEVELS.index(f.level), f.code in CHECKS))


def summary(found: Sequence[Finding]) -> str:
    """Give the count in words: `3 errors and 1 warning in 2 files`; empty where there is none."""
    parts = []
    for level, one, many in (("error", "error", "errors"), ("warning", "warning", "warnings"),
                             ("due", "due", "due")):  # fmt: skip
        number = sum(finding.level == level for finding in found)
        if number:
            parts.append(f"{number} {one if number == 1 else many}")
    files = len({finding.path for finding in found})
    where = f" in {files} file{'' if files == 1 else 's'}"
    return (" and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts) + where
            if parts else "")  # fmt: skip


def _lines(finding: Finding, color: bool) -> Iterator[str]:
    place = f"{clean_line(finding.path)}:{finding.line}:{finding.column}"
    told = paint(f"{finding.level}[{finding.code}]", finding.level, color)
    hint = f"; {clean_line(finding.hint)}" if finding.hint else ""
    yield f"{paint(place + ':', 'strong', color)} {told} {clean_line(finding.message)}{hint}"
    if finding.excerpt:
        number = str(finding.line)
        bar = paint("|", "faint", color)
        yield f"  {paint(number, 'faint', color)} {bar} {clean_line(finding.excerpt)}"
        # A line cut before the place, or cut at its beginning, no longer tells where the place is.
        if finding.column <= len(finding.excerpt) + 1 and finding.excerpt[0] != "…":
            start, length = _underlined(finding)
            mark = paint("^" * length, finding.level, color)
            yield f"  {' ' * len(number)} {bar} {' ' * start}{mark}"


def _underlined(finding: Finding) -> tuple[int, int]:
    """Give where the underline begins below the excerpt as shown, and its length, in columns.

    Characters are not columns: a wide one takes two, a spelled one six.
    """
    first = max(finding.column - 1, 0)
    before = clean_line(finding.excerpt[:first])
    meant = clean_line(finding.excerpt[first : first + max(finding.width, 1)])
    return columns_of(before), max(1, columns_of(meant))


def _data(finding: Finding) -> dict[str, Any]:
    """Give a finding as a row; what is not known is left out."""
    found = {name: getattr(finding, name) for name in FIELDS}
    return {name: value for name, value in found.items() if value != ""}


def finding_of(row: Row) -> Finding:
    """Give the finding that a row of such a sheet was made of."""
    numbers = ("line", "column", "width")
    known: dict[str, Any] = {name: row.data[name] for name in FIELDS if name in row.data}
    known.update({name: int(known[name]) for name in numbers if name in known})
    return Finding(**known)
