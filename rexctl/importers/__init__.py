"""Input formats of `add --from`, one module each; the records of a stream in any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rexctl.errors import unknown_name
from rexctl.records import ERROR, Finding
from rexctl.yamlfile.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Names of formats and suffixes of their files; the module of each has `records(data, name)`.
IMPORTERS = ("yaml", "json", "jsonl", "csv", "tsv")
_OTHER_SUFFIXES = {"yml": "yaml", "ndjson": "jsonl"}

Loc = tuple[str | int, ...]
Range = tuple[int, int]  # offset, width


@dataclass(slots=True)
class Record:
    """One record, with the same interface as a YAML document.

    `find_range` returns where a path is in `source`; it is called only where there is a fault.
    """

    source: Source
    value: Any = None
    find_range: Callable[[Loc, str], Range] = lambda path, on: (0, 1)
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.source.name

    def fault(
        self, code: str, message: str, path: Loc = (), *,
        hint: str = "", level: str = ERROR, on: str = "value",
    ) -> Finding:  # fmt: skip
        """Return a finding at a path of this record."""
        return self.locate(Finding(code, message, level=level, hint=hint, loc=path, on=on))

    def locate(self, finding: Finding) -> Finding:
        """Return a finding with the path, line, column and text of its `loc` in this record."""
        offset, width = self.find_range(finding.loc, finding.on)
        return self.source.locate(finding, *self.source.position(offset), width)


def read_records(data: bytes, name: str, form: str = "") -> Iterable[Any]:
    """Return the records of a stream; `form` names its format. Raises UsageError."""
    if form and form not in IMPORTERS:
        raise unknown_name("input format", form, IMPORTERS)
    importer = form or _by_suffix(name) or _by_bytes(data)
    try:
        return list(import_module(f"{__name__}.{importer}").records(data, name))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [
            Record(Source(name, ""), findings=[Finding("not-utf8", "is not UTF-8", name, line)])
        ]


def _by_suffix(name: str) -> str:
    suffix = name.lower().rpartition(".")[2]
    word = _OTHER_SUFFIXES.get(suffix, suffix)
    return word if "." in name and word in IMPORTERS else ""


def _by_bytes(data: bytes) -> str:
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:65536]
    if head.startswith(b"["):
        return "json"
    if head.startswith(b"{"):
        # An object that closes on its first line, with another below it, is JSON lines.
        first = head.split(b"\n", 1)[0].rstrip()
        return "jsonl" if first.endswith(b"}") else "json"
    line = head.split(b"\n", 1)[0]
    if b": " in line or line.startswith((b"-", b"#")):
        return "yaml"
    return "tsv" if b"\t" in line else "csv" if b"," in line else "yaml"
