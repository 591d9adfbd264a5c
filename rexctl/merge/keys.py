"""What makes an item of a list that item and no other, whatever else of it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.legal import SHAPES
from rexctl.model.list_keys import item_key
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 60


def label(item: Any, kind: Any, number: int) -> str:
    """Give the name of an item as a person is told it: `1(1)`, `suspends 2025-10-09-cn-mofcom-61`."""
    key = item_key(item, kind)
    words = " ".join(" ".join(text for _, text in key or ()).split()) or str(number + 1)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def named(path: Sequence[str | int], data: Any, kind: Any) -> tuple[str, ...]:
    """Give a path with the names of items in place of their numbers, which a merge may change."""
    found: list[str] = []
    for step in path:
        if isinstance(step, int):
            kind = serialize.each(kind)
            found.append(f"[{label(data[step], kind, step)}]")
        else:
            kind = SHAPES.get(serialize.part(kind), {}).get(step, "")
            found.append(step)
        data = data[step]
    return tuple(found)


def told(name: Sequence[str]) -> str:
    """Give a named path as one word or two: `clauses[1(1)].effective.from`."""
    return ".".join(name).replace(".[", "[")
