"""From a type to the options of `add`: each field that fits a flag, named after the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

from rexctl.errors import BadValueError, MissingFlagsError
from rexctl.model.fields import Kind
from rexctl.model.schema import Leaf, keys_of, leaf_of, singular
from rexctl.model.types import model_of
from rexctl.model.words import CAUSAL, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rexctl.model.shape import Shape

# Made by the command, or by other commands: `mv` keeps former ids.
_MADE = frozenset({"id", "type", "title", "aliases", "links"})
# Texts in which a comma is just a comma; everything else may be listed with commas.
_WHOLE = frozenset({"text", "prose", "url", "number", "integer"})


@dataclass(frozen=True, slots=True)
class Flag:
    """One option: its names, and the place in the event where its value goes."""

    names: tuple[str, ...]
    top: str
    inner: str = ""
    leaf: Leaf | None = None
    listed: bool = False  # the top field is a list of mappings: the nth value is the nth mapping's
    help: str = ""
    needed: bool = False
    causal: bool = False  # a link that is somebody's claim

    @property
    def key(self) -> str:
        """The name under which the command line hands the value over."""
        return self.names[0].lstrip("-").replace("-", "_")

    @property
    def kind(self) -> str:
        """The kind of value, by which a shell completes it."""
        return self.leaf.kind if self.leaf else "id"


def flags_of(name: str) -> list[Flag]:
    """Give the flags of a type in the order of its fields, the links' after them."""
    return [*_own(model_of(name)), *_links()]


def _own(model: type[Shape]) -> Iterator[Flag]:
    for key, info in keys_of(model):
        if key in _MADE:
            continue
        leaf, text = leaf_of(info), info.description or ""
        one = _dashed(singular(key) if leaf.many else key)
        if leaf.kind:
            fixed = len(leaf.values) == 1
            yield Flag((one,), key, leaf=leaf, help=text, needed=info.is_required() and not fixed)
        else:
            yield from _inner(one, key, leaf, text, needed=info.is_required())


def _inner(one: str, key: str, leaf: Leaf, text: str, *, needed: bool) -> Iterator[Flag]:
    (model,) = leaf.models
    for name, info in keys_of(model):
        inner = leaf_of(info)
        if not inner.kind:
            continue
        long, head = f"{one}{_dashed(name)[1:]}", name == model.head
        names = (one, long) if head else (long,)
        told = f"{text}: {info.description}" if head else info.description or ""
        yield Flag(names, key, name, inner, leaf.many, told, needed and head)


def _links() -> Iterator[Flag]:
    for word, relation in RELATIONS.items():
        yield Flag((f"--{word}",), "links", word, help=f"link: this event {word} ID or ID#CLAUSE",
                   causal=relation.causal)  # fmt: skip
    yield Flag(
        ("--asserted-by",),
        "links",
        leaf=Leaf(Kind("actor"), many=True),
        help=f"who asserts the {' and '.join(CAUSAL)} links",
    )


def _dashed(name: str) -> str:
    return "--" + name.replace("_", "-")


def options_of(flags: Sequence[Flag], completer: Any = None) -> list[TyperOption]:
    """Give the options for the parser; each may be repeated, so that a second value is seen."""
    return [
        TyperOption(
            param_decls=[flag.key, *flag.names],
            multiple=True,
            metavar=_metavar(flag),
            help=_told(flag),
            autocompletion=completer(flag) if completer else None,
        )
        for flag in flags
    ]


def _metavar(flag: Flag) -> str:
    return {"word": "WORD", "prose": "TEXT", "law": "CODE", "actor": "CODE", "product": "CODE",
            "country": "CODE"}.get(flag.kind, flag.kind.upper())  # fmt: skip


def _told(flag: Flag) -> str:
    values = flag.leaf.values if flag.leaf else ()
    return f"{flag.help} [{', '.join(values)}]" if 1 < len(values) < 12 else flag.help


