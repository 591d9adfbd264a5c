from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from rexctl.model.tables import LIFECYCLE
from rexctl.values import dates
from tests.checks.cases import findings_of, linked, locations
from tests.store.logs import event

CODE = "near-duplicate"
TITLE = "China puts rare-earth items made abroad under export licence"


def two(**second: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    one = event("2025-10-09-a", title=TITLE)
    return locations(CODE, one, event(**({"name": "2025-10-09-b", "title": TITLE} | second)))


def test_one_title_on_one_day_is_reported_at_the_later_id() -> None:
    assert two() == [("2025-10-09-b", ("id",))]


@pytest.mark.parametrize(
    ("second", "found"),
    [({"date": "2025-10-10"}, 1), ({"date": "2025-10-08"}, 1), ({"date": "2025-10-11"}, 0), ({"type": "tariff"}, 0),
     ({"actors": ["US"]}, 0), ({"actors": ["CN/mofcom"]}, 1), ({"title": "Soybean purchases resume"}, 0),
     ({"date": "2025-10"}, 0), ({"date": "2025-10-20", "also_dated": [{"date": "2025-10-10"}]}, 1)],
)  # fmt: skip
def test_type_day_actors_and_title_must_agree(second: dict[str, Any], found: int) -> None:
    assert len(two(**second)) == found


def test_one_paper_is_one_event_however_far_apart_and_two_papers_are_two() -> None:
    paper = {"issuer": "CN/mofcom", "number": "61", "year": "2025"}
    far = (
        event("2025-10-09-a", instrument=paper),
        event("2025-12-09-b", instrument=paper, title="Quite another"),
    )
    assert "the same instrument" in findings_of(CODE, *far)[0].message
    near = event("2025-10-09-a", title=TITLE, instrument=paper)
    assert (
        locations(
            CODE, near, event("2025-10-09-b", title=TITLE, instrument=paper | {"number": "62"})
        )
        == []
    )


def test_two_that_are_linked_are_stages_of_one_thing() -> None:
    one, two = (
        event("2025-10-09-a", title=TITLE),
        linked("2025-10-09-b", "follows-up", "2025-10-09-a", title=TITLE),
    )
    assert locations(CODE, one, two) == []


def test_one_that_was_retracted_is_no_duplicate() -> None:
    assert two(confidence="retracted") == []


def test_of_many_alike_there_is_one_finding_at_the_last() -> None:
    many = [event(f"2025-10-09-{n:02}", title=TITLE) for n in range(20)]
    (found,) = findings_of(CODE, *many)
    assert found.event == "2025-10-09-19"
    assert "2025-10-09-00, 2025-10-09-01, 2025-10-09-02 and 16 more" in found.message


def test_one_page_as_source_of_both_makes_them_alike_unless_their_papers_differ() -> None:
    urls = ["https://example.org/page/", "http://www.example.org/page#top"]
    one, two = (event(f"2025-10-09-{n}", title=str(n), sources=[{"url": url}], actors=[actor])
                for n, url, actor in zip("ab", urls, ["US", "CN"], strict=True))  # fmt: skip
    (found,) = findings_of(CODE, one, two)
    assert "the same source" in found.message
    papers = [{"issuer": "CN", "kind": "announcement", "number": n} for n in ("61", "62")]
    assert findings_of(CODE, one | {"instrument": papers[0]}, two | {"instrument": papers[1]}) == []
    other_kind = papers[1] | {"kind": "notice"}
    assert findings_of(CODE, one | {"instrument": papers[0]}, two | {"instrument": other_kind})
    assert findings_of(CODE, one, two | {"date": "2025-10-12"}) == []


def test_numbers_of_one_actor_speak_against_also_without_an_issuer() -> None:
    one, two = (
        event(f"2025-10-09-{n}", title=TITLE, instrument={"number": n}) for n in ("10001", "10002")
    )
    assert findings_of(CODE, one, two) == []
    named = two | {"instrument": {"number": "10002", "issuer": "CN/mofcom"}}
    assert (
        findings_of(CODE, one | {"actors": ["CN/mofcom"]}, named | {"actors": ["CN/mofcom"]}) == []
    )
    assert findings_of(CODE, one | {"actors": ["CN/gacc"]}, two)  # of another body, it says nothing
    other_kind = {"instrument": {"number": "10002", "kind": "notice"}}
    assert findings_of(
        CODE, one | {"instrument": {"number": "10001", "kind": "order"}}, two | other_kind
    )
    far = event("2026-10-09-c", date="2026-10-09", title=TITLE, instrument={"number": "10001"})
    assert findings_of(CODE, one, far) == []


def test_an_event_that_allows_it_is_compared_with_no_other() -> None:
    aside = [{"check": CODE, "reason": "Two statements of one day."}]
    one, two = (event(f"2025-10-09-{letter}", title=TITLE) for letter in "ab")
    assert findings_of(CODE, one | {"allow": aside}, two) == []
    assert findings_of(CODE, one, two | {"allow": aside}) == []


def test_an_actor_of_two_bodies_is_one_actor_of_a_land() -> None:
    both = two(actors=["CN/mofcom", "CN/gacc"], title="China puts rare earths under licence")
    assert both == two(actors=["CN"], title="China puts rare earths under licence")


WORDS = ["China", "puts", "rare", "earths", "under", "licence", "again", "Xi", "speaks"]
DAYS = ["2025-10-08", "2025-10-09", "2025-10-10", "2025-10-12", "2025-10", "2025-10-09/2025-10-10",
        "2025-10-11/..", "2025-10-09~"]  # fmt: skip
PAPERS = [{}, {}, {}, {"issuer": "CN", "number": "61"}, {"issuer": "CN", "number": "62"},
          {"issuer": "CN", "number": "61", "year": "2025"}, {"issuer": "CN"},
          {"number": "61"}, {"number": "62", "kind": "notice"},
          {"issuer": "CN", "number": "63", "kind": "order"}]  # fmt: skip
NAMES = [f"2025-10-09-{letter}" for letter in "abcdefgh"]
OUTSIDE = ["2025-10-01-x", "2025-10-01-y"]
OPTIONAL = {
    "also_dated": st.lists(st.fixed_dictionaries({"date": st.sampled_from(DAYS)}), max_size=2),
    "instrument": st.sampled_from(PAPERS),
    "confidence": st.sampled_from(["confirmed", "likely", "retracted"]),
    "links": st.lists(
        st.fixed_dictionaries(
            {
                "rel": st.sampled_from(["clarifies", "suspends", "amends"]),
                "to": st.sampled_from([*NAMES[:4], *OUTSIDE]),
            },
            optional={"clause": st.sampled_from(["1", "2"])},
        ),
        max_size=2,
    ),
}
EVENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["export-control", "export-control", "meeting"]),
        "title": st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
        "date": st.sampled_from(DAYS),
        "actors": st.lists(
            st.sampled_from(["CN", "CN/mofcom", "US", "US/bis"]), min_size=1, max_size=3
        ),
    },
    optional=OPTIONAL,
)


