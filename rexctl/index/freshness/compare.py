"""What the folders of a log hold beside what the index knows of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from rexctl.index.freshness import folders
from rexctl.index.freshness.folders import AMONG, BETWEEN, WORDS, Look, newest
from rexctl.index.freshness.halves import in_halves

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rexctl.index.tables import Index

Years = tuple[int, int]
NONE: Years = (1, 0)  # no year: only settings and vocabulary are looked at
# A file changed within this time of being stored may have changed again within the same tick.
_RACY = 2_000_000_000
_FEW = 4000  # files that one process looks at sooner than two


class News:
    """What is new in a folder: files that changed, files that are gone, and the rest."""

    def __init__(self, look: Look, old: str, young: str) -> None:
        self.look, self.name = look, look.name
        now, before = _lines(look.lines), set(_lines(old))
        self.now = now
        again = set(_lines(young))  # stored too soon after their last change to be believed
        self.kept = [line for line in now if line in before and line not in again]
        fresh = set(now).difference(self.kept)
        self.changed = {look.path(line): line for line in fresh}
        here = {look.path(line) for line in now} if len(before) > len(self.kept) else set()
        self.gone = [path for line in before.difference(self.kept)
                     if (path := look.path(line)) not in here]  # fmt: skip
        self.done: list[str] = []
        self.put = -1  # so many were done when the folder was last written

    @property
    def touched(self) -> bool:
        """Tell whether anything is known of the folder that is not written yet."""
        return self.put != len(self.done) and (bool(self.done) or not self.changed)

    def known(self) -> tuple[str, str, int, str, str, str]:
        """Give the row of the folder: what has been taken so far, and no more."""
        done = [self.changed[path] for path in self.done]
        taken = {*self.kept, *done}
        # In the order of the look: the next one is compared with it as a whole.
        lines = [line for line in self.now if line in taken]
        young = [line for line in done if newest(line) + _RACY > self.look.seen]
        wide = [line for line in lines if is_wide(line.split(" ", 4)[4])]
        # The lines last: whoever asks for the rest need not read through them.
        return (self.name, self.look.state, self.look.seen, BETWEEN.join(young),
                BETWEEN.join(wide), BETWEEN.join(lines))  # fmt: skip


def is_wide(name: str) -> bool:
    """Tell a file whose event may lie in any year: since ids say nothing of a date, every one."""
    return True


def may_lie(path: str, within: Years | None) -> bool:
    """Tell a file whose event may lie in these years, by its path; None is all of them."""
    if within is None or is_wide(path):
        return True
    return within[0] <= _year(path.rpartition("/")[0]) <= within[1]


def put_folder(index: Index, news: News) -> None:
    """Write what is known of a folder."""
    index.db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?, ?, ?)", news.known())
    news.put = len(news.done)


def news(
    index: Index, root: str, within: Years | None, *, known: bool,
    meanwhile: Callable[[], None] | None = None,
) -> list[News]:  # fmt: skip
    """Give every folder in which something is new, as far as events of these years go.

    The first is that of settings and vocabulary: a word that comes or goes may make any event
    good or bad, so that then, or where nothing is `known`, all files are new. Where another
    process takes part in the looking, this one does what is to be done `meanwhile`.
    """
    seen = time.time_ns()
    words = folders.words(root, seen)
    row = index.db.execute("SELECT lines, young FROM folders WHERE name = ?", (WORDS,)).fetchone()
    found = News(words, *row) if row and known else None
    if found is None or found.changed or found.gone:
        # Every folder is new: what is known of it was judged by other words.
        names, among = folders.years(root)
        looks = [Look(*plain) for plain in _looked(root, names, {}, seen, None)]
        return [News(look, "", "") for look in (words, among, *looks)]
    return [] if within == NONE else _years(index, root, within, seen, meanwhile)


def _years(
    index: Index, root: str, within: Years | None, seen: int, meanwhile: Callable[[], None] | None
) -> list[News]:
    names, among = folders.years(root)
    rows = _known(index, within)
    asked = [name for name in names
             if not _passed(root, name, rows.get(name), within)]  # fmt: skip
    old = {name: (*_stored(index, name), rows[name][0]) for name in asked if name in rows}
    looks = [Look(*plain) for plain in _looked(root, asked, old, seen, within, meanwhile)]
    looks += [Look(name, "", "", seen) for name in rows if name not in names and name != AMONG]
    if among.lines != _stored(index, AMONG)[0]:
        looks.append(among)
    return [News(look, *_stored(index, look.name)) for look in looks]


def _known(index: Index, within: Years | None) -> dict[str, tuple[Any, ...]]:
    """Give what is known of each folder besides its files, as far as it will be asked for."""
    more = ", seen, young, wide" if within else ""
    sql = f"SELECT name, state{more} FROM folders WHERE name <> ?"
    return {row[0]: row[1:] for row in index.db.execute(sql, (WORDS,))}


def _passed(root: str, name: str, row: Any, within: Years | None) -> bool:
    """Tell a folder in which nothing that may lie in these years can be new.

    Its own time tells of each name that came or went. A file whose name gives the day cannot tell
    of another year, and the few others are looked at one by one.
    """
    if within is None or row is None or within[0] <= _year(name) <= within[1]:
        return False
    state, seen, young, wide = row
    changed = max(map(int, state.split(" ")[:2])) if state else seen
    if changed + _RACY > seen or state != folders.state_of(f"{root}/{name}"):
        return False
    lines = _lines(wide)
    suspects = set(_lines(young)).intersection(lines)
    return not suspects and folders.as_they_are(root, name, lines) == lines


def _year(name: str) -> int:
    year = name.rpartition("/")[2]
    return int(year) if year.isascii() and year.isdigit() else -1


def _looked(
    root: str, names: Sequence[str], old: dict[str, tuple[str, str, str]], seen: int,
    within: Years | None, meanwhile: Callable[[], None] | None = None,
) -> list[Any]:  # fmt: skip
    """Look at whole folders, in two processes where they are many; gives those with news."""

    def work(share: Sequence[str]) -> list[Any]:
        found = []
        for name in share:
            look = folders.whole(root, name, seen)
            lines, young, state = old.get(name, ("", "", ""))
            # The folder's own time is worth writing down only where it saves a look.
            moved = within is not None and look.state != state
            if name not in old or young or moved or look.lines != lines:
                found.append((look.name, look.state, look.lines, look.seen))
        return found

    weights = {name: len(old[name][0]) // 90 if name in old else _FEW for name in names}
    if sum(weights.values()) < (_FEW if meanwhile else 2 * _FEW):
        return work(names)
    return in_halves(work, names, weights.__getitem__, meanwhile)


def _stored(index: Index, name: str) -> tuple[str, str]:
    sql = "SELECT lines, young FROM folders WHERE name = ?"
    return index.db.execute(sql, (name,)).fetchone() or ("", "")


def _lines(text: str) -> list[str]:
    return text.split(BETWEEN) if text else []
