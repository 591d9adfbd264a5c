from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.cli.add_events import PLACEHOLDER, EventBatch
from rexctl.errors import ConflictError, InputRefusedError, NoSuchEventError
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store import layout, writer
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from rexctl.yamlfile.documents import read_documents
from tests.store.logs import event, log_of, put, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

OLD = event("2025-10-09-old", aliases=["2025-10-09-older"])


def to(*names: str, rel: str = "follows-up") -> dict[str, Any]:
    return {"links": [{"rel": rel, "to": name} for name in names]}


def unnamed(**more: Any) -> dict[str, Any]:
    return event("2025-10-17-x", title="China sets a fee", **more) | {"id": PLACEHOLDER}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return log_of(tmp_path, OLD)


@pytest.fixture
def batch(log: Log) -> EventBatch:
    return EventBatch(log, Snapshot.open(log), shipped_vocabulary())


def files(log: Log) -> list[str]:
    return sorted(path.stem for path in (log.root / "events").rglob("*") if path.is_file())


def stream(*events: dict[str, Any]) -> list[Any]:
    return read_documents("---\n".join(map(text_of, events)).encode(), "-")


def test_a_batch_is_written_whole_in_canonical_bytes(log: Log, batch: EventBatch) -> None:
    one, two = event("2025-10-10-one"), event("2024-01-01-two")
    batch.add_records(stream(one, two))
    assert files(log) == ["2025-10-09-old"]
    batch.write()
    for data in (one, two):
        assert (log.root / layout.path_of(data["id"])).read_text() == text_of(data)
    assert Snapshot.open(log).findings() == []


def test_one_bad_event_keeps_the_whole_batch_out_and_all_faults_are_told(
    log: Log, batch: EventBatch
) -> None:
    bad = [
        event("2025-10-10-a", status="adoptd"),
        event("2025-10-11-b"),
        event("2025-10-12-c", date="2025-13"),
    ]
    with pytest.raises(InputRefusedError) as told:
        batch.add_records(stream(*bad))
    assert [f.line for f in told.value.findings] == sorted(f.line for f in told.value.findings)
    assert len(told.value.findings) == 2
    assert told.value.exit_code == 3
    batch.write()
    assert files(log) == ["2025-10-09-old"]


def test_events_of_one_title_and_other_content_are_counted_up(log: Log, batch: EventBatch) -> None:
    names = [batch.add(unnamed(note=f"{n}")).name for n in range(3)]
    assert names == [
        "2025-10-17-cn-sets-fee",
        "2025-10-17-cn-sets-fee-2",
        "2025-10-17-cn-sets-fee-3",
    ]
    batch.write()
    assert set(names) < set(files(log))


def test_the_same_content_is_the_same_event_whatever_its_number(
    log: Log, batch: EventBatch
) -> None:
    for n in range(3):
        batch.add(unnamed(note=f"{n}"))
    batch.write()
    again = EventBatch(log, Snapshot.open(log), shipped_vocabulary())
    names = [
        (new.name, new.same) for new in (again.add(unnamed(note=f"{n}")) for n in (1, 2, 3, 3))
    ]
    assert names == [
        ("2025-10-17-cn-sets-fee-2", True),
        ("2025-10-17-cn-sets-fee-3", True),
        ("2025-10-17-cn-sets-fee-4", False),
        ("2025-10-17-cn-sets-fee-4", True),
    ]


def test_a_renamed_event_is_still_the_same(log: Log, batch: EventBatch) -> None:
    put(log, unnamed() | {"id": "2025-10-17-fee", "aliases": ["2025-10-17-cn-sets-fee"]})
    again = EventBatch(log, Snapshot.open(log), shipped_vocabulary())
    new = again.add(unnamed())
    assert (new.name, new.same) == ("2025-10-17-fee", True)


def test_a_given_id_comes_before_that_of_the_event(batch: EventBatch) -> None:
    new = batch.add(event("2025-10-10-one"), event_id="2025-10-10-mine")
    assert (new.name, new.event["id"]) == ("2025-10-10-mine", "2025-10-10-mine")


def test_an_id_that_is_there_with_the_same_content_is_no_fault_and_not_written(
    log: Log, batch: EventBatch
) -> None:
    path = log.root / layout.path_of("2025-10-09-old")
    path.write_text("# a comment\n" + text_of(OLD).replace("status: adopted", "status: 'adopted'"))
    before = path.read_bytes()
    assert batch.add(dict(OLD)).same
    batch.write()
    assert path.read_bytes() == before


@pytest.mark.parametrize("spoilt", [None, "not: [yaml"])
def test_an_id_that_is_there_with_other_content_is_a_conflict(
    log: Log, batch: EventBatch, spoilt: str | None
) -> None:
    path = log.root / layout.path_of("2025-10-09-old")
    if spoilt:
        path.write_text(spoilt)
    before = path.read_bytes()
    with pytest.raises(ConflictError) as told:
        batch.add({**OLD, "title": "Another"})
    assert told.value.exit_code == 5
    assert path.read_bytes() == before


def test_a_former_id_of_another_event_is_taken_too(batch: EventBatch) -> None:
    assert batch.is_taken("2025-10-09-older")
    with pytest.raises(ConflictError):
        batch.add(event("2025-10-09-older"))


def test_two_events_of_a_batch_with_one_id_are_told_as_such(batch: EventBatch) -> None:
    with pytest.raises(ConflictError, match="of the batch"):
        batch.add_records(stream(event("2025-10-10-a"), event("2025-10-10-a", title="Another")))


