"""The PASS and FAIL examples in the docstrings of the checks, run."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml

from rexctl import registry
from rexctl.checks.rule import Case
from rexctl.checks.slim import Slimmer
from rexctl.model.codes import check_codes
from rexctl.model.legal import TYPES
from rexctl.model.validate import validate
from rexctl.output import help_pages
from rexctl.vocabulary.vocabulary import Vocabulary

TODAY = date(2026, 11, 24)
VOCABULARY = Vocabulary.of_log(
    {"vocabulary/tags.yaml": b"rare-earths: The seventeen rare-earth elements.\n"}
)[0]
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
    page = help_pages.page(code)
    assert page is not None
    texts = [e.text for e in help_pages.examples(page) if e.verdict == verdict]
    assert texts, f"{code} has no {verdict} example"
    return [filled(part) for text in texts for part in yaml.load(text, yaml.BaseLoader)]


def case_of(log: list[dict[str, Any]]) -> Case:
    slim = Slimmer().slim
    known = {str(event["id"]): slim(event) for event in log}
    assert len(known) == len(log)
    paths = {name: f"events/{name[:4]}/{name}.yaml" for name in known}
    former = {alias: name for name, event in known.items() for alias in event.get("aliases", ())}
    codes = tuple((e["id"], one) for e in log for one in check_codes(e, VOCABULARY))
    return Case(TODAY, VOCABULARY, known, paths, (), former, frozenset(), codes)


@pytest.mark.parametrize("verdict", ["PASS", "FAIL"])
@pytest.mark.parametrize("code", registry.CHECKS)
def test_the_events_of_an_example_are_good_by_themselves(code: str, verdict: str) -> None:
    for event in events(code, verdict):
        assert event["status"] in TYPES[event["type"]].status
        assert validate(event)[1] == []


@pytest.mark.parametrize("code", registry.CHECKS)
def test_a_rule_has_nothing_to_tell_of_what_passes(code: str) -> None:
    room = registry.load(registry.CHECKS[code])
    assert code == room.ID
    assert list(room.check(case_of(events(code, "PASS")))) == []


@pytest.mark.parametrize("code", registry.CHECKS)
def test_a_rule_tells_of_what_fails_at_a_place_that_is_there(code: str) -> None:
    log = {event["id"]: event for event in events(code, "FAIL")}
    found = list(registry.load(registry.CHECKS[code]).check(case_of([*log.values()])))
    assert found
    for told in found:
        part: Any = log[told.event]
        for step in told.loc:
            part = part[step]
        assert part
        assert told.message
