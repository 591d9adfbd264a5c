from __future__ import annotations

from rexctl.model import tables
from rexctl.model.tables import FIELDS


def test_every_relation_is_found_by_its_word_and_reads_backwards() -> None:
    assert all(word == relation.word for word, relation in tables.RELATIONS.items())
    inverses = [relation.inverse for relation in tables.RELATIONS.values()]
    assert len(set(inverses)) == len(inverses)


def test_no_inverse_is_a_relation_that_could_be_stored_but_the_mutual_one() -> None:
    both = set(tables.RELATIONS) & {relation.inverse for relation in tables.RELATIONS.values()}
    assert both == {"same-as"}


def test_the_groups_of_relations_are_relations() -> None:
    for group in (tables.LIFECYCLE, tables.CAUSAL, tables.ACYCLIC):
        assert set(group) <= set(tables.RELATIONS)
        assert len(set(group)) == len(group)
    assert set(tables.LIFECYCLE) <= set(tables.ACYCLIC)
    assert tables.LIFECYCLE == (
        "amends",
        "replaces",
        "suspends",
        "resumes",
        "extends",
        "revokes",
    )
    assert tables.CAUSAL == ("responds-to", "justified-by", "averts")


def test_the_relations_of_the_models_are_these() -> None:
    assert FIELDS["links.rel"].values == tuple(tables.RELATIONS)
