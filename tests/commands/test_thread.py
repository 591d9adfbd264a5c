"""What answered what, as a tree, a table and graphs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.model.tables import INVERSES, RELATIONS
from rexctl.views.thread import Node, as_tree

if TYPE_CHECKING:
    from tests.commands.door import Door

DAYS = {"a": "2025-01-01", "b": "2025-01-05", "c": "2025-01", "d": "2025-01-20", "e": "2025-02-01"}


@pytest.fixture
def log(rexctl: Door) -> Door:
    """Return a log in which b answers a, c answers b, d answers both a and c, e was retracted."""
    links = {
        "b": [{"rel": "responds-to", "to": "a", "asserted_by": ["CN"], "disputed_by": ["US"]}],
        "c": [{"rel": "responds-to", "to": "b", "asserted_by": ["US"]}],
        "d": [{"rel": "clarifies", "to": "c"}, {"rel": "responds-to", "to": "a", "asserted_by": ["US/bis"]}],
        "e": [{"rel": "clarifies", "to": "a"}],
    }  # fmt: skip
    for name, day in DAYS.items():
        event: dict[str, Any] = {
            "id": f"2025-x-{name}", "type": "statement", "title": f"Event {name}", "date": day, "status": "made",
            "actors": ["CN"], "sources": [{"url": f"https://example.org/{name}"}],
        }  # fmt: skip
        if name in links:
            event["links"] = [{**link, "to": f"2025-x-{link['to']}"} for link in links[name]]
        if name == "e":
            event |= {"confidence": "retracted", "note": "never was"}
        result = rexctl("add", "--from", "-", stdin=json.dumps(event).encode())
        assert result.code == 0, result.err
    return rexctl


def rows(result: Any) -> list[tuple[Any, ...]]:
    found = [json.loads(line) for line in result.lines]
    return [(row["id"][-1], row["depth"], row.get("relation"), row.get("lag")) for row in found]


def test_each_event_is_there_once_at_its_least_distance_and_retracted_ones_are_not(
    log: Door,
) -> None:
    assert rows(log("thread", "2025-x-a")) == [
        ("a", 0, None, None), ("b", 1, "responds-to", 4), ("c", 2, "responds-to", None),
        ("d", 1, "responds-to", 19),
    ]  # fmt: skip
    assert rows(log("thread", "2025-x-e", "--depth", "1"))[0][0] == "e"  # but where it is named


def test_the_account_of_one_side_has_its_causes_and_what_nobody_must_assert(log: Door) -> None:
    assert [row[:2] for row in rows(log("thread", "2025-x-a", "--as-told-by", "CN"))] == [
        ("a", 0), ("b", 1),
    ]  # fmt: skip
    assert [row[:3] for row in rows(log("thread", "2025-x-a", "--as-told-by", "US"))] == [
        ("a", 0, None), ("d", 1, "responds-to"), ("c", 2, "clarified-by"), ("b", 3, "answered-by"),
    ]  # fmt: skip


def test_the_tree_says_who_says_so_and_how_many_days_lie_between(log: Door) -> None:
    assert log("thread", "2025-x-a", "-f", "tree").lines[1:3] == [
        "├─ which answers it, as told by CN, disputed by US, 4 days later: 2025-01-05 Event b (2025-x-b)",
        "│  └─ which answers it, as told by US: 2025-01 Event c (2025-x-c)",
    ]


def test_an_event_that_links_join_to_another_place_too_is_named_there_again(log: Door) -> None:
    assert log("thread", "2025-x-a", "--as-told-by", "US", "-f", "tree", "--depth", "9").lines == [
        "2025-01-01 Event a (2025-x-a)",
        "└─ which answers it, as told by US/bis, 19 days later: 2025-01-20 Event d (2025-x-d)",
        "   └─ which it clarifies: 2025-01 Event c (2025-x-c)",
        "      └─ which it answers, as told by US: 2025-01-05 Event b (2025-x-b)",
    ]
    lines = log("thread", "2025-x-a", "-f", "tree").lines
    assert [line.partition("which ")[2] for line in lines if "(also" in line] == [
        "clarifies it: 2025-x-d (also below)", "it clarifies: 2025-x-c (also above)",
    ]  # fmt: skip
    also = [json.loads(line).get("also") for line in log("thread", "2025-x-a").lines]
    assert also == [None, None, ["2025-x-d"], ["2025-x-c"]]
    assert log("thread", "2025-x-a", "-F", "also", "-f", "csv").lines[-1] == "2025-x-c"


@pytest.mark.parametrize(
    ("depth", "note"),
    [("0", "2 more events: --depth 1"), ("1", "1 more event: --depth 2"), ("2", "")],
)
def test_how_many_events_are_one_link_too_far_away_is_noted(
    log: Door, depth: str, note: str
) -> None:
    for form in ("tree", "dot", "csv"):
        assert log("thread", "2025-x-a", "--depth", depth, "-f", form).err.strip() == note
    several = log("thread", "2025-x-a", "2025-x-b", "2025-x-c", "--depth", "0")
    assert several.err.strip() == "1 more event: --depth 1"


def test_the_end_of_an_id_is_answered_by_the_id(log: Door) -> None:
    assert "X-B: no such event; did you mean 2025-x-b?" in log("thread", "X-B").err


def test_a_graph_has_every_link_between_its_events_as_it_is_stored(log: Door) -> None:
    graph = log("thread", "2025-x-a", "-f", "mermaid")
    assert [line.strip() for line in graph.lines if "-->" in line] == [
        'e1 -->|"responds-to (CN, disputed by US)"| e0', 'e2 -->|"responds-to (US)"| e1',
        'e3 -->|"clarifies"| e2', 'e3 -->|"responds-to (US/bis)"| e0',
    ]  # fmt: skip
    dot = log("thread", "2025-x-a", "-f", "dot", "--as-told-by", "CN")
    assert [line.strip() for line in dot.lines if "->" in line] == [
        '"2025-x-b" -> "2025-x-a" [label="responds-to (CN, disputed by US)"];',
    ]


def test_a_link_to_a_former_id_is_followed(log: Door) -> None:
    log("mv", "2025-x-b", "2025-x-z")
    name = next(path for path in log.files if path.endswith("2025-x-c.yaml"))
    log.put(name, log.files[name].replace("to: 2025-x-z", "to: 2025-x-b"))
    assert [row[0] for row in rows(log("thread", "2025-x-a"))] == ["a", "z", "c", "d"]


@pytest.mark.parametrize(
    ("relation", "words"),
    [("suspends", "which suspends it"), ("suspended-by", "which it suspends"),
     ("answered-by", "which it answers"), ("carries-out", "which carries it out"),
     ("carried-out-by", "which it carries out"), ("justified-by", "which it justifies"),
     ("justifies", "which justifies it"), ("results-from", "which results from it"),
     ("resulted-in", "which it results from"), ("part-of", "which is part of it"),
     ("has-part", "which it is part of"), ("same-as", "which is the same as it")],
)  # fmt: skip
def test_a_line_says_what_its_event_does_to_the_one_above(relation: str, words: str) -> None:
    event = {"id": "2025-x-a", "date": "2025-01-01/2025-01-03", "title": "Event a"}
    _, line = as_tree([Node(0, event), Node(1, event, relation)])
    assert line == f"└─ {words}: 2025-01-01/2025-01-03 Event a (2025-x-a)"


def test_every_relation_has_words_in_both_directions() -> None:
    event = {"id": "2025-x-a", "date": "2025", "title": "Event a"}
    nodes = [Node(0, event), *(Node(1, event, one) for one in (*RELATIONS, *INVERSES))]
    _, *lines = as_tree(nodes)
    assert all(" it" in line.partition(":")[0] for line in lines)


def test_days_are_counted_only_between_exact_days(rexctl: Door) -> None:
    for name, day in {"a": "2025-01-01", "b": "2025-01-03/2025-01-04", "c": "2025-01-05~"}.items():
        event = {"id": f"2025-x-{name}", "type": "statement", "title": name, "date": day, "status": "made",
                 "actors": ["CN"], "sources": [{"url": f"https://example.org/{name}"}],
                 "links": [] if name == "a" else [{"rel": "clarifies", "to": "2025-x-a"}]}  # fmt: skip
        event = {key: value for key, value in event.items() if value}
        assert rexctl("add", "--from", "-", stdin=json.dumps(event).encode()).code == 0
    assert rows(rexctl("thread", "2025-x-a"))[1:] == [
        ("b", 1, "clarifies", None), ("c", 1, "clarifies", None),
    ]  # fmt: skip
