from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from rexctl.output import Options, sarif
from rexctl.records import DUE, WARNING, Finding, findings_table

if TYPE_CHECKING:
    import pytest


def run_of(*found: Finding) -> Any:
    out = io.StringIO()
    sarif.write(findings_table(found), out, Options())
    whole = json.loads(out.getvalue())
    assert whole["version"] == "2.1.0"
    (run,) = whole["runs"]
    return run


def test_findings_are_the_results_of_one_run() -> None:
    run = run_of(
        Finding("unknown-field", "titel: no such field", "data/a b.yaml", 4, 1, 5),
        Finding("overdue", "has passed", "data/c.yaml", level=DUE, hint="look again"),
    )
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/a%20b.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 4, "startColumn": 1, "endColumn": 6}
    assert (second["level"], second["message"]["text"]) == ("note", "has passed; look again")
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_each_rule_is_described_by_its_page_and_named_once() -> None:
    found = [Finding("overdue", "m", "a.yaml", n, level=DUE) for n in (1, 2)]
    rules = run_of(*found, Finding("unknown-field", "m", "a.yaml"))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["overdue", "unknown-field"]
    for rule in rules:
        sentence = rule["shortDescription"]["text"]
        assert sentence
        assert rule["fullDescription"]["text"] == sentence
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}: {sentence}")
        assert rule["help"]["text"]


def test_a_code_without_a_page_is_a_rule_all_the_same() -> None:
    assert run_of(Finding("quite-new", "m", "a.yaml"))["tool"]["driver"]["rules"] == [
        {"id": "quite-new"}
    ]


def test_the_worst_come_first_and_what_is_past_the_limit_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    run = run_of(
        Finding("d", "m", "a.yaml", level=DUE), Finding("w", "m", "b.yaml", level=WARNING),
        Finding("e", "m", "c.yaml"), Finding("x", "m", "d.yaml", level=DUE),
    )  # fmt: skip
    assert [one["ruleId"] for one in run["results"]] == ["e", "w"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["e", "w"]


def test_no_findings_are_a_run_without_results() -> None:
    assert run_of()["results"] == []
