"""Input formats of `add --from`, one module each; the records of a stream in any of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rexctl.errors import unknown_name
from rexctl.importers.record import Record
from rexctl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

# Name of the format -> its module, with `SUFFIXES` and `records(data, name)`.
IMPORTERS = {
    "yaml": "rexctl.importers.yaml",
    "json": "rexctl.importers.json",
    "jsonl": "rexctl.importers.jsonl",
    "csv": "rexctl.importers.csv",
}


def read_records(data: bytes, name: str, form: str = "") -> Iterable[Any]:
    """Return the records of a stream; `form` names its format. Raises UsageError."""
    if form and form not in IMPORTERS:
        raise unknown_name("input format", form, IMPORTERS)
    importer = form or _by_suffix(name) or _by_bytes(data)
    try:
        return list(import_module(IMPORTERS[importer]).records(data, name))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [Record(name, findings=[Finding("not-utf8", "is not UTF-8", name, line)])]


def _by_suffix(name: str) -> str:
    for word, module in IMPORTERS.items():
        if name.lower().endswith(tuple(import_module(module).SUFFIXES)):
            return word
    return ""


def _by_bytes(data: bytes) -> str:
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:65536]
    if head.startswith(b"["):
        return "json"
    if head.startswith(b"{"):
        # An object that closes on its first line, with another below it, is JSON lines.
        first = head.split(b"\n", 1)[0].rstrip()
        return "jsonl" if first.endswith(b"}") else "json"
    line = head.split(b"\n", 1)[0]
    heading = b"," in line and b": " not in line and not line.startswith((b"-", b"#"))
    return "csv" if heading else "yaml"
