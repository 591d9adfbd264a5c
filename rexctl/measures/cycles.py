"""Which nodes of a graph lead back to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each node of a graph one node that represents its strongly connected component.

    `pairs` are the arrows. An arrow joins two nodes of one component only in a cycle. Kosaraju's
    algorithm: linear, where a search for each arrow would be quadratic.
    """
    graph: dict[str, list[str]] = {}
    reverse: dict[str, list[str]] = {}
    for start, end in pairs:
        graph.setdefault(start, []).append(end)
        reverse.setdefault(end, []).append(start)
    finished = [node for node, _ in _search(graph, graph)]
    return dict(_search(reverse, reversed(finished)))


def _search(graph: Mapping[str, Sequence[str]], roots: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each node as a depth-first search finishes it, with the root from which it came."""
    visited = set()
    for root in roots:
        stack = [(root, False)]
        while stack:
            node, is_finished = stack.pop()
            if is_finished:
                yield node, root
            elif node not in visited:
                visited.add(node)
                stack.append((node, True))
                stack += [(end, False) for end in graph.get(node, ())]
