"""The table of the flags of `add`, read from the models of the event types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rexctl.model.event import Event
from rexctl.model.tables import CAUSAL, RELATIONS
from rexctl.model.types import TYPES
from tests.generate_tables import singular
from tests.read_models import keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.model.schema import Shape
    from tests.read_models import Leaf

# Set by the command itself, or by other commands.
_NO_FLAGS = frozenset({"id", "type", "title", "aliases", "links"})
_COMMON = frozenset({"affected", "summary", "products", "tags"})
_RARE = frozenset({"exclusions", "thresholds", "clauses", "commitments", "agenda", "readouts",
                   "count", "steps", "cap", "quota", "charge", "format", "combine"})  # fmt: skip

# Parts whose text has all that they need: `ownership >= 50%`.
_TEXTS = {"Threshold"}
# Fields of every event that have a flag only where one of these statuses is possible.
_STATUSES = {"told_by": {"planned", "expected"}, "deadline": {"threatened", "made"}}


def flags_json() -> str:
    """Return the text of `rexctl/resources/add_flags.json`."""
    by_type = {name: list(flags_of_model(model_of(name))) for name in TYPES}
    seen: dict[str, list[dict[str, Any]]] = {}
    for flags in by_type.values():
        for flag in flags:
            seen.setdefault(flag["names"][0], []).append(flag)
    shared = {name: flags[0] for name, flags in seen.items()
              if len(flags) > 1 and all(flag == flags[0] for flag in flags)}  # fmt: skip
    types = {}
    for name, flags in by_type.items():
        refs = [flag["names"][0] if flag["names"][0] in shared else flag for flag in flags]
        types[name] = {"flags": refs}
    lines = [f"  {json.dumps(name)}: {json.dumps(flag)}" for name, flag in shared.items()]
    rows = [
        f"  {json.dumps(name)}: {{\n    " + ",\n    ".join(
            f"{json.dumps(key)}: {json.dumps(value)}" for key, value in table.items()
        ) + "}" for name, table in types.items()
    ]  # fmt: skip
    links = ",\n".join(f"  {json.dumps(flag)}" for flag in _link_flags())
    return (
        '{"shared": {\n' + ",\n".join(lines) + '\n},\n"types": {\n' + ",\n".join(rows)
        + '\n},\n"links": [\n' + links + "\n]}\n"
    )  # fmt: skip


def _link_flags() -> Iterator[dict[str, Any]]:
    """Yield the flags of links, which every type has."""
    shared = {"top": "links", "group": "links"}
    for word in RELATIONS:
        yield {
            "names": [f"--{word}"],
            "kind": "id",
            "help": "",
            "inner": word,
            "listed": True,
        } | shared
    text = f"Who asserts the {', '.join(CAUSAL)} links."
    yield {"names": ["--asserted-by"], "kind": "actor", "help": text, "many": True} | shared


def flags_of_model(model: type[Shape]) -> Iterator[dict[str, Any]]:
    """Yield the flags of a type but for those of its links, as the table has them."""
    common = set(Event.model_fields)
    statuses = set(leaf_of(model.model_fields["status"]).values)
    for key, info in keys_of(model):
        if key in _NO_FLAGS or statuses.isdisjoint(_STATUSES.get(key, statuses)):
            continue
        leaf, text, required = leaf_of(info), info.description or "", info.is_required()
        group = "common" if (key not in common or key in _COMMON) and key not in _RARE else "more"
        name = "--" + (singular(key) if leaf.many else key).replace("_", "-")
        if leaf.kind:
            needed = required and len(leaf.values) != 1
            yield _flag([name], key, "", leaf, text, "needed" if needed else group)
        else:
            yield from _part(name, key, leaf, text, group, required=required)


def _part(
    name: str, key: str, leaf: Leaf, text: str, group: str, *, required: bool
) -> Iterator[dict[str, Any]]:
    """Yield the flags of a part: all of a single one, and of a list the chief field.

    The source is an exception, since most events have one source. A list whose items need more than
    the chief field has none.
    """
    (model,) = leaf.models
    needed = {inner for inner, info in keys_of(model) if info.is_required()}
    bare = needed - {model.head, *model.usual} and model.__name__ not in _TEXTS
    if leaf.many and key != "sources" and bare:
        return
    for inner, info in keys_of(model):
        value, head = leaf_of(info), inner == model.head
        if not value.kind or (leaf.many and not head and key != "sources"):
            continue
        long = f"{name}-{inner.replace('_', '-')}"
        names = [name, long] if head else [long]
        both = f"{text}: {info.description}"
        help_text = (both if len(both) < 60 else text) if head else info.description or ""
        of = "needed" if required and head else group if head or not leaf.many else "more"
        flag = _flag(names, key, inner, value, help_text, of)
        yield (flag | ({"listed": True} if leaf.many else {}))


def _flag(
    names: list[str], top: str, inner: str, leaf: Leaf, help_text: str, group: str
) -> dict[str, Any]:
    found: dict[str, Any] = {"names": names, "top": top, "kind": leaf.kind, "group": group,
                             "help": help_text}  # fmt: skip
    optional = {"inner": inner, "values": list(leaf.values), "many": leaf.many}
    return found | {key: value for key, value in optional.items() if value}
