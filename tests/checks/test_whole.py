from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from rexctl.checks import whole
from tests.checks.cases import TODAY, linked
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

LOOSE = linked("2025-11-07-a", "suspends", "2025-10-09-gone")


def test_the_collector_is_as_it_was_when_the_rules_are_done(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE)
    for before in (gc.disable, gc.enable):
        before()
        whole.found(log, log.index(), TODAY)
        assert gc.isenabled() is (before is gc.enable)


def test_the_case_holds_retracted_events_and_former_ids(tmp_path: Path) -> None:
    gone = event(
        "2025-10-09-a", confidence="retracted", note="Never was.", aliases=["2025-10-09-old"]
    )
    log = log_of(tmp_path, gone)
    found = whole.case_of(log, log.index(), TODAY)
    assert list(found.events) == ["2025-10-09-a"]
    assert found.former == {"2025-10-09-old": "2025-10-09-a"}
    assert found.paths == {"2025-10-09-a": "events/2025/2025-10-09-a.yaml"}
