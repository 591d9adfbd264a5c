"""Which nodes of a graph lead back to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rexctl.values.text import group_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Node = TypeVar("Node")


def components(pairs: Iterable[tuple[Node, Node]]) -> dict[Node, Node]:
    """Return for each node of a graph one node that represents its strongly connected component.

    `pairs` are the arrows. An arrow joins two nodes of one component only in a cycle. Kosaraju's
    algorithm: linear, where a search for each arrow would be quadratic.
    """
    arrows = list(pairs)
    graph, reverse = group_pairs(arrows), group_pairs((end, start) for start, end in arrows)
    finished = [node for node, _ in _search(graph, graph)]
    return dict(_search(reverse, reversed(finished)))


def _search(
    graph: Mapping[Node, Sequence[Node]], roots: Iterable[Node]
) -> Iterator[tuple[Node, Node]]:
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
