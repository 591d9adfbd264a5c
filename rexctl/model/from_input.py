"""From what people type to the stored form: shorthand and names become fields and codes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rexctl.model.codes import METHODS, MOST_FINDINGS, code_finding, is_all, shape_of
from rexctl.model.tables import HEADS, SHAPES, USUAL
from rexctl.values.codes import UnknownCodeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rexctl.model.codes import Vocabulary
    from rexctl.model.tables import Loc
    from rexctl.records import Finding

    Plain = dict[str, Any]


def from_input(record: Any, vocabulary: Vocabulary) -> tuple[Any, list[Finding]]:
    """Return a record in the stored form, and a finding for each code that is not known.

    Names and codes of any spelling become codes (`China`, `CHN`: CN; `hs:2805.30`: hs:280530), a
    bare text stands for the chief field of a part, one value for a list of one, a number for its
    digits; a value that the schema declares as usual is added, and texts are stripped and composed
    (NFC). Fields whose names begin with `_` are dropped: other tools compute them. Whatever cannot
    be read so stays as it is, for `validate` to report. A record in the stored form is returned
    unchanged.
    """
    if not isinstance(record, dict):
        return record, []
    work = _Work(vocabulary)
    fields = {key: value for key, value in record.items() if str(key)[:1] != "_"}
    return work.mapping(fields, shape_of(fields), ()), work.findings


class _Work:
    """The conversion of one record: the vocabulary it uses, and its findings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.findings: list[Finding] = []

    def mapping(self, data: Mapping[str, Any], shape: str, loc: Loc) -> Plain:
        known = SHAPES.get(shape, {})
        result = {
            key: self.value(value, known.get(key), (*loc, key)) for key, value in data.items()
        }
        for key, usual in USUAL.get(shape, {}).items():
            result.setdefault(key, usual)
        return result

    def value(self, value: Any, kind: Any, loc: Loc) -> Any:
        if kind is None:  # an unknown field, or one of the project's own, which stays as it is
            return value
        if isinstance(kind, list):
            items = value if isinstance(value, list) else [value]
            return [self.value(item, kind[0], (*loc, n)) for n, item in enumerate(items)]
        bare, bar, shape = kind.partition("|")
        part = shape if bar else bare if bare in SHAPES else ""
        if isinstance(value, dict):
            return self.mapping(value, part, loc) if part else value
        if part and not bar and isinstance(value, str | int | float):
            return self.mapping({HEADS[part]: value}, part, loc)
        return self.text(value, bare, loc)

    def text(self, value: Any, kind: str, loc: Loc) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = repr(value)
        if not isinstance(value, str):
            return value
        if _has_surrogate(value):
            return value
        text = unicodedata.normalize("NFC", value.strip())
        if kind in METHODS and text and not is_all(text, loc):
            return self.code(text, kind, loc)
        return text

    def code(self, text: str, kind: str, loc: Loc) -> str:
        resolve: Callable[[str], str] = getattr(self.vocabulary, METHODS[kind])
        try:
            return resolve(text)
        except UnknownCodeError:
            some = len(self.findings) < MOST_FINDINGS
            if some and (finding := code_finding(kind, text, self.vocabulary)):
                self.findings.append(finding._replace(loc=loc))
            return text


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)
