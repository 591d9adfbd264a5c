from __future__ import annotations

from rexctl.model import relations
from rexctl.model.tables import FIELDS


def test_every_relation_is_found_by_its_word_and_reads_backwards() -> None:
    assert all(word == relation.word for word, relation in relations.RELATIONS.items())
    inverses = [relation.inverse for relation in relations.RELATIONS.values()]
    assert len(set(inverses)) == len(inverses)


def test_no_inverse_is_a_relation_that_could_be_stored_but_the_mutual_one() -> None:
    both = set(relations.RELATIONS) & {
        relation.inverse for relation in relations.RELATIONS.values()
    }
    assert both == {"same-as"}


def test_the_groups_of_relations_are_relations() -> None:
    for group in (relations.LIFECYCLE, relations.CAUSAL, relations.SETTLING, relations.ACYCLIC):
        assert set(group) <= set(relations.RELATIONS)
        assert len(set(group)) == len(group)
    assert set(relations.LIFECYCLE) <= set(relations.ACYCLIC)
    assert relations.LIFECYCLE == (
        "amends",
        "replaces",
        "suspends",
        "resumes",
        "extends",
        "revokes",
    )
    assert relations.CAUSAL == ("responds-to", "justified-by", "averts")


def test_the_relations_of_the_models_are_these() -> None:
    assert FIELDS["links.rel"].values == tuple(relations.RELATIONS)
