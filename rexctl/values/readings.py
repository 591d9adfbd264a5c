"""How people write dates, rates and addresses: the rewritings of `resources/readings.yaml`."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parents[1] / "resources" / "readings.json"
_LONGEST = 300  # of a text that is rewritten
# `1,234,567`, `1,234.5`, `1 234`; `1,234` alone may be a decimal fraction.
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(?:,\d{3}){2,}|(?:,\d{3})+(?=\.\d)|(?:[ \u00a0\u202f']\d{3})+)(?!\d)"
)
_CENTS = re.compile(r"\b(\d+(?:\.\d+)?) ?(?:¢|cents?\b)", re.IGNORECASE)


@cache
def readings() -> dict[str, Any]:
    """Return the tables by name. Only typed input needs them."""
    tables: dict[str, Any] = json.loads(_TABLE.read_bytes())
    return tables


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """Return the pattern of a name in the table `patterns`."""
    return re.compile(readings()["patterns"][name])


def rewrite(name: str, text: str) -> str:
    """Return a text as the rewritings of a table make it, each in turn; else the text itself.

    >>> rewrite("date", "New Year's Eve 2025"), rewrite("date", "Q4 2025")
    ('31 December 2025', '2025-10/2025-12')
    """
    for form, better in _rewritings(name) if len(text) <= _LONGEST else ():
        if match := form.fullmatch(text):
            text = match.expand(better).strip()
    return text


@cache
def _rewritings(name: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(one, re.IGNORECASE), better) for one, better in readings().get(name, ())]


def advice_on(name: str, text: str) -> str:
    """Return what a table says of a text without a code, such as films in `no_goods`; else an empty text."""
    rows = readings()[name]
    return next((str(advice) for one, advice in rows if re.fullmatch(one, text, re.IGNORECASE)), "")


def with_digits(text: str) -> str:
    """Return a text whose numbers are written in digits alone; cents are parts of a dollar.

    >>> with_digits("twenty-five percent"), with_digits("1.5 billion"), with_digits("1,234.5")
    ('25 percent', '1500000000', '1234.5')
    >>> with_digits("5 cents per kg"), with_digits("1,234")
    ('$0.05 per kg', '1,234')
    """
    from decimal import Decimal

    numbers, multiples = readings()["numbers"], readings()["multiples"]
    words = "|".join(numbers)

    def sum_of(match: re.Match[str]) -> str:
        return str(sum(int(numbers[word.lower()]) for word in match.groups() if word))

    def product_of(match: re.Match[str]) -> str:
        return f"{(Decimal(match[1]) * int(multiples[match[2].lower()])).normalize():f}"

    text = re.sub(rf"(?i)\b({words})(?:[- ]({words}))?\b", sum_of, text)
    text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    text = re.sub(rf"(?i)\b(\d+(?:\.\d+)?)[ -]?({'|'.join(multiples)})\b", product_of, text)
    return _CENTS.sub(lambda match: f"${Decimal(match[1]) / 100}", text)
