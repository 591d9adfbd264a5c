"""Paths in an event: `effective.until`, `clauses.1(1).effective.from`, `sources.0.accessed`."""

import re
from collections.abc import Iterable

_STEP = re.compile(r"(?:\\.|[^.\\])+")


def parse_path(text: str) -> tuple[str, ...]:
    r"""Return the steps of a path: keys, and for lists the chief field of an item or its number.

    A dot within a step is written with a backslash.

    >>> parse_path("clauses.1(1).effective.from")
    ('clauses', '1(1)', 'effective', 'from')
    >>> parse_path(r"clauses.1\.2.text")
    ('clauses', '1.2', 'text')

    :raises ValueError: a step is empty.
    """
    steps = tuple(re.sub(r"\\(.)", r"\1", step) for step in _STEP.findall(text))
    if not steps or format_path(steps) != text:
        raise ValueError(f"{text}: a step of the path is empty")
    return steps


def format_path(steps: Iterable[str]) -> str:
    r"""Return the text of a path.

    >>> format_path(("clauses", "1.2", "text"))
    'clauses.1\\.2.text'
    """
    return ".".join(step.replace("\\", "\\\\").replace(".", "\\.") for step in steps)


def item_number(step: str, length: int) -> int | None:
    """Return the position that a step names in a list of this length, or None where it names none.

    >>> item_number("0", 2), item_number("2", 2), item_number("1(1)", 2)
    (0, None, None)
    """
    if step.isascii() and step.isdigit() and len(step) < 10 and int(step) < length:
        return int(step)
    return None
