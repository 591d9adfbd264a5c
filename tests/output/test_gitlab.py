from __future__ import annotations

import io
import json
from typing import Any

from rexctl.output import Options
from rexctl.output.gitlab import write
from rexctl.records import DUE, WARNING, Finding, findings_table


def written(*found: Finding) -> Any:
    out = io.StringIO()
    write(findings_table(found), out, Options())
    return json.loads(out.getvalue())


def test_a_finding_is_an_entry_with_its_place() -> None:
    (entry,) = written(Finding("new-tag", "x: is new", "a.yaml", 4, level=WARNING, hint="h"))
    assert entry.pop("fingerprint")
    assert entry == {
        "description": "x: is new; h", "check_name": "new-tag", "severity": "minor",
        "location": {"path": "a.yaml", "lines": {"begin": 4}},
    }  # fmt: skip


def test_a_finding_that_moves_keeps_its_fingerprint() -> None:
    (before,), (after,) = (written(Finding("c", "m", "a.yaml", line)) for line in (4, 9))
    assert before["fingerprint"] == after["fingerprint"]


def test_two_alike_have_two_fingerprints() -> None:
    found = written(Finding("c", "m", "a.yaml", 4), Finding("c", "m", "a.yaml", 9))
    assert len({entry["fingerprint"] for entry in found}) == 2


def test_no_findings_are_an_empty_array() -> None:
    assert written() == []


def test_the_worst_come_first_each_with_a_severity_that_gitlab_knows() -> None:
    found = written(
        Finding("d", "m", "a.yaml", level=DUE), Finding("w", "m", "b.yaml", level=WARNING),
        Finding("e", "m", "c.yaml"),
    )  # fmt: skip
    assert [entry["severity"] for entry in found] == ["major", "minor", "info"]
