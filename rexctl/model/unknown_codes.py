"""What to do about a code that the vocabulary lacks: the command that adds it, or what to write instead."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from rexctl.errors import UnknownCodeError
from rexctl.values.codes import PRODUCT_SCHEMES, is_actor, is_law, is_slug
from rexctl.values.readings import advice_on
from rexctl.values.text import slug

if TYPE_CHECKING:
    from rexctl.model.codes import Vocabulary

_SHORTEST_NAME = 4  # a shorter text is a code
_LONGEST_ADDED = 200  # a longer text is no name


def add_line(kind: str, text: str, vocabulary: Vocabulary) -> str:
    """Return the advice to add a code or a name to the vocabulary; empty where nothing can be added."""
    if len(text) > _LONGEST_ADDED:
        return ""
    if kind == "actor":
        return _actor_line(text.strip(), vocabulary)
    if kind == "product" and text.lower().startswith("material:"):
        code, name = f"material:{slug(text[9:])}", _words(text[9:])
    elif kind == "product" and ":" in text and is_slug(text.partition(":")[0]):
        scheme = text.partition(":")[0]
        if scheme in PRODUCT_SCHEMES:
            return ""
        code, name = f"{scheme} --kind scheme", _words(scheme)
    elif kind == "product":
        otherwise = "write a code such as hs:8703 or material:gallium; rexctl codes products WORD lists more"
        return advice_on("no_goods", text) or otherwise
    elif kind == "list" and is_law(text):
        code, name = f"{text} --kind list", _words(text.rpartition("/")[2])
    else:
        return ""
    return f"to add it: {_codes_add(code, name)}" if name else ""


def _actor_line(text: str, vocabulary: Vocabulary) -> str:
    """Return the advice for an actor that the vocabulary lacks: a code, or the name of anybody."""
    head, slash, body = text.partition("/")
    if slash:
        code = f"{_head(head, vocabulary)}/{slug(body)}"
        name = _words(body) if is_actor(body) else body.strip()
        return f"to add it: {_codes_add(code, name)}" if name and is_actor(code) else ""
    if len(text) < _SHORTEST_NAME or not (part := slug(text)):
        return ""
    if country := _country_in(text, vocabulary):
        return f"to add it: {_codes_add(f'{country}/{part}', text)}"
    if advice := advice_on("no_firms", text):
        return advice
    return ("for a person write the office as actor, such as US/president, and the name as speaker; "
            f"to add a firm: {_codes_add(f'firm/{part}', text)}")  # fmt: skip


def _country_in(text: str, vocabulary: Vocabulary) -> str:
    """Return the country in the name of a body: `China's new ministry`, `New Ministry of China`."""
    for name in (text.rpartition(" of ")[2], re.split(r"['’]s?\s", text)[0]):
        with suppress(UnknownCodeError):
            if name != text:
                return vocabulary.country(name)
    return ""


def _codes_add(code: str, name: str) -> str:
    """Return the command that adds a code; a shell reads it back as it is."""
    import shlex

    quoted = f'"{name}"' if re.fullmatch(r"[^\"$`\\!]*", name) else shlex.quote(name)
    return f"rexctl codes add {code} {quoted}"


def _head(text: str, vocabulary: Vocabulary) -> str:
    """Return the code of a country before the slash of an actor's code; any other word as it is.

    Two letters that are no country's are the beginning of no code.
    """
    try:
        return vocabulary.country(text)
    except UnknownCodeError:
        return "" if len(text) == 2 else text


def _words(text: str) -> str:
    """Return the words of a code as a name: `rare-earths` is Rare Earths."""
    words = text.replace("-", " ").split()
    if len(words) == 1 and len(text) < _SHORTEST_NAME:
        return text.upper()  # firm/bcg is BCG
    return " ".join(word[:1].upper() + word[1:] for word in words)
