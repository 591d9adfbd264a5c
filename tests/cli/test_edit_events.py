from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rexctl.cli import edit_events
from rexctl.errors import ConflictError, InputRefusedError
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from tests.store.logs import event, log_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

NAME, PATH = "2025-10-09-a", "events/2025/2025-10-09-a.yaml"


def log(folder: Path, text: str = "") -> Log:
    found = log_of(folder, event(NAME, actors=["CN", "US"]))
    if text:
        (found.root / PATH).write_text(text)
    return found


def titled(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"title": "Another"}


def test_only_what_was_asked_becomes_another_and_a_name_keeps_its_spelling(tmp_path: Path) -> None:
    text = (
        text_of(event(NAME))
        .replace("- CN", "- China  # by the paper")
        .replace("title: ", "title:   ")
    )
    root = log(tmp_path, text).root
    found = edit_events.edit_event(root, PATH, titled, shipped_vocabulary())
    assert found.new.decode() == text.replace("  What 2025-10-09-a tells", "  Another")
    assert (found.before["title"], found.after["title"]) == ("What 2025-10-09-a tells", "Another")
    added = edit_events.edit_event(
        root, PATH, lambda data: data | {"affected": ["Norway"]}, shipped_vocabulary()
    )
    assert 'affected:\n  - "NO"\n' in added.new.decode()


def test_a_fault_that_the_event_would_have_is_raised_and_nothing_is_written(tmp_path: Path) -> None:
    root = log(tmp_path).root
    with pytest.raises(edit_events.InvalidEventError) as raised:
        edit_events.edit_event(
            root, PATH, lambda data: data | {"date": "2025-13"}, shipped_vocabulary()
        )
    assert [fault.code for fault in raised.value.faults] == ["bad-date"]


@pytest.mark.parametrize("text", ["[", "id: 2025-10-09-a\ntype: tariff\n"])
def test_a_file_with_faults_is_refused_with_them(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputRefusedError) as raised:
        edit_events.edit_event(log(tmp_path, text).root, PATH, titled, shipped_vocabulary())
    assert raised.value.findings
    with pytest.raises(InputRefusedError):
        edit_events.edit_event(tmp_path, PATH, titled, shipped_vocabulary())


def test_what_cannot_be_changed_in_place_is_refused_or_written_anew(tmp_path: Path) -> None:
    text = text_of(event(NAME)).replace("actors:\n  - CN", "actors: [CN,\n  US]")
    root = log(tmp_path, text).root

    def one_less(data: dict[str, Any]) -> dict[str, Any]:
        return data | {"actors": ["CN"]}

    assert (
        b"actors:\n  - CN\n"
        in edit_events.edit_event(root, PATH, one_less, shipped_vocabulary()).new
    )
    (root / PATH).write_text(text.replace("[CN,", "[CN, # first"))
    with pytest.raises(InputRefusedError) as raised:
        edit_events.edit_event(root, PATH, one_less, shipped_vocabulary())
    assert [finding.code for finding in raised.value.findings] == ["not-spliced"]
    (root / PATH).write_text(text_of(event(NAME)).replace("title: ", "title: &a "))
    with pytest.raises(InputRefusedError):
        edit_events.edit_event(root, PATH, titled, shipped_vocabulary(), rewrite=True)


def test_files_are_written_together_and_one_that_changed_meanwhile_stops_all(
    tmp_path: Path,
) -> None:
    found = log_of(tmp_path, event(NAME), event("2025-10-10-b"))
    both = [edit_events.edit_event(found.root, path, titled, shipped_vocabulary())
            for path in (PATH, "events/2025/2025-10-10-b.yaml")]  # fmt: skip
    (found.root / PATH).write_text(text_of(event(NAME, note="Meanwhile.")))
    with pytest.raises(ConflictError):
        edit_events.write_edits(found.root, both)
    assert b"Another" not in (found.root / "events/2025/2025-10-10-b.yaml").read_bytes()
    now = edit_events.current_event(found.root, PATH)
    assert now is not None
    assert now["note"] == "Meanwhile."
    again = [
        edit_events.edit_event(found.root, one.path, titled, shipped_vocabulary()) for one in both
    ]
    assert edit_events.write_edits(found.root, again) == [
        (one.path, one.old, one.new) for one in again
    ]
    assert edit_events.current_event(found.root, "events/2025/gone.yaml") is None


def test_what_stays_as_it_is_is_not_written(tmp_path: Path) -> None:
    root = log(tmp_path).root
    found = edit_events.edit_event(root, PATH, lambda data: data, shipped_vocabulary())
    assert not found.has_changed
    assert edit_events.write_edits(root, [found]) == []


def test_a_file_changed_meanwhile_is_edited_again_from_its_new_content(tmp_path: Path) -> None:
    found = log_of(tmp_path, event(NAME))
    root, vocabulary = found.root, shipped_vocabulary()
    edit = edit_events.edit_event(root, PATH, titled, vocabulary)
    (root / PATH).write_text(text_of(event(NAME, note="Meanwhile.")))

    def again(path: str, data: bytes) -> edit_events.EventEdit:
        return edit_events.edit_event(root, path, titled, vocabulary, data=data)

    ((path, before, after),) = edit_events.write_edits(root, [edit], again)
    assert (path, b"Meanwhile." in before) == (PATH, True)
    assert (root / PATH).read_bytes() == after
    event_now = edit_events.current_event(root, PATH)
    assert event_now is not None
    assert (event_now["title"], event_now["note"]) == ("Another", "Meanwhile.")
