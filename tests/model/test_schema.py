from __future__ import annotations

import pytest

from rexctl.model.event import Event
from rexctl.model.tables import HEADS, SHAPES
from rexctl.model.types import TYPES
from tests import generate_tables
from tests.model.made import plain_of
from tests.read_models import Leaf, keys_of, leaf_of, model_of


def leaf(name: str, key: str) -> Leaf:
    return leaf_of(dict(keys_of(model_of(name)))[key])


def test_a_leaf_tells_kind_closed_words_inner_models_and_number() -> None:
    assert leaf("tariff", "title").kind == "text"
    assert leaf("tariff", "date").kind == "date"
    actors = leaf("tariff", "actors")
    assert (actors.kind, actors.values, actors.models, actors.many) == ("actor", (), (), True)
    assert leaf("tariff", "stacking").values == ("additional", "replaces", "all-in")
    assert [model.__name__ for model in leaf("tariff", "rates").models] == ["Rate"]
    assert leaf("tariff", "effective").many is False


def test_a_leaf_is_written_as_the_tables_have_it() -> None:
    assert generate_tables.written(leaf("tariff", "products")) == ["product|Product"]
    assert generate_tables.written(leaf("tariff", "effective")) == "Effective"
    assert generate_tables.written(leaf("tariff", "actors")) == ["actor"]


@pytest.mark.parametrize("name", TYPES)
def test_own_fields_stand_between_what_happened_and_how_it_is_known(name: str) -> None:
    keys = [key for key, _ in keys_of(model_of(name))]
    common = list(Event.model_fields)
    border = keys.index("products") + 1
    assert keys[:border] == common[: common.index("products") + 1]
    assert keys[-len(common) + border :] == common[common.index("products") + 1 :]
    own = keys[border : len(keys) - len(common) + border]
    assert not set(own) & set(common)
    last = [key for key in ("effective", "clauses") if key in own]
    assert own[len(own) - len(last) :] == last


@pytest.mark.parametrize("name", TYPES)
def test_an_event_is_given_in_the_order_of_the_tables_or_can_be_put_so(name: str) -> None:
    assert set(plain_of(name)) <= set(SHAPES[name])


def test_a_list_of_parts_goes_by_its_chief_field_too() -> None:
    found = {dotted: leaf for dotted, leaf, _ in generate_tables.leaves(model_of("tariff"))}
    assert found["rates"].kind == found["rates.value"].kind == "number"
    assert found["links"].kind == "id"
    assert "effective" not in found
    assert found["effective.from"].many is False
    assert found["clauses.effective.from"].many is True


def test_a_part_is_known_by_its_head_but_for_quantities_and_where_the_model_says_more() -> None:
    found = generate_tables.identities()
    assert {name for name in HEADS if name not in found} == {
        name for name, head in HEADS.items() if SHAPES[name][head] in ("number", "integer")
    } - {"Step", "Names"}
    assert {name: fields for name, fields in found.items() if fields != (HEADS[name],)} == {
        "Link": ("rel", "to", "instrument", "clause", "via"),
        "Names": ("of",),
        "Readout": ("by", "kind"),
        "Step": ("from",),
    }


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("actors", "actor"), ("entities", "entity"), ("aliases", "alias"), ("status", "status"),
        ("legal_basis", "legal_basis"), ("sources", "source"), ("links.rel", "links.rel"),
        ("clauses.products", "clauses.product"), ("licence", "licence"), ("tags", "tag"),
    ],
)  # fmt: skip
def test_one_of_a_field_has_its_own_word(name: str, one: str) -> None:
    assert generate_tables.singular(name) == one


def test_the_status_is_of_all_types_together() -> None:
    known = generate_tables.fields()["status"]
    assert {"held", "adopted", "made", "initiated"} <= set(known.values)
    assert len(set(known.values)) == len(known.values)
    assert known.types == tuple(TYPES)
