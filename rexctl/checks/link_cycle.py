"""Links that state an order form a cycle, so that an event would come before itself.

The relations that change a measure are looked at together: an act that is amended by one that it
suspends leads back to itself too. `results-from`, `responds-to`, `carries-out`, `calls-off`,
`averts`, `implements`, `prepares`, `follows-up`, `part-of` and `corrects` are each looked at by
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
from rexctl.model.tables import ACYCLIC, LIFECYCLE
from rexctl.records import Finding

Graph = Mapping[str, list[str]]

ID = "link-cycle"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each link of a cycle."""
    graphs: dict[str, dict[str, list[str]]] = {}
    for link in context.links:
        if link.rel in ACYCLIC:
            graph = graphs.setdefault(_group(link.rel), {})
            graph.setdefault(link.event, []).append(link.to)
    components = {group: _strong_components(graph) for group, graph in graphs.items()}
    for link in context.links:
        component = components[_group(link.rel)] if link.rel in ACYCLIC else None
        # A link joins two events of one component only in a cycle.
        if component and component[link.event] == component[link.to]:
            message = f"{link.rel} {link.to}: leads back to this event"
            yield link.finding(ID, message, "to", "remove or reverse one link of the cycle")


def _group(relation: str) -> str:
    """Return the name of the relations among which a cycle is looked for."""
    return "lifecycle" if relation in LIFECYCLE else relation


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
