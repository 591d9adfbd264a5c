"""The findings of one entry, in a file that has it alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rexctl.vocabulary.entries import join_files

SHIPPED: dict[str, dict[str, dict[str, Any]]] = {
    "actors": {"AFRICAN-UNION": {}}, "materials": {}, "laws": {}, "lists": {}, "schemes": {},
}  # fmt: skip


def faults(stem: str, **entry: Any) -> list[tuple[str, tuple[str | int, ...], str]]:
    """Return code, location in the entry and hint of each finding."""
    data = json.dumps([entry]).encode()
    _, findings = join_files(SHIPPED, {f"vocabulary/{stem}.yaml": data})
    return [(finding.code, finding.loc[1:], finding.hint) for finding in findings]


@pytest.mark.parametrize(
    ("stem", "code"),
    [
        ("actors", "CN/mofcom"), ("actors", "G7"), ("actors", "firm/asml"), ("actors", "CN"),
        ("materials", "rare-earths"), ("laws", "us/ieepa/fentanyl"),
    ],
)  # fmt: skip
def test_a_valid_code_has_no_fault(stem: str, code: str) -> None:
    assert faults(stem, code=code) == []


@pytest.mark.parametrize(
    ("stem", "code", "fault"),
    [
        ("actors", "CN mofcom", "bad-slug"), ("actors", "XX/mofcom", "unknown-country"),
        ("materials", "Dy", "bad-slug"), ("laws", "ieepa", "bad-slug"),
        ("laws", ["us/ieepa"], "wrong-shape"),
    ],
)  # fmt: skip
def test_a_code_of_another_shape_is_a_fault(stem: str, code: Any, fault: str) -> None:
    assert [(code, loc) for code, loc, _ in faults(stem, code=code)] == [(fault, ("code",))]


@pytest.mark.parametrize(
    ("stem", "key", "value"),
    [
        ("actors", "name", "Commerce"), ("actors", "aliases", ["a", "b"]),
        ("actors", "tz", "Asia/Shanghai"), ("materials", "hs", ["2846"]),
        ("actors", "members", [{"codes": ["DE"], "since": "1958-01-01", "source": "Treaty"}]),
        ("actors", "members", [{"codes": []}]), ("schemes", "pattern", "[0-9]+"),
    ],
)  # fmt: skip
def test_a_valid_field_has_no_fault(stem: str, key: str, value: Any) -> None:
    assert faults(stem, code="abc", **{key: value}) == []


@pytest.mark.parametrize(
    ("key", "value", "code", "path"),
    [
        ("name", ["x"], "wrong-shape", ()),
        ("aliases", "x", "wrong-shape", ()),
        ("aliases", ["x", {"y": "z"}], "wrong-shape", (1,)),
        ("country", "Germani", "unknown-country", ()),
        ("tz", "Asia/Beijing", "unknown-zone", ()),
        ("tz", ["UTC"], "unknown-zone", ()),
        ("hs", ["2846", "284699"], "unknown-product", (1,)),
        ("hs", ["x"], "unknown-product", (0,)),
        ("hs", [["28"]], "unknown-product", (0,)),
        ("pattern", "[", "bad-pattern", ()),
        ("members", ["DE"], "missing-field", (0,)),
        ("members", [{"codes": "DE"}], "missing-field", (0,)),
        ("members", [{"codes": [["DE"]]}], "wrong-shape", (0, "codes", 0)),
        ("members", [{"codes": [], "sinc": "1958-01-01"}], "unknown-field", (0, "sinc")),
        ("members", [{"codes": [], "since": "1958"}], "bad-date", (0, "since")),
        ("members", [{"codes": [], "until": "2025-02-30"}], "bad-date", (0, "until")),
        ("members", [{"codes": [], "until": ["x"]}], "bad-date", (0, "until")),
    ],
)
def test_a_fault_in_a_field_is_at_its_location(
    key: str, value: Any, code: str, path: tuple[str | int, ...]
) -> None:
    stem = {"hs": "materials", "pattern": "schemes"}.get(key, "actors")
    assert [fault[:2] for fault in faults(stem, code="abc", **{key: value})] == [
        (code, (key, *path))
    ]


def test_the_hint_names_the_country_that_is_near() -> None:
    assert faults("actors", code="abc", country="Germani")[0][2] == "did you mean DE?"


def test_a_member_is_a_country_or_one_of_the_actors() -> None:
    members = [{"codes": ["DE", "AFRICAN-UNION", "Germany", "QQ"]}]
    unknown = faults("actors", code="abc", members=members)
    assert unknown == [
        ("unknown-actor", ("members", 0, "codes", 2), "did you mean DE?"),
        ("unknown-actor", ("members", 0, "codes", 3), ""),
    ]
