"""The help page of every code: what a finding or an error means, and how to fix it.

A page is a Markdown file in `resources/pages/`, named after its code; the page of a check is the
docstring of its module. The tests run the examples under FAIL and PASS.
"""

import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rexctl.checks import OLD_CODES, RULES
from rexctl.model.tables import FIELDS

PAGES = Path(__file__).parent.parent / "resources" / "pages"
TOPICS = PAGES / "topics"
# The page of every code `unknown-...` without its own: unknown-flag, unknown-format ...
UNKNOWN_NAME = "unknown-word"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MAX_WIDTH, _MIN_WIDTH = 88, 20


class Page(NamedTuple):
    """A code, its sentence without the full stop, and the rest of the page as Markdown."""

    code: str
    sentence: str
    body: str

    @property
    def markdown(self) -> str:
        """The complete page, without the last line end."""
        return f"# {self.code}: {self.sentence}\n\n{self.body}".rstrip()


@cache
def codes() -> tuple[str, ...]:
    """Return every code that has a page, sorted."""
    files = (path.stem for path in PAGES.glob("*.md"))
    return tuple(sorted({*files, *RULES}))


def find_page(code: str) -> Page | None:
    """Return the page of a code, or None where there is none.

    A code `unknown-...` without its own page (`unknown-flag`) has the page of all such codes.
    """
    code = OLD_CODES.get(code, code)
    if code in RULES:
        from rexctl.checks.context import load_rule

        return _parse_docstring(code, str(load_rule(code).__doc__ or ""))
    if code in codes():
        return _parse_file(code, (PAGES / f"{code}.md").read_text(encoding="utf-8"))
    if code.startswith("unknown-"):
        shared = find_page(UNKNOWN_NAME)
        return shared._replace(code=code) if shared else None
    return None


@cache
def topics() -> tuple[str, ...]:
    """Return the names of the topics that `rexctl help` explains."""
    return tuple(sorted(path.stem for path in TOPICS.glob("*.md")))


def find_topic(name: str) -> Page | None:
    """Return the page of a topic, also in the singular or the plural; None where there is none.

    That of a state is the page of all of them.
    """
    singular = re.sub("ie$", "y", name.removesuffix("s"))
    name = "states" if name in FIELDS["state"].values else name.replace(" ", "-")
    name = next((one for one in (name, singular, f"{name}s") if one in topics()), "")
    if not name:
        return None
    return _parse_file(name, (TOPICS / f"{name}.md").read_text(encoding="utf-8"))


def pages() -> Iterator[Page]:
    """Yield every page, sorted by code."""
    return (page for page in map(find_page, codes()) if page)


def format_page(page: Page, width: int = 80) -> str:
    """Return a page as plain text: paragraphs wrapped, examples indented."""
    width = max(_MIN_WIDTH, min(width, _MAX_WIDTH))
    parts = [textwrap.fill(f"{page.code}: {page.sentence}", width)]
    end = 0
    for block in _BLOCK.finditer(page.body):
        parts += _wrap_paragraphs(page.body[end : block.start()], width)
        parts.append(textwrap.indent(block[2].rstrip("\n"), "    "))
        end = block.end()
    return "\n\n".join([*parts, *_wrap_paragraphs(page.body[end:], width)])


def _wrap_paragraphs(prose: str, width: int) -> list[str]:
    return [
        textwrap.fill(part.strip(), width, break_long_words=False, break_on_hyphens=False)
        for part in prose.split("\n\n")
        if part.strip()
    ]


def _parse_file(code: str, text: str) -> Page:
    heading, _, body = text.partition("\n")
    return Page(code, heading.removeprefix(f"# {code}: "), body.strip())


def _parse_docstring(code: str, docstring: str) -> Page:
    """Return the page of a check: a sentence, prose, then FAIL and PASS with a list of events."""
    caption, _, rest = docstring.strip().partition("\n")
    prose, *blocks = re.split(r"^(FAIL|PASS):\n", rest, flags=re.MULTILINE)
    parts = [prose.strip()] if prose.strip() else []
    for verdict, events in zip(blocks[::2], blocks[1::2], strict=True):
        parts.append(f"{verdict}:\n\n```yaml\n{events.strip()}\n```")
    return Page(code, caption.rstrip("."), "\n\n".join(parts))
