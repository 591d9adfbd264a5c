"""The files of a version of the log by their blobs, those that differ, and the folder they are in."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.revisions import (
    HEAD,
    STAGED,
    WORKING_TREE,
    empty_tree,
    find_head,
    resolve_revision,
)
from rexctl.gitrepo.run import Git, GitError, GitProgram
from rexctl.store.layout import SETTINGS
from rexctl.store.log import find_repository
from rexctl.store.safe_open import read_bytes
from rexctl.values.clock import Clock
from rexctl.values.codes import blob_id

TreePair = tuple[str, str]

_EVENTS = "events"
_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all", "--relative")
# By mode: what a path is that is not a regular file; any other mode is "not a file".
_KINDS = {"100644": "", "100755": "", "120000": "a link", "160000": "a repository of its own"}
BOTH_SIDES = ("both sides changed it", "both sides added it")
# By the stages of a path in the index: 1 the base, 2 ours, 3 theirs.
_UNMERGED = {
    "123": BOTH_SIDES[0], "23": BOTH_SIDES[1], "1": "both sides moved or deleted it",
    "12": "ours changed it, theirs deleted it", "13": "ours deleted it, theirs changed it",
    "2": "ours moved it here", "3": "theirs moved it here",
}  # fmt: skip


class FileVersion(NamedTuple):
    """A file in one version of the log: its path and its blob.

    `blob` is empty for a file that is to be read from the working tree. `kind` says what a path is
    that is not a regular file: `a link`, say.
    """

    path: str
    blob: str
    kind: str = ""


class FileChange(NamedTuple):
    """A file in two versions of the log; None where it is absent. A rename has two paths."""

    old: FileVersion | None
    new: FileVersion | None

    @property
    def path(self) -> str:
        """The path in the new version, or in the old one where the file was removed."""
        file = self.new or self.old
        return file.path if file else ""


def list_files(git: Git, version: str) -> list[FileVersion]:
    """Return every file below the log's folder in a commit or tree, or of those that are STAGED.

    Of a commit that has the log in another folder, since it was moved, the files are those there.
    Of the staged ones what is no regular file, what is only announced (`git add -N`) and what is
    unmerged is left out. Raises GitError.
    """
    if version == STAGED:
        args = ("diff-index", "--cached", "--ita-invisible-in-index", *_RAW, empty_tree(git))
        staged = [change and change.new for _, change in _parse_raw(git.output(*args))]
        return [file for file in staged if file and file.blob and not file.kind]
    files = _list_tree(git, version)
    if not holds_log([file.path for file in files]):
        folder = former_folder(git, version)
        if folder is not None:
            return _list_tree(git, f"{version}:{folder.rstrip('/')}", "--full-tree")
    return files


def _list_tree(git: Git, tree: str, *options: str) -> list[FileVersion]:
    records = git.output("ls-tree", "-r", "-z", *options, "--end-of-options", tree).split(b"\0")
    return [_file_of_entry(record) for record in records if record]


def list_settings(git: Git, version: str) -> bytes | None:
    """Return the settings and the vocabulary of a commit by their blobs; None of what is no commit."""
    if version in (STAGED, WORKING_TREE):
        return None
    return git.output("ls-tree", "-r", version, "--", SETTINGS, "vocabulary")


def list_event_files(git: Git, version: str) -> dict[str, FileVersion]:
    """Return the event files of a commit or tree or those STAGED by path, and what hides a folder."""
    files = list_files(git, version)
    return {file.path: file for file in files if is_event_path(file.path) or hides_events(file)}


def find_unmerged(root: Path) -> dict[str, str]:
    """Return what each side did to a file below the log's folder that the index holds unmerged.

    The file itself may have no conflict marker: one side deleted it, or the driver failed. Nothing
    outside a repository and where git cannot answer, as in a clone that another user owns: not every
    command needs git.
    """
    if not find_repository(root):
        return {}
    stages: dict[str, str] = {}
    with suppress(EnvironmentFaultError):
        output = GitProgram(root).output("ls-files", "--unmerged", "-z")
        if output:
            Git(root)  # refuses an answer about another work tree
        for record in filter(None, output.split(b"\0")):
            head, _, name = record.partition(b"\t")  # MODE HASH STAGE\tPATH
            path = _decode_path(name)
            stages[path] = stages.get(path, "") + head[-1:].decode("ascii")
    return {path: _UNMERGED[stage] for path, stage in stages.items()}


def list_changed_files(
    root: Path, revision: str, paths: Iterable[str], clock: Clock
) -> set[str]:  # fmt: skip
    """Return those of `paths` whose file in the working tree is not the one of a commit, or of a day.

    Before the first commit every path differs from HEAD. git looks at no file of the working tree,
    so no filter, hook or monitor of the repository runs. Raises UsageError, EnvironmentFaultError.
    """
    git = Git(root)
    if revision == HEAD and not find_head(git):
        return set(paths)
    commit = resolve_revision(git, revision, clock)
    blobs = {file.path: file.blob for file in list_files(git, commit) if not file.kind}
    return {path for path in paths if not _has_blob(root / path, blobs.get(path, ""))}


def compare_trees(
    git: Git, pairs: Iterable[TreePair], *, of_log: bool = False
) -> dict[TreePair, list[FileChange]]:
    """Return the event files that differ, for each pair of an old and a new tree, by one process.

    The trees are those of whole commits, or with `of_log` those of the log's folder.
    Trees and not commits: git answers for a pair of trees even where nothing differs, and for a
    merge commit it would not say which parent an answer is about. Raises EnvironmentFaultError where
    git does not answer for each pair.
    """
    unique_pairs = list(dict.fromkeys(pairs))
    stdin = "".join(f"{old} {new}\n" for old, new in unique_pairs).encode("ascii")
    # The paths of a log's tree do not depend on the folder in which git runs.
    where = ("--no-relative",) if of_log else ("--", f"{_EVENTS}/")
    args = ("diff-tree", "--stdin", "-r", *_RAW, *where)
    changes: dict[TreePair, list[FileChange]] = {}
    for begun, change in _parse_raw(git.output(*args, stdin=stdin)):
        for pair in begun:
            current = changes[pair] = []
        if change and is_event_path(change.path):
            current.append(change)
    if len(changes) < len(unique_pairs):
        raise EnvironmentFaultError(
            f"git diff-tree answered for {len(changes)} of {len(unique_pairs)} commits"
        )
    return changes


def is_event_path(path: str) -> bool:
    """Return whether the log reads an event from a path: `events/YEAR/ID.yaml`."""
    parts = path.split("/")
    hidden = any(part[:1] in (".", "") for part in parts)
    return len(parts) == 3 and parts[0] == _EVENTS and path.endswith(".yaml") and not hidden


def hides_events(file: FileVersion) -> bool:
    """Return whether a link or a submodule replaces a folder of events: its files are not read."""
    parts = file.path.split("/")
    return bool(file.kind) and parts[0] == _EVENTS and len(parts) < 3 and parts[-1][:1] != "."


def _file_of_entry(record: bytes) -> FileVersion:
    r"""Return the file of one record of ls-tree: `MODE TYPE HASH\tPATH`."""
    head, _, path = record.partition(b"\t")
    mode, _, blob = head.decode("ascii").split(" ")
    return FileVersion(_decode_path(path), blob, _kind(mode))


def _parse_raw(out: bytes) -> Iterator[tuple[list[TreePair], FileChange | None]]:
    r"""Yield each change of `:MODE MODE BLOB BLOB STATUS\0PATH\0...`, after the pairs it begins.

    diff-tree writes `TREE TREE\n` before the changes of a pair; in all but the last nothing differs.
    """
    fields = iter(out.split(b"\0"))
    for field in fields:
        *lines, head = field.decode("ascii").split("\n")
        pairs = [(old, new) for old, _, new in (line.partition(" ") for line in lines)]
        change = None
        if head:
            path, (before, after, old, new, _) = _decode_path(next(fields)), head[1:].split(" ")
            change = FileChange(_version(path, before, old), _version(path, after, new))
        yield pairs, change


def _version(path: str, mode: str, blob: str) -> FileVersion | None:
    if not mode.strip("0"):
        return None
    # A blob of zeros is a file that git did not read.
    return FileVersion(path, blob if blob.strip("0") else "", _kind(mode))


def _decode_path(path: bytes) -> str:
    r"""Return a path as text that SQLite can hold; a byte that is not UTF-8 is written as `\xff`."""
    return path.decode("utf-8", "backslashreplace")


def _kind(mode: str) -> str:
    return _KINDS.get(mode, "not a file")


def _has_blob(path: Path, blob: str) -> bool:
    """Return whether a file is this blob; git may have checked it out with other line ends."""
    data = read_bytes(path, path.name) if blob else b""
    if not blob or not isinstance(data, bytes):
        return False
    return blob in {blob_id(data, blob), blob_id(data.replace(b"\r\n", b"\n"), blob)}


def holds_log(paths: Sequence[str]) -> bool:
    """Return whether these paths, relative to a folder, are those of a log."""
    return any(path == SETTINGS or path.startswith(f"{_EVENTS}/") for path in paths)


def former_folder(git: Git, version: str) -> str | None:
    """Return where a version has the log that was moved since, from the top; None where it has none.

    That is a folder with settings and with an event file that the log has today too. A log that is
    still at its place is another one.
    """
    try:
        out = git.output("ls-tree", "-r", "-z", "--name-only", "--full-tree", version)
    except GitError:
        return None
    names = out.decode("utf-8", "backslashreplace").split("\0")
    top = git.folder
    for _ in Path(git.prefix).parts:
        top = top.parent
    for name in names:
        folder, _, base = name.rpartition("/")
        start = f"{folder}/" if folder else ""
        if base != SETTINGS or start == git.prefix or (top / name).exists():
            continue
        within = f"{start}{_EVENTS}/"
        events = (one.removeprefix(start) for one in names if one.startswith(within))
        if any((git.folder / one).exists() for one in events):
            return start
    return None


def relative_to_log(git: Git, folder: str) -> str:
    """Return a folder of the repository as git takes it in the log's folder: `../old/`."""
    path = os.path.relpath(folder or ".", git.prefix or ".")
    return Path(path).as_posix() + "/"


def trees_of_log(git: Git, commits: Sequence[str], folders: Sequence[str]) -> dict[str, str]:
    """Return the tree of the log in each commit that has it in one of these folders."""
    requests = [(commit, name) for commit in commits for folder in folders
             for name in (f"{folder}{_EVENTS}", folder.rstrip("/"))]  # fmt: skip
    stdin = "".join(f"{commit}:{name}\n" for commit, name in requests).encode(
        "utf-8", "surrogateescape"
    )
    out = git.output("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=stdin)
    lines = [line.rpartition(b" ") for line in out.split(b"\n")]
    blobs: dict[str, str] = {}
    for number in range(0, len(requests), 2):  # the events of a folder, then the folder
        if lines[number][2] == b"tree":
            blobs.setdefault(requests[number][0], lines[number + 1][0].decode("ascii"))
    return blobs
