"""A list of entries in a log's vocabulary: each read field by field, each fault at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.plain.suggest import did_you_mean
from rexctl.vocabulary.entry import FIELDS, code_fault, field_fault
from rexctl.vocabulary.spelling import by_spelling, folded, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.dialect.document import Document
    from rexctl.plain.finding import Finding
    from rexctl.vocabulary.spelling import Entries

    Listed = Mapping[str, Mapping[str, Mapping[str, Any]]]


def gathered(document: Document, stem: str, into: Entries, ours: Listed) -> Iterator[Finding]:
    """Put the sound parts of a file into `into` by their codes, and give what is wrong.

    `stem` is the file's name without its ending; `ours` are the shipped lists, by part.
    """
    rows = document.value
    if not rows:
        return
    if not isinstance(rows, list):
        yield document.fault("wrong-shape", "must be a list of entries, each with its code",
                             hint="begin each with `- code:`")  # fmt: skip
        return
    for number, row in enumerate(rows):
        yield from _row(document, stem, number, row, into)
    yield from _names_of_others(document, stem, into, ours)


def _row(
    document: Document, stem: str, number: int, row: Any, into: Entries
) -> Iterator[Finding]:  # fmt: skip
    if not isinstance(row, dict) or not row.get("code"):
        yield document.fault("missing-field", "code is missing", (number,), on="key",
                             hint="each entry begins with `- code:`")  # fmt: skip
        return
    code = row["code"]
    told = code_fault(stem, code)
    if told:
        yield document.fault(told.code, told.message, (number, "code"), hint=told.hint)
        return
    if code in into:
        yield document.fault("code-twice", f"{code} stands here again", (number, "code"))
        return
    into[code] = {"code": code}
    for key, value in row.items():
        yield from _field(document, stem, (number, key), value, into[code])


def _field(
    document: Document, stem: str, path: tuple[int, str], value: Any, entry: dict[str, Any]
) -> Iterator[Finding]:
    _, key = path
    if key not in FIELDS[stem]:
        hint = did_you_mean(key, FIELDS[stem]) or f"one of {', '.join(FIELDS[stem])}"
        yield document.fault("unknown-field", f"{key}: no such field", path, on="key", hint=hint)
        return
    told = list(field_fault(FIELDS[stem][key], key, value))
    for fault in told:
        yield document.fault(fault.code, fault.message, (*path, *fault.path), hint=fault.hint)
    if not told:
        entry[key] = value


def _names_of_others(
    document: Document, stem: str, entries: Entries, ours: Listed
) -> Iterator[Finding]:
    """Tell a name that already means something else: a text must have one meaning."""
    part = {"legal-bases": "laws"}.get(stem, stem)
    taken = by_spelling({c: e for c, e in ours[part].items() if c not in entries})
    for number, row in enumerate(document.value):
        code = row.get("code") if isinstance(row, dict) else None
        entry = entries.get(code) if isinstance(code, str) else None
        if code is None or entry is None:
            continue
        for name in dict.fromkeys(spellings(code, entry)):
            if taken.setdefault(name, code) != code:
                yield document.fault("code-twice", f"{name} already means {taken[name]}",
                                     _place(number, row, name))  # fmt: skip


def _place(number: int, row: Mapping[str, Any], name: str) -> tuple[str | int, ...]:
    """Give the path of the field, or of the alias, that has a spelling."""
    for key in ("code", "name", "symbol"):
        if folded(str(row.get(key, ""))) == name:
            return (number, key)
    names = [folded(str(alias)) for alias in row.get("aliases", ())]
    return (number, "aliases", names.index(name))
