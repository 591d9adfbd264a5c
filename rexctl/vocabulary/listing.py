"""A list of entries in a log's vocabulary: each read field by field, each fault at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.suggest import did_you_mean
from rexctl.vocabulary import countries
from rexctl.vocabulary.entry import FIELDS, code_fault, field_fault, member_faults
from rexctl.vocabulary.spelling import by_spelling, folded, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding
    from rexctl.vocabulary.entry import Fault
    from rexctl.vocabulary.spelling import Entries
    from rexctl.yamlfile.documents import Document


class Listing:
    """The list in one file; `stem` is the file's name without its ending.

    Once `faults` has run through, `entries` holds the sound fields of each entry by its code.
    """

    def __init__(self, document: Document, stem: str) -> None:
        self.document, self.stem = document, stem
        self.entries: Entries = {}
        self._number: dict[str, int] = {}  # of each code: which entry of the list it is

    def faults(self, ours: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
        """Read the list and give what is wrong; `ours` are the shipped entries beneath it."""
        rows = self.document.value
        if not rows:
            return
        if not isinstance(rows, list):
            yield self.document.fault("wrong-shape", "must be a list of entries, each with its code",
                                      hint="begin each with `- code:`")  # fmt: skip
            return
        for number, row in enumerate(rows):
            yield from self._of_row(number, row)
        yield from self._of_names(ours)
        for code, entry in self.entries.items():
            for fault in member_faults(entry, {**ours, **self.entries}):
                yield self._told(fault, (self._number[code], *fault.path))

    def _of_row(self, number: int, row: Any) -> Iterator[Finding]:
        if not isinstance(row, dict) or not row.get("code"):
            yield self.document.fault("missing-field", "code is missing", (number,), on="key",
                                      hint="each entry begins with `- code:`")  # fmt: skip
            return
        code = row["code"]
        told = code_fault(self.stem, code)
        if told:
            yield self._told(told, (number, "code"))
        elif code in self.entries:
            yield self.document.fault("code-twice", f"{code} stands here again", (number, "code"))
        else:
            self.entries[code], self._number[code] = {}, number
            for key, value in row.items():
                yield from self._of_field(code, key, value)

    def _of_field(self, code: str, key: str, value: Any) -> Iterator[Finding]:
        path, legal = (self._number[code], key), FIELDS[self.stem]
        if key not in legal:
            hint = did_you_mean(key, legal) or f"one of {', '.join(legal)}"
            yield self.document.fault("unknown-field", f"{key}: no such field", path,
                                      on="key", hint=hint)  # fmt: skip
            return
        told = list(field_fault(legal[key], key, value))
        yield from (self._told(fault, (*path, *fault.path)) for fault in told)
        if not told:
            self.entries[code][key] = value

    def _of_names(self, ours: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
        """Tell a name that already means something else: a text must have one meaning."""
        taken = by_spelling({code: ours[code] for code in ours if code not in self.entries})
        if self.stem == "actors":
            taken |= countries.our_spellings() | {folded(code): code for code in countries.codes()}
        for code, entry in self.entries.items():
            for path, text in named(entry):
                meant = taken.setdefault(folded(text), code)
                if meant != code:
                    yield self.document.fault("code-twice", f"{text} already means {meant}",
                                              (self._number[code], *path))  # fmt: skip

    def _told(self, fault: Fault, path: tuple[str | int, ...]) -> Finding:
        return self.document.fault(fault.code, fault.message, path, hint=fault.hint)
