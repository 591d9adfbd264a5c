from __future__ import annotations

import json
from typing import Any

import jsonschema as outside
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model import json_schema
from rexctl.model.codes import check_codes
from rexctl.model.types import TYPES
from rexctl.store.layout import SCHEMA
from rexctl.vocabulary.vocabulary import parse_vocabulary, read_files, shipped_vocabulary
from rexctl.yamlfile import serialize
from tests import regenerate
from tests.model import made
from tests.model.made import example, good, plain_of
from tests.read_models import keys_of, leaf_of, model_of

EACH = pytest.mark.parametrize("name", TYPES)
LOG = sorted((regenerate.ROOT / "data" / "events").rglob("*.yaml"))


ALL = outside.Draft7Validator(json.loads(json_schema.file_schema_text()))
BESIDE_THE_LOG = outside.Draft7Validator(
    json.loads((regenerate.ROOT / "data" / SCHEMA).read_text(encoding="utf-8"))
)


def editor(text: str) -> Any:
    """What an editor sees: numbers are numbers; a date, which JSON has not, is its text."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
        for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


def errors(data: Any, schema: outside.Draft7Validator = ALL) -> list[str]:
    return [error.message for error in schema.iter_errors(data)]


@EACH
def test_it_is_a_schema_of_draft_7(name: str) -> None:
    schema = json_schema.schema_of(name)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    outside.Draft7Validator.check_schema(schema)


@EACH
def test_every_example_is_accepted_as_text_and_as_an_editor_reads_it(name: str) -> None:
    schema = outside.Draft7Validator(json_schema.schema_of(name))
    for data in (plain_of(name), editor(example(name))):
        assert errors(data) == []
        assert errors(data, schema) == []


@pytest.mark.parametrize("path", LOG, ids=lambda path: path.stem)
def test_every_event_of_the_log_is_accepted_as_an_editor_reads_it(path: Any) -> None:
    assert errors(editor(path.read_text(encoding="utf-8")), BESIDE_THE_LOG) == []


@EACH
def test_an_unknown_key_is_refused_at_the_top_and_in_every_part(name: str) -> None:
    assert errors(plain_of(name) | {"summry": "x"})
    for key, info in keys_of(model_of(name)):
        leaf = leaf_of(info)
        for part in leaf.models:
            bad: Any = {part.head: "2025", "zzz": "x"}
            told = errors(plain_of(name) | {key: [bad] if leaf.many else bad})
            assert any("zzz" in message or "valid under any" in message for message in told), key


@EACH
def test_a_projects_own_key_is_accepted(name: str) -> None:
    assert errors(plain_of(name) | {"x-own": {"any": ["thing", 1]}}) == []


@EACH
def test_each_field_that_is_needed_is_asked_for_by_name(name: str) -> None:
    for key, info in keys_of(model_of(name)):
        if info.is_required() and key != "type":
            without = {k: v for k, v in plain_of(name).items() if k != key}
            assert errors(without) == [f"'{key}' is a required property"]


def test_an_event_of_no_type_or_an_unknown_one_is_told_by_its_type_alone() -> None:
    data = plain_of("tariff")
    assert len(errors(data | {"type": "tarif"})) == 1
    assert errors({k: v for k, v in data.items() if k != "type"}) == [
        "'type' is a required property"
    ]


@pytest.mark.slow
@EACH
@given(st.data())
def test_whatever_we_accept_an_editor_accepts_too(name: str, data: st.DataObject) -> None:
    event = good(data.draw(made.events(name)))
    assert errors(event) == []
    assert errors(editor(serialize.write(event, name))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "adoptd"}, {"date": "9 Oct 2025"}, {"actors": []}, {"actors": "CN"},
        {"time": "8:30"}, {"tags": ["Rare Earths"]}, {"sources": [{"url": "example.org"}]},
        {"review_by": "2025-10"}, {"rates": [{"value": "10%", "unit": "percent"}]}, {"id": "A_b"},
    ],
)  # fmt: skip
def test_what_a_pattern_can_tell_is_refused(wrong: dict[str, Any]) -> None:
    assert errors(plain_of("tariff") | wrong)


def test_every_property_is_described_for_the_editor() -> None:
    def visit(schema: Any) -> None:
        for key, body in schema.get("properties", {}).items():
            assert body.get("description") or "const" in body, key

    schema = json.loads(json_schema.file_schema_text())
    for body in [schema, *schema["definitions"].values()]:
        visit(body)


def test_the_one_beside_the_log_differs_in_the_codes_of_the_log_alone() -> None:
    text = (regenerate.ROOT / "data" / SCHEMA).read_text(encoding="utf-8")
    beside, shipped = json.loads(text), json.loads(json_schema.file_schema_text())
    own = parse_vocabulary(read_files(regenerate.ROOT / "data"))[0].by_kind()
    assert text == json_schema.file_schema_text(own)
    assert {"const": "region/europe"}.items() <= beside["definitions"]["actor"]["anyOf"][-2].items()
    for kind in own:
        del beside["definitions"][kind], shipped["definitions"][kind]
    assert beside == shipped


def actors_and_countries() -> list[tuple[str, str]]:
    listed = shipped_vocabulary().by_kind()
    return [(kind, code) for kind in ("actor", "country") for code, _ in listed[kind]]


def test_editors_are_offered_each_code_with_its_name() -> None:
    definitions = json.loads(json_schema.file_schema_text())["definitions"]
    arms = {kind: {arm["const"]: arm.get("description") for arm in definitions[kind]["anyOf"] if arm}
            for kind in ("actor", "country", "law", "list", "product", "currency")}  # fmt: skip
    assert arms["actor"]["CN/mofcom"] == "Ministry of Commerce of China"
    assert arms["actor"]["US"] == arms["country"]["US"] == "United States"
    assert arms["law"]["us/ieepa"] == "International Emergency Economic Powers Act"
    assert arms["product"]["material:dysprosium"] and "USD" in arms["currency"]
    assert all(code in arms[kind] for kind, code in actors_and_countries())


@pytest.mark.parametrize(("code", "known"), [
    ("CN/mofcom", True), ("US-CA", True), ("NO", True), ("SUHH", True), ("press", True),
    ("CN/mofcm", False), ("China", False), ("us", False), ("all", False),
])  # fmt: skip
def test_an_actor_is_accepted_where_check_accepts_it(code: str, known: bool) -> None:
    assert (errors(plain_of("tariff") | {"actors": [code]}) == []) is known
    assert (check_codes({"type": "tariff", "actors": [code]}, shipped_vocabulary()) == []) is known


def test_each_pattern_says_what_to_write() -> None:
    def visit(body: Any) -> None:
        for part in body.values() if isinstance(body, dict) else body:
            if isinstance(part, dict | list):
                visit(part)
        if isinstance(body, dict) and isinstance(body.get("pattern"), str):
            assert body["patternErrorMessage"]

    visit(json.loads(json_schema.file_schema_text()))
