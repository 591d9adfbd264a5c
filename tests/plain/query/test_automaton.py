from __future__ import annotations

import pytest

from rexctl.query.automaton import (
    LARGEST,
    Emit,
    Machine,
    Signs,
    all_of,
    fresh,
    is_word,
    one,
    one_of,
    repeated,
)

A, B = one(Signs((("a", "a"),))), one(Signs((("b", "b"),)))


def machine(emit: Emit) -> Machine:
    made = Machine()
    made.final = emit(made, fresh(made, 0))
    return made


@pytest.mark.parametrize(
    ("emit", "found", "missed"),
    [
        (all_of([A, B]), "xxabxx", "a b"),
        (all_of([]), "", None),
        (one_of([A, B]), "xb", "xc"),
        (all_of([one("^"), repeated(A, 2, 3), one("$")]), "aaa", "aaaa"),
        (all_of([one("^"), repeated(A, 0, 0), B]), "b", "ab"),
        (all_of([one("^"), repeated(A, 1, None), B]), "aaaab", "b"),
        (all_of([one("b"), A, one("B")]), "x ab", "x a b"),
        (repeated(repeated(A, 0, None), 3, None), "", None),
    ],
)
def test_a_part_is_found_where_it_stands(emit: Emit, found: str, missed: str | None) -> None:
    made = machine(emit)
    assert made.found_in(found)
    assert missed is None or not made.found_in(missed)


def test_signs_are_in_a_set_in_either_case() -> None:
    vowels = Signs((("a", "a"), ("e", "e")))
    assert vowels.has("E")
    assert not vowels.has("f")
    assert not vowels._replace(negated=True).has("A")


@pytest.mark.parametrize(
    ("name", "inside", "outside"), [("d", "7", "x"), ("s", "\u3000", "x"), ("w", "商", "-")]
)
def test_a_class_and_its_opposite_share_all_signs(name: str, inside: str, outside: str) -> None:
    for one_of_both in (name, name.upper()):
        signs = Signs(classes=one_of_both)
        assert signs.has(inside) == (one_of_both == name) == (not signs.has(outside))


def test_an_underscore_is_a_sign_of_words() -> None:
    assert is_word("_")
    assert not is_word("-")


def test_a_machine_does_not_grow_without_end() -> None:
    with pytest.raises(OverflowError):
        machine(repeated(A, LARGEST, None))


def test_what_is_remembered_is_forgotten_in_time() -> None:
    made = machine(all_of([A, repeated(one(Signs(negated=True)), 12, 12), B]))
    text = "".join("ab"[n * n * 7 % 11 % 2] for n in range(500))
    expected = [made.found_in(text[:n]) for n in range(0, 500, 50)]
    made._kept = 10**9
    assert [made.found_in(text[:n]) for n in range(0, 500, 50)] == expected
    assert made._kept < 10**9
