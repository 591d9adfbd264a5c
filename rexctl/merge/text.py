"""Three files that say the same become one text: what is left to merge are comments and layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.merge import lines
from rexctl.merge.lines import Overlap
from rexctl.merge.version import Remark, Side, read

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection

    Name = tuple[str, ...]


class Woven(NamedTuple):
    """The text as each side would have it; all alike, where nothing of it is left to settle."""

    ours: str
    base: str
    theirs: str

    @property
    def settled(self) -> bool:
        """Tell whether there is one text."""
        return self.ours == self.theirs


def woven(
    base: Side, ours: Side, theirs: Side, data: dict[str, Any], clashing: Collection[Name]
) -> Woven | None:
    """Give a text that says `data`, with the lines of ours and the comments of both.

    Each version is first made to say `data`; so its text differs from the others only in comments
    and layout, and these merge line by line. Comments that one side has taken out go, but not at
    what clashes. The form is canonical if need be; None where a comment cannot be kept.
    """
    was = base.remarks
    mine, yours = was - ours.remarks, was - theirs.remarks
    gone = mine | yours
    kept = [
        side.without(lambda remark: remark in gone and not _within(remark.name, clashing))
        for side in (ours, theirs)
    ]
    # Where one side has taken out a whole item that the other has changed, the comments in it are
    # the other's alone: a base that has them too would say that the one has taken them out. What
    # both have taken out stays in the base, where it can: it may be two new wordings of one.
    bases = [
        base.without(lambda remark: remark in gone and not (remark in mine and remark in yours)),
        base.without(lambda remark: remark in gone),
    ]
    needed = kept[0].remarks | kept[1].remarks
    best = None
    for form in (lambda side: side, Side.canonical):
        said = [side and side.saying(data) for side in map(form, (*bases, *kept))]
        texts = [text.split("\n") for text in (said[0] or said[1], *said[2:]) if text]
        found = _put_together(*texts) if len(texts) == 1 + len(kept) else None
        if found is not None and _proven(found, ours, data, needed):
            if found.settled:
                return found
            best = best or found
    return best


def saying(
    text: str, own: Side, data: dict[str, Any], clashing: Collection[Name], absent: Collection[Name]
) -> str | None:
    """Give a woven text with the data of one side where both clash; `absent` is what it has not.

    Comments of what is not there go, lest they stand above the next item. So do those within what
    clashes that are the other side's, where they are in the way: they stay in the other's lines.
    """
    side = read(text.encode(), "", own.shape)
    if side is None:
        return None
    side = side.without(lambda remark: _within(remark.name, absent))
    if (found := side.saying(data)) is not None:
        return found
    known = own.remarks
    others = side.without(lambda one: _within(one.name, clashing) and one not in known)
    return others.saying(data)


def _put_together(base: list[str], ours: list[str], theirs: list[str]) -> Woven:
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for part in lines.parts(base, ours, theirs):
        taken = _both(part) if isinstance(part, Overlap) else (part, part, part)
        for text, more in zip(found, taken, strict=True):
            text += more
    return Woven(*map("\n".join, found))


def _both(part: Overlap) -> Overlap:
    """Settle what two people have noted at one place: both notes stay, ours first."""
    if part.base or not all(line.lstrip().startswith("#") for line in (*part.ours, *part.theirs)):
        return part
    notes = [*part.ours, *(line for line in part.theirs if line not in part.ours)]
    return Overlap(notes, notes, notes)


def _proven(text: Woven, ours: Side, data: dict[str, Any], needed: Counter[Remark]) -> bool:
    """Tell whether either choice of what is left says the data, and no comment is lost in both."""
    sides = [read(one.encode(), "", ours.shape) for one in (text.ours, text.theirs)]
    one, other = sides
    if one is None or other is None or one.data != data or other.data != data:
        return False
    return not needed - (one.remarks | other.remarks)


def _within(name: Name, clashing: Collection[Name]) -> bool:
    return any(name[: len(one)] == one for one in clashing)
