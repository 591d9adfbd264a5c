"""What answered what: the events that links lead to from one event, back and forward."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.tables import RELATIONS
from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.values.codes import is_prefix
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rexctl.snapshot.snapshot import Snapshot

    Event = Mapping[str, Any]

COLUMNS = ("depth", "relation", "lag", "told_by", "date", "title", "id")


Wrap = Callable[[str, int], list[str]]


def no_wrap(text: str, used: int) -> list[str]:
    """Return the text as one line."""
    return [text]


class Node(NamedTuple):
    """An event of a thread: how it is linked to the one above it, and how many days lie between.

    `relation` reads from this event to the one above: `responds-to`, or `answered-by` for a link in
    the other direction.
    """

    depth: int
    event: Event
    relation: str = ""
    lag: int | None = None
    told_by: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    above: str = ""


def thread(snapshot: Snapshot, names: Sequence[str], depth: int, told_by: str = "") -> list[Node]:
    """Return the events of the threads of some events in the order of trees; each is there once.

    :param depth: how many links away from the first event.
    :param told_by: only links that this actor asserts, where somebody must assert them.
    """
    nodes: list[Node] = []
    seen: set[str] = set()
    rows = [row for name in names if (row := snapshot.event(name)) is not None]
    stack = [Node(0, row.data) for row in reversed(rows)]
    while stack:
        if not stack[-1].depth and str(stack[-1].event["id"]) in seen:
            stack.pop()  # in the thread of an event before it
            continue
        seen.add(str(stack[-1].event["id"]))
        node = stack.pop()
        nodes.append(node)
        if node.depth < depth:
            below = list(_linked(snapshot, node, told_by, seen))
            below.sort(key=lambda one: (one.event["date"], one.event["id"]), reverse=True)
            stack += below
    return nodes


def _linked(snapshot: Snapshot, node: Node, told_by: str, seen: set[str]) -> Iterator[Node]:
    """Yield the events that links join to an event, and that are not in the thread yet."""
    name = str(node.event["id"])
    forward = ((str(link["to"]), RELATIONS[link["rel"]].inverse, link)
               for link in node.event.get("links", ()) if "to" in link)  # fmt: skip
    back = ((str(link["from"]), str(link["rel"]), link) for link in snapshot.links_to(name))
    for other, relation, link in (*forward, *back):
        if told_by and RELATIONS[link["rel"]].causal and not _asserts(told_by, link):
            continue
        row = snapshot.event(other)
        if row is None or other in seen:
            continue
        seen.add(other)
        lag = _days(node.event, row.data)
        yield Node(node.depth + 1, row.data, relation, lag, tuple(link.get("asserted_by", ())),
                   tuple(link.get("disputed_by", ())), name)  # fmt: skip


def _asserts(actor: str, link: Mapping[str, Any]) -> bool:
    return any(is_prefix("actor", actor, one) for one in link.get("asserted_by", ()))


def _days(one: Event, other: Event) -> int | None:
    """Return the days from the first possible day of one event to that of the other, if both have one."""
    first, second = dates.span(one["date"])[0], dates.span(other["date"])[0]
    return None if dates.LOWEST in (first, second) else second - first


def as_table(nodes: Sequence[Node]) -> Table:
    """Return a row for each event of a thread."""
    return Table(COLUMNS, [Row(_row(node)) for node in nodes], right=("depth", "lag"))


def _row(node: Node) -> dict[str, Any]:
    row: dict[str, Any] = {"id": node.event["id"], "depth": node.depth, "date": node.event["date"],
                           "title": node.event["title"]}  # fmt: skip
    if node.relation:
        row |= {"relation": node.relation, "above": node.above}
        row |= {} if node.lag is None else {"lag": node.lag}
    for key in ("told_by", "disputed_by"):
        if getattr(node, key):
            row[key] = list(getattr(node, key))
    return row


def as_tree(nodes: Sequence[Node], wrap: Wrap = no_wrap) -> Iterator[str]:
    """Yield the lines of the tree: relation, days later (+) or earlier (-), date, title, id.

    :param wrap: breaks a text into lines beside that many columns of the tree.
    """
    for n, node in enumerate(nodes):
        words = [node.event["date"], clean_line(node.event["title"]), f"({node.event['id']})"]
        if node.relation:
            claim = f" by {', '.join(node.told_by)}" if node.told_by else ""
            claim += f", disputed by {', '.join(node.disputed_by)}" if node.disputed_by else ""
            lag = "" if node.lag is None else f", {node.lag:+d} days"
            words = [f"{node.relation}{claim}{lag}:", *words]
        start, further = _branch(nodes, n)
        lines = wrap(" ".join(words), len(further))
        yield start + lines[0]
        yield from (further + line for line in lines[1:])


def _branch(nodes: Sequence[Node], n: int) -> tuple[str, str]:
    """Return the lines that lead to a node of the tree, and those beside its further lines."""
    has_child = n + 1 < len(nodes) and nodes[n + 1].depth > nodes[n].depth
    below = "│  " if has_child else "   "
    if not nodes[n].depth:
        return "", below
    parts, further = [], []
    for depth in range(1, nodes[n].depth + 1):
        following = next((one.depth for one in nodes[n + 1 :] if one.depth <= depth), 0)
        last = following != depth
        is_own = depth == nodes[n].depth
        further.append("   " if last else "│  ")
        parts.append(("└─ " if last else "├─ ") if is_own else further[-1])
    return "".join(parts), "".join([*further, below])


def as_dot(nodes: Sequence[Node], wrap: Wrap = no_wrap) -> Iterator[str]:
    """Yield the lines of a graph in the language of Graphviz."""
    yield "digraph thread {"
    yield "  node [shape=box];"
    for node in nodes:
        label = clean_line(f"{node.event['date']} {node.event['title']}")
        yield f"  {_quoted(node.event['id'])} [label={_quoted(label)}];"
    for node in nodes:
        if node.relation:
            ends = f"{_quoted(node.event['id'])} -> {_quoted(node.above)}"
            yield f"  {ends} [label={_quoted(node.relation)}];"
    yield "}"


def as_mermaid(nodes: Sequence[Node], wrap: Wrap = no_wrap) -> Iterator[str]:
    """Yield the lines of a Mermaid flowchart."""
    names = {str(node.event["id"]): f"e{n}" for n, node in enumerate(nodes)}
    yield "flowchart BT"
    for node in nodes:
        label = clean_line(f"{node.event['date']} {node.event['title']}")
        yield f'  {names[node.event["id"]]}["{_escaped(label)}"]'
    for node in nodes:
        if node.relation:
            yield f"  {names[node.event['id']]} -->|{node.relation}| {names[node.above]}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    """Return a text for a label of Mermaid, which reads HTML and its own signs."""
    for sign in '&"<>#[]{}|`':
        text = text.replace(sign, f"#{ord(sign)};" if sign != "#" else "＃")
    return text
