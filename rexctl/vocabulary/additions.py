"""Add an entry to a vocabulary file of a log; its text, comments included, stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.errors import ConflictError, InputRefusedError, bad_value
from rexctl.records import ERROR
from rexctl.values.codes import PRODUCT_SCHEMES, is_actor, is_law
from rexctl.vocabulary import names
from rexctl.vocabulary.entries import WORDS
from rexctl.vocabulary.vocabulary import parse_vocabulary
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.serialize import write_generic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.vocabulary.vocabulary import Vocabulary

# What `--kind` may name, and the file in `vocabulary/` that holds it.
KINDS = {"actor": "actors", "law": "laws", "list": "lists", "material": "materials",
         "scheme": "schemes", "tag": "tags", "episode": "episodes"}  # fmt: skip
_UPPER_HEAD = re.compile(r"[A-Z0-9]+(/|$)")


def kind_of(code: str, name: str) -> str:
    """Return the kind that the shape of a code shows. Raises UsageError where it shows none.

    >>> kind_of("firm/acme", "Acme"), kind_of("us/new-act", "New Act")
    ('actor', 'law')
    """
    if code.startswith("material:"):
        return "material"
    head, slash, _ = code.partition("/")
    if slash and is_law(code) and names.is_country(head.upper()):
        if "list" in f"{code} {name}".lower():
            raise bad_value(code, "a law or a list of names?", "add --kind law or --kind list")
        return "law"
    if is_actor(code) and (slash or _UPPER_HEAD.match(code)):
        return "actor"
    raise bad_value(code, "the code does not show what it is of",
                    f"add --kind: {', '.join(KINDS)}; a firm is written firm/acme")  # fmt: skip


def add_entry(
    files: Mapping[str, bytes], kind: str, code: str, name: str, more: Mapping[str, Any]
) -> tuple[str, bytes]:
    """Return the path of the file that holds a new code and what the file becomes.

    `files` are the vocabulary files of the log by their paths in it, `more` the other fields of the
    entry. Raises UsageError, ConflictError, InputRefusedError.
    """
    stem, path = KINDS[kind], f"vocabulary/{KINDS[kind]}.yaml"
    code = code.removeprefix("material:") if kind == "material" else code
    vocabulary, before = parse_vocabulary(dict(files))
    if faults := [one for one in before if one.path == path and one.level == ERROR]:
        raise InputRefusedError(faults)
    if known := _known(vocabulary, kind, code):
        raise ConflictError(f"{code}: the vocabulary has this code already: {known}",
                            f"rexctl codes {stem} {code} shows it")  # fmt: skip
    old = files.get(path, b"")
    if stem in WORDS and more:
        raise bad_value(f"--{next(iter(more))}", f"a {kind} has a meaning only")
    row = {"code": code, "name": name, **more}
    added: Any = {code: name} if stem in WORDS else [row]
    new = _appended(old, added)
    value = read_document(old, path).value or type(added)()
    # A file of another form, such as `[]`, cannot be added to at its end.
    if not isinstance(value, type(added)) or read_document(new, path).value != (
        {**value, **added} if isinstance(added, dict) else [*value, *added]
    ):
        raise bad_value(path, "nothing can be added at its end", "add the entry by hand")
    known_faults = {(one.code, one.message) for one in before}
    for one in parse_vocabulary({**files, path: new})[1]:
        if (one.code, one.message) not in known_faults:
            raise bad_value(code, one.message.removeprefix(f"{code}: "), one.hint, one.code)
    return path, new


def _appended(old: bytes, added: Any) -> bytes:
    """Return a file with an entry at its end; line ends and comments stay."""
    text = write_generic(added)
    end = b"\r\n" if b"\r\n" in old else b"\n"
    separator = end if old and not old.endswith(b"\n") else b""
    return old + separator + text.encode().replace(b"\n", end)


def _known(vocabulary: Vocabulary, kind: str, code: str) -> str:
    """Return the name of a code that the vocabulary has, or an empty text."""
    entries: Mapping[str, Any] = getattr(vocabulary, KINDS[kind])
    if code in entries:
        entry = entries[code]
        return str(entry if isinstance(entry, str) else entry.get("name", code))
    if kind == "actor":
        return names.country_name(code)
    return code if kind == "scheme" and code in PRODUCT_SCHEMES else ""