def data_of(flags: Sequence[Flag], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Put the values that were given where they belong. Raises BadValueError, MissingFlagsError."""
    data: dict[str, Any] = {}
    for flag in flags:
        values = list(given.get(flag.key) or ())
        if not any(values) or flag.top == "links":
            continue
        if flag.listed:
            _put_listed(data.setdefault(flag.top, []), flag, values)
        else:
            target = data.setdefault(flag.top, {}) if flag.inner else data
            target[flag.inner or flag.top] = _value(flag, [value for value in values if value])
    _demand_pairs(flags, given, data)
    links = _links_of(flags, given)
    return data | ({"links": links} if links else {})


def fixed_of(flags: Sequence[Flag]) -> dict[str, str]:
    """Give the fields that can have only one value, such as the status of a statement."""
    return {
        flag.top: flag.leaf.values[0]
        for flag in flags
        if flag.leaf and not flag.inner and len(flag.leaf.values) == 1 and not flag.leaf.many
    }


def missing(flags: Sequence[Flag], data: Mapping[str, Any]) -> list[str]:
    """Name the flags that must be given and were not."""
    return [flag.names[0] for flag in flags if flag.needed and flag.top not in data]


def demand(flags: Sequence[Flag], data: Mapping[str, Any], also: Sequence[str] = ()) -> None:
    """Raise MissingFlagsError, with all of them, where a needed flag was not given."""
    names = [*also, *missing(flags, data)]
    if names:
        raise MissingFlagsError(names, "-i asks for them, -e opens a form")


def _value(flag: Flag, values: Sequence[str]) -> Any:
    if flag.leaf and flag.leaf.many:
        return _split(flag, values)
    if len(values) > 1:
        raise BadValueError(flag.names[0], "is given twice, and there can be only one")
    return values[0]


def _split(flag: Flag, values: Sequence[str]) -> list[str]:
    if flag.kind in _WHOLE:
        return list(values)
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _put_listed(rows: list[Any], flag: Flag, values: Sequence[str]) -> None:
    """Give the nth mapping its value: the first --source-title belongs to the first --source.

    An empty text gives nothing, and holds the place.
    """
    several = flag.leaf and flag.leaf.many
    head = len(flag.names) > 1 and flag.kind not in _WHOLE
    parts = _split(flag, values) if head and not several else list(values)
    for n, value in enumerate(parts):
        if n == len(rows):
            rows.append({})
        if value:
            rows[n][flag.inner] = _split(flag, [value]) if several else value


def _demand_pairs(
    flags: Sequence[Flag], given: Mapping[str, Sequence[str]], data: Mapping[str, Any]
) -> None:
    """Refuse to guess: two --entity with one --entity-country do not say whose it is."""
    for flag in flags:
        many = len(data.get(flag.top) or ()) if flag.listed else 0
        told = len(given.get(flag.key) or ())
        if len(flag.names) == 1 and 0 < told < many and many > 1:
            one = next(f.names[0] for f in flags if f.top == flag.top and f.listed)
            raise BadValueError(
                flag.names[0], f"is given {told} times for {many} of {one}",
                "give it for each, in their order; '' leaves one out",
            )  # fmt: skip


def _links_of(flags: Sequence[Flag], given: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    asserted = [c for value in given.get("asserted_by") or () for c in value.split(",") if c]
    found = []
    for flag in flags:
        if flag.top != "links" or not flag.inner:
            continue
        for value in _split(flag, given.get(flag.key) or ()):
            to, _, clause = value.partition("#")
            link: dict[str, Any] = {"rel": flag.inner, "to": to}
            link |= {"clause": clause} if clause else {}
            link |= {"asserted_by": asserted} if asserted and flag.causal else {}
            found.append(link)
    if asserted and not any("asserted_by" in link for link in found):
        raise BadValueError("--asserted-by", "no link of this call is a claim of cause",
                            f"it goes with {', '.join('--' + word for word in CAUSAL)}")  # fmt: skip
    return found
