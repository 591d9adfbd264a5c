"""A card: one event, a field on each line, long text wrapped, links in both directions.

Links from other events are in the computed key `_links_in`, a list of mappings: `rel` as the
other event has it, `from` (its id), and where known its `title` and the link's other fields.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from rexctl.model.tables import RELATIONS
from rexctl.output import Options
from rexctl.output.cells import scalar_text, select_columns
from rexctl.output.part_words import in_words, item_in_words, one_line, pairs
from rexctl.output.terminal import pad, style, text_width, wrap
from rexctl.records import Table
from rexctl.values.safe_text import clean, clean_line

# Longer lines are hard to read, however wide the terminal is.
_MAX_WIDTH, _MIN_WIDTH = 100, 20
_UNLIMITED = 1_000_000
_MAX_SHORT = 40  # texts shorter than this, without spaces, share a line
_LIST_ITEM = re.compile(r"([-*] |\d+[.)] )")
_LINKS_IN, _INDENT = "linked by", "  "
# The label before a line of text, and the text.
Line = tuple[str, str]


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write each row as a card, with an empty line between two."""
    for number, row in enumerate(table.rows):
        out.write("\n" if number else "")
        out.writelines(line + "\n" for line in _card_lines(chosen_fields(row.data, table), options))


def chosen_fields(data: Mapping[str, Any], table: Table) -> Mapping[str, Any]:
    """Return the fields of an event that a table names, all where the user has named none."""
    return select_columns(data, table.columns) if table.chosen else data


def _card_lines(data: Mapping[str, Any], options: Options) -> Iterator[str]:
    width = min(options.width or _MAX_WIDTH, _MAX_WIDTH)
    if retraction := retraction_of(data):
        yield from (style(line, "error", options.color) for line in wrap(retraction, width))
    if "id" in data:
        yield style(clean_line(scalar_text(data["id"])), "id", options.color)
    for line in wrap(clean_line(scalar_text(data.get("title"))), width):
        yield style(line, "strong", options.color)
    fields = shown_fields(data)
    if fields and ("id" in data or "title" in data):
        yield ""
    for label, text in _field_lines(fields, "", width):
        yield (style(label, "faint", options.color) + text).rstrip()


def retraction_of(data: Mapping[str, Any]) -> str:
    """Return `RETRACTED: REASON` of a retracted event: `retract` puts the reason last in the note."""
    if data.get("confidence") != "retracted":
        return ""
    reason = one_line(scalar_text(data.get("note")).strip().rpartition("\n\n")[2])
    return f"RETRACTED: {reason}" if reason else "RETRACTED"


def shown_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a card shows below id and title, with the links from other events."""
    return {name: value for name, value in _with_links_in(data) if name not in ("id", "title")}


def item_lines(name: str, value: Any) -> list[tuple[int, str]]:
    """Return a field in words, not wrapped: each line with how deep it is indented."""
    lines = _value_lines(value, name, _UNLIMITED)
    return [(len(label) - len(label.lstrip()), ": ".join(filter(None, (label.strip(), text))))
            for label, text in lines]  # fmt: skip


def _with_links_in(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields in order; links from other events come after `links`, before `sources`."""
    links_in = [_inverse_link(link) for link in data.get("_links_in", ())]
    fields = [(name, value) for name, value in data.items() if not name.startswith("_")]
    if "_state" in data:
        from rexctl.views.in_force import describe_state

        yield "state", describe_state(data["_state"])
    names = [name for name, _ in fields]
    at = (names.index("links") + 1 if "links" in names
          else names.index("sources") if "sources" in names else len(names))  # fmt: skip
    yield from fields[:at]
    if links_in:
        yield _LINKS_IN, links_in
    yield from fields[at:]


def _inverse_link(link: Mapping[str, Any]) -> dict[str, Any]:
    """Return a link from another event as this one sees it: `suspended-by` for `suspends`."""
    relation = scalar_text(link.get("rel"))
    inverse = RELATIONS[relation].inverse if relation in RELATIONS else relation
    other = link.get("from", link.get("id"))
    rest = {name: value for name, value in link.items() if name not in ("rel", "from", "id", "to")}
    return {"rel": inverse, "to": other, **rest}


def _field_lines(data: Mapping[str, Any], path: str, width: int) -> Iterator[Line]:
    """Yield the lines of a mapping: each name before the first line of its value."""
    labels = {name: clean_line(name.replace("_", " ") if path else name) for name in data}
    label_width = max(map(text_width, labels.values()), default=0) + 2
    for name, value in data.items():
        label = pad(labels[name], label_width)
        inner_width = max(width - label_width, _MIN_WIDTH)
        for before, text in _value_lines(value, f"{path}.{name}".lstrip("."), inner_width):
            yield label + before, text
            label = " " * label_width


def _value_lines(value: Any, path: str, width: int) -> Iterator[Line]:
    if isinstance(value, Mapping):
        words = in_words(path.rpartition(".")[2], value)
        line = words or pairs(value)
        if words or text_width(line) <= width:
            yield from (("", part) for part in wrap(line, width))
        else:
            yield from _field_lines(value, path, width)
    elif isinstance(value, list | tuple):
        yield from _list_lines(value, path, width)
    else:
        yield from (("", line) for line in _prose_lines(scalar_text(value), width))


def _list_lines(values: list[Any] | tuple[Any, ...], path: str, width: int) -> Iterator[Line]:
    """Yield short texts side by side, everything else one below the other."""
    if not any(isinstance(value, Mapping | list) for value in values):
        texts = [clean_line(scalar_text(value)) for value in values]
        if all(len(text) < _MAX_SHORT and " " not in text for text in texts):
            yield from (("", line) for line in wrap(", ".join(texts), width))
            return
    for value in values:
        if isinstance(value, Mapping):
            yield from _item_lines(value, path, width)
        else:
            yield from _value_lines(value, path, width)


def _item_lines(value: Mapping[str, Any], path: str, width: int) -> Iterator[Line]:
    """Yield a mapping of a list: its chief field first, the rest beside it or below it."""
    title, rest = item_in_words(value, path)
    if not rest:
        for number, line in enumerate(wrap(title, width - len(_INDENT))):
            yield _INDENT if number else "", line
        return
    line = f"{title} ({pairs(rest)})"
    if text_width(line) <= width and "title" not in rest:
        yield "", line
        return
    yield from (("", line) for line in wrap(title, width))
    if "rel" in value and "title" in rest:  # the title of the other event
        yield from ((_INDENT, line) for line in wrap(one_line(rest.pop("title")), width - 2))
    for label, text in _field_lines(rest, path, width - len(_INDENT)):
        yield _INDENT + label, text


def _prose_lines(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text: the lines of a paragraph are joined, list items stay apart."""
    paragraph: list[str] = []
    for line in clean(text.strip("\n"), keep="\n").split("\n"):
        if paragraph and (not line.strip() or _LIST_ITEM.match(line)):
            yield from wrap(" ".join(paragraph), width)
            paragraph = []
        if line.strip():
            paragraph.append(line)
        else:
            yield ""
    yield from wrap(" ".join(paragraph), width)
