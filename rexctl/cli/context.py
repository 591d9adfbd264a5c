"""The surroundings of a command: the log, the day, the terminal, and where its output goes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, get_type_hints

from rexctl import query
from rexctl.errors import (
    NO_LOG,
    EnvironmentFaultError,
    RexctlError,
    UsageError,
    bad_value,
    os_reason,
    require_name,
)
from rexctl.output import FORMATS, Options, format_from_suffix, notice, terminal, write_table
from rexctl.query.parse import describe_field
from rexctl.records import WARNING, changes_table, split_new_words
from rexctl.store.layout import SETTINGS
from rexctl.values.clock import Clock, open_clock
from rexctl.values.safe_text import clean, clean_line
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from rexctl.changes.changes import EventPair
    from rexctl.cli import options
    from rexctl.cli.options import option
    from rexctl.query import Query
    from rexctl.records import Finding, Table
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log

# `MOFCOM 61/2025`, and an id or the beginning of one
_EVENT_LIKE = re.compile(r"^[^:]*\s[^:]*\d|^\d{4}-[^:]*([a-z]|…$)")
_MOST_LISTED = 20  # events that are listed although they change alike: they are yet to be confirmed
_MOST_STATES = 3  # measures whose states are told one by one
_PIPE_WIDTH = 100  # columns of a table that goes to a pipe or a file


def discard(stream: Any) -> None:
    """Let a stream that cannot be written to lead to nowhere, with all that is buffered.

    Otherwise the interpreter would write the rest at exit, fail, and end with 120.
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class OutputOptions:
    """How an answer is written: the format and the pager, the same options for all commands.

    The parameter of a command's `run` that takes them has as its default an instance with the formats
    that the command can write; from it come the help and the completion of `-f`.

    :param formats: the names of the formats that the command can write.
    :param default: the format on a terminal. In a pipe it is JSON lines, unless the default is text.
    """

    format: str | None = None
    jsonl: options.Jsonl = False
    no_header: Annotated[bool, option("Leave out the column names of csv and tsv.")] = False
    no_pager: Annotated[bool, option("Do not start a pager.")] = False

    def __init__(self, formats: Sequence[str], default: str = "", **values: object) -> None:
        self.formats, self.default = formats, default or formats[0]
        self.is_text = self.default == "text"  # the answer of a command that reports
        self.__dict__.update(values)

    def with_values(self, values: dict[str, Any]) -> Any:
        """Return the options with what a user chose."""
        return type(self)(self.formats, self.default, **values)

    def declared(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield name, annotation and default of each option: first those of the class itself."""
        from rexctl.cli import options

        for one in type(self).__mro__[:-1]:
            hints = get_type_hints(
                one, localns={"options": options, **vars(options)}, include_extras=True
            )
            for name in one.__annotations__:
                if name == "format":
                    yield name, options.format_option(self.formats), None
                elif name != "no_header" or "csv" in self.formats:
                    yield name, hints[name], getattr(self, name)

    def form(self, context: Context, output: str | None = None) -> str:
        """Return the format that -f, -j or the suffix of the file `output` names, else the default.

        Raises UsageError.
        """
        if self.jsonl and self.format not in (None, "jsonl"):
            raise UsageError("-j and -f name two formats", "keep one")
        if output == "":
            raise bad_value("-o ''", "the file is missing", "write its name")
        name = "jsonl" if self.jsonl else self.format
        if name is None and output:
            name = format_from_suffix(output, self.formats)
        if name is None:
            name = self.default if context.terminal or self.is_text else "jsonl"
        require_name("format", name, self.formats, see=f"use {', '.join(self.formats)}")
        if self.no_header and name not in ("csv", "tsv"):
            raise bad_value(
                "--no-header", f"is for csv and tsv, and the format is {name}", "use -f csv"
            )
        return name


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
                self._today = date.fromisoformat(today)
            except ValueError:
                hint = "--today takes one, such as 2025-10-18"
                raise bad_value(today, "not a day", hint) from None
        if color is not None:
            from rexctl.cli.options import COLORS

            see = f"write {', '.join(COLORS)}"
            self.color = require_name("colour setting", color, COLORS, see=see)
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
            self.clock = open_clock(self._today, snapshot.stored.settings.timezone)
        if warn:  # a command that writes refuses to, with exit 7
            faults = (one for one in snapshot.stored.findings if one.path == SETTINGS)
            self.report([one._replace(level=WARNING) for one in faults], log)
        return snapshot

    def parse_query(
        self, snapshot: Snapshot, words: Sequence[str] | None, ids: str | None = None, *,
        lenient: bool = False, names: bool = True,
    ) -> Query:  # fmt: skip
        """Return the query of these words, with a notice of each that may not be meant as text.

        :param ids: the file of `--ids`, which limits the query to the events that it names.
        :param names: a word that is an id or an instrument, such as `MOFCOM 61/2025`, names its event.
        :param lenient: ids that no event has are passed over.
        :raises NoSuchEventError: names each of these ids. Raises UsageError too.
        """
        named: list[str] = []
        if names and not snapshot.is_stream and any(map(_EVENT_LIKE.search, words or ())):
            from rexctl.cli.selection import take_names

            named, words = take_names(snapshot, words or ())
        parsed = snapshot.parse_query(words or (), self.today)
        parsed = query.with_ids(parsed, named) if named else parsed
        for notice_ in parsed.notices:
            self.note(notice_)
        if any(term.field == "affected" for term in parsed.terms) and not snapshot.is_stream:
            from rexctl.cli.selection import notes_of_affected

            for note in notes_of_affected(snapshot, parsed):
                self.note(note)
        if ids is None:
            return parsed
        from rexctl.cli.selection import read_ids, resolve_ids

        listed = read_ids(self, ids)
        if not snapshot.is_stream:  # read once: it cannot tell in advance which ids it has
            listed = resolve_ids(snapshot, listed, lenient=lenient)
        return query.with_ids(parsed, listed)

    def explain_nothing(
        self, snapshot: Snapshot, parsed: Query, *, retracted: bool = False
    ) -> None:  # fmt: skip
        """Say, where no event has the words of a query, which of them the texts have, and what is meant."""
        if not parsed.words or snapshot.count(parsed, retracted=retracted):
            return
        counts = {word: snapshot.count(query.Query(words=(word,))) for word in parsed.words}
        for word in [word for word, count in counts.items() if not count]:
            text = f"{word}: no text has this word"
            if ":" in word and describe_field(word.partition(":")[0])[0]:
                text += f"; {word} without quotes within the quotes is a term"
            elif code := snapshot.names.find("actor", word):
                text += f"; actor:{code} selects by actor"
            elif near := snapshot.near_words(word):
                text += "; near: "
                text += ", ".join(f"{one} ({count_of(count, 'event')})" for one, count in near)
            self.note(text)
        if all(counts.values()):
            each = (f"{word} ({count_of(count, 'event')})" for word, count in counts.items())
            self.note(f"no event matches all of the query: {', '.join(each)}")

    def log_if_any(self) -> Log | None:
        """Return the log, or None where there is none. Raises as `log` does for any other fault."""
        try:
            return self.log()
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
            raise bad_value(source, os_reason(error)) from None

    @property
    def interactive(self) -> bool:
        """Return whether the command may prompt."""
        if self.no_input or self.environ.get("CI"):
            return False
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str) -> str:
        """Write a question to stderr and return the line that is typed; "n" at the end of the input."""
        sys.stderr.write(
            "\n".join(terminal.wrap(question.strip(), terminal.terminal_width(sys.stderr))) + " "
        )
        sys.stderr.flush()
        return (sys.stdin.readline() or "n").strip()

    def prompt_streams(self) -> tuple[Any, Any]:
        """Return the input and output of prompts: the terminal of stdin, and that of stderr."""
        from prompt_toolkit.input import create_input
        from prompt_toolkit.output import create_output

        return create_input(sys.stdin), create_output(sys.stderr)

    @property
    def terminal(self) -> bool:
        """Return whether stdout is a terminal."""
        return sys.stdout.isatty()

    @property
    def width(self) -> int:
        """The columns that a table may take: those of the terminal, or of COLUMNS."""
        width = terminal.terminal_width(sys.stdout, self.environ)
        return width or terminal.number_in(self.environ, "COLUMNS") or _PIPE_WIDTH

    @property
    def colored(self) -> bool:
        """Whether stdout shows colours."""
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
        options = Options(width=_PIPE_WIDTH, root=self.root, **more)
        if not output:
            if FORMATS[name].drawn:
                options = options._replace(width=self.width, color=self.colored)
            return write_table(table, name, sys.stdout, options)
        from rexctl.output.files import replace_file
        from rexctl.store.log import owner_of

        if owner := owner_of(output):
            raise bad_value(f"-o {output}", f"is a file of the log in {owner}",
                            "write to a file outside of it; nothing was changed")  # fmt: skip
        try:
            with replace_file(output) as out:
                return write_table(table, name, out, options)
        except OSError as error:
            message = f"{output}: {os_reason(error)}"
            raise EnvironmentFaultError(message, "nothing was changed") from None

    def emit_text(self, text: str) -> None:
        """Write lines to stdout, where they are the answer; control characters are escaped."""
        if text:
            sys.stdout.write(clean(text, keep="\n\t") + "\n")

    def emit_lines(self, lines: Iterable[tuple[str, str, str]]) -> None:
        """Write lines to stdout, each with its indent and its style, wrapped on a terminal; ids stay whole."""
        width = self.width if self.terminal else 0
        for indent, text, style in lines:
            text = clean_line(text)
            pieces = terminal.wrap(
                text, max(width - len(indent), 1) if width and style != "id" else 0
            )
            for piece in pieces or [""]:
                sys.stdout.write(
                    f"{indent}{terminal.style(piece, style, self.colored)}".rstrip() + "\n"
                )

    def emit_result(self, text: str, *, dry_run: bool = False) -> None:
        """Write lines to stdout that report what was written to the log, or would be.

        Where stdout is closed or full, a warning says so: the change is done, and the exit code 0.
        """
        try:
            self.emit_text(text)
            sys.stdout.flush()
        except OSError as error:
            if dry_run:
                raise
            notice.write_warning(f"written, but stdout: {os_reason(error)}", sys.stderr)
            discard(sys.stdout)

    def describe_changes(
        self, pairs: Sequence[EventPair], renamed: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Return what changes in events (before, after) as the report of `diff`, without its first lines.

        :param renamed: further new ids by the old ones.
        """
        from rexctl.changes.changes import compare_pairs
        from rexctl.changes.report import layout_changes
        from rexctl.output.text import report_lines

        changes = compare_pairs(pairs, renamed)
        changes += layout_changes(pairs, changes)
        number = len({change.event for change in changes})
        table = changes_table(changes, sections=number > 1, every=number <= _MOST_LISTED)
        terminal = self.terminal
        options = Options(width=self.width if terminal else 0, terminal=terminal)
        return "\n".join(report_lines(table, options))

    def note_effect(
        self, snapshot: Snapshot, pairs: Sequence[EventPair],
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Write to stderr what changes of events (before, after) do to what is in force, if anything."""
        from rexctl.changes.changes import can_change_state

        if not any(can_change_state(*pair) for pair in pairs):
            return
        from rexctl.changes.effect import find_effect

        sentence, changes = find_effect(snapshot, pairs, self.today, renamed)
        lines = [f"{one.event}: {one.sentence}" for one in changes]
        replaced = {link.get("to"): event["id"] for pair in pairs for event in pair if event
                    for link in event.get("links", ()) if link["rel"] == "replaces"}  # fmt: skip
        lines += [f"to keep it ended: rexctl link {replaced[one.event]} revokes {one.event}"
                  for one in changes if one.new == "superseded" and one.event in replaced
                  and "; in force again" in one.sentence]  # fmt: skip
        if len(lines) > _MOST_STATES:
            lines = [] if sentence else [f"the states or rates of {len(lines)} measures change"]
        if lines or sentence:
            self.note(
                "\n".join([sentence, *(f"  {line}" for line in lines)] if sentence else lines)
            )

    def report(self, findings: Iterable[Finding], log: Log | None = None) -> None:
        """Write findings to stderr; paths of the log as seen from the current folder."""
        findings = self.located(log, findings) if log else list(findings)
        if not findings:
            return
        shown, words = split_new_words(findings)
        notice.write_findings(shown, sys.stderr)
        if words:
            self.note(words)

    def report_unparsed(self, snapshot: Snapshot, *, lenient: bool = False) -> int:
        """Report each file that does not parse, with its first error, and ids that several files have.

        Return the exit code of the answer: 6 where there are any, as it is partial or counts an
        event twice; `lenient`: 0.
        """
        first: dict[str, Finding] = {}
        for finding in self.conflicts_in_words(snapshot.unparsed(), snapshot.read):
            first.setdefault(finding.path, finding._replace(path=snapshot.shown(finding.path)))
        self.report(first.values())
        copies = self.note_copies(snapshot.copies())
        return 6 if (first or copies) and not lenient else 0

    def note_copies(self, copies: Mapping[str, Sequence[str]]) -> bool:
        """Write which ids several files have, if any; return whether there are any."""
        each = [f"{name}: {len(paths)} files have this id" for name, paths in copies.items()]
        shown = each[:3] + ([f"and so with {len(each) - 3} more ids"] if each[3:] else [])
        if each:
            self.note("; ".join([*shown, "each file counts as an event; rexctl check names them"]))
        return bool(each)

    def located(
        self, log: Log, findings: Iterable[Finding], data: bytes | None = None
    ) -> list[Finding]:
        """Return findings with their paths as seen from the current folder, and conflicts in words.

        `data` is the text that they are about, where it is not what the file holds.
        """
        from rexctl.store.safe_open import read_bytes

        findings = self.conflicts_in_words(
            findings, lambda path: read_bytes(log.root / path, path) if data is None else data
        )
        return [finding._replace(path=log.shown(finding.path)) for finding in findings]

    def conflicts_in_words(
        self, findings: Iterable[Finding], read: Callable[[str], bytes | Finding]
    ) -> list[Finding]:
        """Return findings with those of conflict markers in words; `read` returns the bytes of a path."""
        findings = list(findings)
        if not any(finding.code == "conflict-markers" for finding in findings):
            return findings
        from rexctl.merge.conflict_markers import describe_conflicts

        return describe_conflicts(findings, read, self.log())
