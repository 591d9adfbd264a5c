"""The files of a commit and of git's index that make a version of the log, each with its blob."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import EnvironmentFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.gitrepo.run import Git

_PATHS = ("rexctl.yaml", "vocabulary", "events")
_REGULAR = ("100644", "100755")
_LINK = "120000"


class TreeFile(NamedTuple):
    """A file of a version: its path in the log and its blob; `kind` says what it is if not a file."""

    path: str
    blob: str
    kind: str = ""

    @property
    def is_event(self) -> bool:
        """Whether an event is read from this path: `events/FOLDER/NAME.yaml`."""
        return self.path.startswith("events/")


def list_commit(git: Git, commit: str) -> list[TreeFile]:
    """Return the files of the log that a commit holds.

    Raises EnvironmentFaultError for a link in place of a folder: git does not read through it.
    """
    return _files(git.answer("ls-tree", "-r", "-z", commit, "--", *_PATHS), commit[:12])


def list_staged(git: Git) -> list[TreeFile]:
    """Return the files of the log that are staged; of unmerged ones our side."""
    return _files(git.answer("ls-files", "-s", "-z", "--", *_PATHS), "the staged files")


def _files(output: bytes, version: str) -> list[TreeFile]:
    found: dict[str, TreeFile] = {}
    for mode, blob, path in _records(output):
        if path in _PATHS and mode == _LINK:
            raise EnvironmentFaultError(
                f"{path} is a link in {version}, and a commit is not read through links"
            )
        kind = "" if mode in _REGULAR else "a link" if mode == _LINK else "a repository of its own"
        if _is_read(path) if not kind else _hides_events(path):
            found.setdefault(path, TreeFile(path, blob, kind))
    return list(found.values())


def _records(output: bytes) -> Iterator[tuple[str, str, str]]:
    r"""Read `MODE blob ID\tPATH\0` of ls-tree, and `MODE ID STAGE\tPATH\0` of ls-files."""
    for record in output.split(b"\0"):
        head, _, name = record.partition(b"\t")
        words = head.decode("ascii").split()
        if len(words) == 3 and words[2] not in ("1", "3"):
            blob = words[1] if words[2] in ("0", "2") else words[2]
            # A path that is not UTF-8 is that of no event.
            yield words[0], blob, name.decode("utf-8", "backslashreplace")


def _is_read(path: str) -> bool:
    parts = path.split("/")
    if any(part[:1] in (".", "") for part in parts) or not path.endswith(".yaml"):
        return False
    depth = {"events": 3, "vocabulary": 2, "rexctl.yaml": 1}
    return depth[parts[0]] == len(parts)


def _hides_events(path: str) -> bool:
    """Return whether a link or repository is where an event or a folder of events would be."""
    parts = path.split("/")
    return parts[0] == "events" and parts[-1][:1] != "." and (len(parts) == 2 or _is_read(path))
