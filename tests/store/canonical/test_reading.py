"""The row of a file read line by line is that of the long way, to the letter: a law for all bytes."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.cache.row import IndexRow, row_of
from rexctl.model.types import TYPES
from rexctl.store import spelling
from rexctl.store.canonical import places
from rexctl.store.canonical.reading import Canonical
from rexctl.store.reader import read
from rexctl.store.taking import take
from rexctl.store.wording import vocabulary_of
from rexctl.vocabulary.vocabulary import Vocabulary, shipped
from rexctl.yamlfile.source import LIMITS
from tests.benchmarks import generator
from tests.benchmarks.maker import Maker
from tests.events.made import events
from tests.store.logs import event, text_of

SUITE = Path(__file__).parents[4] / "shared" / "yaml-test-suite-2022-01-17.jsonl"
DATA = Path(__file__).parents[3] / "data" / "events"
PATH = "events/2025/2025-10-09-a.yaml"
CANONICAL = Canonical(shipped())
PIECES = ["\n", " ", "  ", "#", " # x", ":", ": ", "- ", '"', "'", "\\", "|", "|-", ">", "\t", "\r", "&a",
          "*a", "!t", "~", "null", "\ufeff", "\x00", "\x85", "é", "{}", "[]", "x-a: b\n", "x-b:\n  c: d\n",
          "id: 2025-10-09-b\n", "  ", "---\n", "...\n", "? ", "<<: a\n", "_a: b\n", "1E902", "no", "0x1"]  # fmt: skip


def shipped_files() -> list[bytes]:
    return [file.read_bytes() for file in sorted(DATA.glob("*/*.yaml"))]


def generated(count: int) -> list[bytes]:
    events = Maker(generator.SEED, generator.FIRST, generator.DAYS, count).events()
    return [text_of(data).encode() for data in events]


def by_lines(data: bytes) -> IndexRow | None:
    return CANONICAL.row(data)


def prove(data: bytes) -> None:
    """The law: what is read by lines has no finding, and its row is that of the long way.

    And what the long way finds to be canonical and good, without a comment, is read by lines.
    """
    row = by_lines(data)
    event, findings = take(data, PATH, shipped())
    if row is not None:
        assert findings == []
        assert event is not None
        assert spelling.canonical(event) == data
        assert row == row_of(event)
        return
    own = event is not None and any(key[:2] == "x-" for key in event)
    document = read(data, PATH, shipped()).document
    assert event is None or findings or own or (document is not None and document.comments)


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
    own = Canonical(vocabulary_of(DATA.parent)[0])
    assert [own.row(data) is not None for data in files] == [True] * len(files)
    for data in files:
        prove(data)


def test_generated_files_are_read_line_by_line() -> None:
    files = generated(400)
    assert [by_lines(data) is not None for data in files] == [True] * 400
    for data in files:
        prove(data)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(TYPES)).flatmap(events), st.integers(0, 2**32))
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


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_bytes_that_are_no_event_are_told_alike_either_way(data: bytes) -> None:
    prove(data)
    prove(b"id: 2025-10-09-a\ntype: tariff\n" + data)


@pytest.mark.parametrize("data", [
    b"", b"\n", b"type: tariff\nid: 2025-10-09-a\n", b"\xef\xbb\xbfid: 2025-10-09-a\ntype: tariff\n",
    b"id: 2025-10-09-a\ntype: tarif\ntitle: a\n", b"id: 2025-10-09-a\ntype:\n", b"id: \xff\ntype: tariff\n",
])  # fmt: skip
def test_what_begins_otherwise_goes_the_long_way(data: bytes) -> None:
    assert by_lines(data) is None


def test_what_may_pass_a_limit_goes_the_long_way() -> None:
    many = event("2025-10-09-a", tags=[f"t{n}" for n in range(LIMITS.values // 2)])
    assert by_lines(text_of(many).encode()) is None
    long = event("2025-10-09-a", note="a" * LIMITS.size)
    assert by_lines(text_of(long).encode()) is None


def test_an_event_that_breaks_a_rule_goes_the_long_way() -> None:
    good = event("2025-10-09-a", effective={"from": "2025-10-09"})
    bad = event("2025-10-09-a", effective={"from": "2025-10-09", "until": "2025-10-08"})
    assert by_lines(text_of(good).encode()) is not None
    assert by_lines(text_of(bad).encode()) is None


def test_a_word_that_another_vocabulary_lacks_is_not_taken_on_its_word() -> None:
    files = {"vocabulary/actors.yaml": b"- code: CN/own-office\n  name: An office\n"}
    own = Vocabulary.of_log(files)[0]
    data = text_of(event("2025-10-09-a", actors=["CN/own-office"])).encode()
    assert Canonical(own).row(data) is not None
    assert by_lines(data) is None


def test_the_memory_of_lines_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_KEPT", 30)
    reader = Canonical(shipped())
    for n in range(60):
        many = event("2025-10-09-a", date_stated=f"day {n}", tags=[f"t{n}"], note=f"Note {n}.")
        assert reader.row(text_of(many).encode()) is not None
    root = reader._roots["export-control"]
    kept = [root.lines, root.keys["tags"].items]
    assert all(0 < len(lines) <= 30 for lines in kept)
    assert not any(len(line) > places.LONGEST_KEPT for lines in kept for line in lines)


def test_the_event_alone_is_that_of_the_long_way_too() -> None:
    for data in [*shipped_files(), *generated(40)]:
        assert CANONICAL.event(data) == take(data, PATH, shipped())[0]
    assert CANONICAL.event(b"id: 2025-10-09-a\ntype: tariff\ntitle: [\n") is None
