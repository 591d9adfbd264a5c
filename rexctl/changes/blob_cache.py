"""Files of many commits, read as events: each blob asked for once, and taken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.gitrepo.blobs import contents
from rexctl.gitrepo.commit import Seen
from rexctl.gitrepo.events import Reader, first
from rexctl.gitrepo.renames import by_alias, by_likeness
from rexctl.store.crew import uncollected
from rexctl.store.layout import id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rexctl.changes.history_walk import Turn
    from rexctl.gitrepo.comparing import Pair, Side
    from rexctl.gitrepo.run import Git
    from rexctl.records import Finding

    Event = dict[str, Any]
    # By the path and the blob of a state: at which turns it was made, the latest first, and of what.
    Before = Mapping[tuple[str, str], Sequence[tuple[int, Side | None]]]

_MOST_KEPT = 20_000  # events


class Readings:
    """The events that files held, read once for each blob."""

    def __init__(self, git: Git, root: Path) -> None:
        self._git = git
        self._blobs: dict[str, bytes | None] = {}
        self._reader = Reader(root, self._blobs)
        self._known: dict[tuple[str, str], tuple[Event | None, list[Finding]]] = {}

    def ahead(self, files: Iterable[tuple[str, Side] | None]) -> None:
        """Have the contents of files at hand: by one process, where each alone would take one."""
        wanted = {side.blob for file in files if file is not None and (side := file[1]).blob
                  and (file[0], side.blob) not in self._known}  # fmt: skip
        self._blobs.update(contents(self._git, sorted(wanted - self._blobs.keys())))

    def seen(self, turns: Sequence[Turn], before: Before, place: int) -> list[Seen]:
        """Give the events of files before and after; `place` is that of the commit in `before`."""
        self.ahead(file for turn in turns for file in turn)
        with uncollected():
            return [self._seen(turn, before, place) for turn in turns]

    def renamed(self, come: Sequence[Pair], gone: Sequence[Pair]) -> dict[str, str]:
        """Give the old path of each file that came and is an event renamed."""
        self.ahead((p.path, side) for p in (*come, *gone) for side in (p.old, p.new) if side)
        left = {str(id_of(pair.path)): self._read(pair.path, pair.old)[0] or {} for pair in gone}
        paths = {str(id_of(pair.path)): pair.path for pair in gone}
        found: dict[str, str] = {}
        for pair in come:
            new = self._read(pair.path, pair.new)[0]
            if new and (name := by_alias(new, left)) is not None:
                found[pair.path] = paths[name]
                del left[name]
        # Among those of one title alone: where a folder is moved, each with each takes a minute.
        titled: dict[Any, dict[str, Event]] = {}
        for name, old in left.items():
            titled.setdefault(old.get("title"), {})[name] = old
        for pair in come:
            new = self._read(pair.path, pair.new)[0]
            same = titled.get(new["title"], {}) if new and pair.path not in found else {}
            if new and (name := by_likeness(new, same)) is not None:
                found[pair.path] = paths[name]
                del same[name]
        return found

    def _seen(self, turn: Turn, before: Before, place: int) -> Seen:
        new, fault = self._read(*turn.new) if turn.new else (None, [])
        old, amiss = self._read(*turn.old) if turn.old else (None, [])
        if turn.old and amiss:
            old = self._last(*turn.old, before, place)
        worst = first(fault)
        return Seen(turn.path, old, new, worst[0] if worst else None, again=bool(amiss))

    def _last(self, path: str, side: Side, before: Before, place: int) -> Event | None:
        """Give the last state that did read, before one that does not.

        Else what was changed while nobody could read it would be nobody's. The same bad bytes may
        have come of one state and, later, of another.
        """
        here: Side | None = side
        while here is not None:
            made = before.get((path, here.blob), ())
            place, here = next((one for one in made if one[0] > place), (place, None))
            event, fault = self._read(path, here)
            if not fault:
                return event
        return None

    def _read(self, path: str, side: Side | None) -> tuple[Event | None, list[Finding]]:
        if side is None:
            return None, []
        key = (path, side.blob)
        if key not in self._known:
            self.ahead([(path, side)])
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[key] = self._reader.read(path, side)
            self._blobs.pop(side.blob, None)
        return self._known[key]
