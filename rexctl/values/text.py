"""Count things in words; compare texts without case and accents, names without other spellings too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")
SEPARATOR = "\u200b"
# Around a word that matches a search: private characters, which no text needs.
MARKS = ("\ue000", "\ue001")
_LONGEST_NAME = 4  # pieces that may be one name: `Hong Kong SAR, China`
_BETWEEN_NAMES = re.compile(r"\s*(?:(?:(?<!\\),|;)\s*(?:and\b|&)?|&|\b(?:and|as well as)\b)\s*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# What a link that was shared has after its address: who shared it, and where.
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|mc_cid|mc_eid)=")
_DROPPED = str.maketrans({"&": " and ", "’": "'", ".": None, "-": " ", "‐": " ", "‑": " ", "–": " ",
                          "(": " ", ")": " ", "[": " ", "]": " "})  # fmt: skip

_NOT_IN_NAMES = re.compile(r"[,/'’`´]+")
_INSIDE_WORDS = re.compile(r"['’`´]|(?<=\b[a-z])\.")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s)")


def split_commas(text: str | None) -> list[str]:
    """Return the parts of a text between commas, without the empty ones.

    >>> split_commas("id, date,,")
    ['id', 'date']
    """
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def count_of(number: int, noun: str) -> str:
    """Return a number of things in words.

    >>> count_of(1, "entry"), count_of(2, "entry"), count_of(0, "day")
    ('1 entry', '2 entries', '0 days')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("ry") else f"{number} {noun}s"


def group_pairs(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Return the second items of pairs by the first ones.

    >>> group_pairs([("US", "USA"), ("CN", "CHN"), ("US", "the States")])
    {'US': ['USA', 'the States'], 'CN': ['CHN']}
    """
    groups: dict[K, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def comparison_key(text: str) -> str:
    """Return a text without case and accents: equal keys are equal texts to a reader.

    >>> comparison_key("Türkiye")
    'turkiye'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    key: str = _NOT_ASCII.sub(_drop_combining, decomposed)
    return key


def address_key(url: str) -> str:
    """Return a web address without what does not tell one page from another.

    >>> address_key("https://WWW.example.org/dd/#top"), address_key("http://example.org/dd?utm_source=x")
    ('example.org/dd', 'example.org/dd')
    """
    host, slash, path = url.partition("#")[0].partition("://")[2].partition("/")
    path, query, rest = path.partition("?")
    parameters = [one for one in rest.split("&") if one and not _TRACKING.match(one)]
    path += query + "&".join(parameters) if parameters else ""
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def name_key(name: str) -> str:
    """Return the comparison key of a name, without whatever else spellings of a name differ in.

    That is points, hyphens, brackets, a leading `the`, `&` for `and`, and white space.

    >>> name_key("The U.S."), name_key("Trinidad & Tobago"), name_key("Guinea-Bissau")
    ('us', 'trinidad and tobago', 'guinea bissau')
    """
    words = comparison_key(name).translate(_DROPPED).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def slug(text: str) -> str:
    """Return a text as a part of a code, a tag or an id: its letters of a-z and digits, hyphens between.

    >>> slug("Mano Bankas, AB"), slug("Russia's war in Ukraine"), slug("U.S. R&D, phase 1.5")
    ('mano-bankas-ab', 'russias-war-in-ukraine', 'us-r-and-d-phase-1-5')
    """
    key = _INSIDE_WORDS.sub("", comparison_key(text).replace("&", " and "))
    return "-".join(re.findall(r"[a-z0-9]+", key))


def country_key(name: str) -> str:
    """Return the comparison key of a country's name, whatever the order of its words.

    ISO 3166, the UN and the World Bank order and shorten the words of a name differently.

    >>> country_key("Korea, Rep.") == country_key("Republic of Korea")
    True
    >>> country_key("China, Hong Kong SAR") == country_key("Hong Kong Special Administrative Region of China")
    True
    """
    words = name_key(_NOT_IN_NAMES.sub(" ", name)).split()
    from rexctl.values.readings import readings  # names are read where something is typed

    short, small = readings()["country_words"], readings()["small_words"]
    full = [part for word in words for part in short.get(word, word).split()]
    return " ".join(sorted(word for word in full if word not in small) or full)


def organisation_key(name: str) -> str:
    """Return the comparison key of an organisation's name, whatever the order of its words.

    >>> organisation_key("China's Ministry of Commerce"), organisation_key("Ministry of Commerce, China")
    ('china commerce ministry', 'china commerce ministry')
    """
    words = country_key(_POSSESSIVE.sub("", name)).split()
    from rexctl.values.readings import readings

    abbreviated = readings()["abbreviated"]
    return " ".join(sorted(part for word in words for part in abbreviated.get(word, word).split()))


def split_names(text: str, is_name: Callable[[str], object]) -> list[str]:
    """Return the names that a text lists between commas, semicolons, `and` and `&`.

    A name may hold any of these (`Korea, Rep.`, `Trinidad and Tobago`): the longest one counts, and
    `and` between two unknown texts separates nothing, as does a comma behind a backslash.

    >>> split_names("A, B and C; D, d. and e and f", {"A", "B", "C", "D, d."}.__contains__)
    ['A', 'B', 'C', 'D, d.', 'e and f']
    """
    between = list(_BETWEEN_NAMES.finditer(text))
    starts = [0, *(one.end() for one in between)]
    ends = [*(one.start() for one in between), len(text)]
    names: list[str] = []
    position, is_unknown = 0, False  # whether the name before is none
    while position < len(starts):
        last = min(position + _LONGEST_NAME, len(starts)) - 1
        while last > position and not is_name(text[starts[position] : ends[last]]):
            last -= 1
        name = text[starts[position] : ends[last]].replace("\\,", ",").strip()
        was_unknown, is_unknown = is_unknown, not is_name(name)
        separator = between[position - 1][0] if position else ","
        if was_unknown and is_unknown and not {*",;"} & {*separator}:
            names[-1] += separator + name
        elif name:
            names.append(name)
        position = last + 1
    return names


def separate_characters(text: str) -> str:
    """Return the text with a zero-width space around each Chinese, Japanese or Korean character.

    No space separates words there. With each character a word of full text, a phrase of
    characters matches wherever they follow one another.
    """
    if text.isascii():
        return text
    return _characters().sub(f"{SEPARATOR}\\1{SEPARATOR}", text)


@cache
def _characters() -> re.Pattern[str]:
    """Return the pattern of one such character; to compile it takes 15 ms, and most commands need none.

    Kana, Han with its extensions and compatibility forms, Hangul, and the half-width forms.
    """
    return re.compile(
        "([\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
        "\uff66-\uff9f\U00020000-\U000323af])"
    )


def _drop_combining(match: re.Match[str]) -> str:
    return "".join([sign for sign in match[0] if not unicodedata.combining(sign)])