def naive(events: list[dict[str, Any]]) -> set[frozenset[str]]:
    """Compare each with each, and return the groups of those that are alike."""
    groups = {str(e["id"]): frozenset({str(e["id"])}) for e in events}
    tied = {frozenset((e["id"], link["to"])) for e in events for link in e.get("links", ())}
    for one, two in combinations(events, 2):
        retracted = "retracted" in (one.get("confidence"), two.get("confidence"))
        other = retracted or one["type"] != two["type"]
        if not other and frozenset((one["id"], two["id"])) not in tied and alike(one, two):
            joined = groups[one["id"]] | groups[two["id"]]
            groups |= dict.fromkeys(joined, joined)
    return {group for group in groups.values() if len(group) > 1}


def alike(one: dict[str, Any], two: dict[str, Any]) -> str:
    """Say as plainly as can be why two events seem to be one."""
    papers = [e.get("instrument", {}) for e in (one, two)]
    issuers = [p.get("issuer", e["actors"][0]) for p, e in zip(papers, (one, two), strict=True)]
    if all("number" in paper for paper in papers) and issuers[0] == issuers[1]:
        differ = {k: papers[0].get(k) and papers[1].get(k) and papers[0][k] != papers[1][k]
                  for k in ("kind", "number", "year")}  # fmt: skip
        if not any(differ.values()) and all("issuer" in paper for paper in papers):
            return "the same instrument"
        if not differ["kind"] and (differ["number"] or differ["year"]):
            return ""
    first, second = (
        [low for low, high in map(dates.span, [e["date"], *(a["date"] for a in e.get("also_dated", ()))])
         if high - low <= 1] for e in (one, two)
    )  # fmt: skip
    if not any(abs(a - b) <= 1 for a in first for b in second):
        return ""
    acts = [{(one["rel"], one["to"], one.get("clause", "")) for one in e.get("links", ()) if one["rel"] in LIFECYCLE}
            for e in (one, two)]  # fmt: skip
    if acts[0] & acts[1]:
        return "the same act"
    own, other = ({code.split("/")[0] for code in e["actors"]} for e in (one, two))
    same = own == other and len(own) > 1
    titles = (e["title"].casefold() for e in (one, two))
    if not own & other or fuzz.token_set_ratio(*titles) < (55 if same else 85):
        return ""
    return "a similar title"


