"""From a sheet to an output: finds the format by its name, and is what all formats know."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

from rexctl.errors import BadValueError, UnknownWordError, UsageError
from rexctl.output import FORMATS
from rexctl.records import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rexctl.records import Row, Sheet

SUFFIXES = {
    ".txt": "table",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "md",
    ".markdown": "md",
}


class Options(NamedTuple):
    """What a format must know of the place it writes to, and of how it was asked for.

    `width` counts columns; 0 is without end. `terminal` is found out by `emit`: a person reads
    there, so that nothing harmful may pass. `heading` is for tsv: whether its first line names
    the columns. `nul` ends a row with NUL in place of a line end. `root` is the log's folder as
    seen from the current one, for paths.
    """

    width: int = 80
    color: bool = False
    terminal: bool = False
    excel_safe: bool = False
    heading: bool = True
    nul: bool = False
    root: str = ""

    @property
    def end(self) -> str:
        """What ends a row."""
        return "\0" if self.nul else "\n"


DEFAULT = Options()


def emit(
    sheet: Sheet,
    name: str,
    out: TextIO,
    options: Options = DEFAULT,
    among: Mapping[str, str] = FORMATS,
) -> int:
    """Write a sheet in the format of this name; gives how many rows went.

    Raises UnknownWordError, and BadValueError for NUL where a row is not one line.
    """
    if name not in among:
        raise UnknownWordError("format", name, among, see=", ".join(among))
    player = import_module(among[name])
    if options.nul and not getattr(player, "BY_LINE", False):
        raise BadValueError(
            "-0", f"{name} has no rows of one line", "say -f id, path, jsonl or tsv"
        )
    if options.excel_safe and name != "csv":
        raise BadValueError("--excel-safe", f"is for CSV, and this is {name}", "say -f csv")
    rows = sheet.rows if isinstance(sheet.rows, Stored) else _Counted(sheet.rows)
    terminal = options.terminal or out.isatty()
    player.write(sheet._replace(rows=rows), out, options._replace(terminal=terminal))
    return rows.count


class _Counted:
    """A stream of rows that knows how many have passed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


def default(terminal: bool, chosen: bool) -> str:
    """Give the format where none is asked for; `chosen` tells that fields were."""
    return "table" if terminal else "tsv" if chosen else "jsonl"


def format_of(target: str) -> str:
    """Give the format that the suffix of a file's name asks for. Raises UsageError."""
    suffix = Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        what = (
            f"{suffix} is the suffix of no format" if suffix else "has no suffix to tell a format"
        )
        raise UsageError(f"{target}: {what}", f"say -f {', '.join(FORMATS)}")
    return SUFFIXES[suffix]


@contextmanager
def whole(target: str) -> Iterator[TextIO]:
    """Give a file to write to that takes the name `target` only when all is written.

    Where anything is raised, what stood there before stays. A device or a pipe is written to as
    it is. Line ends are written as given. Raises OSError.
    """
    place = Path(target).resolve()  # a link stays a link: its target is replaced
    known = place.exists()
    if known and not place.is_file():
        with _opened(place, "w") as out:
            yield out
        return
    draft = place.with_name(f".{place.name[:80]}.{os.urandom(4).hex()}.tmp")
    try:
        with _opened(draft, "x") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if known:
            draft.chmod(stat.S_IMODE(place.stat().st_mode))
        draft.replace(place)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _opened(place: Path, mode: str) -> TextIO:
    found = place.open(mode, encoding="utf-8", errors="backslashreplace", newline="")
    return cast("TextIO", found)
