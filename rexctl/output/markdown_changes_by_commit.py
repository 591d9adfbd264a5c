"""The past as Markdown: a list of commits, and in each the events that it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.gitrepo.commits import SHORT, format_commit_date, group_by_commit
from rexctl.output import markdown_changes
from rexctl.output.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".md"


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write an item for each commit, and below it one for each event."""
    del options  # Markdown is the same wherever it goes
    for rows in group_by_commit(row.data for row in sheet.rows):
        out.write(f"- {_head(rows[0])}\n")
        out.writelines(f"  {item}" for item in markdown_changes.items(rows))


def _head(commit: Mapping[str, Any]) -> str:
    name = str(commit.get("commit", ""))[:SHORT]
    words = (format_commit_date(commit), str(commit.get("author", "")), str(commit["subject"]))
    told = ", ".join(escaped(word) for word in words if word)
    return f"{told} (`{escaped(name)}`)" if name else told
