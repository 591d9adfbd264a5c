from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from rexctl.index import select

from rexctl.cli import add_events
from rexctl.cli.add_events import PLACEHOLDER, Adding
from rexctl.errors import ConflictError, InputRefusedError, NoSuchEventError
from rexctl.store import layout, writer
from rexctl.yamlfile.documents import read_documents
from tests.store.logs import aged, counted, event, log_of, put, text_of

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
def batch(log: Log) -> Adding:
    return Adding.of(log, log.index())


def files(log: Log) -> list[str]:
    return sorted(path.stem for path in (log.root / "events").rglob("*") if path.is_file())


def stream(*events: dict[str, Any]) -> list[Any]:
    return read_documents("---\n".join(map(text_of, events)).encode(), "-")


def test_a_batch_is_written_whole_in_canonical_bytes(log: Log, batch: Adding) -> None:
    one, two = event("2025-10-10-one"), event("2024-01-01-two")
    batch.judge(stream(one, two))
    assert files(log) == ["2025-10-09-old"]
    batch.write()
    for data in (one, two):
        assert (log.root / layout.path_of(data["id"])).read_text() == text_of(data)
    assert select.findings(log.index()) == []


def test_one_bad_event_keeps_the_whole_batch_out_and_all_faults_are_told(
    log: Log, batch: Adding
) -> None:
    bad = [
        event("2025-10-10-a", status="adoptd"),
        event("2025-10-11-b"),
        event("2025-10-12-c", date="2025-13"),
    ]
    with pytest.raises(InputRefusedError) as told:
        batch.judge(stream(*bad))
    assert [f.line for f in told.value.findings] == sorted(f.line for f in told.value.findings)
    assert len(told.value.findings) == 2
    assert told.value.exit_code == 3
    batch.write()
    assert files(log) == ["2025-10-09-old"]


def test_an_event_without_an_id_gets_one_of_its_own(log: Log, batch: Adding) -> None:
    names = [batch.take(unnamed()).name for _ in range(3)]
    assert names == [
        "2025-10-17-cn-china-sets-fee",
        "2025-10-17-cn-china-sets-fee-2",
        "2025-10-17-cn-china-sets-fee-3",
    ]
    batch.write()
    assert set(names) < set(files(log))


def test_a_given_id_comes_before_that_of_the_event(batch: Adding) -> None:
    new = batch.take(event("2025-10-10-one"), given_id="2025-10-10-mine")
    assert (new.name, new.event["id"]) == ("2025-10-10-mine", "2025-10-10-mine")


def test_an_id_that_is_there_with_the_same_content_is_no_fault_and_not_written(
    log: Log, batch: Adding
) -> None:
    path = log.root / layout.path_of("2025-10-09-old")
    path.write_text("# a comment\n" + text_of(OLD).replace("status: adopted", "status: 'adopted'"))
    before = path.read_bytes()
    assert batch.take(dict(OLD)).same
    batch.write()
    assert path.read_bytes() == before


@pytest.mark.parametrize("spoilt", [None, "not: [yaml"])
def test_an_id_that_is_there_with_other_content_is_a_conflict(
    log: Log, batch: Adding, spoilt: str | None
) -> None:
    path = log.root / layout.path_of("2025-10-09-old")
    if spoilt:
        path.write_text(spoilt)
    before = path.read_bytes()
    with pytest.raises(ConflictError) as told:
        batch.take({**OLD, "title": "Another"})
    assert told.value.exit_code == 5
    assert path.read_bytes() == before


def test_a_former_id_of_another_event_is_taken_too(batch: Adding) -> None:
    assert batch.taken("2025-10-09-older")
    with pytest.raises(ConflictError):
        batch.take(event("2025-10-09-older"))


def test_two_events_of_a_batch_with_one_id_are_told_as_such(batch: Adding) -> None:
    with pytest.raises(ConflictError, match="of the batch"):
        batch.judge(stream(event("2025-10-10-a"), event("2025-10-10-a", title="Another")))


def test_what_is_no_id_is_never_taken_and_builds_no_path(batch: Adding) -> None:
    for name in ("../../etc/passwd", "", "con", "A", "2025/x", "x" * 300):
        assert not batch.taken(name)


def test_a_link_may_lead_into_the_log_to_a_former_id_or_into_the_batch(
    log: Log, batch: Adding
) -> None:
    batch.judge(stream(event("2025-10-11-b", **to("2025-10-10-a")), event("2025-10-10-a", **to("2025-10-09-old")),
                       event("2025-10-12-c", **to("2025-10-09-older"))))  # fmt: skip
    batch.write()
    assert len(files(log)) == 4


def test_a_loose_link_of_a_batch_is_told_at_its_place_with_what_was_meant(
    log: Log, batch: Adding
) -> None:
    with pytest.raises(InputRefusedError) as told:
        batch.judge(stream(event("2025-10-10-a"), event("2025-10-11-b", **to("2025-10-09-odl"))))
    (found,) = told.value.findings
    assert (found.code, found.hint) == ("unresolved-link", "did you mean 2025-10-09-old?")
    assert found.text.strip() == "to: 2025-10-09-odl"
    assert files(log) == ["2025-10-09-old"]


