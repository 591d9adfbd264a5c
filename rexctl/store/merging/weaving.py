"""Three files that say the same become one text: what is left to merge are comments and layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.plain.merging import lines
from rexctl.store.merging.side import Remark, Side, read

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection

    Name = tuple[str, ...]


def woven(
    base: Side, ours: Side, theirs: Side, data: dict[str, Any], clashing: Collection[Name]
) -> str | None:
    """Give a text that says `data`, with the lines of ours and the comments of both.

    Each version is first made to say `data`; so its text differs from the others only in comments
    and layout, and these merge line by line. Comments that one side has taken out go, but not at
    what clashes. None where a comment cannot be kept; in canonical form if need be.
    """
    gone = _taken_out(base, ours, theirs)
    kept = [
        side.without(lambda remark: remark in gone and not _within(remark.name, clashing))
        for side in (ours, theirs)
    ]
    # Where one side has taken out a whole item that the other has changed, the comments in it are
    # the other's alone: a base that has them too would say that the one has taken them out.
    sides = [base.without(lambda remark: remark in gone), *kept]
    needed = kept[0].remarks | kept[1].remarks
    for form in (lambda side: side, Side.canonical):
        some = [side and side.saying(data) for side in map(form, sides)]
        texts = [text.split("\n") for text in some if text]
        found = lines.merged(*texts) if len(texts) == len(sides) else None
        if found is not None and _proven("\n".join(found), ours, data, needed):
            return "\n".join(found)
    return None


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


def _taken_out(base: Side, ours: Side, theirs: Side) -> Counter[Remark]:
    """Give the comments of the base that a side no longer has."""
    was = base.remarks
    return (was - ours.remarks) | (was - theirs.remarks)


def _proven(text: str, ours: Side, data: dict[str, Any], needed: Counter[Remark]) -> bool:
    side = read(text.encode(), "", ours.shape)
    return side is not None and side.data == data and not needed - side.remarks


def _within(name: Name, clashing: Collection[Name]) -> bool:
    return any(name[: len(one)] == one for one in clashing)
