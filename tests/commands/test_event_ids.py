from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.cache.row import row_of
from rexctl.cli import event_ids
from rexctl.errors import NoSuchEventError
from rexctl.index import put
from rexctl.index.bare import bare
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

OLD = event("2025-10-09-old", aliases=["2025-10-09-older"])


def test_an_id_is_taken_by_a_file_of_any_sort_and_by_a_former_id(tmp_path: Path) -> None:
    log = log_of(tmp_path, OLD)
    index = log.index()
    (log.root / "events/2025/2025-10-09-bad.yaml").write_text("[")
    (log.root / "events/2025/2025-10-09-link.yaml").symlink_to("nowhere")
    for name in ("old", "older", "bad", "link"):
        assert event_ids.is_taken(log.root, index, f"2025-10-09-{name}")
    assert not event_ids.is_taken(log.root, index, "2025-10-09-free")
    assert not event_ids.is_taken(log.root, index, "../rexctl")


def test_a_slip_leads_to_the_nearest_id(tmp_path: Path) -> None:
    index = log_of(tmp_path, OLD).index()
    assert event_ids.suggest_id(index, "2025-10-09-odl") == "did you mean 2025-10-09-old?"
    assert event_ids.suggest_id(index, "qqqqqqqqqqqq") == ""


def test_a_clause_that_its_event_has_not_is_told_with_those_it_has() -> None:
    index = bare()
    event = {"id": "2025-a", "type": "tariff", "clauses": [{"id": "1"}, {"id": "2"}]}
    put.put_line(index, row_of(event), row_of(event).json)
    said = event_ids.describe_missing_clause(
        index, {"rel": "suspends", "to": "2025-a", "clause": "9"}
    )
    assert said == "its clauses are 1, 2"
    assert (
        event_ids.describe_missing_clause(index, {"rel": "suspends", "to": "2025-a", "clause": "2"})
        == ""
    )
    assert (
        event_ids.describe_missing_clause(index, {"rel": "suspends", "to": "2025-b", "clause": "9"})
        == ""
    )
    assert event_ids.describe_missing_clause(index, {"rel": "suspends", "to": "2025-a"}) == ""


def test_an_id_is_meant_by_itself_by_a_former_one_or_by_a_beginning_of_its_own(
    tmp_path: Path,
) -> None:
    log = log_of(tmp_path, event("2025-10-09-ab", aliases=["2025-old"]), event("2025-10-10-b"))
    index = log.index()
    meant = [
        event_ids.resolve_id(index, given) for given in ("2025-10-09-ab", "2025-old", "2025-10-10")
    ]
    assert meant == ["2025-10-09-ab", "2025-10-09-ab", "2025-10-10-b"]
    for given in ("2025-10", "2025-11", ""):
        with pytest.raises(NoSuchEventError):
            event_ids.resolve_id(index, given)
