"""The PASS and FAIL examples in the docstrings of the checks, run."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rexctl.checks import CHECKS
from rexctl.checks.context import build_context
from rexctl.model.tables import TYPES
from rexctl.model.validate import validate
from rexctl.output import help_pages
from rexctl.records import Row
from tests.checks.cases import VOCABULARY, findings_in, path_of
from tests.page_examples import examples

if TYPE_CHECKING:
    from rexctl.records import Finding

TODAY = date(2026, 11, 24)
USUAL = {"meeting": "held", "statement": "made", "agreement": "signed", "investigation": "final"}


def filled(partial: dict[str, Any]) -> dict[str, Any]:
    """Make a whole event of one that tells only what the example is about."""
    name = str(partial["id"])
    day = re.match(r"\d{4}(-\d\d){0,2}", name)
    assert day
    kind = str(partial.get("type", "export-control"))
    event = {
        "id": name,
        "type": kind,
        "title": name,
        "date": day.group(),
        "status": USUAL.get(kind, "adopted"),
        "actors": ["CN"],
        "sources": [{"url": f"https://example.org/{name}"}],
    }
    return event | partial


def events(code: str, verdict: str) -> list[dict[str, Any]]:
    page = help_pages.find_page(code)
    assert page is not None
    texts = [e.text for e in examples(page) if e.verdict == verdict]
    assert texts, f"{code} has no {verdict} example"
    return [filled(part) for text in texts for part in yaml.load(text, yaml.BaseLoader)]


@pytest.mark.parametrize("verdict", ["PASS", "FAIL"])
@pytest.mark.parametrize("code", CHECKS)
def test_the_events_of_an_example_are_good_by_themselves(code: str, verdict: str) -> None:
    for event in events(code, verdict):
        assert event["status"] in TYPES[event["type"]].status
        assert validate(event)[1] == []


@pytest.mark.parametrize("code", CHECKS)
def test_a_rule_finds_nothing_in_its_pass_example(code: str) -> None:
    assert findings_among(code, events(code, "PASS")) == []


@pytest.mark.parametrize("code", CHECKS)
def test_a_rule_finds_its_fail_example_at_a_location_that_exists(code: str) -> None:
    log = {event["id"]: event for event in events(code, "FAIL")}
    findings = findings_among(code, list(log.values()))
    assert findings
    for finding in findings:
        part: Any = log[finding.event]
        for key in finding.loc:
            part = part[key]
        assert part
        assert finding.message
        assert finding.code == code


def findings_among(code: str, log: list[dict[str, Any]]) -> list[Finding]:
    rows = [Row(event, path=path_of(event["id"])) for event in log]
    context = build_context(
        rows, {one["id"]: one for one in log}.__getitem__, {}, VOCABULARY, TODAY
    )
    assert len(context.events) == len(log)
    return findings_in(code, context)
