"""Changes as Markdown, fit for a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".md"
# GitHub takes comments of 65,536 characters and refuses longer ones whole.
LONGEST = 60_000


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write an item for each event, the changes in one sentence; then how many no longer fitted."""
    del options  # Markdown is the same wherever it goes
    written = left = 0
    for item in items(row.data for row in sheet.rows):
        if left or written + len(item) > LONGEST:
            left += 1
        else:
            out.write(item)
            written += len(item)
    if left:
        out.write(f"\nand {left} more event{'' if left == 1 else 's'}\n")


def items(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Give a line for each event: its title, its id, and the changes in one sentence."""
    found: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        event = str(row["event"])
        item = found.setdefault(event, (str(row.get("title", event)), []))
        item[1].append(escaped(str(row["sentence"])))
    for event, (title, sentences) in found.items():
        yield f"- **{escaped(title)}** (`{escaped(event)}`): {_sentence(sentences)}\n"


def _sentence(words: list[str]) -> str:
    """Give them as one sentence; a quotation that ends one has its own full stop."""
    whole = "; ".join(words)
    return whole if whole.endswith((".”", "…”")) else f"{whole}."
