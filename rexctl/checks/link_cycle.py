"""Links that state an order form a cycle, so that an event would come before itself.

The relations are those that change a measure, and `responds-to`, `carries-out`, `calls-off`,
`averts`, `implements`, `prepares`, `follows-up`, `part-of` and `corrects`; each is looked at by
itself. Remove or reverse one link of the cycle.

FAIL:
- id: 2025-10-17-call
  links:
    - {rel: follows-up, to: 2025-10-25-talks}
- id: 2025-10-25-talks
  links:
    - {rel: follows-up, to: 2025-10-17-call}

PASS:
- id: 2025-10-17-call
- id: 2025-10-25-talks
  links:
    - {rel: follows-up, to: 2025-10-17-call}
"""

from collections.abc import Iterable, Iterator, Mapping

from rexctl.checks.context import RuleContext
from rexctl.model.relations import ACYCLIC
from rexctl.records import Finding

Graph = Mapping[str, list[str]]

ID = "link-cycle"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each link of a cycle."""
    graphs: dict[str, dict[str, list[str]]] = {rel: {} for rel in ACYCLIC}
    for link in context.links:
        if link.rel in graphs:
            graphs[link.rel].setdefault(link.event, []).append(link.to)
    components = {rel: _strong_components(graph) for rel, graph in graphs.items()}
    for link in context.links:
        component = components.get(link.rel)
        # A link joins two events of one component only in a cycle.
        if component and component[link.event] == component[link.to]:
            message = f"{link.rel} {link.to}: leads back to this event"
            yield link.finding(ID, message, "to", "remove or reverse one link of the cycle")


def _strong_components(graph: Graph) -> dict[str, str]:
    """Return for each event one event that stands for its strongly connected component.

    Kosaraju's algorithm: linear, where a search for each link would be quadratic.
    """
    reverse: dict[str, list[str]] = {}
    for event, targets in graph.items():
        for target in targets:
            reverse.setdefault(target, []).append(event)
    finished = [event for event, _ in _search(graph, graph)]
    return dict(_search(reverse, reversed(finished)))


def _search(graph: Graph, roots: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each event as a depth-first search finishes it, with the root from which it came."""
    visited = set()
    for root in roots:
        stack = [(root, False)]
        while stack:
            event, is_finished = stack.pop()
            if is_finished:
                yield event, root
            elif event not in visited:
                visited.add(event)
                stack.append((event, True))
                stack += [(target, False) for target in graph.get(event, ())]
