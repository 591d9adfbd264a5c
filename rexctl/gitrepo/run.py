"""The git program, called so that nothing in a repository can run, ask, fetch or wait for ever.

No other room calls git: of three that did, two lacked protections that the third had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
LIMIT = 60.0  # seconds: a hundred thousand files take two
# What a clone's own configuration could have run: a monitor of files, and hooks of the index; and
# what it could have read: a list of names, in any file.
_SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", f"mailmap.file={os.devnull}",
             "mailmap.blob=")  # fmt: skip
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",  # asking never writes, so the hook behind a written index never runs
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would fetch what it lacks ...
    "GIT_ALLOW_PROTOCOL": "none",  # ... by a program that its configuration names
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what a commit holds is what its hash says
    "LC_ALL": "C",
}
# Set for hooks, or by a person for another command: they name another repository or tree than the
# one that the log lies in (a hook of a linked worktree has GIT_DIR alone, and any folder is then
# the top), or do not go with literal paths. GIT_INDEX_FILE stays: it is what is being committed.
_DROPPED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_GRAFT_FILE",
            "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")  # fmt: skip
# Commands for programs alone. Those for people run what the configuration names: `git log` the
# program that judges signatures, `git status` filters and monitors.
PLUMBING = frozenset({
    "cat-file", "check-attr", "config", "diff-index", "diff-tree", "for-each-ref", "hash-object", "ls-files",
    "ls-tree", "merge-base", "merge-file", "rev-list", "rev-parse",
})  # fmt: skip


class GitSaidNo(EnvironmentFaultError):
    """git ended with a fault of its own; `said` is its first line."""

    def __init__(self, said: str) -> None:
        super().__init__(f"git: {said}")
        self.said = said


class Program:
    """The program in a folder, which need not lie in a repository: a merge of three files has none.

    Raises EnvironmentFaultError where the machine has no git.
    """

    def __init__(
        self, folder: Path, environ: Mapping[str, str] = os.environ, limit: float = LIMIT
    ) -> None:
        self.folder, self.limit = folder, limit
        self._program = shutil.which("git", path=environ.get("PATH"))
        kept = {name: value for name, value in environ.items() if name not in _DROPPED}
        self._environ = {**kept, **_ENVIRONMENT}
        if not self._program:
            raise EnvironmentFaultError("no git program in PATH; diff, log, --at and git setup need it",
                                        "install git")  # fmt: skip

    def run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Give what git writes and how it ended. Raises EnvironmentFaultError."""
        try:
            return subprocess.run(  # noqa: S603 - a list, without a shell
                self._command(words), cwd=self.folder, env=self._environ, check=False,
                stdin=subprocess.DEVNULL, capture_output=True, timeout=self.limit,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise self._too_long(words) from None
        except OSError as fault:
            raise _not_run(fault) from None

    def _command(self, words: Sequence[str]) -> list[str]:
        if words[0] not in PLUMBING:
            raise ValueError(f"git {words[0]} is made for people")
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        return [str(self._program), "--no-pager", *settings, *words]

    def _too_long(self, words: Sequence[str]) -> EnvironmentFaultError:
        return EnvironmentFaultError(f"git {words[0]} took longer than {self.limit:g} seconds")


class Git(Program):
    """The repository that a folder lies in. Raises EnvironmentFaultError where there is none."""

    def __init__(
        self, folder: Path, environ: Mapping[str, str] = os.environ, limit: float = LIMIT
    ) -> None:
        super().__init__(folder, environ, limit)
        try:
            prefix = os.fsdecode(self.answer("rev-parse", "--show-prefix")).removesuffix("\n")
        except GitSaidNo as fault:
            if not fault.said.startswith("not a git repository"):
                raise
            raise EnvironmentFaultError(
                f"{folder}: is in no git repository", "git init makes one"
            ) from None
        self._demand_plain(prefix)

    def _demand_plain(self, prefix: str) -> None:
        """Raise EnvironmentFaultError where git takes another tree for the one that we stand in.

        Its answers would be of files elsewhere: so with core.worktree, and in a bare repository.
        """
        below = f"{os.sep}{prefix.rstrip('/').replace('/', os.sep)}" if prefix else ""
        place = os.path.realpath(self.folder)
        top = Path(place.removesuffix(below) or os.sep)
        if not place.endswith(below) or not (top / ".git").exists():
            raise EnvironmentFaultError(f"{self.folder}: lies in no working tree of its repository",
                                        "a bare repository, or core.worktree set?")  # fmt: skip

    def answer(self, *words: str) -> bytes:
        """Give what git writes. Raises GitSaidNo, and EnvironmentFaultError where it takes too long."""
        done = self.run(*words)
        if done.returncode:
            raise GitSaidNo(_first_line(done.stderr))
        return done.stdout

    @contextmanager
    def reading(self, *words: str, given: bytes) -> Iterator[IO[bytes]]:
        """Give what git writes, as it writes it, for what it is `given` to read.

        What is given lies in a file: two pipes, each full, would wait for one another.
        """
        with TemporaryFile() as ahead:
            ahead.write(given)
            ahead.seek(0)
            try:
                process = subprocess.Popen(  # noqa: S603 - a list, without a shell
                    self._command(words), cwd=self.folder, env=self._environ, stdin=ahead,
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError as fault:
                raise _not_run(fault) from None
        late: list[bool] = []

        def stop() -> None:
            late.append(True)
            process.kill()

        timer = Timer(self.limit, stop)
        timer.start()
        try:
            with process:
                if process.stdout is not None:
                    yield process.stdout
            if process.returncode > 0:
                raise EnvironmentFaultError(f"git {words[0]} ended with {process.returncode}")
        finally:
            timer.cancel()
            process.kill()
            if late:  # whatever was made of half an answer
                raise self._too_long(words)

    def without_filters(self) -> None:
        """From now on, let no filter run that the repository's configuration names.

        Only where files of the working tree are compared would one: `filter.x.clean`.
        """
        try:
            listed = self.answer("config", "-z", "--name-only", "--get-regexp", r"^filter\.")
        except GitSaidNo:  # none is set
            return
        names = {os.fsdecode(key).rpartition(".")[0] for key in listed.split(b"\0") if key}
        count = int(self._environ.get("GIT_CONFIG_COUNT") or 0)
        for name in sorted(names):
            for key, value in (("clean", ""), ("process", ""), ("required", "false")):
                # Not by -c, which would end the name of a filter `a=b` at its first sign.
                self._environ[f"GIT_CONFIG_KEY_{count}"] = f"{name}.{key}"
                self._environ[f"GIT_CONFIG_VALUE_{count}"] = value
                count += 1
        self._environ["GIT_CONFIG_COUNT"] = str(count)


def _not_run(fault: OSError) -> EnvironmentFaultError:
    return EnvironmentFaultError(f"git: {(fault.strerror or str(fault)).lower()}")


def _first_line(told: bytes) -> str:
    lines = told.decode("utf-8", "backslashreplace").splitlines()
    faults = [line for line in lines if not line.startswith("warning: ")]
    return faults[0].removeprefix("fatal: ").removeprefix("error: ") if faults else "git said no"
