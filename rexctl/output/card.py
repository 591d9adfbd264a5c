"""A card: one row whole, field under field, prose wrapped, links both ways.

Links from other events come in the computed key `_links_in`, a list of mappings: `rel` as the
other event has it, `from` (its id), and if known `title` and whatever else the link holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.model.words import RELATIONS
from rexctl.output.cell import head_of, leaf
from rexctl.output.paint import paint
from rexctl.output.width import columns_of, fill, wrap
from rexctl.records import narrowed
from rexctl.values.safe_text import clean, clean_line

if TYPE_CHECKING:
    from rexctl.output.emit import Options
    from rexctl.records import Row, Sheet

SUFFIX = ".txt"
# Longer lines of prose are hard to read, however wide the terminal is.
_WIDEST, _NARROWEST = 100, 20
_ITEM = re.compile(r"([-*] |\d+[.)] )")
_BACK, _INDENT = "linked by", "  "
# What stands before the text of a line, and the text.
Line = tuple[str, str]


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as a card, with an empty line between two."""
    for n, row in enumerate(sheet.rows):
        data = narrowed(row, sheet.columns) if sheet.chosen else row.data
        out.write("\n" if n else "")
        out.writelines(line + "\n" for line in _card(data, row, options))


def _card(data: Mapping[str, Any], row: Row, options: Options) -> Iterator[str]:
    width = min(options.width or _WIDEST, _WIDEST)
    if "id" in data:
        yield paint(clean_line(leaf(data["id"])), "id", options.color)
    for line in wrap(clean_line(leaf(data.get("title"))), width):
        yield paint(line, "strong", options.color)
    shown = {name: value for name, value in _arranged(data) if name not in ("id", "title")}
    if shown and ("id" in data or "title" in data):
        yield ""
    for before, text in _fields(shown, "", width):
        yield (paint(before, "faint", options.color) + text).rstrip()


def _arranged(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the fields in their order, links from others right after links to others."""
    back = [_backward(link) for link in data.get("_links_in", ())]
    for name, value in data.items():
        if name == "sources" and back and "links" not in data:
            yield _BACK, back
            back = []
        if not name.startswith("_"):
            yield name, value
        if name == "links" and back:
            yield _BACK, back
            back = []
    if back:
        yield _BACK, back


def _backward(link: Mapping[str, Any]) -> dict[str, Any]:
    """Give a link from another event as this one sees it: `suspended-by` for `suspends`."""
    word = leaf(link.get("rel"))
    inverse = RELATIONS[word].inverse if word in RELATIONS else word
    other = link.get("from", link.get("id"))
    rest = {name: value for name, value in link.items() if name not in ("rel", "from", "id", "to")}
    return {"rel": inverse, "to": other, **rest}


def _fields(data: Mapping[str, Any], path: str, width: int) -> Iterator[Line]:
    """Give the lines of a mapping: each name before the first line of its value."""
    names = {name: clean_line(name) for name in data}
    room = max(map(columns_of, names.values()), default=0) + 2
    for name, value in data.items():
        label = fill(names[name], room)
        inner = max(width - room, _NARROWEST)
        for before, text in _value(value, f"{path}.{name}".lstrip("."), inner):
            yield label + before, text
            label = " " * room


def _value(value: Any, path: str, width: int) -> Iterator[Line]:
    if isinstance(value, Mapping):
        whole = _pairs(value)
        yield from [("", whole)] if columns_of(whole) <= width else _fields(value, path, width)
    elif isinstance(value, list | tuple):
        yield from _list(value, path, width)
    else:
        yield from (("", line) for line in _prose(leaf(value), width))


def _list(values: list[Any] | tuple[Any, ...], path: str, width: int) -> Iterator[Line]:
    """Give short texts beside each other, anything else one below the other."""
    if not any(isinstance(value, Mapping | list) for value in values):
        texts = [clean_line(leaf(value)) for value in values]
        if all(len(text) < 40 and " " not in text for text in texts):
            yield from (("", line) for line in wrap(", ".join(texts), width))
            return
    for value in values:
        if isinstance(value, Mapping):
            yield from _element(value, path, width)
        else:
            yield from _value(value, path, width)


def _element(value: Mapping[str, Any], path: str, width: int) -> Iterator[Line]:
    """Give a mapping in a list: its chief field first, the rest beside it or below it."""
    head = head_of(path) or "to"
    first = [name for name in ("rel", head) if name in value] or list(value)[:1]
    rest = {name: inner for name, inner in value.items() if name not in first}
    title = " ".join(_plain(value[name]) for name in first)
    whole = f"{title} ({_pairs(rest)})" if rest else title
    if columns_of(whole) <= width and "title" not in rest:
        yield "", whole
        return
    yield from (("", line) for line in wrap(title, width))
    if "rel" in first and "title" in rest:  # the other event's, not the link's own
        yield from ((_INDENT, line) for line in wrap(_plain(rest.pop("title")), width - 2))
    for before, text in _fields(rest, path, width - len(_INDENT)):
        yield _INDENT + before, text


def _pairs(data: Mapping[str, Any], between: str = ", ") -> str:
    return between.join(f"{clean_line(name)} {_plain(value)}" for name, value in data.items())


def _plain(value: Any) -> str:
    """Give any value on one line."""
    if isinstance(value, Mapping):
        return _pairs(value, " ")
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return clean_line(leaf(value)).strip()


def _prose(text: str, width: int) -> Iterator[str]:
    """Give the lines of a text: the sentences of a paragraph run on, list items stay apart."""
    paragraph: list[str] = []
    for line in clean(text.strip("\n"), keep="\n").split("\n"):
        if paragraph and (not line.strip() or _ITEM.match(line)):
            yield from wrap(" ".join(paragraph), width)
            paragraph = []
        if line.strip():
            paragraph.append(line)
        else:
            yield ""
    yield from wrap(" ".join(paragraph), width)
