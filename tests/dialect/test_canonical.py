"""What is read line by line, and what is left to the parser; the law for all bytes stands in
`tests/store/test_taking.py`, since only a judged event has canonical bytes.
"""

from __future__ import annotations

from typing import Any

import pytest

from rexctl.dialect import canonical
from rexctl.dialect.canonical import Canonical
from rexctl.dialect.source import LIMITS

SHAPES: dict[str, dict[str, Any]] = {
    "note": {"id": "id", "type": "word", "date": "date", "to": ["actor|Who"], "text": "prose",
             "parts": ["Who"], "lines": ["prose"], "who": "Who"},
    "Who": {"name": "text", "of": "text", "in": "Who"},
}  # fmt: skip
HEAD = "id: 2025-a\ntype: note\n"


def read(rest: str) -> object:
    found = Canonical(SHAPES).read((HEAD + rest).encode())
    return found and {key: value for key, value in found.items() if key not in ("id", "type")}


def test_scalars_lists_mappings_and_blocks_are_read() -> None:
    text = """\
date: 2025
to:
  - "NO"
  - name: a \\ b
    of: "say \\"x: y\\""
text: |
  One.

    # Two: three
parts:
  - name: a
    in:
      of: b
lines:
  - |
    - a
    b
who:
  name: 稀土
x-a:
  z:
    - b: c
      a: d
  a: "0103"
"""
    assert read(text) == {
        "date": "2025",
        "to": ["NO", {"name": "a \\ b", "of": 'say "x: y"'}],
        "text": "One.\n\n  # Two: three",
        "parts": [{"name": "a", "in": {"of": "b"}}],
        "lines": ["- a\nb"],
        "who": {"name": "稀土"},
        "x-a": {"z": [{"b": "c", "a": "d"}], "a": "0103"},
    }


@pytest.mark.parametrize("rest", [
    "date: 2025 # said\n", "# said\ndate: 2025\n", "date:  2025\n", "date: 2025 \n", "date: '2025'\n",
    'date: "2025"\n', "date: 2025\n\n", "\ndate: 2025\n", "date: 2025", "date: 2025\r\n", "date: NO\n",
    "date: 0103\n", "date: a\n  b\n", "date: a\ndate: b\n", "who:\n  name: a\ndate: b\n", "date:\n",
    "date: &a b\n", "date: *a\n", "date: !t b\n", "date: a\tb\n", "date: {}\n", "date: [a]\n", "date: |\n  a\n",
    'date: "a\\tb"\n', 'date: "a\\u00adb"\n', 'date: "\\x41"\n', "to:\n- a\n", "to:\n   - a\n", "to:\n  -  a\n",
    "to:\n  - a\n   - b\n", "to:\n  -\n", "to:\n  - - a\n", "to:\n    - a\n", "who:\n    name: a\n",
    "who:\n  of: a\n  name: b\n", "who:\n  name: a\n name: b\n", "who: \n  name: a\n", "text: a\n", "text: |-\n  a\n",
    "text: >\n  a\n", "text: |\n", "text: |\n\n  a\n", "text: |\n   a\n", "text: |\n  a \n", "text: |\n  a\n\n",
    "text: |\n  a\n  \n  b\n", "text: |\n  \ta\n", "text: | # said\n  a\n", "text: |2\n  a\n",
    "? a\n", "<<: a\n", "no: a\n",
    '"x-a": b\n', "_a: b\n", "x-b: c\nx-a: d\n", "x-a:\n  b: c\n  b: d\n", "---\n",
    "date: 2025\n...\n", "date: a\x85b\n",
    "x-a: |\n  b\n", "lines:\n  - a\n", "date: ~\n", "date: 2025\n---\n",
])  # fmt: skip
def test_any_other_spelling_is_left_to_the_parser(rest: str) -> None:
    assert read(rest) is None


@pytest.mark.parametrize("data", [
    b"", b"\n", b"type: note\nid: a\n", b"\xef\xbb\xbf" + HEAD.encode(), HEAD.encode("utf-16"),
    b"id: \xff\ntype: note\n", HEAD.encode() + b"date: \xff\n",
])  # fmt: skip
def test_what_begins_otherwise_is_left_to_the_parser(data: bytes) -> None:
    assert Canonical(SHAPES).read(data) is None


def test_what_may_pass_a_limit_is_left_to_the_parser() -> None:
    deep = "".join(f"{'  ' * n}x-a:\n" for n in range(LIMITS.depth))
    assert read(deep + "  " * LIMITS.depth + "x-a: b\n") is None
    assert read("to:\n" + "  - a\n" * (LIMITS.values // 2)) is None
    assert read("date: " + "a" * LIMITS.size + "\n") is None


def test_the_memory_of_lines_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "_MOST_KEPT", 3)
    reader = Canonical(SHAPES)
    for n in range(20):
        assert reader.read(f"{HEAD}date: {2000 + n}\n".encode()) is not None
        assert reader.read(f"{HEAD}date: {'x' * 200}\n".encode()) is not None
        assert len(reader.plan("note")) <= 3
    assert not any(len(line) > 100 for line in reader.plan("note"))
