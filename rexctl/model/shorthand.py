"""Parts of an event as one text: `30%` for a rate, `>= 50% ownership` for a threshold.

The text is what flags, assignments, forms and files may hold in the place of the part, and what a
cell of CSV holds. A part that has no text of its own, or says more than it, is an object of JSON.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import HEADS, SHAPES, USUAL, WORDS
from rexctl.values import json_text
from rexctl.values.dates import BadDateError, parse_shape, stored_date
from rexctl.values.text import split_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LONGEST = 200  # of a text that is read by these patterns
_NUMBER = r"(?P<value>[+-]?\d+(?:\.\d+)?)"
_QUALIFIERS = {"exactly": "exactly", "at least": "at-least", "at-least": "at-least",
               "about": "about", "up to": "up-to", "up-to": "up-to"}  # fmt: skip
_QUALIFIER = rf"(?:(?P<qualifier>{'|'.join(_QUALIFIERS)})\s+)?"
_UNITS = {"%": "percent", "percent": "percent", "per cent": "percent", "pp": "percentage-points",
          "percentage points": "percentage-points", "percentage-points": "percentage-points"}  # fmt: skip
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_MONEY = r"(?P<currency>US\$|[A-Za-z]{3}|[€£$])"
_SYMBOLS = {"US$": "USD", "€": "EUR", "£": "GBP"}
_PER = r"(?:\s*(?:/|\bper\b)\s*(?P<per>\S.*?))?"
_OPERATORS = {">=": "ge", "≥": "ge", "at least": "ge", "ge": "ge", ">": "gt", "more than": "gt",
              "gt": "gt", "<=": "le", "≤": "le", "at most": "le", "le": "le", "<": "lt",
              "less than": "lt", "lt": "lt", "=": "eq", "exactly": "eq", "eq": "eq"}  # fmt: skip
_OPERATOR = rf"(?:(?P<op>{'|'.join(sorted(_OPERATORS, key=len, reverse=True))})\s*)?"
_OF = r"(?:\s+of\s+(?P<of>\S.*?))?"
_REST = r"(?:\s*(?P<unit>[^\s\d/][^/]*?))?"
_ACTS = ("(?i:announcement|bulletin|circular|communique|decision|decree|determination|directive|"
         "executive order|eo|memorandum|notice|notification|order|proclamation|regulation|rule)")  # fmt: skip
_OF_EU = r"\((?:EU|EC|EEC|CFSP)\)\s+"
_NUMBER_OF_YEAR = r"(?:[Nn]o\.?\s*)?(?P<number>\S*\d\S*?)(?:/|\s+of\s+)(?P<year>[12]\d{3})"
# Between two parts: a comma, but for one that may be within a number, such as `2,5%`.
_BETWEEN = re.compile(r",\s+|(?<!\d),")
_RANGE = re.compile(r"(?:between |from )?(\d+(?:\.\d+)?)\s*(?:%|per ?cent)?\s*(?:-|–|to|and|through)\s*"
                    r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)?", re.IGNORECASE)  # fmt: skip
_RATE_AND_DAY = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)(.*?)(?=\d+(?:\.\d+)?\s*(?:%|per ?cent)|\Z)",
                           re.IGNORECASE)  # fmt: skip
_DAY = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?(?:,? \d{4})?|"
    r"[A-Z][a-z]{2,}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|[A-Z][a-z]{2,} \d{4}"
)
# Part -> the patterns of its text; a group is a field. The first one that matches counts.
_PATTERNS: dict[str, tuple[str, ...]] = {
    "Rate": (
        rf"{_QUALIFIER}{_NUMBER}\s*{_UNIT}(?:\s+ad valorem)?{_OF}",
        rf"{_QUALIFIER}{_NUMBER}\s*{_MONEY}{_PER}",
        rf"{_QUALIFIER}{_MONEY}\s*{_NUMBER}{_PER}",
    ),
    "Threshold": (
        rf"(?:(?P<metric>[a-z][a-z-]*?)(?:\s+|(?=[<>=≥≤])))?{_OPERATOR}{_NUMBER}{_REST}{_OF}",
    ),
    "Count": (rf"{_QUALIFIER}{_NUMBER}{_OF}",),
    "Quota": (rf"{_NUMBER}{_REST}(?:\s*(?:/|\bper\b)\s*(?P<period>\S.*?))?",),
    "Cap": (rf"{_NUMBER}{_REST}{_PER}",),
    "Step": (r"(?P<from>[\d-]{4,10}):\s*(?P<value>\d+(?:\.\d+)?)",),
    "Instrument": (
        rf"(?:(?P<issuer>\S.*?)\s+)??(?P<kind>(?i:implementing |delegated )?{_ACTS})\s+{_OF_EU}"
        r"(?P<year>20\d\d)/(?P<number>\d+)",
        rf"(?:(?P<issuer>\S.*?)\s+)??(?P<kind>{_ACTS})\s+(?:{_OF_EU})?{_NUMBER_OF_YEAR}",
        rf"(?P<issuer>\S.*?)\s+{_NUMBER_OF_YEAR}",
    ),
    # What only a person means so who types it now: a number is never a sentence.
    "TypedInstrument": (
        rf"(?:(?P<issuer>\S.*?)\s+)??(?P<kind>{_ACTS})\s+(?:[Nn]o\.?\s*)?(?P<number>\S*\d\S*)(?:\s+(?:of|dated)\s+\S.*?(?P<year>[12]\d{{3}}))?",
        r"(?P<title>\S+\s.*)",
    ),
    "Source": (r"(?P<title>\S.*?)[,;:]?\s+(?P<url>https?://\S+)",),
    "Effective": (
        r"(?:from\s+)?(?P<from>\S.*?)\s+(?:until|till)\s+(?P<until>\S.*)",
        r"(?:from\s+)?(?P<from>\S.*?),?\s+for\s+(?P<until>\S.*)",
        r"(?:from\s+)?(?P<from>\S.*?)(?:\.\.|\s+(?:to|through)\s+)(?P<through>\S.*)",
    ),
    "Link": (
        r"(?:(?P<rel>[a-z][a-z-]*)\s+)?(?P<issuer>\S[^:]*):\s+(?P<title>\S.*)",  # outside the log
        r"(?P<rel>[a-z][a-z-]*)\s+(?P<to>[^#]*[^#\s])(?:#(?P<clause>\S.*))?",
        r"(?P<to>[^#\s]+)#(?P<clause>\S.*)",
    ),
}
# Part -> what its text has for each of its fields, in this order.
_FORMATS = {
    "Rate": {"qualifier": "{} ", "value": "{}", "unit": "{}", "currency": " {}", "per": "/{}", "of": " of {}"},
    "Threshold": {"metric": "{} ", "op": "{} ", "value": "{}", "unit": "{}", "of": " of {}"},
    "Count": {"qualifier": "{} ", "value": "{}", "of": " of {}"},
    "Link": {"rel": "{} ", "to": "{}", "clause": "#{}"},
}  # fmt: skip
_SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "="}


def parse_object(shape: str, text: str) -> dict[str, Any] | None:
    """Return the fields of a part that is written as an object of JSON; None for another text.

    >>> parse_object("Source", '{"title": "Notice"}')
    {'title': 'Notice'}
    """
    if text[:1] != "{" or shape not in HEADS:
        return None
    try:
        value = json_text.loads_strict(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def parse_text(shape: str, text: str) -> dict[str, Any] | None:
    """Return the fields of a part that a text means; None where the text is its chief field.

    >>> parse_text("Rate", "80 USD/kg")
    {'value': '80', 'unit': 'specific', 'per': 'kg', 'currency': 'USD'}
    """
    for pattern in _patterns(shape) if len(text) <= _LONGEST or shape == "Source" else ():
        if match := pattern.fullmatch(text):
            return _fields(shape, {k: v for k, v in match.groupdict().items() if v})
    return None


def split_list(shape: str, text: str) -> list[str]:
    """Return the texts of parts that stand between commas; the text alone where it is one part.

    >>> split_list("Rate", "10%, 25%"), split_list("Rate", "2,5%")
    (['10%', '25%'], ['2,5%'])
    """
    pieces = [piece.strip() for piece in _BETWEEN.split(text)]
    is_list = all(re.fullmatch(_NUMBER, piece) or parse_text(shape, piece) for piece in pieces)
    return pieces if is_list and HEADS[shape] == "value" else [text]


def split_entities(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the names of firms that a text lists; none where commas may be within one name.

    A semicolon separates names, a comma those that have a legal form each or are known.

    >>> split_entities("Acme, Inc., Beta GmbH", bool), split_entities("IVANOV, Ivan", lambda _: False)
    (['Acme, Inc.', 'Beta GmbH'], [])
    """

    def is_firm(name: str) -> bool:
        sides = re.split(r" (?:and|&) ", name)
        return is_known(name) or (bool(_firms().fullmatch(name)) and not any(map(is_known, sides)))

    names = []
    for part in text.split(";"):
        listed = split_names(part.strip(), is_firm)
        if len(listed) > 1 and not all(map(is_firm, listed)):
            return []
        names += listed
    return names


