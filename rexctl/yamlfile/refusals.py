"""What this dialect refuses of YAML, each thing by its name: tags, anchors, doubled keys, nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.yamlfile.positions import Place, place_of

if TYPE_CHECKING:
    from rexctl.records import Finding
    from rexctl.yamlfile.source import Source

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What only an escape in double quotes can bring in, and what turns the reading order around.
HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_BIDI}]")
LONGEST_KEY = 200
_LONGEST_NAME = 60
_QUOTE = "take it out; a text that begins with {} stands in quotes"


def cut(text: str) -> str:
    """Give a text short enough to stand in a sentence."""
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


class Refusals:
    """Collects the findings of one tree; `line` is where in the file its events count from."""

    __slots__ = ("_line", "_source", "findings", "loose")

    def __init__(self, source: Source, line: int) -> None:
        self._source = source
        self._line = line
        self.loose = False  # the last thing told is an empty value that may be an error's doing
        self.findings: list[Finding] = []

    def tell(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Add a finding at a place."""
        self.findings.append(self._source.fault(
            code, message, place.line, place.column, place.width, hint=hint))  # fmt: skip

    def at(self, event: Any, code: str, message: str, hint: str = "", width: int = 1) -> None:
        """Add a finding where an event begins."""
        mark = event.start_mark
        self.tell(code, message, Place(self._line + mark.line, mark.column + 1, width), hint)

    def properties(self, event: Any) -> None:
        """Refuse an anchor or a tag on a node."""
        if event.anchor is not None:
            self.at(event, "yaml-anchor", f"an anchor (&{cut(event.anchor)}) is not used here",
                    _QUOTE.format("&"))  # fmt: skip
        if event.tag is not None:
            self.at(
                event, "yaml-tag", f"a tag ({cut(event.tag)}) is not used here", _QUOTE.format("!")
            )

    def alias(self, event: Any) -> None:
        """Refuse an alias."""
        self.at(event, "yaml-alias", f"an alias (*{cut(event.anchor)}) is not used here",
                "write out the value; a text that begins with * stands in quotes",
                len(event.anchor) + 1)  # fmt: skip

    def signs(self, event: Any) -> None:
        """Refuse what an escape has brought in, or what turns the reading order around."""
        text: str = event.value
        if text.isascii() and text.isprintable():
            return
        if found := HARMFUL.search(text):
            bidi = re.match(f"[{_BIDI}]", found[0])
            what = "turns the reading order around" if bidi else "is not text"
            self.tell("bidi-control" if bidi else "control-character",
                      f"U+{ord(found[0]):04X} {what}", place_of(event, self._line), "take it out")  # fmt: skip

    def key(self, event: Any, first_line: int | None) -> None:
        """Refuse a merge key, a key that is no name, and one that stood before in `first_line`."""
        key: str = event.value
        code, message, hint = "", "", ""
        if key == "<<" and not event.style:
            code, message = "yaml-merge-key", "a merge key (<<) is not used here"
            hint = "write out what it would bring in"
        elif not key:
            code, message, hint = "empty-key", "a key is empty", "name the field"
        elif len(key) > LONGEST_KEY or "\n" in key:
            code, message = "bad-key", f"a key is one line of at most {LONGEST_KEY} characters"
            hint = "did a text lose its quotes?"
        if code:
            self.tell(code, message, place_of(event, self._line), hint)
        if first_line is not None:
            self.tell("duplicate-key", f"{cut(key)}: stands here twice, first in line {first_line}",
                      place_of(event, self._line), "keep one of the two")  # fmt: skip

    def nothing(self, event: Any, key: Any) -> Place:
        """Refuse an empty value and give its place: at its key, where there is nothing to see."""
        place = place_of(event, self._line)
        if not event.value:
            nearby = place._replace(column=max(1, place.column - 1), width=1)
            place = nearby if key is None else place_of(key, self._line)
        where = "a list item" if key is None else cut(key.value)
        said = f"is {event.value}, which is no value" if event.value else "is empty"
        self.tell("empty-value", f"{where} {said}", place, "leave it out: unknown is absent")
        self.loose = True
        return place

    def cut_off(self) -> None:
        """Forget an empty value told just before a syntax error: it is the error's doing."""
        if self.loose:
            self.findings.pop()
