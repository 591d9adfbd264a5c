"""What makes an item of a list that item and no other, whatever else of it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.legal import IDENTITIES, SHAPES
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from collections.abc import Sequence

    Key = tuple[tuple[str, str], ...]

_LONGEST = 60


def keyed(items: Sequence[Any], kind: Any) -> dict[Key, Any] | None:
    """Give the items of a list by their keys; None where one has none, or two have the same."""
    found: dict[Key, Any] = {}
    for item in items:
        key = key_of(item, kind)
        if key is None or key in found:
            return None
        found[key] = item
    return found


def key_of(item: Any, kind: Any) -> Key | None:
    """Give the key of an item of this kind, by its identity or else the first text that it has."""
    shape = serialize.part(kind)
    if shape not in SHAPES:
        return (("", item),) if kind and isinstance(item, str) else None
    fields = IDENTITIES.get(shape, ())
    if isinstance(item, str) and fields:  # `hs:2846` and `{code: hs:2846}` are one product
        item = {fields[0]: item}
    if not isinstance(item, dict) or not fields:
        return None
    texts = [(name, item[name]) for name in SHAPES[shape] if isinstance(item.get(name), str)]
    return tuple(pair for pair in texts if pair[0] in fields) or tuple(texts[:1]) or None


def label(item: Any, kind: Any, number: int) -> str:
    """Give the name of an item as a person is told it: `1(1)`, `suspends 2025-10-09-cn-mofcom-61`."""
    key = key_of(item, kind)
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
