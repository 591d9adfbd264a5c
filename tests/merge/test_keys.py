from __future__ import annotations

from rexctl.merge import keys


def test_a_path_is_told_by_the_names_of_items() -> None:
    data = {"clauses": [{"id": "1(1)", "effective": {"from": "2025"}}], "rates": [{"value": "1"}]}
    name = keys.named(("clauses", 0, "effective", "from"), data, "tariff")
    assert keys.told(name) == "clauses[1(1)].effective.from"
    assert keys.told(keys.named(("rates", 0), data, "tariff")) == "rates[1]"
    assert keys.named((), data, "tariff") == ()


def test_a_long_name_is_cut_and_stays_on_one_line() -> None:
    label = keys.label({"text": "One\ntwo " * 30}, "Claim", 0)
    assert len(label) == 60
    assert "\n" not in label
