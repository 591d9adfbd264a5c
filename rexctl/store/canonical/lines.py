"""The lines of one canonical file: mappings, lists and blocks, told as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.store.canonical.places import OtherWise
from rexctl.yamlfile.scalar import harmless

if TYPE_CHECKING:
    from rexctl.store.canonical.places import Key, Place


class Lines:
    """The lines of a file, how far they are read, and the leaves found on the way."""

    __slots__ = ("at", "lines", "values")

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.values: list[tuple[Any, ...]] = []

    def mapping(self, place: Place, pad: str) -> tuple[dict[str, Any], list[str]]:
        """Give the mapping whose lines stand at this indentation, and its members in JSON.

        Raises OtherWise for whatever canon would not write and no judge let pass.
        """
        lines, width, known, values = self.lines, len(pad), place.lines, self.values
        found: dict[str, Any] = {}
        members: list[str] = []
        last, at, start = -1, self.at, len(values)
        # Much of a cold index passes in this loop: nothing of ours is called for a line that is known.
        while (line := lines[at]) and line.startswith(pad):
            said = known.get(line[width:]) or place.line(line[width:])
            if said[0] <= last:
                raise OtherWise
            last, name, text, json, leaves, headed, key = said
            at += 1
            if text is None:
                self.at = at
                if key.is_block:
                    text, json, leaves, headed = key.line(self._block(pad + "  "))[2:6]
                else:
                    found[name], json = self._opened(key, pad + "  ")
                at = self.at
            members.append(json)
            if text is not None:
                found[name] = text
                values += leaves
                if headed:
                    values[start:start] = headed
        self.at = at
        if not place.needed <= found.keys():
            raise OtherWise
        for rule in place.rules:
            for _ in rule(found):
                raise OtherWise
        return found, members

    def _opened(self, key: Key, pad: str) -> tuple[Any, str]:
        """Give what stands below a key, and the whole member in JSON."""
        if key.listed:
            found, items = self._items(key, pad)
            return found, f"{key.lead}[{', '.join(items)}]"
        inside, members = self.mapping(key.below, pad)
        return inside, f"{key.lead}{{{', '.join(members)}}}"

    def _items(self, key: Key, pad: str) -> tuple[list[Any], list[str]]:
        lines, known = self.lines, key.items
        found: list[Any] = []
        items: list[str] = []
        dash, inside, width = pad + "- ", pad + "  ", len(pad) + 2
        while (line := lines[self.at]).startswith(dash):
            said = known.get(line[width:]) or key.item_line(line[width:])
            if said.text is None:
                items.append(self._item(key, inside, line[width:], found))
                continue
            self.at += 1
            found.append(said.text)
            items.append(said.json)
            self.values += said.values
        if not found:
            raise OtherWise
        return found, items

    def _item(self, key: Key, pad: str, rest: str, found: list[Any]) -> str:
        """Take an item of several lines, and give it in JSON."""
        if rest == "|":
            self.at += 1
            line = key.item(self._block(pad))
            found.append(line.text)
            self.values += line.values
            return line.json
        self.lines[self.at] = pad + rest
        mapping, members = self.mapping(key.below, pad)
        found.append(mapping)
        return f"{{{', '.join(members)}}}"

    def _block(self, pad: str) -> str:
        """Give the text of a block, each line of it indented; only an empty line is not."""
        lines, start, width, end = self.lines, self.at, len(pad), len(self.lines) - 1
        while self.at < end and (not (line := lines[self.at]) or line.startswith(pad)):
            self.at += 1
        block = lines[start : self.at]
        text = "\n".join([line[width:] for line in block])
        # That its lines are trimmed and its ends are text is seen by whoever judges prose.
        if not block or not block[-1] or pad in block or not harmless(text):
            raise OtherWise
        return text
