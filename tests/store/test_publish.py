from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.index import lexicon, select
from rexctl.query import Query
from rexctl.records import WARNING
from rexctl.store import judging
from rexctl.store.log import Log
from tests.store.logs import aged, counted, event, log_of, put, text_of

if TYPE_CHECKING:
    import pytest

GOOD = event("2025-10-09-good")
BAD = text_of(event("2025-10-10-bad")).replace("status: adopted", "status: adoptd")


def test_a_bad_file_stands_in_no_answer_and_is_told_again_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, GOOD)
    (log.root / "events/2025/2025-10-10-bad.yaml").write_text(BAD)
    index = log.index()
    assert select.all_ids(index) == ["2025-10-09-good"]
    first = select.bad_files(index)
    assert [(f.path, f.line, f.column) for f in first] == [
        ("events/2025/2025-10-10-bad.yaml", 5, 9)
    ]
    index.db.close()
    aged(log)
    read = counted(monkeypatch)
    index = log.index()
    assert select.bad_files(index) == first
    assert select.all_ids(index) == ["2025-10-09-good"]
    assert read == []


def test_a_file_that_was_mended_stands_in_the_answer_and_one_that_broke_does_not(
    tmp_path: Path,
) -> None:
    log = log_of(tmp_path, GOOD)
    path = log.root / "events/2025/2025-10-10-bad.yaml"
    path.write_text(BAD)
    log.index().db.close()
    path.write_text(BAD.replace("adoptd", "adopted"))
    (log.root / "events/2025/2025-10-09-good.yaml").write_text("[")
    index = log.index()
    assert select.all_ids(index) == ["2025-10-10-bad"]
    assert {f.path for f in select.bad_files(index)} == {"events/2025/2025-10-09-good.yaml"}


def test_a_file_whose_name_disagrees_with_its_id_is_no_event(tmp_path: Path) -> None:
    log = log_of(tmp_path, GOOD)
    for place in ("2025/2025-10-09-other", "2024/2025-10-09-good"):
        path = log.root / f"events/{place}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text_of(GOOD))
    index = log.index()
    assert [row.path for row in select.rows(index, Query())] == ["events/2025/2025-10-09-good.yaml"]
    assert {(f.code, f.path) for f in select.bad_files(index)} == {
        ("path-mismatch", "events/2025/2025-10-09-other.yaml"),
        ("path-mismatch", "events/2024/2025-10-09-good.yaml"),
    }


def test_a_file_in_another_spelling_is_an_event_with_a_warning(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    folder = log.root / "events/2025"
    folder.mkdir()
    (folder / "2025-10-09-good.yaml").write_text(
        text_of(GOOD).replace("status: adopted", 'status: "adopted"')
    )
    index = log.index()
    assert select.all_ids(index) == ["2025-10-09-good"]
    assert [(f.code, f.level) for f in select.findings(index)] == [("not-canonical", WARNING)]
    assert select.bad_files(index) == []


def test_a_comment_does_not_make_another_spelling(tmp_path: Path) -> None:
    log = log_of(tmp_path, GOOD)
    path = log.root / "events/2025/2025-10-09-good.yaml"
    path.write_text("# Why this matters\n" + text_of(GOOD))
    assert select.findings(log.index()) == []


def test_settings_and_words_of_the_log_reach_the_index(tmp_path: Path) -> None:
    log = log_of(tmp_path, GOOD)
    (log.root / "rexctl.yaml").write_text("format: 1\nqueries:\n  curbs: type:export-control\n")
    (log.root / "vocabulary").mkdir()
    (log.root / "vocabulary/actors.yaml").write_text(
        "- code: CN/ours\n  name: Our own\n  source: https://example.org/\n"
    )
    words = lexicon.of(log.index())
    assert words.saved == {"curbs": "type:export-control"}
    assert words.known("actor", "CN/ours")


def test_what_is_wrong_with_settings_and_words_is_told_of_them_and_hides_no_event(
    tmp_path: Path,
) -> None:
    log = log_of(tmp_path, GOOD)
    (log.root / "rexctl.yaml").write_text("format: 1\nqueires: {}\n")
    (log.root / "vocabulary").mkdir()
    (log.root / "vocabulary/actors.yaml").write_text("- nonsense\n")
    index = log.index()
    assert {f.path for f in select.findings(index)} == {"rexctl.yaml", "vocabulary/actors.yaml"}
    assert select.bad_files(index) == []
    assert select.all_ids(index) == ["2025-10-09-good"]


def test_a_file_that_vanishes_on_the_way_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, GOOD)
    real = judging.read_bytes

    def gone(path: str, name: str) -> object:
        Path(path).unlink(missing_ok=True)
        return real(path, name)

    monkeypatch.setattr(judging, "read_bytes", gone)
    index = log.index()
    assert [(f.code, f.path) for f in select.bad_files(index)] == [
        ("unreadable", "events/2025/2025-10-09-good.yaml")
    ]
    monkeypatch.undo()
    put(log, GOOD)
    assert select.bad_files(log.index()) == []


def test_how_far_it_has_come_is_told_by_the_file(tmp_path: Path) -> None:
    log = log_of(tmp_path, GOOD, event("2025-10-11-more"))
    heard: list[tuple[int, int]] = []
    log.index(lambda done, of: heard.append((done, of)))
    assert heard == [(1, 2), (2, 2)]


def test_a_copy_is_not_told_to_take_the_place_of_its_original(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-good"))
    original = log.root / "events/2025/2025-10-09-good.yaml"
    (log.root / "events/2025/2025-10-09-copy.yaml").write_bytes(original.read_bytes())
    (found,) = select.bad_files(log.index())
    assert found.code == "path-mismatch"
    assert found.hint == "set id: 2025-10-09-copy if this is a copy, else rename the file"
    aged(log)
    log.index()
    original.unlink()  # what was kept of the copy must still be right
    assert select.bad_files(log.index()) == select.bad_files(Log(log.root, None).index()) == [found]
