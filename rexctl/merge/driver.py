"""git's merge driver: three files of one event in, the merged one out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import EnvironmentFaultError, InputRefusedError
from rexctl.gitrepo.merge_file import merge_files
from rexctl.merge import conflict_markers
from rexctl.merge.conflict_markers import Version, conflict_finding
from rexctl.merge.event_merge import Merged, merge_events
from rexctl.merge.event_text import EventText, parse_event
from rexctl.merge.text_merge import merge_texts, pick_version
from rexctl.records import ERROR, Finding
from rexctl.store import os_errors
from rexctl.store.safe_open import read_bytes, too_large
from rexctl.values import limits
from rexctl.yamlfile.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.merge.event_merge import Pick

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_COMMENTS = "the comments, or the layout of the lines, of both sides cannot be merged"


class Outcome(NamedTuple):
    """The bytes of the merged file, and what a person must decide in it; no finding if it is done."""

    data: bytes
    findings: tuple[Finding, ...]


class Result(NamedTuple):
    """Whether the merge is done, its findings, and whether git merged the file by lines."""

    done: bool
    findings: tuple[Finding, ...] = ()
    by_lines: bool = False


def run_driver(base: Path, ours: Path, theirs: Path, name: str) -> Result:
    """Merge three files of an event into the file `ours`; findings call it `name`.

    Raises InputRefusedError for a path that is not a file, and EnvironmentFaultError; then `ours` is
    unchanged.
    """
    try:
        outcome = merge_bytes(_read(base), _read(ours), _read(theirs), name)
    except (InputRefusedError, EnvironmentFaultError):
        raise
    except Exception:
        # git takes the file as it is: an unchanged `ours` would lose theirs without a trace.
        _write(ours, merge_files(base, ours, theirs, "--diff3")[0])
        raise
    if outcome is None:
        return _merge_by_lines(base, ours, theirs, name)
    _write(ours, outcome.data)
    return Result(not outcome.findings, outcome.findings)


def merge_bytes(base: bytes, ours: bytes, theirs: bytes, name: str) -> Outcome | None:
    """Merge three versions of an event; None where one does not parse. `base` may be blank."""
    versions = parse_event(base, name) if base.strip() else None, *(
        parse_event(data, name) for data in (ours, theirs)
    )  # fmt: skip
    was, mine, yours = versions
    if mine is None or yours is None or (was is None and base.strip()):
        return None
    shape = mine.shape if was is None or yours.shape == was.shape else yours.shape
    merge = _DriverMerge(was or EventText(None, shape), mine, yours, shape)
    return merge.run(ours, theirs, name)


class _DriverMerge:
    def __init__(self, base: EventText, ours: EventText, theirs: EventText, shape: str) -> None:
        self.shape = shape
        self.base, self.ours, self.theirs = (
            version._replace(shape=shape) for version in (base, ours, theirs)
        )

    def run(self, ours: bytes, theirs: bytes, name: str) -> Outcome:
        full = self._merge("full")
        clashing = [clash.name for clash in full.clashes]
        text = merge_texts(self.base, self.ours, self.theirs, full.data, clashing)
        if full.clashes:
            versions = self._pick_versions(text.ours) if text and text.is_clean else None
        else:
            versions = [Version(one) for one in text] if text else None
        if versions and versions[0] == versions[2]:
            data = _encode_like(versions[0].text, ours)
            if not (faults := _new_faults(data, ours, theirs, name)):
                return Outcome(data, ())
            # git commits what has no marker, so a person must see both sides.
            marked, lines = conflict_markers.mark_conflicts(*self._unmerged_versions())
            return Outcome(
                _encode_like(marked, ours), _as_conflicts(faults, name, lines.get("", 1))
            )
        # At worst all that differs is between markers, so that nothing of either side is lost.
        marked, lines = conflict_markers.mark_conflicts(*(versions or self._unmerged_versions()))
        findings = tuple(conflict_markers.describe_clashes(full.clashes, name, lines))
        comments = conflict_finding(_COMMENTS, name, lines.get("", 1))
        return Outcome(_encode_like(marked, ours), findings or (comments,))

    def _merge(self, pick: Pick) -> Merged:
        return merge_events(self.base.data, self.ours.data, self.theirs.data, self.shape, pick)

    def _pick_versions(self, text: str) -> list[Version] | None:
        picks: tuple[Pick, ...] = ("ours", "base", "theirs")
        versions = [self._pick_version(text, pick) for pick in picks]
        return [one for one in versions if one] if None not in versions else None

    def _pick_version(self, text: str, pick: Pick) -> Version | None:
        merged = self._merge(pick)
        names = [clash.name for clash in merged.clashes]
        absent = [clash.name for clash in merged.clashes if getattr(clash, pick) is None]
        picked = pick_version(text, getattr(self, pick), merged.data, names, absent)
        if picked is None:
            return None
        return conflict_markers.locate_clashes(picked, self.shape, merged.clashes)

    def _unmerged_versions(self) -> list[Version]:
        return [Version(version.text) for version in (self.ours, self.base, self.theirs)]


def _merge_by_lines(base: Path, ours: Path, theirs: Path, name: str) -> Result:
    """Merge as git does without a driver, and mark both sides where the result does not parse."""
    data, conflicts = merge_files(base, ours, theirs, "--diff3")
    findings: Sequence[Finding] = ()
    if not conflicts and len(data) > limits.MAX_SIZE:
        findings = [too_large(name)]
    elif not conflicts:
        findings = _new_faults(data, _read(ours), _read(theirs), name)
    if findings:
        # Without a base, git marks whatever differs between the two.
        with TemporaryDirectory() as folder:
            empty = Path(folder, "empty")
            empty.touch()
            data, conflicts = merge_files(empty, ours, theirs)
        line = data.partition(b"<<<<<<< ours")[0].count(b"\n") + 1
        findings = _as_conflicts(findings, name, line)
    _write(ours, data)
    return Result(not conflicts and not findings, tuple(findings), by_lines=True)


def _new_faults(data: bytes, ours: bytes, theirs: bytes, name: str) -> list[Finding]:
    """Return the errors of a merged event that neither side has; all, where it is not readable."""
    errors = [f._replace(path=name) for f in parse(data).findings if f.level == ERROR]
    if errors and parse_event(data, name) is not None:
        known = {(f.code, f.message) for side in (ours, theirs) for f in parse(side).findings}
        return [f for f in errors if (f.code, f.message) not in known]
    return errors


def _as_conflicts(faults: Iterable[Finding], name: str, line: int) -> tuple[Finding, ...]:
    """Return a conflict at the first marker for each fault of a merged event."""
    message = "the merged event is not valid"
    return tuple(conflict_finding(f"{message}: {fault.message}", name, line) for fault in faults)


def _encode_like(text: str, before: bytes) -> bytes:
    """Return the bytes of a text, with the line ends and the byte order mark of our side."""
    data = text.encode()
    if b"\r\n" in before and before.count(b"\r\n") == before.count(b"\n"):
        data = data.replace(b"\n", b"\r\n")
    return _BYTE_ORDER_MARK + data if before.startswith(_BYTE_ORDER_MARK) else data


def _read(path: Path) -> bytes:
    data = read_bytes(path, str(path))
    if not isinstance(data, Finding):
        return data
    if data.code == "too-large":  # not an event; git's own merge has no such limit
        return b"\0"
    raise InputRefusedError([data])


def _write(path: Path, data: bytes) -> None:
    with os_errors.translate(path):
        path.write_bytes(data)
