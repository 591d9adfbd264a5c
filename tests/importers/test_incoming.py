from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl import importers
from rexctl.errors import UsageError
from rexctl.importers import IMPORTERS
from tests.importers.readers import events, faults, judged
from tests.model.made import example, plain_of

TARIFF = plain_of("tariff")
LINE = json.dumps(TARIFF)
CSV = (
    "id,type,title,date,status,actors,sources.url\n"
    "2025-x,statement,T,2025-10-09,made,CN,https://a.b\n"
)
STREAMS = {
    "yaml": example("tariff"), "json": json.dumps([TARIFF], indent=1), "jsonl": f"{LINE}\n{LINE}\n",
    "csv": CSV,
}  # fmt: skip


@pytest.mark.parametrize("form", STREAMS)
def test_a_stream_without_a_name_is_known_by_its_first_bytes(form: str) -> None:
    assert events(STREAMS[form]) == events(STREAMS[form], form=form)


@pytest.mark.parametrize("form", ["json", "jsonl", "yaml"])
def test_a_mark_of_the_encoding_and_empty_lines_hide_no_format(form: str) -> None:
    assert events("\ufeff\n" + STREAMS[form]) == events(STREAMS[form])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (json.dumps(TARIFF, indent=2), "json"), (LINE, "json"), ("[" + LINE + "]", "json"),
        ("---\n" + example("tariff"), "yaml"), ("# a, b\n" + example("tariff"), "yaml"),
        (example("tariff").replace("id: ", '"id": ', 1), "yaml"),
    ],
)  # fmt: skip
def test_other_manners_of_writing_are_known_too(text: str, form: str) -> None:
    assert events(text) == events(text, form=form) == [TARIFF]


@pytest.mark.parametrize("name", ["a.YAML", "a.yml", "dir.csv/a.yaml"])
def test_a_name_goes_before_the_bytes(name: str) -> None:
    assert events(example("tariff"), name) == [TARIFF]
    assert faults(CSV, name)


def test_a_format_that_is_said_goes_before_the_name() -> None:
    assert events(LINE, "x.csv", "json") == [TARIFF]


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        importers.read_records(b"", "-", "jsn")
    assert caught.value.hint == "did you mean json?"


@pytest.mark.parametrize("form", IMPORTERS)
def test_bytes_that_are_not_utf_8_are_one_finding_at_their_line(form: str) -> None:
    found = faults(b"a\nb\n\xff\xfe", f"x.{form}")
    assert [(line, code) for line, _, _, code in found if code == "not-utf8"] == [(3, "not-utf8")]


@pytest.mark.parametrize("form", IMPORTERS)
def test_an_empty_stream_is_no_event(form: str) -> None:
    assert all(reading.event is None for reading in judged(b"", "-", form))


@given(st.binary(max_size=60) | st.text('{}[]",:\n -#idtype', max_size=60).map(str.encode),
       st.sampled_from(["", *IMPORTERS]))  # fmt: skip
def test_any_bytes_are_told_and_never_crash(data: bytes, form: str) -> None:
    for reading in judged(data, "-", form):
        assert reading.event is None
