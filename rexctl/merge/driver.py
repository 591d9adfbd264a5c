"""What git's merge driver does with one event: three files in, the merged one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.merge import conflict_markers, tree
from rexctl.merge import text as weaving
from rexctl.merge.version import Side, read
from rexctl.records import ERROR, Finding
from rexctl.yamlfile.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.merge.tree import Merged, Pick

_MARK = b"\xef\xbb\xbf"
_COMMENTS = "the comments, or the lay of the lines, of both sides do not go together"


class Outcome(NamedTuple):
    """The bytes of the merged file, and what a person must settle in it; nothing, if it is done."""

    data: bytes
    findings: tuple[Finding, ...]


def merge(base: bytes, ours: bytes, theirs: bytes, name: str) -> Outcome | None:
    """Merge three versions of an event that findings call `name`; None where one does not read."""
    read_ones = read(base, name) if base.strip() else None, read(ours, name), read(theirs, name)
    was, mine, yours = read_ones
    if mine is None or yours is None or (was is None and base.strip()):
        return None
    shape = mine.shape if was is None or yours.shape == was.shape else yours.shape
    work = _Work(was or Side(None, shape), mine, yours, shape)
    return work.outcome(ours, theirs, name)


class _Work:
    def __init__(self, base: Side, ours: Side, theirs: Side, shape: str) -> None:
        self.shape = shape
        self.base, self.ours, self.theirs = (
            side._replace(shape=shape) for side in (base, ours, theirs)
        )

    def merged(self, pick: Pick) -> Merged:
        return tree.merge(self.base.data, self.ours.data, self.theirs.data, self.shape, pick)

    def outcome(self, ours: bytes, theirs: bytes, name: str) -> Outcome:
        full = self.merged("full")
        names = [clash.name for clash in full.clashes]
        text = weaving.woven(self.base, self.ours, self.theirs, full.data, names)
        if full.clashes:
            versions = self._versions(text.ours) if text and text.settled else None
        else:
            versions = [conflict_markers.Version(one, ()) for one in text] if text else None
        if versions and versions[0] == versions[2]:
            data = _like(versions[0].text, ours)
            if not (faults := new_faults(data, ours, theirs, name)):
                return Outcome(data, ())
            # git commits what has no marker, so a person must see both sides.
            text_with_markers, places = conflict_markers.marked(*self._as_they_are())
            line = places.get("", 1)
            return Outcome(_like(text_with_markers, ours), as_conflict(faults, name, line))
        # At worst all that differs stands apart, so that nothing that either side wrote is dropped.
        found, places = conflict_markers.marked(*(versions or self._as_they_are()))
        told = conflict_markers.told(full.clashes, name, places)
        return Outcome(_like(found, ours), tuple(told) or (_comments(name, places),))

    def _versions(self, text: str) -> list[conflict_markers.Version] | None:
        picks: tuple[Pick, ...] = ("ours", "base", "theirs")
        found = [self._version(text, pick) for pick in picks]
        return [one for one in found if one] if None not in found else None

    def _version(self, text: str, pick: Pick) -> conflict_markers.Version | None:
        one = self.merged(pick)
        names = [clash.name for clash in one.clashes]
        absent = [clash.name for clash in one.clashes if getattr(clash, pick) is None]
        said = weaving.saying(text, getattr(self, pick), one.data, names, absent)
        return None if said is None else conflict_markers.version(said, self.shape, one.clashes)

    def _as_they_are(self) -> list[conflict_markers.Version]:
        sides = (self.ours, self.base, self.theirs)
        return [conflict_markers.Version(s.document.text if s.document else "", ()) for s in sides]


def _comments(name: str, places: dict[str, int]) -> Finding:
    return _conflict(_COMMENTS, name, places.get("", 1))


def _conflict(message: str, name: str, line: int) -> Finding:
    hint = "keep what is right and take the marker lines out"
    return Finding("conflict-markers", message, name, line, hint=hint)


def as_conflict(faults: Iterable[Finding], name: str, line: int) -> tuple[Finding, ...]:
    """Return a conflict at the first marker, in `line`, for each fault of a merged event."""
    return tuple(
        _conflict(f"the merged event is not valid: {f.message}", name, line) for f in faults
    )


def _like(text: str, before: bytes) -> bytes:
    """Give the bytes of a text, with the line ends and the mark of our side."""
    data = text.encode()
    if b"\r\n" in before and before.count(b"\r\n") == before.count(b"\n"):
        data = data.replace(b"\n", b"\r\n")
    return _MARK + data if before.startswith(_MARK) else data


def new_faults(data: bytes, ours: bytes, theirs: bytes, name: str) -> list[Finding]:
    """Return the errors of a merged event that neither side has; all, where it is not readable."""
    errors = [f._replace(path=name) for f in parse(data).findings if f.level == ERROR]
    if errors and read(data, name) is not None:
        known = {(f.code, f.message) for side in (ours, theirs) for f in parse(side).findings}
        return [f for f in errors if (f.code, f.message) not in known]
    return errors
