from __future__ import annotations

from typing import Any

import pytest

from tests.model.made import codes, good, only, plain_of


def event(**more: Any) -> dict[str, Any]:
    return plain_of("meeting") | more


@pytest.mark.parametrize("date", ["2025", "2025-10", "2025~", "2025-10-20/2025-10-26", "2025/.."])
def test_an_hour_belongs_to_a_day(date: str) -> None:
    assert codes(event(id="2025-x", date=date, time="20:30")) == {"time": "time-without-day"}


@pytest.mark.parametrize("date", ["2025-10-17", "2025-10-17~", "2025-10-17?"])
def test_an_hour_of_a_day_that_is_about_right_may_stand(date: str) -> None:
    assert good(event(date=date, time="20:30"))["time"] == "20:30"


def test_a_retraction_says_why() -> None:
    (loc, code, _, hint) = only(event(confidence="retracted"))
    assert (loc, code) == (("confidence",), "retracted-without-reason")
    assert "note" in hint
    assert good(event(confidence="retracted", note="It never took place."))


def test_a_claim_names_one_of_the_sources_by_url_or_title() -> None:
    sources = [{"url": "https://a.b/c"}, {"title": "T", "publisher": "P", "published": "2025"}]
    for name in ("https://a.b/c", "T"):
        assert good(event(sources=sources, claims=[{"text": "x", "source": name}]))
    bad = event(sources=sources, claims=[{"text": "x"}, {"text": "y", "source": "U"}])
    assert codes(bad) == {"claims.1.source": "unknown-source"}


@pytest.mark.parametrize("field", ["actors", "sources", "tags", "links", "affected"])
def test_an_empty_list_says_nothing_and_is_refused(field: str) -> None:
    assert codes(event(**{field: []})) == {field: "empty-value"}


@pytest.mark.parametrize("sources", ["x", ["x"], {"url": "x"}, [["x"]], [{"url": ["x"]}], [{}]])
@pytest.mark.parametrize("claims", ["x", ["x"], [{"source": ["x"]}], {"source": "x"}])
def test_wrong_shapes_are_told_and_never_crash_the_rules(sources: Any, claims: Any) -> None:
    found = codes(event(sources=sources, claims=claims, date=["2025"], time="20:30"))
    assert "date" in found
    assert any(key.startswith("sources") for key in found)
    assert any(key.startswith("claims") for key in found)


def test_a_title_is_one_line_of_at_most_140_characters() -> None:
    assert good(event(title="x" * 140))
    (_, code, message, _) = only(event(title="x" * 141))
    assert (code, message) == ("too-long", "title: is longer than 140 characters")
    assert codes(event(title="a\nb")) == {"title": "not-one-line"}


def test_everybody_is_written_all() -> None:
    assert good(event(affected=["all"]))["affected"] == ["all"]
    assert codes(event(actors=["all"])) == {"actors.0": "unknown-actor"}


@pytest.mark.parametrize(("name", "date"), [
    ("2025-10-09-x", "2025-10-09"), ("2025-10-09-x", "2025-11"), ("2025-10-x", "2025~"), ("2025-10", "2025-10"),
    ("2025-10-09-x", "2025-01/2025-12"), ("2025-talks", "2025-12-20/2026-01-10"), ("2025-talks", "2024/.."),
    ("2025-talks", "../2019"), ("2025-talks", "2019-05-01"), ("0000-no-id-yet", "2025-10-09"),
    ("2025-61-x", "2024"), ("2025-12-us", "2024-12"), ("2025-10-09-x", "2026/.."),
])  # fmt: skip
def test_no_rule_ties_an_id_to_the_date_of_its_event(name: str, date: str) -> None:
    assert good(event(id=name, date=date))["date"] == date
