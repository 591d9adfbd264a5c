"""An edit changes what was asked and nothing else: a law over thousands of edits of real files."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.model.tables import SHAPES, each, part
from rexctl.records import Finding
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice
from tests.benchmarks import generator
from tests.benchmarks.maker import Maker
from tests.store.logs import text_of

if TYPE_CHECKING:
    from rexctl.yamlfile.documents import Document

DATA = Path(__file__).parents[2] / "data" / "events"
TEXTS = ["a", "NO", "0103", "a: b", "two words", "13:01", 'say "x"', "ü", "# no comment", "100"]
PROSE = ["One. Two.", "One.\n\nTwo.", "A text with a colon: and more.", "- a\n- b"]


def files() -> list[str]:
    made = Maker(generator.SEED, generator.FIRST, generator.DAYS, 60).events()
    shipped = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*/*.yaml"))]
    return [*shipped, *map(text_of, made)]


FILES = files()


def spliced(text: str, data: Any) -> str | Finding:
    document = read_document(text.encode(), "f")
    found = splice(document, text.encode(), data, shape_of(data))
    return found.decode() if isinstance(found, bytes) else found


def shape_of(data: Any) -> str:
    return str(data["type"])


def commented(text: str, pick: random.Random) -> str:
    """Put comments where a person might: above a line, behind one, at the head and at the end."""
    lines, found = text.splitlines(), []
    block = -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if 0 <= block < indent or not line:
            found.append(line)
            continue
        block = -1
        if pick.random() < 0.06:
            found.append(f"{' ' * indent}# above {len(found)}")
        if line.endswith(": |") or line.endswith("- |"):
            block = indent
        elif pick.random() < 0.06:
            line += f"  # behind {len(found)}"
        found.append(line)
    if pick.random() < 0.2:
        found = ["# The head.", "", *found]
    return "\n".join(found) + "\n" + ("# The end.\n" if pick.random() < 0.2 else "")


class Asked:
    """One change of an event's data: where, what sort, and the data wanted."""

    def __init__(self, data: dict[str, Any], pick: random.Random) -> None:
        self.data = copy.deepcopy(data)
        self.path, self.sort = self._change(self.data, SHAPES[shape_of(data)], pick)

    def _change(self, node: Any, known: Any, pick: random.Random) -> tuple[tuple[Any, ...], str]:
        free = [key for key in known if key not in node]
        sort = pick.choice(["text", "text", "text", "add", "remove", "deeper", "deeper"])
        if sort == "add" and (keys := [k for k in free if isinstance(known[k], str)]):
            key = pick.choice(keys)
            node[key] = pick.choice(PROSE) if known[key] == "prose" else pick.choice(TEXTS)
            return (key,), "add"
        keys = [key for key in node if key not in ("type", "id")]
        if not keys:
            return (), "none"
        key = pick.choice(keys)
        kind = known.get(key, "")
        if sort == "remove" and len(node) > 1:
            del node[key]
            return (key,), "remove"
        return self._inside(node, key, kind, pick)

    def _inside(
        self, node: Any, key: Any, kind: Any, pick: random.Random
    ) -> tuple[tuple[Any, ...], str]:
        value = node[key]
        if isinstance(value, dict):
            path, sort = self._change(value, SHAPES.get(part(kind), {}), pick)
            return (key, *path), sort
        if isinstance(value, list):
            return self._items(value, key, each(kind), pick)
        node[key] = pick.choice(PROSE) if kind == "prose" else pick.choice(TEXTS)
        return (key,), "text"

    def _items(
        self, value: list[Any], key: Any, kind: Any, pick: random.Random
    ) -> tuple[tuple[Any, ...], str]:
        n = pick.randrange(len(value))
        sort = pick.choice(["insert", "drop", "inside", "inside"])
        if sort == "insert":
            value.insert(pick.randrange(len(value) + 1), f"new {pick.randrange(9)}")
            return (key,), "add"
        if sort == "drop" and len(value) > 1:
            del value[n]
            return (key,), "remove"
        path, sort = self._inside(value, n, kind, pick)
        return (key, *path), sort


def old_lines(document: Document, path: tuple[Any, ...], sort: str) -> set[int]:
    """The lines of the file, from 1, that a change at a path may touch: none, if something is added.

    The first line of an item stands behind its dash, so when it comes or goes the item is written.
    """
    spots = document.nodes
    if sort != "text" and len(path) > 1 and isinstance(path[-2], int):
        path = path[:-1]
    elif sort in ("add", "none"):
        return set()
    first = document.source.position(document.start(path))[0]
    return set(range(first, document.source.position(max(spots[path].end - 1, 0))[0] + 1))


def untouched(before: str, after: str, allowed: set[int]) -> bool:
    """Tell whether all lines but those allowed stand in the new text, in their order."""
    left = iter(after.splitlines())
    lines = enumerate(before.splitlines(), 1)
    return all(any(line == one for one in left) for n, line in lines if n not in allowed)


