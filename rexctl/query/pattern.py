r"""Regular expressions of the operator `re`, in the syntax of the package `regex`.

Letters match in any case and `.` matches a line break too. A pattern has a limit on its length, on
its counted repetitions (`{2,5}`; the package writes them out when it compiles) and on the time that
it may take on one text, so that `(a+)+$` cannot hang.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from rexctl.errors import bad_value

MAX_LENGTH = 200  # characters
MAX_REPETITIONS = 1000  # the product of all counts, which bounds the size of the compiled pattern
TIMEOUT = 0.5  # seconds on one text
_COUNT = re.compile(r"\{(\d*),?(\d*)\}", re.ASCII)


@lru_cache(maxsize=64)
def compile_pattern(text: str) -> Any:
    """Return the compiled `regex` pattern of `text`.

    Raises UsageError for a syntax error, naming its column, and for a pattern over the limits.
    """
    import regex

    if len(text) > MAX_LENGTH:
        raise bad_value(f"{text[:20]}...", f"is a pattern of over {MAX_LENGTH} characters")
    counts = (max(int(number or 1) for number in pair) for pair in _COUNT.findall(text))
    if math.prod(max(count, 1) for count in counts) > MAX_REPETITIONS:
        raise bad_value(text, f"repeats over {MAX_REPETITIONS} times", "use + or * instead")
    try:
        return regex.compile(text, regex.IGNORECASE | regex.DOTALL)
    except regex.error as error:
        # The package says "missing ) at position 2", counted from 0.
        raise bad_value(text, f"is not a regular expression: {error}",
                            r"write \( for the character itself") from None  # fmt: skip


def search_pattern(text: str, subject: str | None) -> bool:
    """Return whether the pattern `text` matches somewhere in `subject`; None matches nothing.

    Raises UsageError where one text takes longer than TIMEOUT.
    """
    if subject is None:
        return False
    try:
        return compile_pattern(text).search(subject, timeout=TIMEOUT) is not None
    except TimeoutError:
        raise bad_value(
            text, f"takes over {TIMEOUT} s on one text", "write it without repeats inside repeats"
        ) from None
