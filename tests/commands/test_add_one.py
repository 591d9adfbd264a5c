from __future__ import annotations

import io
from typing import TYPE_CHECKING

import yaml
from ruamel.yaml import YAML

from rexctl.values import json_text
from tests.commands.door import STATEMENT, SWINE, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

TEXTS = {
    "actors": ["NO"], "products": ["hs:0103"], "date": "2025-10-09", "time": "13:01",
    "tz": "Europe/Oslo", "status": "adopted", "type": "tariff", "id": SWINE_ID,
    "title": "Norway charges 10% on live swine",
}  # fmt: skip


def texts(data: object) -> object:
    """The same tree with every leaf as the text that stands for it."""
    if isinstance(data, dict):
        return {str(key): texts(value) for key, value in data.items()}
    return [texts(value) for value in data] if isinstance(data, list) else str(data)


def test_a_norwegian_duty_on_swine_comes_back_as_it_was_typed(rexctl: Door) -> None:
    assert rexctl(*SWINE).code == 0
    (line,) = rexctl("list", "-j").lines
    data = json_text.loads(line)
    assert {name: data[name] for name in TEXTS} == TEXTS
    assert data["rates"] == [{"value": "10", "unit": "percent"}]
    assert data["sources"] == [{"url": "https://example.org/x"}]
    assert '"value": 10,' in line


def test_both_yamls_read_the_same_texts_from_the_file(rexctl: Door) -> None:
    rexctl(*SWINE)
    text = rexctl.files[f"{SWINE_ID}.yaml"]
    newer = YAML(typ="safe", pure=True)
    newer.version = (1, 2)
    one, two = texts(yaml.safe_load(text)), texts(newer.load(io.StringIO(text)))
    assert one == two
    assert isinstance(one, dict)
    assert {name: one[name] for name in TEXTS} == TEXTS
    assert one["rates"] == [{"value": "10", "unit": "percent"}]


def test_a_list_may_be_typed_with_commas_or_by_repeating_the_flag(rexctl: Door) -> None:
    base = ["add", "statement", "A word", "--date", "2025-10-11", "--status", "made",
            "--source", "https://example.org/s", "--dry-run"]  # fmt: skip
    assert (
        rexctl(*base, "--actor", "NO,SE").out == rexctl(*base, "--actor", "NO", "--actor", "SE").out
    )


def test_a_comma_in_a_text_is_a_comma(rexctl: Door) -> None:
    said = rexctl("add", "statement", "A word", *STATEMENT, "--summary", "One, two.", "--dry-run")
    assert "One, two.\n" in said.out


def test_a_second_value_where_one_stands_is_refused(rexctl: Door) -> None:
    said = rexctl(*SWINE, "--status", "proposed")
    assert (said.code, rexctl.files) == (2, {})
    assert "--status" in said.err


def test_a_flag_of_another_type_is_refused(rexctl: Door) -> None:
    said = rexctl("add", "statement", "A word", *STATEMENT, "--rate", "10%")
    assert (said.code, rexctl.files) == (2, {})
    assert "--rate" in said.err


def test_a_mistyped_flag_has_a_suggestion(rexctl: Door) -> None:
    said = rexctl(*SWINE, "--statsu", "adopted")
    assert (said.code, rexctl.files) == (2, {})
    assert "did you mean --status?" in said.err
