from __future__ import annotations

import re

from rexctl.model import tables, types
from rexctl.model.tables import ALIASES, FIELDS, HEADS, SHAPES, TYPES
from tests import regenerate

KINDS = {
    "id", "text", "prose", "date", "day", "time", "zone", "number", "integer", "word", "actor",
    "country", "product", "law", "list", "currency", "url", "slug",
}  # fmt: skip


def kinds() -> set[str]:
    written = [kind for shape in SHAPES.values() for kind in shape.values()]
    return {
        arm for kind in written for arm in (kind[0] if isinstance(kind, list) else kind).split("|")
    }


def test_it_is_fresh() -> None:
    text = tables.PATH.read_text(encoding="utf-8")
    assert text == regenerate.wanted()["rexctl/resources/schema.json"], "python -m tests.regenerate"


def test_every_kind_is_a_word_that_was_agreed_or_a_shape() -> None:
    assert {kind for kind in kinds() if kind[0].islower()} <= KINDS
    assert {kind for kind in kinds() if kind[0].isupper()} <= set(SHAPES)


def test_every_shape_has_a_chief_field_of_its_own() -> None:
    parts = {name for name in SHAPES if name[0].isupper()} - {"Event"}
    assert set(HEADS) == parts
    assert all(HEADS[name] in SHAPES[name] for name in parts)


def test_the_types_are_the_registered_ones_in_their_order() -> None:
    assert list(TYPES) == list(types.TYPES)
    assert FIELDS["type"].values == tuple(TYPES)
    assert all(set(info.span) <= set(FIELDS) for info in TYPES.values())
    assert all(set(info.status) <= set(FIELDS["status"].values) for info in TYPES.values())


def test_a_short_name_stands_for_one_field_and_is_none_itself() -> None:
    assert all(name in FIELDS and short not in FIELDS for short, name in ALIASES.items())
    assert ALIASES["actor"] == "actors"
    assert ALIASES["link"] == "links"


# Of another kind than `word`, and with listed values.
FREE = ("type", "status", "allow", "allow.check")


def test_every_field_says_what_it_is_and_which_types_have_it() -> None:
    for name, field in FIELDS.items():
        assert field.help, name
        assert field.types, name
        assert set(field.types) <= set(TYPES)
        assert bool(field.values) == (field.kind == "word") or name in FREE, name


def test_the_version_of_the_tables_follows_from_their_text() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", tables.VERSION)


def test_common_fields_stand_in_one_order_in_every_type() -> None:
    common = set.intersection(*(set(SHAPES[name]) for name in TYPES))
    orders = {tuple(key for key in SHAPES[name] if key in common) for name in TYPES}
    assert len(orders) == 1
