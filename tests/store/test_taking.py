"""What is taken line by line is what the parser reads, to the letter: a law for all bytes."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.plain import register
from rexctl.plain.finding import WARNING
from rexctl.store import restyling, spelling, taking
from rexctl.store.reader import read
from rexctl.store.taking import take
from rexctl.vocabulary.vocabulary import shipped
from tests.benchmarks import generator
from tests.benchmarks.maker import Maker
from tests.events.made import events
from tests.store.logs import event, text_of

SUITE = Path(__file__).parents[3] / "shared" / "yaml-test-suite-2022-01-17.jsonl"
DATA = Path(__file__).parents[2] / "data" / "events"
PATH = "events/2025/2025-10-09-a.yaml"
PIECES = ["\n", " ", "  ", "#", " # x", ":", ": ", "- ", '"', "'", "\\", "|", "|-", ">", "\t", "\r", "&a",
          "*a", "!t", "~", "null", "\ufeff", "\x00", "\x85", "é", "{}", "[]", "x-a: b\n", "x-b:\n  c: d\n",
          "id: 2025-10-09-b\n", "  ", "---\n", "...\n", "? ", "<<: a\n", "_a: b\n", "1E902", "no", "0x1"]  # fmt: skip


def shipped_files() -> list[bytes]:
    return [file.read_bytes() for file in sorted(DATA.glob("*/*.yaml"))]


def generated(count: int) -> list[bytes]:
    events = Maker(generator.SEED, generator.FIRST, generator.DAYS, count).events()
    return [text_of(data).encode() for data in events]


def long_way(data: bytes) -> tuple[Any, list[Any]]:
    reading = read(data, PATH, shipped())
    findings = list(reading.findings)
    if reading.event is not None and not findings:
        findings += restyling.uncanonical(reading, data, PATH)
    return reading.event, findings


def by_lines(data: bytes) -> dict[str, Any] | None:
    return taking._CANONICAL.read(data)


def prove(data: bytes) -> None:
    """The law: either way the same event in the same order, and the same findings."""
    found, told = take(data, PATH, shipped())
    wanted, wanted_told = long_way(data)
    assert told == wanted_told
    assert json.dumps(found) == json.dumps(wanted)
    plain = by_lines(data)
    if plain is None:
        return
    document = read(data, PATH, shipped()).document
    assert document is not None
    assert document.findings == ()
    assert document.comments == ()
    assert list(plain) == list(document.value)
    if found is not None and not told:
        assert spelling.canonical(found) == data


def mutated(data: bytes, seed: int) -> bytes:
    pick = random.Random(seed)
    text = data.decode()
    for _ in range(pick.randrange(1, 4)):
        at = pick.randrange(len(text) + 1)
        end = at + pick.choice([0, 0, 0, 1, 1, 2, 5, 40])
        lines = text.splitlines(keepends=True)
        what = pick.choice(["piece", "piece", "copy", "swap"])
        if what == "piece" or len(lines) < 2:
            text = text[:at] + pick.choice([*PIECES, ""]) + text[end:]
        elif what == "copy":
            lines.insert(pick.randrange(len(lines)), pick.choice(lines))
            text = "".join(lines)
        else:
            n = pick.randrange(len(lines) - 1)
            lines[n], lines[n + 1] = lines[n + 1], lines[n]
            text = "".join(lines)
    return text.encode()


def test_the_shipped_files_are_read_line_by_line() -> None:
    files = [data for data in shipped_files() if b" #" not in data and not data.startswith(b"#")]
    assert len(files) >= 30
    assert [by_lines(data) is not None for data in files] == [True] * len(files)
    for data in files:
        prove(data)


def test_generated_files_are_read_line_by_line() -> None:
    files = generated(400)
    assert [by_lines(data) is not None for data in files] == [True] * 400
    for data in files:
        prove(data)


@settings(max_examples=150)
@given(st.sampled_from(list(register.TYPES)).flatmap(events), st.integers(0, 2**32))
def test_any_event_is_read_alike_either_way_and_so_is_what_comes_of_it(
    data: dict[str, Any], seed: int
) -> None:
    text = text_of(data).encode()
    prove(text)
    prove(mutated(text, seed))


PARAGRAPHS = text_of(event("2025-10-09-a", summary="One.\n\nTwo.", note="- a\n- b")).encode()


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_more_anywhere_is_read_alike_either_way(piece: str) -> None:
    for at in range(len(PARAGRAPHS) + 1):
        prove(PARAGRAPHS[:at] + piece.encode() + PARAGRAPHS[at:])


def test_a_file_cut_off_anywhere_is_read_alike_either_way() -> None:
    data = shipped_files()[1]
    for end in range(0, len(data), 3):
        prove(data[:end])


@pytest.mark.parametrize("start", range(8))
def test_files_with_a_change_are_read_alike_either_way(start: int) -> None:
    files = [*shipped_files(), *generated(30)]
    for n in range(120):
        seed = start * 1000 + n
        prove(mutated(files[seed % len(files)], seed))


def test_the_suite_of_yaml_cases_is_read_alike_either_way() -> None:
    if not SUITE.is_file():
        pytest.skip(f"the suite of YAML cases is not at {SUITE}")
    head = "id: 2025-10-09-a\ntype: tariff\n"
    for line in SUITE.read_text(encoding="utf-8").splitlines():
        text = base64.b64decode(json.loads(line)["yaml"]).decode("utf-8", "surrogatepass")
        for data in (text, head + text, head + "x-a:\n" + "".join(
            f"  {part}\n" for part in text.splitlines())):  # fmt: skip
            prove(data.encode("utf-8", "surrogatepass"))


@settings(max_examples=150)
@given(st.binary(max_size=60))
def test_bytes_that_are_no_event_are_told_alike_either_way(data: bytes) -> None:
    prove(data)
    prove(b"id: 2025-10-09-a\ntype: tariff\n" + data)


def test_what_is_wrong_is_told_at_its_place() -> None:
    data = text_of(event("2025-10-09-a", actors=["Cathay"])).encode()
    found, told = take(data, PATH, shipped())
    assert found is None
    assert [(f.code, f.line, f.column) for f in told] == [("unknown-actor", 7, 5)]


def test_another_spelling_is_a_warning_and_a_code_in_another_spelling_is_one() -> None:
    text = text_of(event("2025-10-09-a"))
    for other in (text.replace("- CN", "- China"), text.replace("type: ", "type:  ")):
        found, told = take(other.encode(), PATH, shipped())
        assert found == event("2025-10-09-a")
        assert [(f.code, f.level) for f in told] == [("not-canonical", WARNING)]
