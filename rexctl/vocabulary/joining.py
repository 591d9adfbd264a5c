"""A log's own vocabulary laid over ours; what is wrong in its files is told by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.codes import is_slug
from rexctl.values.suggest import did_you_mean
from rexctl.vocabulary.listing import Listing
from rexctl.yamlfile.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding
    from rexctl.yamlfile.documents import Document

# Files of the folder `vocabulary/`: lists of entries, which are laid over ours, and words with
# their meaning, which only the log has.
LISTS = {"actors": "actors", "materials": "materials", "legal-bases": "laws"}
WORDS = ("tags", "episodes")


def laid_over(
    ours: Mapping[str, Mapping[str, Mapping[str, Any]]], files: Mapping[str, bytes]
) -> tuple[dict[str, Any], list[Finding]]:
    """Give the parts of the vocabulary that a log's files (path -> bytes) change, and all faults.

    An entry takes the place of ours of the same code. A sound field stands even where another
    field of its entry is at fault.
    """
    laid: dict[str, Any] = {}
    findings: list[Finding] = []
    for path, data in sorted(files.items()):
        stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        document = read_document(data, path)
        findings += [f for f in document.findings if f.code != "empty-file"]
        if stem in LISTS:
            listing = Listing(document, stem)
            findings += listing.faults(ours[LISTS[stem]])
            laid[LISTS[stem]] = {**ours[LISTS[stem]], **listing.entries}
        elif stem in WORDS:
            laid[stem] = {}
            findings += _words(document, laid[stem])
        else:
            findings.append(_stranger(document, stem))
    return laid, findings


def _stranger(document: Document, stem: str) -> Finding:
    known = [*LISTS, *WORDS]
    hint = did_you_mean(stem, known) or f"one of {', '.join(known)}"
    return document.fault("unknown-vocabulary", f"{stem}: no such vocabulary", hint=hint)


def _words(document: Document, into: dict[str, str]) -> Iterator[Finding]:
    words = document.value
    if not words:
        return
    if not isinstance(words, dict):
        yield document.fault("wrong-shape", "must be words with their meaning",
                             hint="write rare-earths: The seventeen rare-earth elements.")  # fmt: skip
        return
    for word, about in words.items():
        if not is_slug(word):
            yield document.fault("bad-slug", f"{word}: a slug is made of a-z, 0-9 and hyphens",
                                 (word,), on="key")  # fmt: skip
        elif not isinstance(about, str):
            yield document.fault("wrong-shape", f"{word}: its meaning must be a text", (word,))
        else:
            into[word] = about