@cache
def _firms() -> re.Pattern[str]:
    """Return the pattern of the whole name of one firm, by its legal form."""
    last, first = ("|".join(WORDS[key]) for key in ("legal_forms", "legal_forms_first"))
    form = rf"(?:{last}|(?:[a-z]\.)+[a-z])\.?"
    between = rf"(?i:(?!.*\s{form},? (?:and|&) ))(?!.* (?:and|&) (?:{first}) )"
    return re.compile(rf"{between}(?:(?:{first}) [^,]+|[^,]+(?i:(?:,?\s+{form})+))")


def explain_rates(text: str, start: str) -> str:
    """Return what to write for a text with several rates, of which the first begins on `start`.

    Empty where the text has fewer than two.

    >>> explain_rates("10% then 25% from 1 June 2026", "2026-02-01")[-109:]
    'clauses.1.effective.until=2026-06-01 clauses.2.rates=25% clauses.2.effective.from=2026-06-01'
    """
    if ends := _RANGE.fullmatch(text):
        low, high = ends.groups()
        return (f'write the highest, "up to {high}%"; or, for a rate of a firm and that of all others, '
                f"clauses.1.rates={low}% clauses.1.entities=FIRM clauses.2.rates={high}%")  # fmt: skip
    found = _RATE_AND_DAY.findall(text)
    if len(found) < 2:
        return ""
    from rexctl.values.typed_dates import typed_date

    days = []
    for _, words in found:
        with suppress(BadDateError):
            match = _DAY.search(words)
            day = stored_date(match[0], None) if match else start
            days.append(day if parse_shape(day) else typed_date(day, "from", start, None))
    days = days if len({*days}) == len(found) else ["DAY"] * len(found)
    return f"write a clause for each, in place of it: {_clauses(found, days)}"


