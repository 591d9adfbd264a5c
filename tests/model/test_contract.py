from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.cache.event_row import make_row
from rexctl.model import json_schema
from rexctl.model.types import TYPES
from rexctl.vocabulary.vocabulary import parse_vocabulary
from rexctl.yamlfile.parse import parse
from tests import regenerate
from tests.generate_output_schema import VERSION
from tests.model import made
from tests.model.made import good, plain_of

DATA = regenerate.ROOT / "data"
FILES = sorted((DATA / "events").rglob("*.yaml"))
VOCABULARY, _ = parse_vocabulary(
    {f"vocabulary/{path.name}": path.read_bytes() for path in (DATA / "vocabulary").glob("*.yaml")}
)


LIST = jsonschema.Draft202012Validator(json_schema.schema_of_output("list"))


@pytest.mark.parametrize("command", json_schema.OUTPUTS)
def test_a_contract_is_a_schema_and_names_its_command(command: str) -> None:
    schema = json_schema.schema_of_output(command)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert f"rexctl {command} -j" in schema["title"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_of_the_log_keeps_the_contract(path: Any) -> None:
    event = parse(path.read_bytes()).event
    assert event is not None
    line = json.loads(make_row(event).json)
    LIST.validate(line)
    assert line["_v"] == VERSION


@pytest.mark.slow
@pytest.mark.parametrize("name", TYPES)
@given(st.data())
def test_every_line_that_can_be_keeps_the_contract(name: str, data: st.DataObject) -> None:
    line = json.loads(make_row(good(data.draw(made.events(name)))).json)
    LIST.validate(line)


@pytest.mark.parametrize(
    "wrong",
    [{"rates": [{"value": "100", "unit": "percent"}]}, {"actors": "CN"}, {"status": "adoptd"},
     {"summry": "x"}, {"_v": 2}, {"title": 5}, {"tags": []}],
)  # fmt: skip
def test_a_line_that_breaks_the_contract_is_told(wrong: dict[str, Any]) -> None:
    line = json.loads(make_row(plain_of("tariff")).json)
    LIST.validate(line)
    assert not LIST.is_valid(line | wrong)


def test_every_number_of_a_line_is_a_number_with_its_digits() -> None:
    data = plain_of("tariff") | {"rates": [{"value": "10.50", "unit": "percent"}]}
    assert b'"value": 10.50' in make_row(data).json


def test_only_show_has_the_links_that_lead_here() -> None:
    line = json.loads(make_row(plain_of("tariff")).json) | {"_links_in": []}
    jsonschema.Draft202012Validator(json_schema.schema_of_output("show")).validate(line)
    arms = json_schema.schema_of_output("list")["oneOf"]
    assert not any("_links_in" in arm["properties"] for arm in arms)


def test_a_project_s_own_field_and_a_newer_computed_one_may_stand() -> None:
    line = json.loads(make_row(plain_of("tariff")).json)
    LIST.validate(line | {"x-own": [1], "_new": "y"})
