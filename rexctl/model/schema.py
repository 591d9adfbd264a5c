"""The schema as plain tables, read from the models: shapes, fields, chief fields, identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args, get_origin

from rexctl.model.event import Event
from rexctl.model.fields import Kind
from rexctl.model.shape import Shape, key_of
from rexctl.model.tables import Field
from rexctl.model.types import TYPES, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

_QUANTITIES = ("number", "integer")


class Leaf(NamedTuple):
    """What a field holds: a text of some kind, one of these models or either; `many` in a list."""

    text: Kind | None = None
    models: tuple[type[Shape], ...] = ()
    many: bool = False

    @property
    def kind(self) -> str:
        """The word for the kind of text, or an empty text."""
        return self.text.word if self.text else ""

    @property
    def values(self) -> tuple[str, ...]:
        """The only texts allowed, or nothing where any of the kind is."""
        return self.text.values if self.text else ()

    @property
    def written(self) -> Any:
        """The kind as SHAPES has it: a word, the name of a shape, or a list of one."""
        names = ([self.kind] if self.kind else []) + [model.__name__ for model in self.models]
        return ["|".join(names)] if self.many else "|".join(names)


def leaf_of(field: FieldInfo) -> Leaf:
    """Return what a field holds, read from its annotation."""
    return _read(Annotated[(field.annotation, *field.metadata)] if field.metadata
                 else field.annotation)  # fmt: skip


def _read(annotation: Any) -> Leaf:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return Leaf(models=(annotation,))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        kind = next((mark for mark in reversed(args) if isinstance(mark, Kind)), None)
        return Leaf(kind) if kind else _read(args[0])
    if origin is Literal:
        return Leaf(Kind("word", values=args))
    if origin is list:
        return _read(args[0])._replace(many=True)
    parts = [_read(arg) for arg in args]
    return Leaf(
        next((part.text for part in parts if part.text), None),
        tuple(model for part in parts for model in part.models),
        any(part.many for part in parts),
    )


def keys_of(model: type[Shape]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the keys of a model and their fields in the order in which a file has them."""
    names = list(model.model_fields)
    if issubclass(model, Event):
        common = list(Event.model_fields)
        head = common[: common.index(Event.own_fields_follow) + 1]
        own = [name for name in names if name not in common]
        # Terms first, then when they apply: the window and the clauses come last.
        own.sort(key=("effective", "clauses").__contains__)
        names = head + own + common[len(head) :]
    return ((key_of(model, name), model.model_fields[name]) for name in names)


def models() -> dict[str, type[Shape]]:
    """Return the model of each type and of each part, by name; a part follows what has it."""
    result: dict[str, type[Shape]] = {}
    for name in TYPES:
        _add_model(name, model_of(name), result)
    return result


def _add_model(name: str, model: type[Shape], result: dict[str, type[Shape]]) -> None:
    if name not in result:
        result[name] = model
        for _, field in keys_of(model):
            for part in leaf_of(field).models:
                _add_model(part.__name__, part, result)


def shapes() -> dict[str, dict[str, Any]]:
    """Return SHAPES: for each type and each part, its keys in order and the kind of each."""
    return {
        name: {key: leaf_of(field).written for key, field in keys_of(model)}
        for name, model in models().items()
    }


def heads() -> dict[str, str]:
    """Return HEADS: for each part, its chief field."""
    return {name: model.head for name, model in models().items() if model.head}


def usual_values() -> dict[str, dict[str, str]]:
    """Return USUAL: for each part that has them, the values that input may leave out."""
    return {name: dict(model.usual) for name, model in models().items() if model.usual}


def all_too() -> list[str]:
    """Return ALL_TOO: the keys of fields of actors that accept the word `all`."""
    leaves = ((key, leaf_of(field)) for model in models().values() for key, field in keys_of(model))
    return sorted({key for key, leaf in leaves if leaf.text and leaf.text.all_too})


def identities() -> dict[str, tuple[str, ...]]:
    """Return IDENTITIES: for each part, the fields that identify it among its like in a list.

    A part that only a quantity would identify has none: a rate of 10 that one side makes 15 and
    the other 20 is not two rates.
    """
    result: dict[str, tuple[str, ...]] = {}
    for name, model in models().items():
        keys, known = model.known_by or (model.head,), dict(keys_of(model))
        if model.head and not any(leaf_of(known[key]).kind in _QUANTITIES for key in keys):
            result[name] = keys
    return result


def fields() -> dict[str, Field]:
    """Return FIELDS: every dotted name that leads to a text, over all types."""
    result: dict[str, Field] = {}
    for name in TYPES:
        for dotted, leaf, text in leaves(model_of(name)):
            before = result.get(dotted)
            values = tuple(dict.fromkeys((before.values if before else ()) + leaf.values))
            types = (*(before.types if before else ()), name)
            result[dotted] = Field(leaf.kind, leaf.many, values, tuple(dict.fromkeys(types)),
                                  before.help if before else text)  # fmt: skip
    every = result["type"]
    result["type"] = every._replace(values=tuple(TYPES), help="the sort of event")
    return result


def leaves(
    model: type[Shape], prefix: str = "", many: bool = False
) -> Iterator[tuple[str, Leaf, str]]:
    """Yield every dotted name of a model that leads to a text, what it holds, and its sentence."""
    for key, field in keys_of(model):
        leaf, dotted, text = leaf_of(field), prefix + key, field.description or ""
        inside = many or leaf.many
        if leaf.kind:
            yield dotted, leaf._replace(many=inside), text
        for part in leaf.models:
            inner = list(leaves(part, dotted + ".", inside))
            head = next((one for one in inner if one[0] == f"{dotted}.{part.head}"), None)
            if head and leaf.many and not leaf.kind:
                yield dotted, head[1]._replace(many=True), text
            yield from inner


def singular(name: str) -> str:
    """Return the word for one value of a field: its flag, and its short name in a query."""
    head, dot, last = name.rpartition(".")
    if last.endswith("ies"):
        return f"{head}{dot}{last.removesuffix('ies')}y"
    if last == "aliases":
        return f"{head}{dot}alias"
    bare = last.endswith("s") and not last.endswith(("us", "ss", "is"))
    return f"{head}{dot}{last.removesuffix('s') if bare else last}"
