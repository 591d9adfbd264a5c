"""The surroundings of a command: the log, the day, the terminal, and where its output goes."""

from __future__ import annotations

import datetime
import os
import sys
from contextlib import nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rexctl.errors import NO_LOG, EnvironmentFaultError, RexctlError, bad_value, require_name
from rexctl.output import (
    Options,
    default_format,
    named_format,
    notice,
    require_format,
    terminal,
    write_table,
)
from rexctl.records import ROWS, WARNING
from rexctl.store.layout import SETTINGS
from rexctl.values.clock import Clock, open_clock
from rexctl.values.safe_text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from rexctl.query import Query
    from rexctl.records import Finding, Table
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log

_PIPE_WIDTH = 100  # columns of a table that goes to a pipe or a file


_COLORS = ("auto", "always", "never")


class Context:
    """The surroundings of one command: folder, day, colours, and whether it may prompt."""

    def __init__(
        self, directory: str | None, today: date | None = None, color: str = "auto", no_input: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.directory, self._today = directory, today
        self.color, self.no_input = color, no_input
        self.environ = os.environ if environ is None else environ
        self.root = ""  # the log's folder as seen from the current one, once it is known
        self.typer_context: Any = None  # of the command; None on the fast path

    def choose(
        self, directory: str | None, today: str | None, color: str | None = None,
        no_input: bool = False,
    ) -> None:  # fmt: skip
        """Apply the global options that are not None. Raises UsageError."""
        if directory is not None:
            self.directory = directory
        if today:
            try:
                self._today = datetime.date.fromisoformat(today)
            except ValueError:
                hint = "--today takes one, such as 2025-10-18"
                raise bad_value(today, "not a day", hint) from None
        if color is not None:
            see = f"write {', '.join(_COLORS)}"
            self.color = require_name("colour setting", color, _COLORS, see=see)
        self.no_input = no_input or self.no_input

    def log(self) -> Log:
        """Return the log. Raises EnvironmentFaultError, and UsageError where -C names no folder."""
        if self.directory is not None and not Path(self.directory).is_dir():
            raise bad_value(f"-C {self.directory}", "no such folder")
        from rexctl.store.log import find

        log = find(self.directory, self.environ)
        self.root = log.shown("")
        return log

    def snapshot(
        self, at: str | None = None, *, staged: bool = False, warn: bool = True
    ) -> Snapshot:
        """Return the snapshot of the log, or of a revision; on a terminal with a progress bar.

        Raises UsageError and EnvironmentFaultError.
        """
        from rexctl.snapshot.snapshot import Snapshot

        log, clock = self.log(), None if at is None else self.clock
        shown: Any = nullcontext()
        if sys.stderr.isatty() and self.environ.get("TERM") != "dumb":
            from rexctl.output.progress import progress

            shown = progress("reading", sys.stderr)
        with shown as on_progress:
            snapshot = Snapshot.open(log, at, staged=staged, clock=clock, on_progress=on_progress)
        if at is None and not staged and "clock" not in self.__dict__:
            # Known without loading a YAML parser, as `read_timezone` may have to.
            self.clock = open_clock(self._today, snapshot.stored.timezone)
        if warn:  # a command that writes refuses to, with exit 7
            faults = (one for one in snapshot.stored.findings if one.path == SETTINGS)
            self.report([one._replace(level=WARNING) for one in faults], log)
        return snapshot

    def parse_query(
        self, snapshot: Snapshot, words: Sequence[str] | None, *, ranked: bool = False
    ) -> Query:
        """Return the query of these words, with a notice of each that may not be meant as text.

        Raises UsageError.
        """
        query = snapshot.parse_query(words or (), self.today, ranked=ranked)
        for notice_ in query.notices:
            self.note(notice_)
        return query

    def snapshot_if_any(self) -> Snapshot | None:
        """Return the snapshot of the log, or None where there is no log."""
        try:
            return self.snapshot()
        except EnvironmentFaultError as error:
            if error.code != NO_LOG:
                raise
            return None

    @property
    def today(self) -> date:
        """The day that counts as today: of `--today`, else of the clock."""
        return self._today or self.clock.today

    @cached_property
    def clock(self) -> Clock:
        """The clock of the log, in the time zone of its settings; in UTC where there is no log."""
        try:
            from rexctl.store.log import read_timezone

            timezone = read_timezone(self.log().root)
        except RexctlError:  # of a command that needs no log; another one reports it
            timezone = ""
        return open_clock(self._today, timezone)

    def stdin(self) -> BinaryIO:
        """Return standard input as bytes. Raises UsageError where it is closed."""
        if sys.stdin is None or sys.stdin.closed:
            raise bad_value("-", "standard input is closed")
        return sys.stdin.buffer

    def read_input(self, source: str) -> bytes:
        """Return the content of a file; `-` is standard input. Raises UsageError."""
        from rexctl.store.safe_open import read_argument

        try:
            return self.stdin().read() if source == "-" else read_argument(source)
        except OSError as error:
            raise bad_value(source, (error.strerror or str(error)).lower()) from None

    @property
    def interactive(self) -> bool:
        """Return whether the command may prompt."""
        if self.no_input or self.environ.get("CI"):
            return False
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    def prompt_streams(self) -> tuple[Any, Any]:
        """Return the input and output of prompts: the terminal of stdin, and that of stderr."""
        from prompt_toolkit.input import create_input
        from prompt_toolkit.output import create_output

        return create_input(sys.stdin), create_output(sys.stderr)

    @property
    def terminal(self) -> bool:
        """Return whether stdout is a terminal."""
        return sys.stdout.isatty()

    def output_options(self, **more: Any) -> Options:
        """Return what a format must know of the terminal."""
        width = terminal.terminal_width(sys.stdout, self.environ)
        width = width or terminal.columns_of(self.environ) or _PIPE_WIDTH
        return Options(width=width, color=self._colored(), root=self.root, **more)

    def row_format(self, form: str | None, *, jsonl: bool = False) -> str:
        """Return the format of rows that are no events. Raises UsageError."""
        if name := named_format(form, jsonl=jsonl):
            return require_format(name, ROWS)
        return default_format(terminal=self.terminal)

    def _colored(self) -> bool:
        if self.color != "auto":
            return self.color == "always"
        return terminal.wants_color(sys.stdout, self.environ)

    def paged(self, *, no_pager: bool) -> AbstractContextManager[None]:
        """Within the block, show in a pager what is longer than the screen of the terminal."""
        if no_pager or not self.terminal:
            return nullcontext()
        from rexctl.output.pager import paged

        return paged(self.environ)

    def note(self, text: str) -> None:
        """Write a notice to stderr."""
        notice.write_notice(text, sys.stderr)

    def emit(self, table: Table, name: str, output: str = "", **more: Any) -> int:
        """Write a table to stdout, or to the file `output`, and return the number of rows.

        Raises UsageError for an `output` that is a file of the log.
        """
        if not output:
            return write_table(table, name, sys.stdout, self.output_options(**more))
        from rexctl.output.files import replace_file
        from rexctl.store.log import owner_of

        if owner := owner_of(output):
            raise bad_value(f"-o {output}", f"is a file of the log in {owner}",
                            "write to a file outside of it; nothing was changed")  # fmt: skip
        try:
            with replace_file(output) as out:
                options = Options(width=_PIPE_WIDTH, root=self.root, **more)
                return write_table(table, name, out, options)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise EnvironmentFaultError(f"{output}: {reason}", "nothing was changed") from None

    def answer(self, table: Table, name: str, snapshot: Snapshot, empty: str) -> int:
        """Write the rows of a question, or the note `empty` on a terminal; return the exit code.

        Files that do not parse are reported: then the answer is partial.
        """
        if not self.emit(table, name) and name == "table":
            self.note(empty)
        return 6 if self.report_unparsed(snapshot) else 0

    def emit_text(self, text: str) -> None:
        """Write lines to stdout, where they are the answer; control characters are escaped."""
        if text:
            sys.stdout.write(clean(text, keep="\n\t") + "\n")

    def emit_result(self, text: str) -> None:
        """Write lines to stdout that report what was written to the log.

        Where stdout is closed or full, a warning says so: the change is done, and the exit code 0.
        """
        try:
            self.emit_text(text)
            sys.stdout.flush()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            notice.write_warning(f"written, but stdout: {reason}", sys.stderr)
            with suppress(OSError, ValueError):  # else the rest is written at exit, and fails again
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def report(self, findings: Iterable[Finding], log: Log | None = None) -> None:
        """Write findings to stderr; paths of the log as seen from the current folder."""
        notice.write_findings(self.located(log, findings) if log else findings, sys.stderr)

    def emit_findings(self, findings: Iterable[Finding]) -> None:
        """Write findings to stdout, as `check` does."""
        notice.print_findings(findings, sys.stdout, color=self._colored())

    def report_unparsed(self, snapshot: Snapshot) -> int:
        """Report each file that does not parse, with its first error; return how many there are."""
        first: dict[str, Finding] = {}
        for finding in snapshot.unparsed():
            first.setdefault(finding.path, finding._replace(path=snapshot.shown(finding.path)))
        self.report(first.values())
        return len(first)

    def located(self, log: Log, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings with their paths as seen from the current folder."""
        return [finding._replace(path=log.shown(finding.path)) for finding in findings]
