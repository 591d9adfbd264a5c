from __future__ import annotations

from rexctl.merge.event_merge import format_name, item_label, name_path


def test_a_path_is_told_by_the_names_of_items() -> None:
    data = {"clauses": [{"id": "1(1)", "effective": {"from": "2025"}}], "rates": [{"value": "1"}]}
    name = name_path(("clauses", 0, "effective", "from"), data, "tariff")
    assert format_name(name) == "clauses[1(1)].effective.from"
    assert format_name(name_path(("rates", 0), data, "tariff")) == "rates[1]"
    assert name_path((), data, "tariff") == ()


def test_a_long_name_is_cut_and_stays_on_one_line() -> None:
    label = item_label({"text": "One\ntwo " * 30}, "Claim", 0)
    assert len(label) == 60
    assert "\n" not in label
