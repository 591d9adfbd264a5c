from __future__ import annotations

from typing import Any

import pytest

from rexctl.vocabulary.entries import FIELDS, code_fault, field_faults, member_faults


@pytest.mark.parametrize(
    ("stem", "code"),
    [
        ("actors", "CN/mofcom"), ("actors", "G7"), ("actors", "firm/asml"), ("actors", "CN"),
        ("materials", "rare-earths"), ("laws", "us/ieepa/fentanyl"),
    ],
)  # fmt: skip
def test_a_sound_code_has_no_fault(stem: str, code: str) -> None:
    assert code_fault(stem, code) is None


@pytest.mark.parametrize(
    ("stem", "code", "fault"),
    [
        ("actors", "CN mofcom", "bad-slug"), ("actors", "XX/mofcom", "unknown-country"),
        ("materials", "Dy", "bad-slug"), ("laws", "ieepa", "bad-slug"),
        ("laws", ["us/ieepa"], "wrong-shape"),
    ],
)  # fmt: skip
def test_a_code_of_another_shape_is_told(stem: str, code: Any, fault: str) -> None:
    told = code_fault(stem, code)
    assert told is not None
    assert told.code == fault


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "Commerce"), ("aliases", ["a", "b"]), ("tz", "Asia/Shanghai"), ("hs", ["2846"]),
        ("members", [{"codes": ["DE"], "since": "1958-01-01", "source": "Treaty"}]),
        ("members", [{"codes": []}]),
    ],
)  # fmt: skip
def test_a_sound_field_has_no_fault(key: str, value: Any) -> None:
    assert list(field_faults({**FIELDS["actors"], **FIELDS["materials"]}[key], key, value)) == []


@pytest.mark.parametrize(
    ("key", "value", "code", "path"),
    [
        ("name", ["x"], "wrong-shape", ()),
        ("aliases", "x", "wrong-shape", ()),
        ("aliases", ["x", {"y": "z"}], "wrong-shape", (1,)),
        ("tz", "Asia/Beijing", "unknown-zone", ()),
        ("tz", ["UTC"], "unknown-zone", ()),
        ("hs", ["2846", "284699"], "unknown-product", (1,)),
        ("hs", ["x"], "unknown-product", (0,)),
        ("hs", [["28"]], "unknown-product", (0,)),
        ("members", ["DE"], "missing-field", (0,)),
        ("members", [{"codes": "DE"}], "missing-field", (0,)),
        ("members", [{"codes": [["DE"]]}], "wrong-shape", (0, "codes", 0)),
        ("members", [{"codes": [], "sinc": "1958-01-01"}], "unknown-field", (0, "sinc")),
        ("members", [{"codes": [], "since": "1958"}], "bad-date", (0, "since")),
        ("members", [{"codes": [], "until": "2025-02-30"}], "bad-date", (0, "until")),
        ("members", [{"codes": [], "until": ["x"]}], "bad-date", (0, "until")),
    ],
)
def test_a_fault_in_a_field_is_told_at_its_place(
    key: str, value: Any, code: str, path: tuple[str | int, ...]
) -> None:
    kind = {**FIELDS["actors"], **FIELDS["materials"]}[key]
    assert [(told.code, told.loc) for told in field_faults(kind, key, value)] == [(code, path)]


def test_a_member_is_a_country_or_one_of_the_actors() -> None:
    entry = {"members": [{"codes": ["DE", "AFRICAN-UNION", "Germany", "QQ"]}]}
    told = list(member_faults(entry, {"AFRICAN-UNION"}))
    assert [fault.loc for fault in told] == [
        ("members", 0, "codes", 2),
        ("members", 0, "codes", 3),
    ]
    assert told[0].hint == "did you mean DE?"
    assert {fault.code for fault in told} == {"unknown-actor"}
