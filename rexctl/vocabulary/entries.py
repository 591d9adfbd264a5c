"""Parse and validate a log's own vocabulary files, and join them with the shipped vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.records import Finding
from rexctl.values.clock import is_timezone
from rexctl.values.codes import is_actor, is_law, is_slug
from rexctl.values.dates import is_day
from rexctl.values.suggest import did_you_mean
from rexctl.values.text import name_key
from rexctl.vocabulary import names, products

if TYPE_CHECKING:
    from rexctl.vocabulary.names import Entries

Shipped = Mapping[str, Mapping[str, Any]]
Fields = Mapping[str, str | list[str]]  # field -> kind of its value, in a list that of its items


class EntryFile(NamedTuple):
    """A file of entries: the part of the vocabulary that it holds, their fields and their codes."""

    part: str
    fields: Fields
    is_code: Callable[[str], bool]
    rule: str  # how a code is written


_COMMON: Fields = {"code": "text", "name": "text", "aliases": ["text"], "source": "text"}
_ACTOR: Fields = {
    **_COMMON,
    "country": "country",
    "tz": "zone",
    "members": ["members"],
    "people": ["text"],
    "titles": ["text"],
}
_MATERIAL: Fields = {**_COMMON, "symbol": "text", "hs": ["hs"]}
_SCHEME: Fields = {**_COMMON, "pattern": "pattern"}
_MEMBERS: Fields = {"codes": ["code"], "since": "day", "until": "day", "source": "any"}
_LAWS = EntryFile("laws", _COMMON, is_law, "a legal basis is written us/ieepa")
# Files in the folder `vocabulary/`: lists of entries, and mappings of a word to its meaning.
LISTS = {
    "actors": EntryFile("actors", _ACTOR, is_actor,
                        "an actor is written CN/mofcom, firm/asml or G7"),
    "materials": EntryFile("materials", _MATERIAL, is_slug,
                           "a material has only a-z, 0-9 and hyphens"),
    "laws": _LAWS,
    "lists": EntryFile("lists", _COMMON, is_law, "a list is written us/entity-list"),
    "schemes": EntryFile("schemes", _SCHEME, is_slug, "a scheme has only a-z, 0-9 and hyphens"),
    "legal-bases": _LAWS,  # the earlier name of laws
}  # fmt: skip
WORDS = ("tags", "episodes")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class Kind(NamedTuple):
    """A kind of text: what is valid, and the finding for what is not."""

    is_valid: Callable[[str], bool]
    code: str
    message: str  # after the value and a colon
    nearest: Callable[[str], str] | None = None
    hint: str = ""


_KINDS = {
    "country": Kind(names.is_country, "unknown-country", "no such country", names.nearest_country),
    "zone": Kind(is_timezone, "unknown-zone", "no such time zone", names.nearest_timezone),
    "hs": Kind(lambda text: products.is_known_hs(text) is not False, "unknown-product",
               "no such code in HS 2022", products.nearest_hs),
    "day": Kind(is_day, "bad-date", "not a day", hint="write YYYY-MM-DD"),
}  # fmt: skip


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
        from rexctl.yamlfile.documents import read_document  # a log without files needs no parser

        document = read_document(data, path)
        findings += [f for f in document.findings if f.code != "empty-file"]
        faults: Iterable[Finding]
        if stem in LISTS:
            part = LISTS[stem].part
            entries: Entries = {}
            faults = list(_parse_entries(document.value, LISTS[stem], shipped[part], entries))
            changed[part] = {**shipped[part], **entries}
        elif stem in WORDS:
            changed[stem] = {}
            faults = _parse_words(document.value, changed[stem])
        else:
            hint = _choices(stem, [*LISTS, *WORDS])
            faults = [Finding("unknown-vocabulary", f"{stem}: no such vocabulary", hint=hint)]
        findings += map(document.locate, faults)
    return changed, findings


def _parse_entries(
    rows: Any, file: EntryFile, shipped: Shipped, entries: Entries
) -> Iterator[Finding]:
    """Add the valid fields of each entry to `entries` by its code; yield what is wrong in the list."""
    if rows and not isinstance(rows, list):
        yield Finding("wrong-shape", "must be a list of entries, each with its code",
                      hint="begin each with `- code:`")  # fmt: skip
        return
    positions: dict[str, int] = {}
    for position, row in enumerate(rows or ()):
        fault = _entry_fault(row, file, entries)
        if fault:
            yield from _within([fault], position)
            continue
        code = row["code"]
        entries[code], positions[code] = {}, position
        for key, value in row.items():
            faults = list(_field_faults(file.fields, key, value))
            yield from _within(faults, position, key)
            if not faults:
                entries[code][key] = value
    codes = {**shipped, **entries}
    others = {code: entry for code, entry in shipped.items() if code not in entries}
    owners = names.index_names(others)
    for code, entry in entries.items():
        unclear = _name_faults(code, entry, owners, are_actors=file.part == "actors")
        yield from _within(chain(unclear, _member_faults(entry, codes)), positions[code])


def _entry_fault(row: Any, file: EntryFile, entries: Container[str]) -> Finding | None:
    """Return what is wrong with the code of an entry, or None."""
    code = row.get("code") if isinstance(row, dict) else None
    if not code:
        return Finding("missing-field", "code is missing", on="key",
                       hint="each entry begins with `- code:`")  # fmt: skip
    fault = None
    if not isinstance(code, str):
        fault = Finding("wrong-shape", "code must be a text")
    elif not file.is_code(code):
        fault = Finding("bad-slug", f"{code}: {file.rule}")
    elif code in entries:
        fault = Finding("code-twice", f"{code}: the list has this code already")
    else:
        head, slash, _ = code.partition("/")
        is_country = slash and file.part == "actors" and _COUNTRY.fullmatch(head)
        if is_country and not names.is_country(head):
            hint = _did_you_mean(names.nearest_country(head))
            fault = Finding("unknown-country", f"{code}: {head}: no such country", hint=hint)
    return fault and fault._replace(loc=("code",))


def _field_faults(fields: Fields, key: str, value: Any) -> Iterator[Finding]:
    """Yield what is wrong with a field of a mapping that has these fields."""
    kind = fields.get(key)
    if kind is None:
        hint = _choices(key, fields)
        yield Finding("unknown-field", f"{key}: no such field", hint=hint, on="key")
    elif isinstance(kind, str):
        yield from _value_faults(kind, value, f"{key} ")
    elif not isinstance(value, list):
        yield Finding("wrong-shape", f"{key} must be a list")
    else:
        for position, one in enumerate(value):
            yield from _within(_value_faults(kind[0], one), position)


def _value_faults(kind: str, value: Any, name: str = "") -> Iterator[Finding]:
    is_text = isinstance(value, str)
    if rule := _KINDS.get(kind):
        if not is_text or not rule.is_valid(value):
            hint = _did_you_mean(rule.nearest(str(value))) if rule.nearest else rule.hint
            yield Finding(rule.code, f"{value}: {rule.message}", hint=hint)
    elif kind == "members":  # of a bloc, for one span of time
        if not isinstance(value, dict) or not isinstance(value.get("codes"), list):
            yield Finding(
                "missing-field", "codes is missing", hint="members have codes, since and until"
            )
            return
        for key, part in value.items():
            yield from _within(_field_faults(_MEMBERS, key, part), key)
    elif kind != "any" and not is_text:
        yield Finding("wrong-shape", f"{name}must be a {'code' if kind == 'code' else 'text'}")
    elif kind == "text" and not (value.isascii() and value.isprintable()):
        from rexctl.model.rules import text_fault  # loads pydantic-core

        yield from filter(None, [text_fault(value)])
    elif kind == "pattern":
        try:
            re.compile(value)
        except re.error as error:
            yield Finding("bad-pattern", f"{value}: not a regular expression: {error}")


def _name_faults(
    code: str, entry: Mapping[str, Any], owners: dict[str, str], *, are_actors: bool
) -> Iterator[Finding]:
    """Yield a finding for each name of an entry that is one of another code in `owners`."""
    for path, text in names.names_of(entry):
        country = names.find_country(text) if are_actors else ""
        owner = country or owners.setdefault(name_key(text), code)
        if owner != code:
            yield Finding("code-twice", f"{text}: already a name of {owner}", loc=path)


def _member_faults(entry: Mapping[str, Any], actors: Container[str]) -> Iterator[Finding]:
    """Yield the members of a bloc that are neither countries nor among `actors`."""
    for row, group in enumerate(entry.get("members", ())):
        for position, code in enumerate(group["codes"]):
            if not names.is_country(code) and code not in actors:
                hint = _did_you_mean(names.nearest_country(code))
                yield Finding("unknown-actor", f"{code}: no such actor", hint=hint,
                              loc=("members", row, "codes", position))  # fmt: skip


def _parse_words(words: Any, meanings: dict[str, str]) -> Iterator[Finding]:
    """Add the words of a file with their meanings to `meanings`; yield what is wrong."""
    if words and not isinstance(words, dict):
        yield Finding("wrong-shape", "must be words with their meaning",
                      hint="write rare-earths: The seventeen rare-earth elements.")  # fmt: skip
        return
    for word, meaning in (words or {}).items():
        if not is_slug(word):
            yield Finding("bad-slug", f"{word}: a slug has only a-z, 0-9 and hyphens",
                          loc=(word,), on="key")  # fmt: skip
        elif not isinstance(meaning, str):
            yield Finding("wrong-shape", f"{word}: its meaning must be a text", loc=(word,))
        else:
            meanings[word] = meaning


def _within(faults: Iterable[Finding], *path: str | int) -> Iterator[Finding]:
    """Yield findings at the locations that they have below a path."""
    return (fault._replace(loc=(*path, *fault.loc)) for fault in faults)


def _did_you_mean(code: str) -> str:
    return f"did you mean {code}?" if code else ""


def _choices(text: str, choices: Iterable[str]) -> str:
    return did_you_mean(text, choices) or f"one of {', '.join(choices)}"
