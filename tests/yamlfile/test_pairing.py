from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import _Changes as Changing
from rexctl.yamlfile.edit import common_items as kept
from rexctl.yamlfile.edit import list_ranges as stretches

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS: dict[str, Callable[[list[str]], list[str]]] = {
    "the same": list,
    "one changed": lambda items: [*items[:7], "new", *items[8:]],
    "both ends changed": lambda items: ["new", *items[1:-1], "other"],
    "all changed": lambda items: [f"other {item}" for item in items],
    "reversed": lambda items: items[::-1],
    "shuffled": lambda items: random.Random(1).sample(items, len(items)),
    "every second gone": lambda items: items[::2],
    "every second doubled": lambda items: [one for n, item in enumerate(items) for one in [item] * (1 + n % 2)],
    "all alike but the ends": lambda items: ["a", *["b"] * len(items), "c"],
    "none": lambda items: [],
}  # fmt: skip


class Text(str):
    """A text that counts how often it is looked at."""

    looks = 0

    def __eq__(self, other: object) -> bool:
        Text.looks += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        Text.looks += 1
        return str.__hash__(self)


@pytest.mark.parametrize("how", LISTS)
@pytest.mark.parametrize("alike", [False, True])
def test_the_work_grows_with_the_lists_and_no_faster(how: str, alike: bool) -> None:
    """Counted, not timed: each item is looked at a few times, however many there are."""
    old = [Text("b" if alike else f"t{n}") for n in range(1000)]
    new = [Text(item) for item in LISTS[how](list(old))]
    Text.looks = 0
    list(stretches(old, new))
    assert Text.looks <= 8 * (len(old) + len(new))


@pytest.mark.parametrize("how", LISTS)
def test_the_stretches_are_both_lists_and_what_is_kept_is_the_same(how: str) -> None:
    old = [f"t{n % 7}" for n in range(40)]
    lawful(old, LISTS[how](old))


def test_of_random_lists_the_same_holds() -> None:
    pick = random.Random(0)
    for _ in range(2_000):
        old, new = ([pick.choice("abcdef") for _ in range(pick.randrange(9))] for _ in "12")
        lawful(old, new)


def lawful(old: list[str], new: list[str]) -> None:
    found = list(stretches(old, new))
    assert [n for one in found for n in range(one[0], one[1])] == list(range(len(old)))
    assert [n for one in found for n in range(one[2], one[3])] == list(range(len(new)))
    pairs = kept(old, new)
    assert all(old[at] == new[there] for at, there in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_of_items_that_differ_as_many_as_can_be_are_kept() -> None:
    assert kept(list("abcde"), list("acdbe")) == [(0, 0), (2, 1), (3, 2), (4, 4)]
    assert list(stretches(list("abc"), list("xaby"))) == [
        (0, 0, 0, 1), (0, 1, 1, 2), (1, 2, 2, 3), (2, 3, 3, 4),
    ]  # fmt: skip
    assert list(stretches([], [])) == []


def test_one_that_comes_or_goes_among_its_like_is_one() -> None:
    for n in range(5):
        assert len(kept(["a"] * 5, ["a"] * n + ["b"] + ["a"] * (5 - n))) == 5
        assert len(kept(["a"] * 5, ["a"] * 4)) == 4


def test_a_thousand_items_changed_do_not_look_through_the_whole_file_each() -> None:
    """The first key of an item, and the comments beside it, were looked for from the top each time."""
    urls = [f"u{n}" for n in range(1_000)]
    text = "type: tariff\nsources:\n" + "".join(f"  # of {u}\n  - url: {u}\n" for u in urls)
    document = read_document(text.encode(), "f")
    asked = Counted(document.nodes)
    document.nodes = asked
    changing = Changing(document)
    new = {**document.value, "sources": [{"url": u, "title": "A"} for u in urls]}
    assert len(list(changing.node((), document.value, new, "tariff"))) == 1_000
    assert asked.walks <= 2


class Counted(dict):  # type: ignore[type-arg]
    """A mapping that counts how often it is gone through."""

    walks = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        self.walks += 1
        return super().__iter__()