def _clauses(found: Sequence[tuple[str, str]], days: Sequence[str]) -> str:
    """Return the assignments of clauses with these rates, the first days of each if known."""
    words = []
    for n, (value, _) in enumerate(found):
        words.append(f"clauses.{n + 1}.rates={value}%")
        words += [f"clauses.{n + 1}.effective.{key}={day}"
                  for key, day in zip(("from", "until"), days[n : n + 2], strict=False)]  # fmt: skip
    return " ".join(words)


@cache
def _patterns(shape: str) -> list[re.Pattern[str]]:
    return [re.compile(one, re.ASCII) for one in _PATTERNS.get(shape, ())]


def _fields(shape: str, found: dict[str, str]) -> dict[str, Any]:
    """Return the groups of a match as fields, in the words of the schema."""
    if "qualifier" in found:
        found["qualifier"] = _QUALIFIERS[found["qualifier"]]
    if found.get("kind", "").lower() == "eo":
        found["kind"] = "executive order"
    if "unit" in found:
        found["unit"] = _UNITS.get(found["unit"], found["unit"])
    if "op" in found:
        found["op"] = _OPERATORS[found["op"]]
    if "currency" in found:
        found["currency"] = _SYMBOLS.get(found["currency"], found["currency"])
        found["unit"] = "specific"
    if shape == "Link" and "issuer" in found:
        act = {"issuer": found.pop("issuer"), "title": found.pop("title")}
        return {**found, "instrument": act}
    return {key: found[key] for key in (*SHAPES.get(shape, ()), *found) if key in found}


def part_text(shape: str, part: Mapping[str, Any]) -> str:
    """Return a part as one text, from which the part can be read again.

    >>> part_text("Rate", {"value": "24", "unit": "percentage-points"})
    '24pp'
    >>> part_text("Rate", {"value": "24", "unit": "percent", "prior": "10"})
    '{"value": "24", "unit": "percent", "prior": "10"}'
    """
    formats = _FORMATS.get(shape, {HEADS.get(shape, ""): "{}"})
    words = (form.format(_short_word(shape, key, str(part[key])))
             for key, form in formats.items() if key in part)  # fmt: skip
    text = "".join(words).strip()
    if text and read_part(shape, text) == part:
        return text
    return json_text.dumps(part)


def _short_word(shape: str, key: str, word: str) -> str:
    """Return a word of the schema as a text of a part has it: `%` for percent."""
    if key == "unit" and shape == "Rate":
        return {"percent": "%", "percentage-points": "pp"}.get(word, "")
    if key == "unit":
        return "%" if word == "percent" else f" {word}"
    if key == "qualifier":
        return word.replace("-", " ")
    return _SIGNS.get(word, word) if key == "op" else word


def read_part(shape: str, text: str) -> dict[str, Any]:
    """Return the part that a text is, with the values that its schema declares as usual."""
    part = parse_object(shape, text) or parse_text(shape, text) or {HEADS[shape]: text}
    return with_usual(shape, part)


def with_usual(shape: str, part: dict[str, Any]) -> dict[str, Any]:
    """Return a part with the usual values of what it leaves out, such as the unit percent.

    An amount with a currency, or per something, is specific.
    """
    usual = USUAL.get(shape)
    if not usual or HEADS.get(shape) not in part:
        return part
    if shape == "Rate" and ("currency" in part or "per" in part):
        usual = {**usual, "unit": "specific"}
    return {**part, **{key: value for key, value in usual.items() if key not in part}}
