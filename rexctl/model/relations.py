"""The relations of links with their inverses and effects."""

from __future__ import annotations

from typing import NamedTuple


class Relation(NamedTuple):
    """How one event bears on another: its word, the inverse word, and what it does."""

    word: str
    inverse: str
    lifecycle: bool  # changes what is in force
    causal: bool  # somebody's claim of why: needs asserted_by


_RELATIONS = (
    Relation("amends", "amended-by", True, False),
    Relation("replaces", "replaced-by", True, False),
    Relation("suspends", "suspended-by", True, False),
    Relation("resumes", "resumed-by", True, False),
    Relation("extends", "extended-by", True, False),
    Relation("revokes", "revoked-by", True, False),
    Relation("results-from", "resulted-in", False, False),
    Relation("about", "subject-of", False, False),
    Relation("responds-to", "answered-by", False, True),
    Relation("justified-by", "justifies", False, True),
    Relation("carries-out", "carried-out-by", False, False),
    Relation("calls-off", "called-off-by", False, False),
    Relation("averts", "averted-by", False, True),
    Relation("implements", "implemented-by", False, False),
    Relation("prepares", "prepared-by", False, False),
    Relation("follows-up", "followed-up-by", False, False),
    Relation("part-of", "has-part", False, False),
    Relation("clarifies", "clarified-by", False, False),
    Relation("disputes", "disputed-by", False, False),
    Relation("mirrors", "mirrored-by", False, False),
    Relation("corrects", "corrected-by", False, False),
    Relation("same-as", "same-as", False, False),
)
RELATIONS = {relation.word: relation for relation in _RELATIONS}
INVERSES = {relation.inverse: relation.word for relation in _RELATIONS}
LIFECYCLE = tuple(r.word for r in _RELATIONS if r.lifecycle)
CAUSAL = tuple(r.word for r in _RELATIONS if r.causal)
SETTLING = ("carries-out", "calls-off", "averts")
# A chain of these that leads back to its start says that an event came before itself.
ACYCLIC = (*LIFECYCLE, "results-from", "responds-to", "carries-out", "calls-off", "averts", "implements",
           "prepares", "follows-up", "part-of", "corrects")  # fmt: skip