@pytest.mark.parametrize("part", range(8))
def test_an_edit_changes_what_was_asked_and_no_other_line(part: int) -> None:
    """1,200 edits in all: of the shipped files and of made ones, most of them with comments."""
    pick = random.Random(part)
    made = refused = 0
    for _ in range(150):
        text = pick.choice(FILES)
        if pick.random() < 0.7:
            text = commented(text, pick)
        document = read_document(text.encode(), "f")
        assert document.value is not None, text
        asked = Asked(document.value, pick)
        found = spliced(text, asked.data)
        if isinstance(found, Finding):
            assert document.comments, (text, asked.path, asked.sort)
            refused += 1
            continue
        made += 1
        again = read_document(found.encode(), "f")
        shape = shape_of(asked.data)
        assert serialize.canonical_data(again.value, shape) == serialize.canonical_data(
            asked.data, shape
        )
        assert [c.text for c in again.comments] == [c.text for c in document.comments]
        allowed = old_lines(document, asked.path, asked.sort)
        assert untouched(text, found, allowed), (text, found, asked.path, asked.sort)
    # What is refused is a comment whose node goes; that is not most of what anybody asks.
    assert refused < made / 5


SOME = """\
id: 2025-10-09-a  # the id
type: tariff
title: 'A   title'
actors: [CN, US]
affected:
- NO
sources:
  # the first
  - url: https://example.org/a # seen
    title: A
"""


def base() -> dict[str, Any]:
    document = read_document(SOME.encode(), "f")
    return copy.deepcopy(document.value)


def test_one_line_is_changed_and_its_comment_stays() -> None:
    data = base()
    data["sources"][0]["url"] = "https://example.org/b"
    assert spliced(SOME, data) == SOME.replace("org/a", "org/b")


def test_a_new_field_stands_in_its_order_and_a_new_item_at_its_place() -> None:
    data = base()
    data["status"], data["sources"] = "adopted", [*data["sources"], {"title": "B"}]
    assert spliced(SOME, data) == SOME.replace(
        "actors:", "status: adopted\nactors:") + "  - title: B\n"  # fmt: skip
    data["affected"] = ["NO", "SE"]
    assert "- NO\n- SE\nsources" in str(spliced(SOME, data))


def test_a_list_in_brackets_is_written_anew_as_a_whole() -> None:
    data = base()
    data["actors"] = ["CN"]
    assert spliced(SOME, data) == SOME.replace("actors: [CN, US]\n", "actors:\n  - CN\n")


def test_the_first_line_of_an_item_may_go_and_come() -> None:
    text = SOME.replace("  # the first\n", "").replace(" # seen", "")
    data = base()
    del data["sources"][0]["url"]
    assert str(spliced(text, data)).endswith("sources:\n  - title: A\n")
    data["sources"][0] = {"url": "https://example.org/c", "title": "A"}
    bare = text.replace("- url: https://example.org/a\n    title", "- title")
    assert str(spliced(bare, data)).endswith("  - url: https://example.org/c\n    title: A\n")


def test_a_text_becomes_a_block_and_a_block_a_text() -> None:
    text = SOME + "note: Short.\n"
    data = base() | {"note": "One. Two."}
    assert str(spliced(text, data)).endswith("note: |\n  One.\n  Two.\n")
    data["note"] = "Three."
    assert str(spliced(SOME + "note: >  # why\n  One.\n  Two.\nx-a: b\n", data | {"x-a": "b"})).endswith(
        "note: |  # why\n  Three.\nx-a: b\n")  # fmt: skip


def test_a_comment_whose_node_goes_is_a_reason_to_refuse() -> None:
    data = base()
    data["sources"] = [{"title": "B"}]
    found = spliced(SOME, data)
    assert isinstance(found, Finding)
    assert found.code == "not-spliced"


def test_a_comment_above_an_item_that_goes_is_not_left_to_the_next_one() -> None:
    text = SOME.replace("- NO", "# by decree\n- NO\n- SE")
    found = spliced(text, base() | {"affected": ["SE"]})
    assert isinstance(found, Finding)
    kept = spliced(text.replace("# by decree\n- NO\n- SE", "- SE\n# by decree\n- NO"), base())
    assert "affected:\n# by decree\n- NO\n" in str(kept)


def test_prose_that_is_only_wrapped_otherwise_is_not_touched() -> None:
    text = SOME + "note: |\n  One. Two\n  goes on.\n"
    data = base() | {"note": "One.\nTwo goes on.", "title": "B"}
    assert spliced(text, data) == text.replace("'A   title'", "B")


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_a_mark_stay(end: str) -> None:
    before = b"\xef\xbb\xbf" + SOME.replace("\n", end).encode()
    document = read_document(before, "f")
    found = splice(document, before, base() | {"title": "B"}, "tariff")
    assert found == before.replace(b"'A   title'", b"B")


def test_line_ends_of_two_sorts_and_no_last_line_end() -> None:
    before = SOME.replace("\n", "\r\n", 2).encode()
    document = read_document(before, "f")
    assert isinstance(splice(document, before, base() | {"title": "B"}, "tariff"), Finding)
    data = base() | {"note": "A."}
    assert spliced(SOME.removesuffix("\n"), data) == SOME + "note: |\n  A.\n"


def test_nothing_asked_is_nothing_changed() -> None:
    assert spliced(SOME, base()) == SOME
