"""Data as the one YAML spelling of the log: keys in order, block style, prose as `|` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.legal import SHAPES
from rexctl.values.prose import sentences
from rexctl.yamlfile.scalar import harmless, plain_safe, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Path = tuple[str | int, ...]
    Shapes = Mapping[str, Mapping[str, Any]]

__all__ = ["Beside", "each", "entries", "fits_a_block", "items", "part", "plain_safe", "prosed",
           "text_lines", "write", "write_generic"]  # fmt: skip


class Beside(NamedTuple):
    """The comments of one node, each with its `#`; an empty text is a blank line between two."""

    above: tuple[str, ...] = ()
    behind: str = ""
    below: tuple[str, ...] = ()


_NONE = Beside()


def serialize(event: Mapping[str, Any]) -> str:
    """Return the canonical text of an event."""
    return write(event, str(event["type"]), SHAPES)


def write(
    data: Mapping[str, Any], shape: str, shapes: Shapes,
    comments: Mapping[Path, Beside] | None = None,
) -> str:  # fmt: skip
    """Give the canonical text of an event.

    `shape` names the entry of `shapes` that gives keys their order and leaves their kind; keys it
    does not know follow by name. `comments` gives the comments of a node by its path: `()` above
    is the head of the file, `()` below its end.
    """
    whole = (comments or {}).get((), _NONE)
    lines = _Writer(shapes, comments or {}).mapping(prosed(data, shape, shapes), shape, (), "")
    head = (*whole.above, "") if whole.above else ()
    return "\n".join([*head, *lines, *whole.below]) + "\n"


def write_generic(data: Any) -> str:
    """Give the text of data that has no shape: keys in the order given, every text as it is."""
    writer = _Writer({}, {})
    if isinstance(data, dict) and data:
        lines = writer.mapping(data, "", (), "")
    elif isinstance(data, list) and data:
        lines = writer.items(data, "", (), "")
    else:
        lines = iter([_single(data)])
    return "\n".join(lines) + "\n"


def prosed(data: Any, shape: Any, shapes: Shapes) -> Any:
    """Give data with keys in canonical order and its prose one sentence a line."""
    if isinstance(data, dict):
        known = shapes.get(part(shape), {})
        return {key: prosed(data[key], known.get(key, ""), shapes) for key in _order(data, known)}
    if isinstance(data, list):
        return [prosed(value, each(shape), shapes) for value in data]
    return sentences(data) if shape == "prose" else data


def entries(data: Mapping[str, Any], shape: str, shapes: Shapes, indent: str) -> list[str]:
    """Give the lines of a mapping in canonical form that stands at an indentation."""
    return list(_Writer(shapes, {}).mapping(data, shape, (), indent))


def items(values: Sequence[Any], kind: Any, shapes: Shapes, indent: str) -> list[str]:
    """Give the lines of items of a list, in canonical form, with their dashes at an indentation."""
    return list(_Writer(shapes, {}).items(values, kind, (), indent))


def text_lines(text: str, kind: Any, indent: str) -> list[str]:
    """Give what stands behind a key or dash for a text: one word of YAML, or `|` and its block."""
    return [line if n else line[1:] for n, line in enumerate(_text("", text, kind, _NONE, indent))]


def _order(data: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """Give the keys in the order of a shape, the others by name; without a shape, as they are."""
    yield from (key for key in known if key in data)
    others = [key for key in data if key not in known]
    yield from sorted(others) if known else others


def part(kind: Any) -> str:
    """Give the name of the shape in a kind: `product|Product` is a bare code or a `Product`."""
    return kind.rpartition("|")[2] if isinstance(kind, str) else ""


def each(kind: Any) -> Any:
    """Give the kind of each element of a list."""
    return kind[0] if isinstance(kind, list) and kind else ""


class _Writer:
    def __init__(self, shapes: Shapes, comments: Mapping[Path, Beside]) -> None:
        self.shapes = shapes
        self.comments = comments

    def mapping(self, data: Mapping[str, Any], shape: str, at: Path, indent: str) -> Iterator[str]:
        """Give the lines of a mapping whose keys are in order."""
        known = self.shapes.get(shape, {})
        for key, value in data.items():
            yield from self._node(f"{scalar(key)}:", value, known.get(key, ""), (*at, key), indent)

    def items(self, values: Sequence[Any], kind: Any, at: Path, indent: str) -> Iterator[str]:
        """Give the lines of a list."""
        for number, value in enumerate(values):
            yield from self._item(value, kind, (*at, number), indent)

    def _node(self, lead: str, value: Any, kind: Any, at: Path, indent: str) -> Iterator[str]:
        comments = self.comments.get(at, _NONE)
        yield from _lines(comments.above, indent)
        if isinstance(value, dict) and value:
            yield indent + lead + _behind(comments)
            yield from self.mapping(value, part(kind), at, indent + "  ")
        elif isinstance(value, list) and value:
            yield indent + lead + _behind(comments)
            yield from self.items(value, each(kind), at, indent + "  ")
        else:
            yield from _text(indent + lead, value, kind, comments, indent + "  ")
        yield from _lines(comments.below, indent)

    def _item(self, value: Any, kind: Any, at: Path, indent: str) -> Iterator[str]:
        if not (isinstance(value, dict | list) and value):
            yield from self._node("-", value, kind, at, indent)
            return
        comments = self.comments.get(at, _NONE)
        # The dash stands on the line of the first entry: what is above that is above both.
        yield from _lines((*comments.above, *filter(None, [comments.behind])), indent)
        inside = indent + "  "
        dashed = False
        for line in (
            self.mapping(value, part(kind), at, inside) if isinstance(value, dict)
            else self.items(value, each(kind), at, inside)
        ):  # fmt: skip
            if dashed:
                yield line
            elif line.lstrip().startswith("#") or not line:
                yield line[2:]
            else:
                yield f"{indent}- {line[len(inside) :]}"
                dashed = True
        yield from _lines(comments.below, indent)


def _lines(comments: Iterable[str], indent: str) -> Iterator[str]:
    return (indent + line if line else "" for line in comments)


def _behind(comments: Beside) -> str:
    return f"  {comments.behind}" if comments.behind else ""


def _text(lead: str, value: Any, kind: Any, comments: Beside, indent: str) -> Iterator[str]:
    """Give the lines of one value after its key or dash."""
    behind = _behind(comments)
    if not isinstance(value, str) or not fits_a_block(value, kind):
        yield f"{lead} {_single(value)}{behind}"
        return
    # Prose reads back with a line end that its field takes off again; other text is exact.
    chomp = "" if kind == "prose" or value.endswith("\n") else "-"
    yield f"{lead} |{chomp}{behind}"
    for line in value.removesuffix("\n").split("\n"):
        yield indent + line if line else ""


def fits_a_block(text: str, kind: Any) -> bool:
    """Tell a text that a `|` block gives back to the letter, in every editor too."""
    if kind != "prose" and "\n" not in text:
        return False
    lines = text.removesuffix("\n").split("\n")
    ragged = any(line[:1] == "\t" or line != line.rstrip() for line in lines)
    ends_well = lines[-1] != "" and lines[0] != "" and not lines[0][0].isspace()
    return ends_well and not ragged and harmless(text)


def _single(value: Any) -> str:
    """Give a value that takes one line."""
    if isinstance(value, str):
        return scalar(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return "{}" if isinstance(value, dict) else "[]" if isinstance(value, list) else str(value)
