"""One call of rexctl: the day, the terminal, the log; what every command may ask for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rexctl import registry
from rexctl.errors import BadValueError, EnvironmentFaultError, NoLogError, UnknownWordError
from rexctl.output import emit, notice
from rexctl.values.safe_text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from rexctl.index.freshness.compare import Years
    from rexctl.index.tables import Index
    from rexctl.records import Finding, Sheet
    from rexctl.store.log import Log
    from rexctl.values.clock import Clock

# Formats of events, or of lines that name one: other rows have no use for them.
_OF_EVENTS = ("card", "yaml", "id", "path")


class Call:
    """What stands outside a command: folder, day, colour, and whether anything may be asked."""

    def __init__(
        self, directory: str | None, today: date, color: str = "auto", no_input: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.directory, self.today = directory, today
        self.color, self.no_input = color, no_input
        self.environ = os.environ if environ is None else environ
        self.root = ""  # the log's folder as seen from the current one, once it was found

    def log(self) -> Log:
        """Find the log. Raises NoLogError, and BadValueError where -C names no folder."""
        if self.directory is not None and not Path(self.directory).is_dir():
            raise BadValueError(f"-C {self.directory}", "no such folder")
        found: Log = registry.load("rexctl.store.log").find(self.directory, self.environ)
        self.root = found.shown("")
        return found

    def log_at(self, revision: str | None) -> Any:
        """Give the log, or what answers in its place: the log as a commit holds it.

        Raises NoLogError, BadValueError and EnvironmentFaultError.
        """
        log = self.log()
        if revision is None:
            return log
        return registry.load("rexctl.gitrepo.past").Past(log, revision, self.clock(log))

    def clock(self, log: Log) -> Clock:
        """Return the clock of a log, which decides the day of a commit."""
        timezone = registry.load("rexctl.store.settings").read_timezone(log.root)
        opened: Clock = registry.load("rexctl.values.clock").open_clock(self.today, timezone)
        return opened

    def input(self) -> BinaryIO:
        """Give standard input as bytes. Raises BadValueError where it is closed."""
        if sys.stdin is None or sys.stdin.closed:
            raise BadValueError("-", "standard input is closed")
        return sys.stdin.buffer

    @property
    def asks(self) -> bool:
        """Tell whether a question may be put: both ends are a person's, and nobody forbade it."""
        if self.no_input or self.environ.get("CI"):
            return False
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def terminal(self) -> bool:
        """Tell whether stdout is a terminal."""
        return sys.stdout.isatty()

    def options(self, **more: Any) -> emit.Options:
        """Give what a format must know of the terminal."""
        # Not shutil's: what it loads besides is dearer than all that a list needs.
        given = self.environ.get("COLUMNS", "")
        width = int(given) if given.isascii() and given.isdigit() else 0
        if not width:
            try:
                width = os.get_terminal_size(sys.stdout.fileno()).columns
            except (OSError, ValueError):  # a pipe, or no stream at all
                width = 0
        return emit.Options(width=width or 100, color=self._colored(sys.stdout.isatty()),
                            root=self.root, **more)  # fmt: skip

    def rows_format(self, given: str | None) -> str:
        """Give the format of rows that are no events. Raises UnknownWordError."""
        names = [name for name in registry.FORMATS if name not in _OF_EVENTS]
        if given and given not in names:
            raise UnknownWordError("format", given, names, see=", ".join(names))
        return given or emit.default(self.terminal, False)

    def _colored(self, terminal: bool) -> bool:
        if self.color != "auto":
            return self.color == "always"
        plain = self.environ.get("NO_COLOR") or self.environ.get("TERM") == "dumb"
        return terminal and not plain

    def say(self, text: str) -> None:
        """Tell a person something, on stderr."""
        notice.note(text, sys.stderr, color=self._colored(sys.stderr.isatty()))

    def index(self, log: Log, proved: Callable[[Any], Index] | None = None) -> Index:
        """Give the log's index, proved right; a person sees how far a long reading has come."""
        proved = proved or log.index
        if not sys.stderr.isatty() or self.environ.get("TERM") == "dumb":
            return proved(None)
        progress = registry.load("rexctl.output.progress").progress
        with progress("reading", sys.stderr) as told:
            return proved(told)

    def index_if_any(self) -> Index | None:
        """Give the index of the log here, where there is a log."""
        try:
            return self.index(self.log())
        except NoLogError:
            return None

    def emit(
        self, sheet: Sheet, name: str, output: str = "", *,
        among: Mapping[str, str] = registry.FORMATS, **more: Any,
    ) -> int:  # fmt: skip
        """Write a sheet in a format to stdout, or whole to the file `output`; gives how many rows.

        Raises BadValueError for an `output` that is a file of the log.
        """
        if not output:
            return emit.emit(sheet, name, sys.stdout, self.options(**more), among)
        if owner := registry.load("rexctl.store.log").owner_of(output):
            raise BadValueError(f"-o {output}", f"is a file of the log in {owner}",
                                "write to a file outside of it; nothing was changed")  # fmt: skip
        try:
            with emit.whole(output) as out:
                options = emit.Options(width=100, color=False, root=self.root, **more)
                return emit.emit(sheet, name, out, options, among)
        except OSError as fault:
            why = (fault.strerror or str(fault)).lower()
            raise EnvironmentFaultError(f"{output}: {why}", "nothing was changed") from None

    def emit_text(self, text: str) -> None:
        """Write lines of our own making to stdout; the names of files in them are made harmless."""
        if text:
            sys.stdout.write(clean(text, keep="\n\t") + "\n")

    def emit_findings(self, found: Iterable[Finding]) -> None:
        """Write findings to stdout, as `check` does."""
        tell = registry.load("rexctl.output.findings").tell
        tell(found, sys.stdout, color=self._colored(sys.stdout.isatty()))

    def tell_bad_files(self, log: Log, index: Index, within: Years | None = None) -> int:
        """Name each file that stands in no answer of these years, with its first error; give how many."""
        bad = registry.load("rexctl.index.select").bad_files(index, within)
        first: dict[str, Finding] = {}
        for finding in bad:
            first.setdefault(finding.path, finding)
        notice.findings(self.located(log, first.values()), sys.stderr)
        return len(first)

    def located(self, log: Log, findings: Iterable[Finding]) -> list[Finding]:
        """Give findings with their paths as seen from the current folder."""
        return [finding._replace(path=log.shown(finding.path)) for finding in findings]
