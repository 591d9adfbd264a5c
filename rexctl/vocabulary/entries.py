"""Parse and validate a log's own vocabulary files, and join them with the shipped vocabulary."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rexctl.records import Finding
from rexctl.values.clock import is_timezone
from rexctl.values.codes import is_actor, is_law, is_slug
from rexctl.values.dates import is_day
from rexctl.values.suggest import did_you_mean
from rexctl.values.text import name_key
from rexctl.vocabulary import names, products
from rexctl.yamlfile.documents import Document, read_document

if TYPE_CHECKING:
    from rexctl.vocabulary.shipped import Entries

Shipped = Mapping[str, Mapping[str, Any]]
Path = tuple[str | int, ...]

# Files in the folder `vocabulary/`: lists of entries, and mappings of a word to its meaning.
LISTS = {
    "actors": "actors",
    "materials": "materials",
    "laws": "laws",
    "lists": "lists",
    "schemes": "schemes",
    "legal-bases": "laws",
}  # legal-bases: the earlier name of laws
WORDS = ("tags", "episodes")

_COMMON = {"code": "text", "name": "text", "aliases": "texts", "source": "text"}
# File -> field of an entry -> what the field holds.
FIELDS = {
    "actors": {**_COMMON, "country": "country", "tz": "zone", "members": "members"},
    "materials": {**_COMMON, "symbol": "text", "hs": "hs"},
    "laws": _COMMON,
    "lists": _COMMON,
    "schemes": {**_COMMON, "pattern": "pattern"},
    "legal-bases": _COMMON,
}
_CODES: dict[str, tuple[Callable[[str], bool], str]] = {
    "actors": (is_actor, "an actor is written CN/mofcom, firm/asml or G7"),
    "materials": (is_slug, "a material has only a-z, 0-9 and hyphens"),
    "laws": (is_law, "a legal basis is written us/ieepa"),
    "lists": (is_law, "a list is written us/entity-list"),
    "schemes": (is_slug, "a scheme has only a-z, 0-9 and hyphens"),
    "legal-bases": (is_law, "a legal basis is written us/ieepa"),
}
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_MEMBERS = ("codes", "since", "until", "source")


def join_files(
    shipped: Mapping[str, Shipped], files: Mapping[str, bytes]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the parts of the vocabulary that a log's files (path -> bytes) change, and findings.

    An entry replaces the shipped one of the same code. The valid fields of an entry count also
    where another of its fields has a fault.
    """
    changed: dict[str, Any] = {}
    findings: list[Finding] = []
    for path, data in sorted(files.items()):
        stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        document = read_document(data, path)
        findings += [f for f in document.findings if f.code != "empty-file"]
        if stem in LISTS:
            entries = EntryList(document, stem)
            findings += entries.validate(shipped[LISTS[stem]])
            changed[LISTS[stem]] = {**shipped[LISTS[stem]], **entries.entries}
        elif stem in WORDS:
            changed[stem] = {}
            findings += _parse_words(document, changed[stem])
        else:
            known = [*LISTS, *WORDS]
            hint = did_you_mean(stem, known) or f"one of {', '.join(known)}"
            findings.append(
                document.fault("unknown-vocabulary", f"{stem}: no such vocabulary", hint=hint)
            )
    return changed, findings


class EntryList:
    """The list in one file; `stem` is the name of the file without its suffix.

    After `validate`, `entries` holds the valid fields of each entry by its code.
    """

    def __init__(self, document: Document, stem: str) -> None:
        self.document, self.stem = document, stem
        self.entries: Entries = {}
        self._position: dict[str, int] = {}  # code -> position of its entry in the list

    def validate(self, shipped: Shipped) -> Iterator[Finding]:
        """Parse the list and yield what is wrong; `shipped` are the shipped entries."""
        rows = self.document.value
        if not rows:
            return
        if not isinstance(rows, list):
            yield self.document.fault("wrong-shape", "must be a list of entries, each with its code",
                                      hint="begin each with `- code:`")  # fmt: skip
            return
        for position, row in enumerate(rows):
            yield from self._parse_entry(position, row)
        yield from self._ambiguous_names(shipped)
        for code, entry in self.entries.items():
            for fault in member_faults(entry, {**shipped, **self.entries}):
                yield self._finding(fault, (self._position[code],))

    def _parse_entry(self, position: int, row: Any) -> Iterator[Finding]:
        if not isinstance(row, dict) or not row.get("code"):
            yield self.document.fault("missing-field", "code is missing", (position,), on="key",
                                      hint="each entry begins with `- code:`")  # fmt: skip
            return
        code = row["code"]
        fault = code_fault(self.stem, code)
        if fault:
            yield self._finding(fault, (position, "code"))
        elif code in self.entries:
            yield self.document.fault("code-twice", f"{code}: the list has this code already",
                                      (position, "code"))  # fmt: skip
        else:
            self.entries[code], self._position[code] = {}, position
            for key, value in row.items():
                yield from self._parse_field(code, key, value)

    def _parse_field(self, code: str, key: str, value: Any) -> Iterator[Finding]:
        path, fields = (self._position[code], key), FIELDS[self.stem]
        if key not in fields:
            hint = did_you_mean(key, fields) or f"one of {', '.join(fields)}"
            yield self.document.fault("unknown-field", f"{key}: no such field", path,
                                      on="key", hint=hint)  # fmt: skip
            return
        faults = list(field_faults(fields[key], key, value))
        yield from (self._finding(fault, path) for fault in faults)
        if not faults:
            self.entries[code][key] = value

    def _ambiguous_names(self, shipped: Shipped) -> Iterator[Finding]:
        """Yield a finding for each name that is one of another code."""
        taken = names.index_names(
            {code: shipped[code] for code in shipped if code not in self.entries}
        )
        for code, entry in self.entries.items():
            for path, text in names.names_of(entry):
                country = names.find_country(text) if self.stem == "actors" else ""
                owner = country or taken.setdefault(name_key(text), code)
                if owner != code:
                    yield self.document.fault("code-twice", f"{text}: already a name of {owner}",
                                              (self._position[code], *path))  # fmt: skip

    def _finding(self, fault: Finding, path: Path) -> Finding:
        return self.document.locate(fault._replace(loc=(*path, *fault.loc)))


