"""One call of rexctl: the day, the terminal, the log; what every command may ask for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rexctl import registry
from rexctl.errors import NO_LOG, EnvironmentFaultError, bad_value
from rexctl.output import Options, default_format, notice, require_format, terminal, write_table
from rexctl.output.files import replace_file
from rexctl.output.text import write_findings
from rexctl.records import ROWS
from rexctl.values.safe_text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from rexctl.index.freshness.compare import Years
    from rexctl.index.tables import Index
    from rexctl.records import Finding, Table
    from rexctl.store.log import Log

_PIPE_WIDTH = 100  # columns of a table that goes to a pipe or a file


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
        """Find the log. Raises EnvironmentFaultError, and UsageError where -C names no folder."""
        if self.directory is not None and not Path(self.directory).is_dir():
            raise bad_value(f"-C {self.directory}", "no such folder")
        found: Log = registry.load("rexctl.store.log").find(self.directory, self.environ)
        self.root = found.shown("")
        return found

    def log_at(self, revision: str | None) -> Any:
        """Give the log, or what answers in its place: the log as a commit holds it.

        Raises EnvironmentFaultError, UsageError and EnvironmentFaultError.
        """
        log = self.log()
        if revision is None:
            return log
        return registry.load("rexctl.gitrepo.past").Past(log, revision, self.today)

    def input(self) -> BinaryIO:
        """Give standard input as bytes. Raises UsageError where it is closed."""
        if sys.stdin is None or sys.stdin.closed:
            raise bad_value("-", "standard input is closed")
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

    def options(self, **more: Any) -> Options:
        """Return what a format must know of the terminal."""
        width = terminal.terminal_width(sys.stdout, self.environ)
        return Options(width=width or _PIPE_WIDTH, color=self._colored(), root=self.root, **more)

    def rows_format(self, given: str | None) -> str:
        """Give the format of rows that are no events. Raises UsageError."""
        if given:
            return require_format(given, ROWS)
        return default_format(terminal=self.terminal, chosen=False)

    def _colored(self) -> bool:
        if self.color != "auto":
            return self.color == "always"
        return terminal.wants_color(sys.stdout, self.environ)

    def say(self, text: str) -> None:
        """Tell a person something, on stderr."""
        notice.write_notice(text, sys.stderr)

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
        except EnvironmentFaultError as error:
            if error.code != NO_LOG:
                raise
            return None

    def emit(self, table: Table, name: str, output: str = "", **more: Any) -> int:
        """Write a table to stdout, or to the file `output`, and return the number of rows.

        Raises UsageError for an `output` that is a file of the log.
        """
        if not output:
            return write_table(table, name, sys.stdout, self.options(**more))
        if owner := registry.load("rexctl.store.log").owner_of(output):
            raise bad_value(f"-o {output}", f"is a file of the log in {owner}",
                            "write to a file outside of it; nothing was changed")  # fmt: skip
        try:
            with replace_file(output) as out:
                options = Options(width=_PIPE_WIDTH, root=self.root, **more)
                return write_table(table, name, out, options)
        except OSError as fault:
            why = (fault.strerror or str(fault)).lower()
            raise EnvironmentFaultError(f"{output}: {why}", "nothing was changed") from None

    def emit_text(self, text: str) -> None:
        """Write lines of our own making to stdout; the names of files in them are made harmless."""
        if text:
            sys.stdout.write(clean(text, keep="\n\t") + "\n")

    def emit_findings(self, found: Iterable[Finding]) -> None:
        """Write findings to stdout, as `check` does."""
        write_findings(found, sys.stdout, color=self._colored())

    def tell_bad_files(self, log: Log, index: Index, within: Years | None = None) -> int:
        """Name each file that stands in no answer of these years, with its first error; give how many."""
        bad = registry.load("rexctl.index.select").bad_files(index, within)
        first: dict[str, Finding] = {}
        for finding in bad:
            first.setdefault(finding.path, finding)
        notice.write_findings(self.located(log, first.values()), sys.stderr)
        return len(first)

    def located(self, log: Log, findings: Iterable[Finding]) -> list[Finding]:
        """Give findings with their paths as seen from the current folder."""
        return [finding._replace(path=log.shown(finding.path)) for finding in findings]