def test_what_is_no_id_is_never_taken_and_builds_no_path(batch: EventBatch) -> None:
    for name in ("../../etc/passwd", "", "con", "A", "2025/x", "x" * 300):
        assert not batch.is_taken(name)


def test_a_link_may_lead_into_the_log_to_a_former_id_or_into_the_batch(
    log: Log, batch: EventBatch
) -> None:
    batch.add_records(stream(event("2025-10-11-b", **to("2025-10-10-a")), event("2025-10-10-a", **to("2025-10-09-old")),
                       event("2025-10-12-c", **to("2025-10-09-older"))))  # fmt: skip
    batch.write()
    assert len(files(log)) == 4


def test_a_loose_link_of_a_batch_is_told_at_its_place_with_what_was_meant(
    log: Log, batch: EventBatch
) -> None:
    with pytest.raises(InputRefusedError) as told:
        batch.add_records(
            stream(event("2025-10-10-a"), event("2025-10-11-b", **to("2025-10-09-odl")))
        )
    (found,) = told.value.findings
    assert (found.code, found.hint) == ("unresolved-link", "did you mean 2025-10-09-old?")
    assert found.text.strip() == "to: 2025-10-09-odl"
    assert files(log) == ["2025-10-09-old"]


def test_a_loose_link_of_one_event_is_no_such_event(batch: EventBatch) -> None:
    batch.check_links(event("2025-10-10-a", **to("2025-10-09-old", "2025-10-09-older")))
    batch.check_links(event("2025-10-10-a"))
    for name in ("2025-10-09-odl", "../../etc"):
        with pytest.raises(NoSuchEventError) as told:
            batch.check_links(event("2025-10-10-a", **to(name)))
        assert told.value.exit_code == 4


def test_targets_are_written_before_the_links_to_them(
    batch: EventBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    real = writer.change_batch

    def change(root: Path, items: Any, rebase: None) -> Any:
        written.extend(name for name, *_ in items)
        return real(root, items, rebase)

    monkeypatch.setattr(writer, "change_batch", change)
    chain = [event("2025-10-10-d", **to("2025-10-10-c", "2025-10-10-a")), event("2025-10-10-c", **to("2025-10-10-b")),
             event("2025-10-10-b", **to("2025-10-10-a")), event("2025-10-10-a", **to("2025-10-09-old"))]  # fmt: skip
    batch.add_records(stream(*chain))
    batch.write()
    assert [name[-6:-5] for name in written] == ["a", "b", "c", "d"]


def test_links_in_a_circle_are_written_all_the_same(log: Log, batch: EventBatch) -> None:
    batch.add_records(
        stream(
            event("2025-10-10-a", **to("2025-10-10-b")), event("2025-10-10-b", **to("2025-10-10-a"))
        )
    )
    batch.write()
    assert len(files(log)) == 3


def test_a_made_id_that_is_taken_meanwhile_is_made_anew(
    log: Log, batch: EventBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.change_batch

    def rival(root: Path, items: Any, rebase: None) -> Any:
        monkeypatch.setattr(writer, "change_batch", real)
        put(log, event("2025-10-17-cn-sets-fee", title="Of the rival"))
        return real(root, items, rebase)

    monkeypatch.setattr(writer, "change_batch", rival)
    new, _ = batch.write_one(unnamed(), today=date(2025, 10, 19))
    assert new.name == "2025-10-17-cn-sets-fee-2"
    assert files(log) == [
        "2025-10-09-old",
        "2025-10-17-cn-sets-fee",
        "2025-10-17-cn-sets-fee-2",
    ]
    assert "Of the rival" in (log.root / layout.path_of("2025-10-17-cn-sets-fee")).read_text()


def test_the_very_same_event_that_another_process_wrote_meanwhile_is_the_same(
    log: Log, batch: EventBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.change_batch

    def rival(root: Path, items: Any, rebase: None) -> Any:
        monkeypatch.setattr(writer, "change_batch", real)
        put(log, unnamed() | {"id": "2025-10-17-cn-sets-fee"})
        return real(root, items, rebase)

    monkeypatch.setattr(writer, "change_batch", rival)
    new, _ = batch.write_one(unnamed(), today=date(2025, 10, 19))
    assert (new.name, new.same) == ("2025-10-17-cn-sets-fee", True)
    assert len(files(log)) == 2


def test_a_given_id_that_is_taken_meanwhile_is_a_conflict(
    log: Log, batch: EventBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.change_batch

    def rival(root: Path, items: Any, rebase: None) -> Any:
        put(log, event("2025-10-17-mine", title="Of the rival"))
        return real(root, items, rebase)

    monkeypatch.setattr(writer, "change_batch", rival)
    with pytest.raises(ConflictError):
        batch.write_one(unnamed(), event_id="2025-10-17-mine", today=date(2025, 10, 19))
    assert files(log) == ["2025-10-09-old", "2025-10-17-mine"]


def test_no_rule_ties_an_id_to_the_date_of_its_event(batch: EventBatch) -> None:
    assert batch.add(unnamed(), event_id="2024-02-17-mine").name == "2024-02-17-mine"


def test_what_no_command_could_read_is_not_added(batch: EventBatch) -> None:
    large = unnamed() | {"note": "\n".join(f"{number}. {'x' * 90}" for number in range(25_000))}
    with pytest.raises(InputRefusedError) as caught:
        batch.add(large)
    assert [finding.code for finding in caught.value.findings] == ["too-large"]
