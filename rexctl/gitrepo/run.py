"""Run the git program so that nothing in a repository can run, prompt, fetch or block for ever.

No other package starts git: the protections are listed here, once.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from rexctl.errors import EnvironmentFaultError, os_reason

TIMEOUT = 60.0  # seconds: a hundred thousand files take two
# Programs that the configuration of a clone can name (a file monitor, hooks of the index), and a
# file that it can have read (a list of names, anywhere on the disk).
_SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", f"mailmap.file={os.devnull}",
             "mailmap.blob=")  # fmt: skip
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",  # the index is never written, so its hook never runs
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would fetch missing blobs ...
    "GIT_ALLOW_PROTOCOL": "none",  # ... through a program that its configuration names
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # a commit contains what its hash says
    "LC_ALL": "C",
}
# Set for hooks, or by a user for another command: they name another repository or work tree than
# the one that contains the log (a hook of a linked worktree has GIT_DIR alone, and then any folder
# is the top level), or exclude literal paths. GIT_INDEX_FILE stays: it is what is being committed.
_REMOVED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_GRAFT_FILE",
            "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")  # fmt: skip
# Commands for scripts. Commands for people run what the configuration names: `git log` the program
# that verifies signatures, `git status` filters and monitors.
PLUMBING = frozenset({
    "cat-file", "check-attr", "config", "diff-index", "diff-tree", "for-each-ref", "hash-object", "ls-files",
    "ls-tree", "merge-base", "merge-file", "rev-list", "rev-parse",
})  # fmt: skip


class GitError(EnvironmentFaultError):
    """git ended with an error of its own; `reason` is its first line."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"git: {reason}")
        self.reason = reason


class GitProgram:
    """The git program, run in a folder that need not be in a repository (`git merge-file`).

    Raises EnvironmentFaultError where git is not installed.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str] = os.environ) -> None:
        self.folder = folder
        self._program = shutil.which("git", path=environ.get("PATH"))
        inherited = {name: value for name, value in environ.items() if name not in _REMOVED}
        self._environ = {**inherited, **_ENVIRONMENT}
        if not self._program:
            raise EnvironmentFaultError("no git program in PATH; diff, log, --at and git setup need it",
                                        "install git")  # fmt: skip

    def run(self, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Return the output and the exit code of a git command. Raises EnvironmentFaultError."""
        if args[0] not in PLUMBING:
            raise ValueError(f"git {args[0]} is not a plumbing command")
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        try:
            return subprocess.run(  # noqa: S603 - a list, without a shell
                [str(self._program), "--no-pager", *settings, *args], cwd=self.folder,
                env=self._environ, check=False, input=stdin, capture_output=True,
                timeout=TIMEOUT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            message = f"git {args[0]} took longer than {TIMEOUT:g} seconds"
            raise EnvironmentFaultError(message) from None
        except OSError as error:
            raise EnvironmentFaultError(f"git: {os_reason(error)}") from None

    def output(self, *args: str, stdin: bytes = b"") -> bytes:
        """Return what git writes to stdout. Raises GitError, and EnvironmentFaultError on a timeout."""
        done = self.run(*args, stdin=stdin)
        if done.returncode:
            raise GitError(_first_error_line(done.stderr))
        return done.stdout


class Git(GitProgram):
    """The repository that contains a folder. Raises EnvironmentFaultError where there is none.

    `prefix` is the path of the folder in it: `data/`, empty at its top.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str] = os.environ) -> None:
        super().__init__(folder, environ)
        try:
            prefix = os.fsdecode(self.output("rev-parse", "--show-prefix")).removesuffix("\n")
        except GitError as error:
            if not error.reason.startswith("not a git repository"):
                raise
            raise EnvironmentFaultError(
                f"{folder}: not in a git repository", "git init makes one"
            ) from None
        self.prefix = prefix
        self._require_work_tree(prefix)

    def _require_work_tree(self, prefix: str) -> None:
        """Raise EnvironmentFaultError where git uses another work tree than the one around the folder.

        git would answer about other files: so with core.worktree, and in a bare repository.
        """
        below = f"{os.sep}{prefix.rstrip('/').replace('/', os.sep)}" if prefix else ""
        folder = os.path.realpath(self.folder)
        top = Path(folder.removesuffix(below) or os.sep)
        if not folder.endswith(below) or not (top / ".git").exists():
            raise EnvironmentFaultError(f"{self.folder}: not in a working tree of its repository",
                                        "a bare repository, or core.worktree set?")  # fmt: skip


def _first_error_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "backslashreplace").splitlines()
    errors = [line for line in lines if not line.startswith("warning: ")]
    return errors[0].removeprefix("fatal: ").removeprefix("error: ") if errors else "unknown error"
