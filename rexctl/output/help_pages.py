"""The page of every code: what a finding or an error means, and how to mend it.

A page is a Markdown file in `pages/`, named after its code; the page of a check is the docstring
of its module. FAIL and PASS stand over examples, which the tests run.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rexctl import registry
from rexctl.checks import CHECKS, OLD_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGES = Path(__file__).parent.parent / "resources" / "pages"
# Stands for every list of words that has no page of its own: unknown-flag, unknown-format ...
ANY_WORD = "unknown-word"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^(FAIL|PASS):\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WIDEST = 88
_ENDLESS = 10_000


class Page(NamedTuple):
    """A code, its one sentence without the full stop, and the rest of the page as Markdown."""

    code: str
    sentence: str
    body: str

    @property
    def markdown(self) -> str:
        """The whole page, without the last line end."""
        return f"# {self.code}: {self.sentence}\n\n{self.body}".rstrip()


class Example(NamedTuple):
    """What a page shows: `FAIL` or `PASS`, the language, and the text of a small file.

    Where the text begins with a line `...`, the rest of the event is left out.
    """

    verdict: str
    language: str
    text: str


@cache
def codes() -> tuple[str, ...]:
    """Give every code that has a page, in the order of the alphabet."""
    written = (path.stem for path in PAGES.glob("*.md"))
    return tuple(sorted({*written, *CHECKS}))


def page(code: str) -> Page | None:
    """Return the page of a code, or of what an earlier code is called now; None without a page.

    A list of words without a page of its own (`unknown-flag`) has the one of all such lists.
    """
    code = OLD_CODES.get(code, code)
    if code in CHECKS:
        return _of_check(code, str(registry.load(CHECKS[code]).__doc__ or ""))
    if code in codes():
        return _of_file(code, (PAGES / f"{code}.md").read_text(encoding="utf-8"))
    if code.startswith("unknown-"):
        shared = page(ANY_WORD)
        return shared._replace(code=code) if shared else None
    return None


def pages() -> Iterator[Page]:
    """Give every page."""
    return (found for found in map(page, codes()) if found)


def examples(found: Page) -> list[Example]:
    """Give the examples of a page, in their order."""
    return [Example(*match.groups()) for match in _EXAMPLE.finditer(found.body)]


def text(found: Page, width: int = 80) -> str:
    """Give a page as lines of plain text; paragraphs are filled, examples indented."""
    width = max(20, min(width, _WIDEST))
    parts = [textwrap.fill(f"{found.code}: {found.sentence}", width)]
    end = 0
    for block in _BLOCK.finditer(found.body):
        parts += _filled(found.body[end : block.start()], width)
        parts.append(textwrap.indent(block[2].rstrip("\n"), "    "))
        end = block.end()
    return "\n\n".join([*parts, *_filled(found.body[end:], width)])


def listed(found: Sequence[Page], width: int = 0) -> str:
    """Give codes and sentences side by side, the sentences filled; a width of 0 is without end."""
    beside = max(len(one.code) for one in found) + 2
    room = max(width - beside, 20) if width else _ENDLESS
    lines = []
    for one in found:
        sentence = textwrap.wrap(one.sentence, room, break_on_hyphens=False)
        lines.append(f"{one.code:<{beside}}{sentence[0]}")
        lines += [" " * beside + more for more in sentence[1:]]
    return "\n".join(lines)


def _filled(prose: str, width: int) -> list[str]:
    paragraphs = (part.strip() for part in prose.split("\n\n"))
    return [
        textwrap.fill(part, width, break_long_words=False, break_on_hyphens=False)
        for part in paragraphs
        if part
    ]


def _of_file(code: str, written: str) -> Page:
    heading, _, body = written.partition("\n")
    return Page(code, heading.removeprefix(f"# {code}: "), body.strip())


def _of_check(code: str, doc: str) -> Page:
    """Make a page of a docstring: a caption, prose, then PASS and FAIL with a list of events."""
    caption, _, rest = doc.strip().partition("\n")
    prose, *blocks = re.split(r"^(FAIL|PASS):\n", rest, flags=re.MULTILINE)
    parts = [prose.strip()] if prose.strip() else []
    for verdict, events in zip(blocks[::2], blocks[1::2], strict=True):
        parts.append(f"{verdict}:\n\n```yaml\n{events.strip()}\n```")
    return Page(code, caption.rstrip("."), "\n\n".join(parts))
