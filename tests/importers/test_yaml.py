from __future__ import annotations

from rexctl.importers import yaml
from rexctl.model.types import TYPES
from rexctl.yamlfile import serialize
from tests.importers.readers import events, faults, shipped_events
from tests.model.made import example, plain_of


def test_the_shipped_log_comes_back_from_documents_apart_by_lines() -> None:
    texts = [serialize.write(event, event["type"]) for event in shipped_events()]
    assert events("---\n".join(texts), "x.yaml") == list(shipped_events())


def test_every_example_may_stand_in_one_stream() -> None:
    text = "---\n".join(example(name) for name in TYPES)
    assert events(text, form="yaml") == [plain_of(name) for name in TYPES]


def test_a_fault_of_the_second_document_is_told_at_its_line_of_the_stream() -> None:
    first = example("tariff")
    second = example("meeting").replace("status: held", "status: hled")
    line = first.count("\n") + 1 + second[: second.index("status:")].count("\n") + 1
    assert faults(f"{first}---\n{second}", "x.yaml") == [(line, 9, 4, "unknown-value")]


def test_documents_that_hold_nothing_are_left_out() -> None:
    assert yaml.records(b"", "x.yaml") == []
    assert len(yaml.records(f"---\n---\n{example('tariff')}---\n# end\n".encode(), "x.yaml")) == 1
