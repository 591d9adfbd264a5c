"""What answered what: the events that links lead to from one event, back and forward."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.tables import INVERSES, RELATIONS
from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.values.codes import is_prefix
from rexctl.values.safe_text import clean_line
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rexctl.snapshot.snapshot import Snapshot

    Event = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Relations whose words are no verb, or have the object within.
_PHRASES = {"about": "is about", "part-of": "is part of", "same-as": "is the same as",
            "responds-to": "answers", "carries-out": "carries it out", "calls-off": "calls it off",
            "follows-up": "follows it up"}  # fmt: skip
COLUMNS = ("depth", "relation", "lag", "told_by", "date", "title", "id")


Wrap = Callable[[str, int], list[str]]


def no_wrap(text: str, indent: int) -> list[str]:
    """Return the text as one line."""
    return [text]


class Node(NamedTuple):
    """An event of a thread: how it is linked to the one above it, and how many days lie between.

    `relation` reads from this event to the one above: `responds-to`, or `answered-by` for a link in
    the other direction. `also` are the other events of the thread that links join to it, each a node below
    it in the tree too.
    """

    depth: int
    event: Event
    relation: str = ""
    lag: int | None = None
    told_by: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    is_anonymous: bool = False  # the link rests on sources alone that name nobody
    above: str = ""
    also: tuple[Node, ...] = ()


def thread(
    snapshot: Snapshot, names: Sequence[str], depth: int, told_by: str = ""
) -> tuple[list[Node], int]:
    """Return the events of the threads of some events in the order of trees, and how many one link more adds.

    Each is there once, at its least distance. Retracted events are left out, but those named.

    :param depth: how many links away from the first event.
    :param told_by: only links that this actor asserts, where somebody must assert them.
    """
    nodes: list[Node] = []
    ids, more = set[str](), set[str]()
    for name in names:
        row = snapshot.event(name)
        if row is not None and name not in ids:  # else it is in the thread of one before
            ids.add(name)
            nodes += _tree(snapshot, Node(0, row.data), depth, told_by, ids, more)
    return nodes, len(more - ids)


def _tree(
    snapshot: Snapshot, root: Node, depth: int, told_by: str, ids: set[str], more: set[str]
) -> Iterator[Node]:
    """Yield the events of one thread that are not yet `seen`, which gets them, in the order of a tree.

    `more` gets those that are too far away.
    """
    level, below, also = [root], dict[str, list[Node]](), dict[str, tuple[Node, ...]]()
    for steps in range(depth, -1, -1):
        following = []
        for node in level:
            before = frozenset(ids)
            name = str(node.event["id"])
            linked = sorted(_linked(snapshot, node, told_by), key=_by_date)
            also[name] = tuple(one for one in linked if one.event["id"] in before)
            below[name] = [one for one in linked if one.event["id"] not in before]
            (ids if steps else more).update(str(one.event["id"]) for one in below[name])
            following += below[name]
        level = following if steps else []
    stack = [root]
    while stack:
        node = stack.pop()
        name = str(node.event["id"])
        yield node._replace(also=also[name])
        stack += reversed(below[name] if node.depth < depth else [])


def _by_date(node: Node) -> tuple[int, int, str]:
    first, last = dates.span(node.event["date"])
    return (last if first == dates.LOWEST else first), last, str(node.event["id"])


def _linked(snapshot: Snapshot, node: Node, told_by: str) -> Iterator[Node]:
    """Yield the events that links join to an event, but that above it, each once."""
    name = str(node.event["id"])
    forward = ((str(link["to"]), RELATIONS[link["rel"]].inverse, link)
               for link in node.event.get("links", ()) if "to" in link)  # fmt: skip
    back = ((str(link["from"]), str(link["rel"]), link) for link in snapshot.links_to(name))
    done = {name, node.above}
    for other, relation, link in (*forward, *back):
        row = snapshot.event(other) or snapshot.event(snapshot.id_of_alias(other) or "")
        if row is None or row.data["id"] in done or not _is_asserted(link, told_by):
            continue
        if row.data.get("confidence") != "retracted":
            done.add(str(row.data["id"]))
            lag = _days(node.event, row.data)
            holder = row.data if "from" in link else node.event
            yield Node(node.depth + 1, row.data, relation, lag, tuple(link.get("asserted_by", ())),
                       tuple(link.get("disputed_by", ())), _is_anonymous(holder), name)  # fmt: skip


def _is_asserted(link: Mapping[str, Any], actor: str) -> bool:
    """Return whether an actor asserts a causal link; True for other links and without an actor."""
    return not actor or not RELATIONS[link["rel"]].causal or any(
        is_prefix("actor", actor, one) for one in link.get("asserted_by", ()))  # fmt: skip


def _is_anonymous(event: Event) -> bool:
    """Return whether each source that is said to support the links of an event names nobody."""
    supporting = [one for one in event["sources"] if "links" in one.get("supports", ())]
    return bool(supporting) and all(one.get("attribution") == "anonymous" for one in supporting)


def _days(one: Event, other: Event) -> int | None:
    """Return the days from one event to the other; None where one of them is not of one known day."""
    if not all(_DAY.fullmatch(event["date"]) for event in (one, other)):
        return None
    return dates.span(other["date"])[0] - dates.span(one["date"])[0]


def _phrase(relation: str) -> str:
    """Return a relation to the event above as a clause about this one: `it` is that one.

    >>> _phrase("suspends"), _phrase("suspended-by"), _phrase("carries-out"), _phrase("justified-by")
    ('which suspends it', 'which it suspends', 'which carries it out', 'which it justifies')
    """
    if relation in ("justifies", "justified-by"):
        return "which justifies it" if relation == "justifies" else "which it justifies"
    word = relation if relation in RELATIONS else INVERSES[relation]
    verb = _PHRASES.get(word, word.replace("-", " "))
    if word != relation:
        return f"which it {verb.replace(' it ', ' ')}"
    return f"which {verb}" if " it " in verb else f"which {verb} it"


def as_table(nodes: Sequence[Node]) -> Table:
    """Return a row for each event of a thread."""
    return Table(
        COLUMNS,
        [Row(_row(node)) for node in nodes],
        right=("depth", "lag"),
        more=("attribution", "also"),
    )


def _row(node: Node) -> dict[str, Any]:
    row: dict[str, Any] = {"id": node.event["id"], "depth": node.depth, "date": node.event["date"],
                           "title": node.event["title"]}  # fmt: skip
    if node.relation:
        row |= {"relation": node.relation, "above": node.above}
        row |= {} if node.lag is None else {"lag": node.lag}
    for key in ("told_by", "disputed_by"):
        if getattr(node, key):
            row[key] = list(getattr(node, key))
    if node.told_by and node.is_anonymous:
        row["attribution"] = "anonymous"
    return row | ({"also": [one.event["id"] for one in node.also]} if node.also else {})


def as_tree(nodes: Sequence[Node], told_by: str = "", wrap: Wrap = no_wrap) -> Iterator[str]:
    """Yield the lines of the tree: relation, who says so, days later or earlier, date, title, id.

    An event that has a place elsewhere in the tree too is named by its id.

    :param wrap: breaks a text into lines beside that many columns of the tree.
    """
    done = set()
    flat = [(one, one is not node) for node in nodes for one in (node, *node.also)]
    branches = _branches([node.depth for node, _ in flat])
    for (node, again), (start, further) in zip(flat, branches, strict=True):
        name = str(node.event["id"])
        words = [name, f"(also {'above' if name in done else 'below'})"]
        if not again:
            done.add(name)
            words = [node.event["date"], clean_line(node.event["title"]), f"({name})"]
        if node.relation:
            words = [f"{_describe(node)}:", *words]
        lines = wrap(" ".join(words), len(further))
        yield start + lines[0]
        yield from (further + line for line in lines[1:])


def _describe(node: Node) -> str:
    """Return in words how an event is linked to the one above: `which averts it, as told by US, 15 days later`."""
    words = [_phrase(node.relation)]
    if node.told_by:
        unnamed = " (unnamed sources)" if node.is_anonymous else ""
        words.append(f"as told by {', '.join(node.told_by)}{unnamed}")
    if node.disputed_by:
        words.append(f"disputed by {', '.join(node.disputed_by)}")
    if node.lag is not None:
        days = count_of(abs(node.lag), "day")
        words.append(f"{days} {'later' if node.lag > 0 else 'earlier'}" if node.lag else "same day")
    return ", ".join(words)


def _branches(depths: Sequence[int]) -> list[tuple[str, str]]:
    """Return for each node of a tree the lines that lead to it, and those beside its further lines."""
    lines, following = [], set[int]()  # the depths at which a line goes on below
    for depth in reversed(depths):
        beside = "".join("│  " if one in following else "   " for one in range(1, depth + 1))
        start = beside[:-3] + ("├─ " if depth in following else "└─ ") if depth else ""
        lines.append((start, beside + ("│  " if depth + 1 in following else "   ")))
        following = {depth, *(one for one in following if one < depth)}
    return lines[::-1]


def as_dot(nodes: Sequence[Node], told_by: str = "", wrap: Wrap = no_wrap) -> Iterator[str]:
    """Yield the lines of a graph in the language of Graphviz: an edge for each link, as it is stored."""
    yield "digraph thread {"
    yield "  node [shape=box];"
    for node in nodes:
        label = clean_line(f"{node.event['date']} {node.event['title']}")
        yield f"  {_quoted(node.event['id'])} [label={_quoted(label)}];"
    for one, other, link in _edges(nodes, told_by):
        yield f"  {_quoted(one)} -> {_quoted(other)} [label={_quoted(_claim(link))}];"
    yield "}"


def as_mermaid(nodes: Sequence[Node], told_by: str = "", wrap: Wrap = no_wrap) -> Iterator[str]:
    """Yield the lines of a Mermaid flowchart: an edge for each link, as it is stored."""
    names = {str(node.event["id"]): f"e{n}" for n, node in enumerate(nodes)}
    yield "flowchart BT"
    for node in nodes:
        label = clean_line(f"{node.event['date']} {node.event['title']}")
        yield f'  {names[node.event["id"]]}["{_escaped(label)}"]'
    for one, other, link in _edges(nodes, told_by):
        yield f'  {names[one]} -->|"{_escaped(_claim(link))}"| {names[other]}'


def _edges(nodes: Sequence[Node], told_by: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield every link between two events of a thread: from which, to which, and the link."""
    names = {str(one): str(node.event["id"]) for node in nodes
             for one in (*node.event.get("aliases", ()), node.event["id"])}  # fmt: skip
    for node in nodes:
        for link in node.event.get("links", ()):
            if link.get("to") in names and _is_asserted(link, told_by):
                yield str(node.event["id"]), names[link["to"]], link


def _claim(link: Mapping[str, Any]) -> str:
    """Return the relation of a link with who asserts it: `responds-to (CN, disputed by US)`."""
    words = [*link.get("asserted_by", ())]
    if "disputed_by" in link:
        words.append(f"disputed by {', '.join(link['disputed_by'])}")
    return f"{link['rel']} ({', '.join(words)})" if words else str(link["rel"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    """Return a text for a label of Mermaid, which reads HTML and its own signs."""
    for sign in '&"<>#[]{}|`':
        text = text.replace(sign, f"#{ord(sign)};" if sign != "#" else "＃")
    return text
