"""Which reader a stream needs, by its name or by its first bytes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rexctl.errors import unknown_name
from rexctl.importers import IMPORTERS
from rexctl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable


def records(data: bytes, name: str, given: str = "") -> Iterable[Any]:
    """Give the records of a stream; `given` names its format. Raises UsageError."""
    if given and given not in IMPORTERS:
        raise unknown_name("input format", given, IMPORTERS)
    reader = given or _by_suffix(name) or _by_bytes(data)
    try:
        found: Iterable[Any] = list(import_module(IMPORTERS[reader]).records(data, name))
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        return [_Unreadable(Finding("not-utf8", "is not UTF-8", name, line))]
    return found


class _Unreadable:
    """A stream that could not even be cut into records."""

    value = None

    def __init__(self, finding: Finding) -> None:
        self.findings = [finding]


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