def test_a_loose_link_of_one_event_is_no_such_event(batch: Adding) -> None:
    batch.demand_links(event("2025-10-10-a", **to("2025-10-09-old", "2025-10-09-older")))
    batch.demand_links(event("2025-10-10-a"))
    for name in ("2025-10-09-odl", "../../etc"):
        with pytest.raises(NoSuchEventError) as told:
            batch.demand_links(event("2025-10-10-a", **to(name)))
        assert told.value.exit_code == 4


def test_targets_are_written_before_the_links_to_them(
    batch: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(
        add_events.writer, "create_batch", lambda _, items: written.extend(n for n, _ in items)
    )
    chain = [event("2025-10-10-d", **to("2025-10-10-c", "2025-10-10-a")), event("2025-10-10-c", **to("2025-10-10-b")),
             event("2025-10-10-b", **to("2025-10-10-a")), event("2025-10-10-a", **to("2025-10-09-old"))]  # fmt: skip
    batch.judge(stream(*chain))
    batch.write()
    assert [name[-6:-5] for name in written] == ["a", "b", "c", "d"]


def test_links_in_a_circle_are_written_all_the_same(log: Log, batch: Adding) -> None:
    batch.judge(
        stream(
            event("2025-10-10-a", **to("2025-10-10-b")), event("2025-10-10-b", **to("2025-10-10-a"))
        )
    )
    batch.write()
    assert len(files(log)) == 3


def test_a_made_id_that_is_taken_meanwhile_is_made_anew(
    log: Log, batch: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.create_batch

    def rival(root: Path, items: Any) -> None:
        monkeypatch.setattr(add_events.writer, "create_batch", real)
        put(log, event("2025-10-17-cn-china-sets-fee", title="Of the rival"))
        real(root, items)

    monkeypatch.setattr(add_events.writer, "create_batch", rival)
    assert batch.claim(unnamed()) == "2025-10-17-cn-china-sets-fee-2"
    assert files(log) == [
        "2025-10-09-old",
        "2025-10-17-cn-china-sets-fee",
        "2025-10-17-cn-china-sets-fee-2",
    ]
    assert "Of the rival" in (log.root / layout.path_of("2025-10-17-cn-china-sets-fee")).read_text()


def test_a_made_id_that_somebody_gave_to_the_very_same_event_meanwhile_is_made_anew(
    log: Log, batch: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = add_events.names.made

    def rival(*given: Any) -> str:
        monkeypatch.setattr(add_events.names, "made", real)
        name = real(*given)
        put(log, unnamed() | {"id": name})
        return name

    monkeypatch.setattr(add_events.names, "made", rival)
    assert batch.claim(unnamed()) == "2025-10-17-cn-china-sets-fee-2"
    assert len(files(log)) == 3


def test_a_given_id_that_is_taken_meanwhile_is_a_conflict(
    log: Log, batch: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.create_batch

    def rival(root: Path, items: Any) -> None:
        put(log, event("2025-10-17-mine", title="Of the rival"))
        real(root, items)

    monkeypatch.setattr(add_events.writer, "create_batch", rival)
    with pytest.raises(ConflictError):
        batch.claim(unnamed(), given_id="2025-10-17-mine")
    assert files(log) == ["2025-10-09-old", "2025-10-17-mine"]


ADDER = """
import sys
from pathlib import Path
from rexctl.store.adding import Adding, PLACEHOLDER
from rexctl.store.log import Log
log = Log(Path(sys.argv[1]), Path(sys.argv[2]))
event = {"id": PLACEHOLDER, "type": "export-control", "title": "China sets a fee", "date": "2025-10-17",
         "status": "adopted", "actors": ["CN"], "sources": [{"url": "https://example.org/x"}]}
for _ in range(5):
    print(Adding.of(log, log.index()).claim(event), flush=True)
"""


@pytest.mark.slow
def test_a_hundred_events_of_one_title_at_once_are_a_hundred_files(log: Log) -> None:
    words = [sys.executable, "-c", ADDER, str(log.root), str(log.cache)]
    names: list[str] = []
    for _ in range(4):  # five at a time: the machine is shared
        running = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(5)]
        for process in running:
            names += process.communicate(timeout=120)[0].split()
            assert process.returncode == 0
    assert len(names) == len(set(names)) == 100
    index = log.index()
    assert set(select.all_ids(index)) == {"2025-10-09-old", *names}
    assert select.findings(index) == []
    assert set(files(log)) == {"2025-10-09-old", *names}


def test_the_index_has_what_was_written_and_no_other_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, event("2024-05-01-old"), event("2025-10-09-old"))
    aged(log)
    batch = Adding.of(log, log.index())
    batch.take(event("2025-10-10-new"))
    read = counted(monkeypatch)
    batch.write()
    batch.indexed()
    assert {name for name in read if name.endswith(".yaml")} <= {"2025-10-10-new.yaml"}
    assert select.by_id(batch.index, "2025-10-10-new") is not None
