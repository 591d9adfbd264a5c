"""Which lines are read, and which are left to the parser; the law for all bytes is `test_reading`'s."""

from __future__ import annotations

import json

import pytest

from rexctl.store.canonical.lines import Lines
from rexctl.store.canonical.places import OtherWise
from rexctl.store.canonical.reading import Canonical
from rexctl.vocabulary.vocabulary import shipped

CANONICAL = Canonical(shipped())
HEAD = (
    "id: 2025-10-09-a\ntype: tariff\ntitle: A\ndate: 2025-10-09\nstatus: adopted\nactors:\n  - CN\n"
)
SOURCES = "sources:\n  - url: https://example.org/a\n"


def read(between: str, after: str = "") -> str | None:
    row = CANONICAL.row((HEAD + between + SOURCES + after).encode())
    return row and row.json


def test_scalars_lists_mappings_and_blocks_are_read() -> None:
    line = read("""\
affected:
  - all
summary: |
  One.

  Two: # three
instrument:
  issuer: CN/mofcom
  number: "010"
products:
  - hs:2846
  - code: hs:2805
    text: "say \\"x: y\\""
rates:
  - value: 100
    unit: percent
exclusions:
  - text: |
      Some.
effective:
  from: 2025-10-09
""")
    assert line is not None
    found = json.loads(line)
    assert found["summary"] == "One.\n\nTwo: # three"
    assert found["instrument"] == {"issuer": "CN/mofcom", "number": "010"}
    assert found["products"] == ["hs:2846", {"code": "hs:2805", "text": 'say "x: y"'}]
    assert found["rates"] == [{"value": 100, "unit": "percent"}]
    assert found["exclusions"] == [{"text": "Some."}]


@pytest.mark.parametrize("between", [
    "# said\naffected:\n  - CN\n", "affected:\n- CN\n", "affected:\n   - CN\n", "affected:\n  -  CN\n",
    "affected:\n  - CN\n   - US\n", "affected:\n  -\n", "affected:\n  - - CN\n",
    "affected:\n    - CN\n", "affected:\n", "affected: CN\n", "affected:\n  - Atlantis\n",
    "affected:\n  CN: US\n", "affected:\n  - CN: US\n", "summary: A.\n", "summary: |-\n  A.\n",
    "summary: >\n  A.\n", "summary: |\n", "summary: |\n\n  A.\n", "summary: |\n   A.\n",
    "summary: |\n  A. \n", "summary: |\n  A.\n\n", "summary:\n", "summary: |\n  One. Two.\n",
    "summary: |\n  A.\n  \n  B.\n", "summary: |\n  \tA.\n", "summary: | # said\n  A.\n",
    "effective: 2025\n", "effective:\n  from: 2025\n  from: 2025\n",
    "effective:\n  until: 2026\n  from: 2025\n", "effective:\n    from: 2025\n",
    "effective: \n  from: 2025\n", "effective:\n  from: x\n", "effective:\n  form: 2025\n",
    "effective:\n  - from: 2025\n", "rates:\n  - value: 100\n",
    "rates:\n  - value: ten\n    unit: percent\n", "rates:\n  value: 100\n  unit: percent\n",
    "rates:\n  - 100\n", "x-a: b\n", "no: a\n", "status: adopted\n", "---\n", "\n",
])  # fmt: skip
def test_any_other_spelling_or_fault_is_left_to_the_long_way(between: str) -> None:
    assert read(
        "affected:\n  - CN\nsummary: |\n  A.\ninstrument:\n  number: a\neffective:\n  from: 2025\n"
    )
    assert read("rates:\n  - value: 100\n    unit: percent\n") is not None
    assert read(between) is None


@pytest.mark.parametrize(
    "after", ["\n", "...\n", "---\n", "  - url: b\n", "# said\n", "title: B\n"]
)
def test_what_follows_the_last_line_is_not_passed_over(after: str) -> None:
    assert read("", after) is None


def test_the_mapping_raises_where_it_gives_up() -> None:
    place = CANONICAL._root("tariff")
    assert place is not None
    with pytest.raises(OtherWise):
        Lines(["title: A", "id: 2025-10-09-a", ""]).mapping(place, "")


@pytest.mark.parametrize("written", [
    " a # said", "  a", " 'a'", ' "a"', " NO", " 0103", " a\tb", ' "a\\tb"', " &a b", " {}", "a", ' "',
    " ~", " |\n  a", " a\x85b",
])  # fmt: skip
def test_a_text_that_canon_writes_otherwise_is_left_to_the_long_way(written: str) -> None:
    assert read("instrument:\n  number: a\n") is not None
    assert read(f"instrument:\n  number:{written}\n") is None
