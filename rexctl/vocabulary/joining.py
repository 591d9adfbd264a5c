"""A log's own vocabulary joined with ours; what is wrong in its files is told by place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rexctl.dialect.walk import walk
from rexctl.plain.finding import ERROR
from rexctl.plain.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rexctl.dialect.walk import Document
    from rexctl.plain.finding import Finding
    from rexctl.vocabulary.vocabulary import Vocabulary

# file -> field of the vocabulary; the first three are lists of entries, the others word: meaning
LISTS = {"actors": "actors", "materials": "materials", "legal-bases": "laws"}
WORDS = {"tags": "tags", "episodes": "episodes"}
_KEYS = ("code", "name", "aliases", "tz", "source", "symbol", "hs", "jurisdiction")


def by_code(entries: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give entries by their code."""
    return {str(entry["code"]): dict(entry) for entry in entries}


def joined(
    ours: Vocabulary, files: Mapping[str, bytes]
) -> tuple[Vocabulary, list[Finding]]:  # fmt: skip
    """Lay a log's files over our vocabulary."""
    findings: list[Finding] = []
    laid: dict[str, Any] = {}
    for path, data in sorted(files.items()):
        stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        (document, *_) = walk(data, path)
        findings += [f for f in document.findings if f.code != "empty-file"]
        if stem in LISTS:
            entries = dict(_entries(document, findings))
            laid[LISTS[stem]] = {**getattr(ours, LISTS[stem]), **entries}
        elif stem in WORDS:
            laid[WORDS[stem]] = dict(_words(document, findings))
        else:
            hint = did_you_mean(stem, [*LISTS, *WORDS]) or f"one of {', '.join([*LISTS, *WORDS])}"
            findings.append(document.fault("unknown-vocabulary", f"{stem}: no such vocabulary",
                                           hint=hint))  # fmt: skip
    return replace(ours, **laid, _named={}), findings


def _entries(
    document: Document, findings: list[Finding]
) -> Iterator[tuple[str, Mapping[str, Any]]]:  # fmt: skip
    rows = document.value
    if rows is None or rows == "":
        return
    if not isinstance(rows, list):
        findings.append(document.fault("wrong-shape", "must be a list of entries, each with code"))
        return
    seen: set[str] = set()
    for number, row in enumerate(rows):
        told = list(_row_faults(document, number, row, seen))
        findings += told
        if not any(f.level == ERROR for f in told):
            seen.add(str(row["code"]))
            yield str(row["code"]), row


def _row_faults(document: Document, number: int, row: Any, seen: set[str]) -> Iterator[Finding]:
    if not isinstance(row, dict) or not isinstance(row.get("code"), str):
        yield document.fault("missing-field", "code is missing", (number,), on="key")
        return
    if row["code"] in seen:
        yield document.fault("code-twice", f"{row['code']} stands here again", (number, "code"))
    for key in row:
        if key not in _KEYS:
            yield document.fault("unknown-field", f"{key}: no such field", (number, key), on="key",
                                 hint=did_you_mean(key, _KEYS))  # fmt: skip


def _words(document: Document, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    words = document.value
    if words is None or words == "":
        return
    if not isinstance(words, dict):
        findings.append(document.fault("wrong-shape", "must be words with their meaning"))
        return
    for word, about in words.items():
        if isinstance(about, str):
            yield word, about
        else:
            findings.append(
                document.fault("wrong-shape", f"{word}: its meaning must be a text", (word,))
            )
