"""Merge three texts line by line with `git merge-file -p`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.run import GitProgram

Lines = Sequence[str]

# git merge-file ends with the number of conflicts, at most 127; beyond that it failed.
_MAX_CONFLICTS = 127
_LABELS = ("-L", "ours", "-L", "base", "-L", "theirs")
# git reports a conflict where two sides change neighbouring lines. With this line, which no event
# contains, between all lines, only changes of the same line are a conflict.
_SEPARATOR = "\x1f"


class Conflict(NamedTuple):
    """Lines that both sides changed in different ways."""

    ours: Lines
    base: Lines
    theirs: Lines


def merge_files(base: Path, ours: Path, theirs: Path, *options: str) -> tuple[bytes, int]:
    """Return the merged text of three files, and the number of conflicts marked in it.

    Raises EnvironmentFaultError for a file that is not text.
    """
    paths = (str(path.absolute()) for path in (ours, base, theirs))
    done = GitProgram(Path()).run("merge-file", "-p", *options, *_LABELS, *paths)
    if done.returncode > _MAX_CONFLICTS:
        reason = done.stderr.decode("utf-8", "replace").strip() or "cannot merge the file"
        raise EnvironmentFaultError(f"git merge-file: {reason}")
    return done.stdout, done.returncode


def merge_lines(base: Lines, ours: Lines, theirs: Lines) -> Iterator[Lines | Conflict]:
    """Yield the merged lines in order, with a Conflict where both sides changed the same lines.

    Lines added by both sides at one position are a conflict, with an empty base.
    """
    longest = max(map(len, (*base, *ours, *theirs)), default=0)
    size = max(longest + 1, len(_SEPARATOR) + 1, 7)  # longer than any line: no line is a marker
    with TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("base", "ours", "theirs")]
        for path, lines in zip(paths, (base, ours, theirs), strict=True):
            text = "".join(f"{line}\n{_SEPARATOR}\n" for line in lines)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        merged, _ = merge_files(paths[0], paths[1], paths[2], "--diff3", f"--marker-size={size}")
    yield from _parse(merged.decode("utf-8", "surrogatepass"), size)


def _parse(merged: str, size: int) -> Iterator[Lines | Conflict]:
    starts = {"<" * size + " ours": 1, "|" * size + " base": 2, "=" * size: 3}
    end = ">" * size + " theirs"
    sections: list[list[str]] = [[], [], [], []]  # outside a conflict; ours, base, theirs
    current = sections[0]
    for line in merged.split("\n")[:-1]:
        if line in starts:
            current = sections[starts[line]]
        elif line == end:
            yield sections[0]
            yield Conflict(*sections[1:])
            sections = [[], [], [], []]
            current = sections[0]
        elif line != _SEPARATOR:
            current.append(line)
    yield sections[0]
