"""Parts of an event as one text: `30%` for a rate, `>= 50% ownership` for a threshold; words of closed lists.

The text is what flags, assignments, forms and files may hold in the place of the part, and what a
cell of CSV holds. A part that has no text of its own, or says more than it, is an object of JSON.
"""

from __future__ import annotations

import re
import shlex
from functools import cache
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import HEADS, SHAPES, USUAL, WORDS
from rexctl.values import json_text
from rexctl.values.dates import BadDateError, parse_shape, stored_date
from rexctl.values.readings import pattern_of, readings, rewrite, with_digits
from rexctl.values.text import slug, split_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

_ID_WORDS = 5  # of a title, in the id that is made of it
_LONGEST = 200  # of a text that is read by these patterns
_BEGINNING = 4  # letters of a word that stand for it: `propose`, `threat`
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
# Part -> what its text has for each of its fields, in this order.
_FORMATS = {
    "Rate": {"qualifier": "{} ", "value": "{}", "unit": "{}", "currency": " {}", "per": "/{}", "of": " of {}"},
    "Threshold": {"metric": "{} ", "op": "{} ", "value": "{}", "unit": "{}", "of": " of {}"},
    "Count": {"qualifier": "{} ", "value": "{}"},
    "Names": {"qualifier": "{} ", "value": "{}", "of": " of {}"},
    "Link": {"rel": "{} ", "to": "{}", "clause": "#{}"},
}  # fmt: skip
UNITS = {"percent": "%", "percentage-points": "pp"}
OPERATORS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "="}


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
    return next(filter(None, (one.fullmatch(text) for one in _patterns(shape))), None)


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
    pieces = [piece.strip() for piece in pattern_of("between_parts").split(text)]
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


def split_persons(text: str) -> list[dict[str, str]]:
    """Return the persons that a text lists, with their offices; none where it may be one name.

    >>> split_persons("Mark Carney, Prime Minister of Canada, and Xi Jinping")
    [{'name': 'Mark Carney', 'office': 'Prime Minister of Canada'}, {'name': 'Xi Jinping'}]
    >>> split_persons("Carney, Mark"), split_persons("Carney; Xi")
    ([], [{'name': 'Carney'}, {'name': 'Xi'}])
    """
    persons: list[dict[str, str]] = []
    for part in text.split(";"):
        pieces = [name for one in re.split(r"(?<!\\),\s*(?:and\b|&)?", part) if one.strip()
                  for name in _two_persons(one.strip())]  # fmt: skip
        for piece in pieces:
            is_name = len(pieces) == 1 or pattern_of("person").fullmatch(piece)
            if persons and piece is not pieces[0] and pattern_of("office").fullmatch(piece):
                persons[-1]["office"] = piece
            elif persons and pattern_of("suffix").fullmatch(piece):
                persons[-1]["name"] += f", {piece}"
            elif is_name:
                persons.append({"name": piece.replace("\\,", ",")})
            else:
                return []
    return persons


def _two_persons(text: str) -> list[str]:
    """Return the names on both sides of `and`, where each is a person's, else the text."""
    names = re.split(r"\s+(?:and|&)\s+", text)
    return names if all(map(pattern_of("person").fullmatch, names)) else [text]


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
    if ends := pattern_of("range").fullmatch(text):
        low, high = (end for end in ends.groups() if end)
        verb = "raised" if float(low) < float(high) else "lowered"
        return (f'write "{verb} from {low}% to {high}%" for a change, "up to {max(low, high, key=float)}%" for the '
                f"highest; or, for a rate of a firm and that of all others, clauses.1.rates={low}% "
                f"clauses.1.entities=FIRM clauses.2.rates={high}%")  # fmt: skip
    rates = pattern_of("rate_and_rest").findall(text)
    named = pattern_of("goods_and_rate").findall(text)
    if len(named) == len(rates):
        rates = [(value, f"on {goods}") for goods, value in named]
    if len(rates) < 2:
        one = pattern_of("rate_with_goods").fullmatch(text)
        return f"write {one[1]}, and the goods ({one[2]}) in products" if one else ""
    after = (words for _, words in rates)
    matches = (
        pattern_of("on_goods").search(one) or pattern_of("bare_goods").fullmatch(one)
        for one in after
    )
    goods = [match[1] for match in matches if match]
    days = _days([words for _, words in rates], start)
    if len(goods) < len(rates) and len({*days}) < len(rates):
        goods, days = [], ["DAY"] * len(rates)
    terms = {"products": goods * (len(goods) == len(rates)),
             "effective.from": days, "effective.until": days[1:] if not goods else []}  # fmt: skip
    clauses = (f"clauses.{n}.{key}={value}" for n, (rate, _) in enumerate(rates, 1)
               for key, value in [("rates", f"{rate}%"), *((key, values[n - 1]) for key, values in terms.items()
                                                           if len(values) >= n)])  # fmt: skip
    return f"write a clause for each, in place of it: {shlex.join(clauses)}"


