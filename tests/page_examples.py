"""The PASS and FAIL examples of help pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rexctl.output.help_pages import Page

_EXAMPLE = re.compile(r"^(FAIL|PASS):\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """An example of a page: `FAIL` or `PASS`, the language, and the text of a small file.

    A first line `...` means that other fields of the event are not shown.
    """

    verdict: str
    language: str
    text: str


def examples(page: Page) -> list[Example]:
    """Return the examples of a page in their order."""
    return [Example(*match.groups()) for match in _EXAMPLE.finditer(page.body)]
