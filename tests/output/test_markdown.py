from __future__ import annotations

import io

import pytest

from rexctl.output import Options
from rexctl.output.markdown import escape, write
from rexctl.records import Row, Table


def test_a_table_has_a_heading_and_numbers_to_the_right() -> None:
    out = io.StringIO()
    rows = [Row({"id": "a-1", "actors": ["US", "CN"], "n": "3"})]
    write(Table(("id", "actors", "n"), rows, right=("n",)), out, Options())
    assert out.getvalue() == "| id | actors | n |\n| --- | --- | ---: |\n| a-1 | US, CN | 3 |\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a\\|b"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        ("AT&T", "AT&amp;T"),
        ("*bold* `code` [x](y)", "\\*bold\\* \\`code\\` \\[x\\](y)"),
        ("snake_case _em_", "snake_case \\_em\\_"),
        ("one\ntwo", "one two"),
        ("2025-10~", "2025-10\\~"),
        ("\x1b\u202e", "\\\\u001b\\\\u202e"),
        ("see https://example.org/a_b", "see <https://example.org/a_b>"),
        ("https://x|y", "https://x\\|y"),
        ("2025-10-09-cn-mofcom-61", "2025-10-09-cn-mofcom-61"),
    ],
)
def test_a_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_a_mark_after_an_address_is_no_part_of_its_link() -> None:
    assert escape("source https://example.org/a: read") == "source <https://example.org/a>: read"
    assert escape("see https://example.org/x_(y).") == "see <https://example.org/x_(y)>."
