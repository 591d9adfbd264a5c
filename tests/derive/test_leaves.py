from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.cache import leaves_of
from rexctl.cache.leaves_of import Field, root, text_of, window
from rexctl.values import dates

if TYPE_CHECKING:
    import pytest


def names(field: Field, text: str) -> list[str]:
    return [value.field for value in field.said(text)]


def test_a_field_is_called_by_its_dotted_name() -> None:
    source = root("tariff").below("sources")
    assert names(source.below("title"), "x") == ["sources.title"]
    assert [value.field for value in source.headed("https://example.org")] == ["sources"]


def test_a_bare_code_is_the_head_of_the_mapping_in_whose_place_it_stands() -> None:
    assert names(root("tariff").below("products"), "hs:28") == ["products", "products.code"]


def test_what_a_clause_reaches_the_measure_reaches_too_but_for_its_name() -> None:
    clauses = root("tariff").below("clauses")
    assert names(clauses.below("products"), "hs:28") == [
        "clauses.products", "products", "clauses.products.code", "products.code",
    ]  # fmt: skip
    assert names(clauses.below("id"), "1") == ["clauses.id"]
    assert [value.field for value in clauses.headed("1")] == ["clauses"]


def test_a_text_is_folded_and_a_date_and_a_number_have_a_window() -> None:
    (title,) = root("tariff").below("title").said("Türkiye")
    assert (title.folded, title.lo) == ("turkiye", None)
    (date,) = root("tariff").below("date").said("2025-10")
    assert (date.folded, date.lo, date.hi) == ("", *dates.span("2025-10"))
    assert window("number", "1.5") == (1.5, 1.5)
    assert window("number", "much") == window("date", "soon") == window("text", "1") == (None, None)


def test_a_line_of_no_known_type_may_have_the_fields_of_any() -> None:
    assert root("").below("rates").below("value").said("10")[0].lo == 10.0


def test_known_fields_are_made_once_and_others_anew() -> None:
    whole = root("tariff")
    assert whole is root("tariff")
    assert whole.below("title") is whole.below("title")
    assert whole.below("x-a") is not whole.below("x-a")


def test_what_is_kept_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves_of, "_MOST_KEPT", 3)
    field = Field("title", "text", in_clause=False)
    for n in range(20):
        assert field.said(f"{n}")[0].text == f"{n}"
        assert field.said("x" * 200)[0].text == "x" * 200
        assert len(field._kept) <= 3
    assert "x" * 200 not in field._kept


def test_other_tools_write_truths_and_nothing() -> None:
    assert [text_of(value) for value in (True, False, None, 3, "a")] == [
        "true", "false", "", "", "a",
    ]  # fmt: skip