@given(st.lists(EVENTS, max_size=len(NAMES)))
def test_what_is_reported_is_what_comparing_each_with_each_would_tell(
    made: list[dict[str, Any]],
) -> None:
    events = [event(name, **more) for name, more in zip(NAMES, made, strict=False)]
    found = {one.event: one.message for one in findings_of(CODE, *events)}
    groups = {max(group): sorted(group)[:-1] for group in naive(events)}
    assert found.keys() == groups.keys()
    for last, others in groups.items():
        assert found[last].startswith(f"may duplicate {', '.join(others[:3])}")


def test_two_tellings_of_one_suspension_are_one_whatever_their_words() -> None:
    more = {"date": "2025-11-07", "links": [{"rel": "suspends", "to": "2025-10-09-cn-61"}]}
    one = event("2025-11-07-china-waits", title="China waits a year", **more)
    two = event("2025-11-07-paper-70", title="Announcement 70 puts off controls", **more)
    (found,) = findings_of(CODE, one, two)
    assert "the same day, each suspends 2025-10-09-cn-61" in found.message
    apart = [{"rel": "suspends", "to": "2025-10-09-cn-61", "clause": n} for n in ("1", "2")]
    assert findings_of(CODE, one | {"links": apart[:1]}, two | {"links": apart[1:]}) == []
    said = [{"rel": "responds-to", "to": "2025-10-09-cn-61"}]
    assert findings_of(CODE, one | {"links": said}, two | {"links": said}) == []


def test_thousands_of_events_of_one_actor_and_day_are_compared_in_linear_time() -> None:
    words = [f"word{n}" for n in range(300)]
    many = [
        event(
            f"2025-10-09-{n:04}", title=f"China {' '.join(words[n % 7 :: 50 + n % 11])} order {n}"
        )
        for n in range(3000)
    ]
    twins = [event(f"2025-10-09-x{n}", title=many[n * 50]["title"]) for n in range(50)]
    with CountComparisons() as comparisons:
        found = {one.event: one.message.split()[2] for one in findings_of(CODE, *many, *twins)}
    assert "2025-10-09-x9" in found  # the last of those whose title is that of another
    assert comparisons.count < 200 * len(many)


class CountComparisons:
    """Counts the titles that are compared meanwhile."""

    count = 0

    def __enter__(self) -> CountComparisons:
        self.patch = pytest.MonkeyPatch()
        similarity = fuzz.token_set_ratio

        def counted(*titles: str, score_cutoff: float) -> float:
            self.count += 1
            return float(similarity(*titles, score_cutoff=score_cutoff))

        self.patch.setattr(fuzz, "token_set_ratio", counted)
        return self

    def __exit__(self, *_: object) -> None:
        self.patch.undo()
