"""Laws of parsing, of the stored form and of input."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.codes import check_codes
from rexctl.model.typed_input import from_input
from rexctl.model.types import TYPES
from rexctl.records import ERROR
from rexctl.values import limits
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from rexctl.yamlfile.parse import parse
from rexctl.yamlfile.serialize import serialize
from tests.model import made
from tests.model.made import plain_of
from tests.yamlfile.test_walk import HOSTILE

ANY_EVENT = st.sampled_from(list(TYPES)).flatmap(made.events)


@given(ANY_EVENT)
def test_an_event_parses_to_itself_and_input_in_the_stored_form_is_unchanged(typed: Any) -> None:
    event = made.good(typed)
    parsed = parse(serialize(event).encode())
    assert (parsed.event, parsed.findings) == (event, ())
    assert from_input(event, shipped_vocabulary()) == (event, [])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_no_event(name: str) -> None:
    parsed = parse(HOSTILE[name])
    assert parsed.event is None
    assert any(finding.level == ERROR for finding in parsed.findings)
    assert all(len(one.message) < 300 and len(one.text) <= 200 for one in parsed.findings)
    assert all(finding.path == "" for finding in parsed.findings)


@pytest.mark.slow
def test_a_sanction_of_twelve_thousand_names_is_parsed() -> None:
    entities = [{"name": f"Firm {n}", "country": "CN"} for n in range(12_000)]
    event = plain_of("sanction") | {"entities": entities}
    data = serialize(event).encode()
    assert len(data) < limits.MAX_SIZE
    assert parse(data).event == event


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"actors": "China"}, {"actors": ["CN"]}),
        ({"actors": ["CHN", "mofcom"]}, {"actors": ["CN", "CN/mofcom"]}),
        ({"affected": "all"}, {"affected": ["all"]}),
        ({"sources": "https://a.b"}, {"sources": [{"url": "https://a.b"}]}),
        ({"effective": "2025-11"}, {"effective": {"from": "2025-11"}}),
        ({"rates": 100}, {"rates": [{"value": "100", "unit": "percent"}]}),
        ({"rates": [{"value": "5", "unit": "specific"}]}, {"rates": [{"value": "5", "unit": "specific"}]}),
        ({"products": "hs:2805.30"}, {"products": ["hs:280530"]}),
        ({"products": {"code": "HS:28", "role": "reference"}},
         {"products": [{"code": "hs:28", "role": "reference"}]}),
        ({"instrument": 61}, {"instrument": {"number": "61"}}),
        ({"title": "  A\u0308 "}, {"title": "\u00c4"}),
        ({"legal_basis": "US/IEEPA"}, {"legal_basis": ["us/ieepa"]}),
        ({"_earliest": "2025-10-10", "x-own": [1]}, {"x-own": [1]}),
    ],
)  # fmt: skip
def test_input_becomes_the_stored_form(typed: dict[str, Any], stored: dict[str, Any]) -> None:
    record, findings = from_input({"type": "tariff", **typed}, shipped_vocabulary())
    assert (record, findings) == ({"type": "tariff", **stored}, [])


def test_an_unknown_code_is_reported_at_its_path_and_kept() -> None:
    typed = {
        "type": "tariff",
        "actors": ["Chnia"],
        "products": ["hss:28", "hs:999999"],
        "tz": "Mars",
    }
    record, findings = from_input(typed, shipped_vocabulary())
    assert record == typed
    found = [(one.code, one.loc) for one in findings]
    assert found == [
        ("unknown-actor", ("actors", 0)), ("unknown-scheme", ("products", 0)),
        ("unknown-product", ("products", 1)), ("unknown-zone", ("tz",)),
    ]  # fmt: skip
    assert [(one.code, one.loc) for one in check_codes(typed, shipped_vocabulary())] == found
    assert findings[0].hint == "did you mean CN (China)?"


def test_a_name_in_a_file_parses_and_is_a_finding_of_check_alone() -> None:
    event = plain_of("tariff") | {"affected": ["China"]}
    assert parse(serialize(event).encode()) == (event, (), None)
    (finding,) = check_codes(event, shipped_vocabulary())
    assert (finding.code, finding.loc, finding.hint) == (
        "unknown-actor", ("affected", 0), "did you mean CN (China)?",
    )  # fmt: skip
