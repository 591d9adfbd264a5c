"""The past as text: each commit with its author, day and subject, and below it what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.gitrepo.commits import SHORT, format_commit_date, group_by_commit
from rexctl.output import changes
from rexctl.output.paint import paint
from rexctl.records import Row, Sheet
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rexctl.gitrepo.commits import Commit
    from rexctl.output.emit import Options
    from rexctl.records import Change

    Data = Mapping[str, Any]

SUFFIX = ".txt"
_OF_COMMIT = ("commit", "author", "email", "date", "subject")
_COLUMNS = ("date", "author", "event", "field", "sentence")


def sheet_of(told: Iterable[tuple[Commit, Change]]) -> Sheet:
    """Give changes as a sheet: a row each, whole, with the commit that made it."""
    return Sheet(_COLUMNS, (Row(_data(*one)) for one in told), caption="changes")


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write commits in the order given."""
    before = ""
    for rows in group_by_commit(row.data for row in sheet.rows):
        out.write(before + _head(rows[0], color=options.color))
        for event in changes.events(rows):
            out.writelines(f"  {line}" for line in changes.lines(event, color=options.color))
        before = "\n"


def _head(commit: Data, *, color: bool) -> str:
    name = paint(clean_line(commit.get("commit", "")[:SHORT]), "due", color)
    words = (name, clean_line(format_commit_date(commit)), clean_line(commit.get("author", "")),
             paint(clean_line(commit["subject"]), "strong", color))  # fmt: skip
    return "  ".join(filter(None, words)) + "\n"


def _data(commit: Commit, change: Change) -> dict[str, Any]:
    values = (commit.hash, commit.author, commit.email, commit.date, commit.subject)
    found = dict(zip(_OF_COMMIT, values, strict=True))
    known = {name: value for name, value in found.items() if value or name == "subject"}
    return known | changes.data(change)
