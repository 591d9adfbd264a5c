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
from rexctl.values.readings import readings, rewrite, with_digits
from rexctl.values.text import split_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LONGEST = 200  # of a text that is read by these patterns
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
# Between two parts: a comma, but for one that may be within a number, such as `2,5%`.
_BETWEEN = re.compile(r",\s+|(?<!\d),")
_PERCENT = r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)?"
_RANGE = re.compile(rf"(?:between {_PERCENT} and|(?:from )?{_PERCENT}\s*(?:-|–|to|through))\s*{_PERCENT}",
                    re.IGNORECASE)  # fmt: skip
_WITH_GOODS = re.compile(
    r"(\d+(?:\.\d+)?\s*(?:%|per ?cent))(?: tariffs?| dut(?:y|ies))? (?:on|for) (.+)", re.IGNORECASE
)
_RATE_AND_DAY = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)(.*?)(?=\d+(?:\.\d+)?\s*(?:%|per ?cent)|\Z)",
                           re.IGNORECASE)  # fmt: skip
_DAY = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?(?:,? \d{4})?|"
    r"[A-Z][a-z]{2,}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|[A-Z][a-z]{2,} \d{4}"
)
# Part -> what its text has for each of its fields, in this order.
_FORMATS = {
    "Rate": {"qualifier": "{} ", "value": "{}", "unit": "{}", "currency": " {}", "per": "/{}", "of": " of {}"},
    "Threshold": {"metric": "{} ", "op": "{} ", "value": "{}", "unit": "{}", "of": " of {}"},
    "Count": {"qualifier": "{} ", "value": "{}"},
    "Names": {"qualifier": "{} ", "value": "{}", "of": " of {}"},
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
    if len(text) > _LONGEST and shape != "Source":
        return None
    is_count = shape in ("Count", "Names")
    match = None if is_count else _match(shape, text)
    if not match and (is_count or shape == "Rate"):
        text = with_digits(with_thousands(text) if is_count else text)
        match = _match(shape, rewrite("Names" if is_count else shape, text))
    return _fields(shape, {k: v for k, v in match.groupdict().items() if v}) if match else None


def _match(shape: str, text: str) -> re.Match[str] | None:
    """Return the match of the first pattern of a part that a text has."""
    return next(filter(None, (pattern.fullmatch(text) for pattern in _patterns(shape))), None)


def with_thousands(text: str) -> str:
    """Return a text of whole numbers without the commas in them: `1,500 firms` is `1500 firms`."""
    return re.sub(r"\b\d{1,3}(?:,\d{3})+\b", lambda match: match[0].replace(",", ""), text)


def split_list(shape: str, text: str) -> list[str]:
    """Return the texts of parts that stand between commas; the text alone where it is one part.

    >>> split_list("Rate", "10%, 25%"), split_list("Rate", "2,5%")
    (['10%', '25%'], ['2,5%'])
    """
    if shape == "Source":
        pieces = re.split(r"[,;]?\s+", text)
        return (
            pieces if all(re.match(r"<?(https?://|www\.)", piece) for piece in pieces) else [text]
        )
    pieces = [piece.strip() for piece in _BETWEEN.split(text)]
    # `10%, raised to 25%` are no two rates, and of `2 firms, 34 subsidiaries` the sum may be meant.
    is_list = all(re.fullmatch(_NUMBER, piece) or _match(shape, piece) for piece in pieces)
    is_list = is_list and not (shape == "Names" and re.search(r"\d (?!of )[a-z]", text))
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
        low, high = (end for end in ends.groups() if end)
        verb = "raised" if float(low) < float(high) else "lowered"
        return (f'write "{verb} from {low}% to {high}%" for a change, "up to {max(low, high, key=float)}%" for the '
                f"highest; or, for a rate of a firm and that of all others, clauses.1.rates={low}% "
                f"clauses.1.entities=FIRM clauses.2.rates={high}%")  # fmt: skip
    if goods := _WITH_GOODS.fullmatch(text):
        return f"write {goods[1]}, and the goods ({goods[2]}) in products"
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
    return [re.compile(one, re.ASCII) for one in readings()["parts"].get(shape, ())]


def _fields(shape: str, found: dict[str, str]) -> dict[str, Any]:
    """Return the groups of a match as fields, in the words of the schema."""
    for key, words in readings()["words"].items():
        if key in found:
            found[key] = words.get(found[key].lower(), words.get(found[key], found[key]))
    if "currency" in found:
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