def _days(texts: Sequence[str], start: str) -> list[str]:
    """Return the day in each text, the first `start` where it has none; none where another has none."""
    from rexctl.values.typed_dates import typed_date

    days: list[str] = []
    for text in texts:
        match = pattern_of("day").search(text)
        if not match and days:
            return []
        try:
            day = stored_date(match[0], None) if match else start
            start = day if parse_shape(day) else typed_date(day, "from", start, None)
        except BadDateError:
            return []
        days.append(start)
    return days


@cache
def _patterns(shape: str) -> list[re.Pattern[str]]:
    return [re.compile(one, re.ASCII) for one in readings()["parts"].get(shape, ())]


def _fields(shape: str, groups: dict[str, str]) -> dict[str, Any]:
    """Return the groups of a match as fields, in the words of the schema."""
    for key, words in readings()["words"].items():
        if key in groups:
            groups[key] = words.get(groups[key].lower(), words.get(groups[key], groups[key]))
    if "currency" in groups:
        groups["unit"] = "specific"
    if shape == "Link" and "issuer" in groups:
        act = {"issuer": groups.pop("issuer"), "title": groups.pop("title")}
        return {**groups, "instrument": act}
    return {key: groups[key] for key in (*SHAPES.get(shape, ()), *groups) if key in groups}


def part_of(shape: str, text: str) -> dict[str, str]:
    """Return a text as the chief field of a part; where that is an id, several words are id and title.

    >>> part_of("Commitment", "India cuts its duty on cars"), part_of("TariffClause", "1(1)")
    ({'id': 'india-cuts-its-duty-on', 'what': 'India cuts its duty on cars'}, {'id': '1(1)'})
    """
    head, words = HEADS[shape], text.split()
    name = next((key for key in ("title", "what") if key in SHAPES[shape]), "")
    if head == "id" and name and len(words) > 1:
        return {head: slug(" ".join(words[:_ID_WORDS])), name: text}
    return {head: text}


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
        return UNITS.get(word, "")
    if key == "unit":
        return "%" if word == "percent" else f" {word}"
    if key == "qualifier":
        return word.replace("-", " ")
    return OPERATORS.get(word, word) if key == "op" else word


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


def choice_of(text: str, choices: Collection[str]) -> str:
    """Return the one of `choices` that a text means: but for capitals and blanks, or by its beginning.

    >>> choice_of("In Force", ("threatened", "adopted")), choice_of("threat", ("threatened", "adopted"))
    ('adopted', 'threatened')
    """
    word = "-".join(text.casefold().replace("_", " ").split())
    if word not in choices:
        word = next((one for one in choices if word in WORDS["choices"].get(one, ())), word)
    begun = [one for one in choices if one.startswith(word)] if len(word) >= _BEGINNING else []
    word = begun[0] if len(begun) == 1 else word
    return word if text not in choices and word in choices else text


def chosen(value: Any, choices: Collection[str]) -> Any:
    """Return the value of a field with these choices, a text or a list of them, in words of the list."""
    if isinstance(value, list):
        return [one for item in value for one in _chosen_items(item, choices)]
    return choice_of(value, choices) if isinstance(value, str) else value


def _chosen_items(item: Any, choices: Collection[str]) -> list[Any]:
    """Return the words that one item of a list is: several where each of a phrase is known."""
    if not isinstance(item, str) or choice_of(item, choices) in choices:
        return [chosen(item, choices)]
    parts = pattern_of("between_words").split(item.strip())
    words = [choice_of(one, choices) for one in parts]
    return list(dict.fromkeys(words)) if all(one in choices for one in words) else [item]


def choices_in(text: str, choices: Collection[str]) -> list[str]:
    """Return the choices that a part of a phrase names.

    >>> choices_in("ban of chips", ("licence", "prohibition"))
    ['prohibition']
    """
    words = [
        choice_of(one, choices)
        for part in pattern_of("between_words").split(text)
        for one in (part, *part.split())
    ]
    return [one for one in dict.fromkeys(words) if one in choices]
