"""git's merge driver: three files of one event in, the merged one out."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rexctl.errors import EnvironmentFaultError, InputRefusedError
from rexctl.gitrepo.merge_file import merge_files
from rexctl.merge.conflict_markers import (
    describe_conflicts,
    find_contradictions,
    mark_conflicts,
)
from rexctl.merge.event_merge import Merged, Pick, merge_events
from rexctl.merge.text_merge import EventText, merge_texts, new_event, parse_event, pick_version
from rexctl.records import ERROR, Finding
from rexctl.store.log import translate_os_errors
from rexctl.store.safe_open import read_bytes, too_large
from rexctl.values import limits
from rexctl.yamlfile.edit import encode_like
from rexctl.yamlfile.parse import parse
from rexctl.yamlfile.source import CONFLICT_CODE, CONFLICT_HINT

Sides = dict[Pick, EventText]  # ours, base and theirs, in this order

_PICKS: tuple[Pick, ...] = ("ours", "base", "theirs")


class Outcome(NamedTuple):
    """The bytes of the merged file, and what a person must decide in it.

    With `by_lines` git merged the file, and may have marked `conflicts` that are no finding.
    """

    data: bytes
    findings: tuple[Finding, ...] = ()
    by_lines: bool = False
    conflicts: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left to decide."""
        return not (self.findings or self.conflicts)


def run_driver(base: Path, ours: Path, theirs: Path, name: str) -> Outcome:
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
    outcome = outcome or _merge_by_lines(base, ours, theirs, name)
    _write(ours, outcome.data)
    return outcome


def merge_bytes(base: bytes, ours: bytes, theirs: bytes, name: str) -> Outcome | None:
    """Merge three versions of an event; None where one does not parse. `base` may be blank."""
    mine, yours = (parse_event(data, name) for data in (ours, theirs))
    was = parse_event(base, name) if base.strip() else new_event()
    if was is None or mine is None or yours is None:
        return None
    shape = mine.shape if not was.document.value or yours.shape == was.shape else yours.shape
    sides = {pick: side._replace(shape=shape)
             for pick, side in zip(_PICKS, (mine, was, yours), strict=True)}  # fmt: skip
    full = _merge(sides, "full")
    # git commits what has no marker, so a person must see both sides of what contradicts itself.
    is_consistent = not any(find_contradictions(was.data, mine.data, yours.data, full.data))
    versions = _merge_texts(sides, full) if is_consistent else None
    if versions and versions[0] == versions[2]:
        return Outcome(encode_like(versions[0], ours))
    # At worst all that differs is between markers, so that nothing of either side is lost.
    versions = versions or [side.document.text for side in sides.values()]
    data = encode_like(mark_conflicts(*versions), ours)
    return Outcome(data, _conflicts_in(data, name))


def _conflicts_in(data: bytes, name: str) -> tuple[Finding, ...]:
    """Return the conflicts in a marked file in words."""
    marked = [one._replace(path=name) for one in parse(data).findings if one.code == CONFLICT_CODE]
    return tuple(describe_conflicts(marked, lambda _: data))


def _merge(sides: Sides, pick: Pick) -> Merged:
    ours, base, theirs = (side.data for side in sides.values())
    return merge_events(base, ours, theirs, sides["ours"].shape, pick)


def _merge_texts(sides: Sides, full: Merged) -> list[str] | None:
    """Return the merged text as each side has it where they clash; None where that cannot be done."""
    clashing = [clash.name for clash in full.clashes]
    texts = merge_texts(sides["base"], sides["ours"], sides["theirs"], full.data, clashing)
    if texts is None or not clashing:
        return texts
    versions = [_pick_version(sides, texts[0], pick) for pick in _PICKS]
    return (
        [one for one in versions if one] if None not in versions and texts[0] == texts[2] else None
    )


def _pick_version(sides: Sides, text: str, pick: Pick) -> str | None:
    merged = _merge(sides, pick)
    names = [clash.name for clash in merged.clashes]
    absent = [clash.name for clash in merged.clashes if getattr(clash, pick) is None]
    return pick_version(text, sides[pick], merged.data, names, absent)


def _merge_by_lines(base: Path, ours: Path, theirs: Path, name: str) -> Outcome:
    """Merge as git does without a driver, and mark both sides where the result does not parse."""
    data, conflicts = merge_files(base, ours, theirs, "--diff3")
    faults: Sequence[Finding] = ()
    if not conflicts:
        is_large = len(data) > limits.MAX_SIZE
        faults = [too_large(name)] if is_large else _new_faults(data, _read(ours), _read(theirs))
    if not faults:
        return Outcome(data, by_lines=True, conflicts=conflicts)
    # Without a base, git marks whatever differs between the two.
    data, conflicts = merge_files(Path(os.devnull), ours, theirs)
    line = data.partition(b"<<<<<<< ours")[0].count(b"\n") + 1
    findings = (Finding(CONFLICT_CODE, f"the merged event is not valid: {fault.message}", name, line,
                        hint=CONFLICT_HINT) for fault in faults)  # fmt: skip
    return Outcome(data, tuple(findings), by_lines=True, conflicts=conflicts)


def _new_faults(data: bytes, ours: bytes, theirs: bytes) -> list[Finding]:
    """Return the errors of a merged event that neither side has; all, where it is not readable."""
    errors = [f for f in parse(data).findings if f.level == ERROR]
    if errors and parse_event(data, "") is not None:
        known = {(f.code, f.message) for side in (ours, theirs) for f in parse(side).findings}
        return [f for f in errors if (f.code, f.message) not in known]
    return errors


def _read(path: Path) -> bytes:
    data = read_bytes(path, str(path))
    if not isinstance(data, Finding):
        return data
    if data.code == "too-large":  # not an event; git's own merge has no such limit
        return b"\0"
    raise InputRefusedError([data])


def _write(path: Path, data: bytes) -> None:
    with translate_os_errors(path):
        path.write_bytes(data)
