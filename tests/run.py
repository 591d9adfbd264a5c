"""Runs rexctl in this process: streams, folder and environment are those of a process of its own."""

from __future__ import annotations

import faulthandler
import functools
import io
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.app import main
from rexctl.cache import cache as caches
from rexctl.model import json_schema
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.log import Log

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
TIMEOUT = 60  # seconds after which the whole test run ends with a traceback


def make_commands_once() -> None:
    """Let all runs share the Typer commands, which a process of its own makes once."""
    from rexctl.app import parser

    parser.root = functools.cache(parser.root)
    parser.command = functools.cache(parser.command)
    parser.AddGroup.load = functools.cache(parser.AddGroup.load)  # type: ignore[method-assign]


def make_schemas_once() -> None:
    """Let all runs share the JSON Schema that `init`, `doctor` and `check` make of the same codes."""
    make, made = json_schema.file_schema_text, dict[str, str]()

    def file_schema_text(codes: json_schema.Codes | None = None) -> str:
        key = repr(codes)
        if key not in made:
            made[key] = make(codes)
        return made[key]

    json_schema.file_schema_text = file_schema_text


def copy_new_caches() -> None:
    """Let a new cache begin as a copy of one that knows the codes: to store them takes 20 ms.

    They are the codes of a log without settings, and those of the log of this project.
    """
    connect = caches._connect

    @functools.cache
    def template() -> bytes:
        with tempfile.TemporaryDirectory() as name:
            log = Log(Path(name) / "data", Path(name))
            (log.root / "events").mkdir(parents=True)
            (log.root / "rexctl.yaml").write_text("format: 1\n", encoding="utf-8")
            Snapshot.open(log).close()
            shutil.copytree(ROOT / "data" / "vocabulary", log.root / "vocabulary")
            shutil.copy(ROOT / "data" / "rexctl.yaml", log.root)
            Snapshot.open(log).close()
            path = Path(name) / f"{log.key}.sqlite"
            with closing(sqlite3.connect(path)) as db, db:
                db.execute("DELETE FROM folders")
                db.execute("DELETE FROM meta WHERE key = 'settings'")
            return path.read_bytes()

    def copy(path: Path | str, *, new: bool = False) -> sqlite3.Connection:
        if new and isinstance(path, Path):
            path.write_bytes(template())
            new = False
        return connect(path, new=new)

    template()
    caches._connect = copy


make_commands_once()
make_schemas_once()
copy_new_caches()


class Result(NamedTuple):
    """The exit code of a run, its stdout and its stderr."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class _Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal; its width comes from COLUMNS."""

    def isatty(self) -> bool:
        return True


def run(
    *words: str,
    stdin: bytes | None = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Result:
    """Run rexctl and return its exit code and output.

    `stdin` None is a closed descriptor. `cwd` and `env` replace the current ones; None leaves them.
    """
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(one, write_through=True) for one in (out, err)]
    code = _run(words, stdin, streams[0], streams[1], cwd, env, timeout)
    return Result(code, *(_decode(one) for one in (out, err)))


def run_on_a_terminal(
    *words: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Run rexctl with stdout and stderr on one terminal; return what it shows and its exit code."""
    shown = io.BytesIO()
    streams = [_Terminal(shown, write_through=True) for _ in range(2)]
    code = _run(words, b"", streams[0], streams[1], cwd, env, TIMEOUT)
    return _decode(shown).replace("\r", ""), code


def _decode(written: io.BytesIO) -> str:
    # A lone byte of a file name is readable in the assertion that it breaks.
    return written.getvalue().decode("utf-8", "surrogateescape")


def _run(
    words: tuple[str, ...], stdin: bytes | None, out: io.TextIOWrapper, err: io.TextIOWrapper,
    cwd: Path | None, env: Mapping[str, str] | None, timeout: float,
) -> int:  # fmt: skip
    given = None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    before = sys.stdin, sys.stdout, sys.stderr
    faulthandler.dump_traceback_later(timeout, exit=True)
    try:
        with _environment(env), in_folder(cwd), _connections_closed():
            sys.stdin, sys.stdout, sys.stderr = given, out, err  # type: ignore[assignment]
            return main.run(list(words))
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        faulthandler.cancel_dump_traceback_later()
        for stream in (out, err):
            stream.detach()


@contextmanager
def _environment(env: Mapping[str, str] | None) -> Iterator[None]:
    before = dict(os.environ)
    try:
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        yield
    finally:
        if dict(os.environ) != before:
            os.environ.clear()
            os.environ.update(before)


@contextmanager
def _connections_closed() -> Iterator[None]:
    """Close what was connected to in the block, as the end of a process does.

    Else the next run waits for its lock until garbage is collected.
    """
    connect, opened = sqlite3.connect, list[sqlite3.Connection]()

    def remembered(*words: Any, **more: Any) -> sqlite3.Connection:
        opened.append(connect(*words, **more))
        return opened[-1]

    sqlite3.connect = remembered  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect = connect
        for connection in opened:
            connection.close()


@contextmanager
def in_folder(cwd: Path | None) -> Iterator[None]:
    """Make `cwd` the current folder for a while; None changes nothing."""
    before = os.getcwd()  # noqa: PTH109
    try:
        if cwd is not None:
            os.chdir(cwd)
        yield
    finally:
        os.chdir(before)