def code_fault(stem: str, code: Any) -> Finding | None:
    """Return what is wrong with the code of an entry in the file `stem`, or None."""
    if not isinstance(code, str):
        return Finding("wrong-shape", "code must be a text")
    is_valid, rule = _CODES[stem]
    if not is_valid(code):
        return Finding("bad-slug", f"{code}: {rule}")
    head, slash, _ = code.partition("/")
    if stem == "actors" and slash and _COUNTRY.fullmatch(head) and not names.is_country(head):
        hint = _did_you_mean(names.nearest_country(head))
        return Finding("unknown-country", f"{code}: {head}: no such country", hint=hint)
    return None


def field_faults(kind: str, key: str, value: Any) -> Iterator[Finding]:
    """Yield what is wrong with the value of a field that holds `kind`."""
    if kind in ("text", "pattern") and not isinstance(value, str):
        yield Finding("wrong-shape", f"{key} must be a text")
    elif kind == "text":
        yield from _text_faults(value)
    elif kind == "pattern":
        try:
            re.compile(value)
        except re.error as error:
            yield Finding("bad-pattern", f"{value}: not a regular expression: {error}")
    elif kind == "country":
        if not isinstance(value, str) or not names.is_country(value):
            near = names.find_country(str(value)) or names.nearest_country(str(value))
            yield Finding("unknown-country", f"{value}: no such country", _did_you_mean(near))
    elif kind == "zone":
        if not isinstance(value, str) or not is_timezone(value):
            hint = _did_you_mean(names.nearest_timezone(str(value)))
            yield Finding("unknown-zone", f"{value}: no such time zone", hint=hint)
    elif kind in ("texts", "hs", "members"):
        if not isinstance(value, list):
            yield Finding("wrong-shape", f"{key} must be a list")
            return
        check = {"texts": _text_faults, "hs": _hs_faults, "members": _group_faults}[kind]
        for position, one in enumerate(value):
            yield from (f._replace(loc=(position, *f.loc)) for f in check(one))


def member_faults(entry: Mapping[str, Any], actors: Container[str]) -> Iterator[Finding]:
    """Yield the members of a bloc that are neither countries nor among `actors`."""
    for row, group in enumerate(entry.get("members", ())):
        for position, code in enumerate(group["codes"]):
            if not names.is_country(code) and code not in actors:
                near = names.find_country(code) or names.nearest_country(code)
                path = ("members", row, "codes", position)
                yield Finding(
                    "unknown-actor", f"{code}: no such actor", hint=_did_you_mean(near), loc=path
                )


def _text_faults(value: Any) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield Finding("wrong-shape", "must be a text")
    elif not (value.isascii() and value.isprintable()):
        from pydantic_core import PydanticCustomError

        from rexctl.model.rules import check_characters

        try:
            check_characters(value)
        except PydanticCustomError as error:
            context = error.context or {}
            yield Finding(error.type, context["message"], hint=context["hint"])


def _hs_faults(value: Any) -> Iterator[Finding]:
    if not isinstance(value, str) or products.is_known_hs(value) is False:
        near = products.nearest_hs(value) if isinstance(value, str) and value.isdecimal() else ""
        yield Finding(
            "unknown-product", f"{value}: no such code in HS 2022", hint=_did_you_mean(near)
        )


def _group_faults(value: Any) -> Iterator[Finding]:
    """Yield what is wrong with the members of a bloc for one span of time."""
    if not isinstance(value, dict) or not isinstance(value.get("codes"), list):
        yield Finding(
            "missing-field", "codes is missing", hint="members have codes, since and until"
        )
        return
    for key, part in value.items():
        if key not in _MEMBERS:
            hint = did_you_mean(key, _MEMBERS) or f"one of {', '.join(_MEMBERS)}"
            yield Finding("unknown-field", f"{key}: no such field", hint=hint, loc=(key,))
        elif key in ("since", "until") and not (isinstance(part, str) and is_day(part)):
            yield Finding("bad-date", f"{part}: not a day", hint="write YYYY-MM-DD", loc=(key,))
    for position, code in enumerate(value["codes"]):
        if not isinstance(code, str):
            yield Finding("wrong-shape", "must be a code", loc=("codes", position))


def _did_you_mean(code: str) -> str:
    return f"did you mean {code}?" if code else ""


def _parse_words(document: Document, into: dict[str, str]) -> Iterator[Finding]:
    """Put the words of a file with their meanings `into` a mapping; yield what is wrong."""
    words = document.value
    if not words:
        return
    if not isinstance(words, dict):
        yield document.fault("wrong-shape", "must be words with their meaning",
                             hint="write rare-earths: The seventeen rare-earth elements.")  # fmt: skip
        return
    for word, meaning in words.items():
        if not is_slug(word):
            yield document.fault("bad-slug", f"{word}: a slug has only a-z, 0-9 and hyphens",
                                 (word,), on="key")  # fmt: skip
        elif not isinstance(meaning, str):
            yield document.fault("wrong-shape", f"{word}: its meaning must be a text", (word,))
        else:
            into[word] = meaning
