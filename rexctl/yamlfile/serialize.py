"""Data as canonical YAML: keys in order, block style, prose as `|` blocks, one form of each text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rexctl.model.tables import SHAPES, each, part
from rexctl.values.prose import format_prose
from rexctl.values.safe_text import clean

# One text as YAML: plain where every reader gives the same text back, else in double quotes.
#
# Checked by the rules of YAML 1.1 (as PyYAML and its kin resolve plain texts) and of the core schema
# of YAML 1.2. What either takes for a number, a date, a truth or nothing may stay plain only if that
# value, shown as text, is the text again: `100`, `0.1` and `2025-10-09` are, `010`, `1.0`, `1E902`
# and `13:01` are not.

_WORDS = frozenset(
    form
    for word in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
    for form in (word, word.capitalize(), word.upper())
) | {"~", "=", "<<"}
_NUMBER = re.compile(
    r"[-+]?(?:"
    r"[0-9_]+"  # decimal and octal; 1.2 readers that know underscores take `_` along
    r"|0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # base 60
    r"|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?"
    r"|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))",
    re.ASCII,
)
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]*[1-9]", re.ASCII)
_DIGITS = 15  # that a reader's binary fraction keeps
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:.*", re.ASCII)
_FIRST = frozenset(",[]{}#&*!|>'\"%@`")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
)


def serialize(event: Mapping[str, Any]) -> str:
    """Return the canonical text of an event."""
    return write(event, str(event["type"]))


def write(data: Mapping[str, Any], shape: str) -> str:
    """Return the canonical text of an event.

    `shape` names the entry of SHAPES that gives keys their order and texts their kind; unknown
    keys follow by name.
    """
    return "\n".join(mapping_lines(canonical_data(data, shape), shape, "")) + "\n"


def write_generic(data: Any) -> str:
    """Return the text of data without a shape: keys in their order, every text as it is."""
    filled = isinstance(data, dict | list) and data
    return "\n".join(_content_lines(data, "", "") if filled else [_single(data)]) + "\n"


def canonical_data(data: Any, kind: Any) -> Any:
    """Return data with keys in canonical order and prose with one sentence a line."""
    if isinstance(data, dict):
        known = SHAPES.get(part(kind), {})
        others = [key for key in data if key not in known]
        keys = [*(key for key in known if key in data), *(sorted(others) if known else others)]
        return {key: canonical_data(data[key], known.get(key, "")) for key in keys}
    if isinstance(data, list):
        return [canonical_data(value, each(kind)) for value in data]
    return format_prose(data) if kind == "prose" else data


def mapping_lines(data: Mapping[str, Any], shape: str, indent: str) -> Iterator[str]:
    """Yield the lines of a mapping whose keys are in order."""
    known = SHAPES.get(shape, {})
    for key, value in data.items():
        yield from node_lines(key, value, known.get(key, ""), indent)


def item_lines(values: Sequence[Any], kind: Any, indent: str) -> Iterator[str]:
    """Yield the lines of items of a list, with their dashes at the indentation."""
    for value in values:
        yield from node_lines(None, value, kind, indent)


def node_lines(key: str | None, value: Any, kind: Any, indent: str) -> Iterator[str]:
    """Yield the lines of a value after its key, or after a dash where it has none."""
    lead = indent + ("-" if key is None else f"{scalar(key)}:")
    if not (isinstance(value, dict | list) and value):
        first, *rest = text_lines(value, kind, indent + "  ")
        yield f"{lead} {first}"
        yield from rest
        return
    lines = _content_lines(value, kind, indent + "  ")
    yield lead if key is not None else f"{lead} {next(lines).lstrip()}"
    yield from lines


def _content_lines(value: Any, kind: Any, indent: str) -> Iterator[str]:
    """Return the lines of a mapping or list that is not empty."""
    if isinstance(value, dict):
        return mapping_lines(value, part(kind), indent)
    return item_lines(value, each(kind), indent)


def text_lines(value: Any, kind: Any, indent: str) -> list[str]:
    """Return what follows a key or dash for a value: one scalar, or `|` and its block."""
    if not isinstance(value, str) or not fits_a_block(value, kind):
        return [_single(value)]
    # Prose reads back with a line end that its field takes off again; other text is exact.
    chomp = "" if kind == "prose" or value.endswith("\n") else "-"
    lines = value.removesuffix("\n").split("\n")
    return [f"|{chomp}", *(indent + line if line else "" for line in lines)]


def fits_a_block(text: str, kind: Any) -> bool:
    """Return whether a `|` block gives the text back exactly, in every editor too."""
    if kind != "prose" and "\n" not in text:
        return False
    lines = text.removesuffix("\n").split("\n")
    ragged = any(line[:1] == "\t" or line != line.rstrip() for line in lines)
    ends_well = lines[-1] != "" and lines[0] != "" and not lines[0][0].isspace()
    return ends_well and not ragged and clean(text, "\n") == text


def _single(value: Any) -> str:
    """Return a value that takes one line."""
    if isinstance(value, str):
        return scalar(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return "{}" if isinstance(value, dict) else "[]" if isinstance(value, list) else str(value)


def plain_safe(text: str) -> bool:
    """Return whether a text may be plain, on one line of a block, as a key or as a value."""
    first, last = text[:1], text[-1:]
    if not text or first in _FIRST or first.isspace() or last.isspace() or last == ":":
        return False
    if first in "-?:" and (len(text) == 1 or text[1].isspace()):
        return False
    # `---` at the start of a line parts documents; in quotes no reader takes it so.
    if ": " in text or " #" in text or text.startswith(("---", "...")):
        return False
    return "\n" not in text and clean(text) == text and _reads_back(text)


def scalar(text: str) -> str:
    """Return a text on one line: plain, or in double quotes with control characters escaped."""
    return text if plain_safe(text) else f'"{clean(text.translate(_ESCAPES))}"'


def _reads_back(text: str) -> bool:
    """Return whether a reader that makes a value of the text shows the same text again."""
    if text in _WORDS:
        return False
    if text[0] not in "0123456789-+.":
        return True
    if _DAY.fullmatch(text):
        try:  # readers make a date of it, and 2025-02-30 stops some of them
            return bool(date.fromisoformat(text))
        except ValueError:
            return False
    if _INSTANT.fullmatch(text):
        return False
    if not _NUMBER.fullmatch(text) or _INTEGER.fullmatch(text):
        return True
    short = len(text.strip("-").replace(".", "").lstrip("0")) <= _DIGITS
    return bool(_DECIMAL.fullmatch(text)) and short and str(float(text)) == text
