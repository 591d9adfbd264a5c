"""From the bytes of a file in canonical form to the row of its event, without a YAML parser.

Nearly every file of a log is in canonical form and without a fault. For its bytes this gives the
row that the long way (walk, judge, restyle, row) would give; for all others None, and they go that
way. It proves rather than guesses: each line must be the very line that canon would write of what
is read from it, its text must pass the field of the model unchanged, each mapping must have the
keys that the model needs and no other, and no rule may have anything to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cache.leaves_of import root, window
from rexctl.cache.row import computed, made
from rexctl.model.types import TYPES
from rexctl.model.validate import model_of
from rexctl.store.canonical.lines import Lines
from rexctl.store.canonical.places import OtherWise, Place
from rexctl.yamlfile.source import LIMITS

if TYPE_CHECKING:
    from rexctl.cache.row import IndexRow
    from rexctl.vocabulary.vocabulary import Vocabulary

# A line holds two values at most, an item and its first entry: far from the limit of a document.
_MOST_LINES = LIMITS.values // 2 - 1


class Canonical:
    """Reads canonical events of one vocabulary; it remembers lines, never files."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._roots: dict[str, Place] = {}

    def row(self, data: bytes) -> IndexRow | None:
        """Give the row of the one good event that these bytes hold in canonical form, else None."""
        told = self._told(data)
        if told is None:
            return None
        found, members, values = told
        members.append(computed(*window("date", found["date"])))
        return made(found, f"{{{', '.join(members)}}}", values)

    def event(self, data: bytes) -> dict[str, Any] | None:
        """Give the event itself, as the long way gives it, else None."""
        told = self._told(data)
        return told and told[0]

    def _told(self, data: bytes) -> tuple[dict[str, Any], list[str], list[Any]] | None:
        """Give the event, the members of its line in JSON, and its leaves."""
        if len(data) > LIMITS.size:
            return None
        try:
            lines = data.decode().split("\n")
        except UnicodeDecodeError:
            return None
        # The last of them is what stands behind the last line end: nothing.
        if not 2 < len(lines) <= _MOST_LINES or lines[-1] or not lines[1].startswith("type: "):
            return None
        place = self._root(lines[1][6:])
        if place is None:
            return None
        pen = Lines(lines)
        try:
            found, members = pen.mapping(place, "")
        except OtherWise:
            return None
        return (found, members, pen.values) if pen.at == len(lines) - 1 else None

    def _root(self, name: str) -> Place | None:
        if name not in self._roots:
            if name not in TYPES:
                return None
            context = {"vocabulary": self.vocabulary}
            self._roots[name] = Place(name, model_of(name), root(name), context)
        return self._roots[name]
