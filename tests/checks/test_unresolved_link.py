from __future__ import annotations

import pytest

from rexctl.values.suggest import did_you_mean
from tests.checks.cases import findings_of, linked, locations
from tests.store.logs import event

CODE = "unresolved-link"


def test_a_link_to_a_present_or_a_former_id_is_right() -> None:
    target = event("2025-10-09-b", aliases=["2025-10-09-old"])
    for to in ("2025-10-09-b", "2025-10-09-old"):
        assert locations(CODE, target, linked("2025-11-07-a", "part-of", to)) == []


def test_a_link_to_nothing_is_reported_with_what_was_meant() -> None:
    (one,) = findings_of(
        CODE, event("2025-10-09-mofcom"), linked("2025-11-07-a", "part-of", "2025-10-09-mofcm")
    )
    assert (one.event, one.loc, one.level) == ("2025-11-07-a", ("links", 0, "to"), "error")
    assert one.hint == "did you mean 2025-10-09-mofcom?"


def test_a_link_to_a_file_with_errors_is_no_error() -> None:
    loose = linked("2025-11-07-a", "part-of", "2025-10-09-b")
    assert findings_of(CODE, loose, invalid={"2025-10-09-b": None}) == []
    renamed = {"2025-10-09-c": {"aliases": ["2025-10-09-b", 7], "status": "adoptd"}}
    assert findings_of(CODE, loose, invalid=renamed) == []


def test_a_link_in_a_file_with_errors_is_reported() -> None:
    links = [{"rel": "respond-to", "to": "2025-10-09-gone"}, "no link", {"to": ["no id"]}]
    (one,) = findings_of(CODE, event("2025-10-09-b"), invalid={"2025-11-07-a": {"links": links}})
    assert (one.path, one.event, one.loc) == (
        "events/2025/2025-11-07-a.yaml", "2025-11-07-a", ("links", 0, "to"),
    )  # fmt: skip
    links[0] = {"rel": "respond-to", "to": "2025-10-09-b"}
    invalid = {"2025-11-07-a": {"links": links}}
    assert findings_of(CODE, event("2025-10-09-b"), invalid=invalid) == []


MANY = [event(f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}-{who}-order-{n}")
        for n, who in zip(range(3000), ["cn-mofcom", "us-bis", "eu-commission"] * 1000, strict=True)]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "written",
    ["2025-02-02-us-bis-ordr-1", "2025-12-02-us-bis-order-1", "2025-03-03-eu-comission-order-2018",
     "2025-03-30-eu-commission-order-2", "2025-04-04-cn-mofcom-order-33"],
)  # fmt: skip
def test_among_very_many_a_slip_is_mended_as_if_all_were_looked_at(written: str) -> None:
    (one,) = findings_of(CODE, *MANY, linked("2025-12-31-a", "part-of", written))
    assert one.hint == did_you_mean(written, [str(other["id"]) for other in MANY])


@pytest.mark.parametrize("start", range(0, 400, 40))
def test_in_a_small_log_the_few_looked_at_hold_what_all_would_give(start: int) -> None:
    some = MANY[start : start + 40]
    names = [str(one["id"]) for one in some]
    for name in names[::8]:
        written = name.replace("o", "", 1).replace("-2", "-1", 1)
        (one,) = findings_of(CODE, *some, linked("2025-12-31-z", "part-of", written)) or (None,)
        assert one is None or one.hint == did_you_mean(written, [*names, "2025-12-31-z"])


def test_many_links_to_one_that_is_gone_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def counted(word: str, choices: list[str]) -> str:
        looked_up.append(word)
        assert len(choices) < 20
        return ""

    monkeypatch.setattr("rexctl.checks.unresolved_link.did_you_mean", counted)
    loose = [linked(f"2025-11-07-{n}", "part-of", "2025-10-09-gone") for n in range(50)]
    assert len(locations(CODE, *MANY, *loose)) == 50
    assert looked_up == ["2025-10-09-gone"]
