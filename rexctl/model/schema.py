"""The schema as plain tables, read off the models: shapes, fields, heads, identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args, get_origin

from rexctl.model.event import Event
from rexctl.model.fields import Kind, OneOf
from rexctl.model.shape import Shape, key_of
from rexctl.model.types import TYPES
from rexctl.model.validate import model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

_QUANTITIES = ("number", "integer")


class Leaf(NamedTuple):
    """What stands at the end of a field: its kind, closed values, inner models, and if many."""

    kind: str
    values: tuple[str, ...] = ()
    models: tuple[type[Shape], ...] = ()
    many: bool = False

    @property
    def written(self) -> Any:
        """The kind as SHAPES has it: a word, a shape's name, or a list of one."""
        names = ([self.kind] if self.kind else []) + [model.__name__ for model in self.models]
        return ["|".join(names)] if self.many else "|".join(names)


def leaf_of(field: FieldInfo) -> Leaf:
    """Read the annotation of a field."""
    return _read(Annotated[(field.annotation, *field.metadata)] if field.metadata
                 else field.annotation)  # fmt: skip


def _read(annotation: Any) -> Leaf:
    if annotation is type(None):
        return Leaf("")
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return Leaf("", models=(annotation,))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = _read(args[0])
        for mark in args[1:]:
            if isinstance(mark, Kind):
                inner = inner._replace(kind=mark.word)
            elif isinstance(mark, OneOf):
                inner = inner._replace(kind="word", values=mark.values)
        return inner
    if origin is Literal:
        return Leaf("word", values=args)
    if origin is list:
        return _read(args[0])._replace(many=True)
    parts = [_read(arg) for arg in args]
    return Leaf(
        next((part.kind for part in parts if part.kind), ""),
        tuple(value for part in parts for value in part.values),
        tuple(model for part in parts for model in part.models),
        any(part.many for part in parts),
    )


def keys_of(model: type[Shape]) -> Iterator[tuple[str, FieldInfo]]:
    """Give the keys of a model and their fields in the order in which a file has them."""
    names = list(model.model_fields)
    after = getattr(model, "own_fields_follow", None)
    if after:
        common = list(common_model().model_fields)
        head = common[: common.index(after) + 1]
        tail = common[len(head) :]
        own = [name for name in names if name not in common]
        # Terms first, then when they apply: the window and the clauses stand last.
        names = head + sorted(own, key=("effective", "clauses").__contains__) + tail
    return ((key_of(model, name), model.model_fields[name]) for name in names)


def common_model() -> type[Event]:
    """Give the model that all types share."""
    return Event


def shapes() -> dict[str, dict[str, Any]]:
    """Give SHAPES: for each type and each part, its keys in order and the kind of each."""
    found: dict[str, dict[str, Any]] = {}
    for name in TYPES:
        _add(name, model_of(name), found)
    return found


def _add(name: str, model: type[Shape], found: dict[str, dict[str, Any]]) -> None:
    if name in found:
        return
    leaves = {key: leaf_of(field) for key, field in keys_of(model)}
    found[name] = {key: leaf.written for key, leaf in leaves.items()}
    for leaf in leaves.values():
        for part in leaf.models:
            _add(part.__name__, part, found)


def heads() -> dict[str, str]:
    """Give HEADS: for each part that has one, its chief field."""
    return {m.__name__: m.head for name in TYPES for m in _parts(model_of(name)) if m.head}


def identities() -> dict[str, tuple[str, ...]]:
    """Give IDENTITIES: for each part of a list that has them, the fields by which it is that part.

    A quantity has none: a rate of 10 that one makes 15 and another 20 is not two rates.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in TYPES:
        for part in _parts(model_of(name)):
            names, known = part.known_by or (part.head,), dict(keys_of(part))
            if not any(leaf_of(known[key]).kind in _QUANTITIES for key in names):
                found[part.__name__] = names
    return found


def _parts(model: type[Shape]) -> Iterator[type[Shape]]:
    for _, field in keys_of(model):
        for part in leaf_of(field).models:
            yield part
            yield from _parts(part)


class Legal(NamedTuple):
    """A name that a query may ask for."""

    kind: str
    many: bool
    values: tuple[str, ...]
    types: tuple[str, ...]
    help: str


def fields() -> dict[str, Legal]:
    """Give FIELDS: every dotted name that leads to a leaf, over all types."""
    found: dict[str, Legal] = {}
    for name in TYPES:
        for dotted, leaf, text in leaves(model_of(name)):
            before = found.get(dotted)
            values = tuple(dict.fromkeys((before.values if before else ()) + leaf.values))
            types = (*(before.types if before else ()), name)
            found[dotted] = Legal(leaf.kind, leaf.many, values, tuple(dict.fromkeys(types)),
                                  before.help if before else text)  # fmt: skip
    every = found["type"]
    found["type"] = every._replace(values=tuple(TYPES), help="the sort of event")
    return found


def leaves(
    model: type[Shape], prefix: str = "", many: bool = False
) -> Iterator[tuple[str, Leaf, str]]:
    """Give every dotted name of a model that leads to a leaf, with the leaf and its sentence."""
    for key, field in keys_of(model):
        leaf, dotted, text = leaf_of(field), prefix + key, field.description or ""
        inside = many or leaf.many
        if leaf.kind:
            yield dotted, leaf._replace(many=inside), text
        for part in leaf.models:
            parts = list(leaves(part, dotted + ".", inside))
            head = next((p for p in parts if p[0] == f"{dotted}.{part.head}"), None)
            if head and leaf.many and not leaf.kind:
                yield dotted, head[1]._replace(many=True), text
            yield from parts


def singular(name: str) -> str:
    """Give the word for one of a field: the flag, and the short name in a query."""
    head, dot, last = name.rpartition(".")
    if last.endswith("ies"):
        return f"{head}{dot}{last.removesuffix('ies')}y"
    if last == "aliases":
        return f"{head}{dot}alias"
    bare = last.endswith("s") and not last.endswith(("us", "ss", "is"))
    return f"{head}{dot}{last.removesuffix('s') if bare else last}"
