"""A record of an input file: plain data, and the position of each part for findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rexctl.records import ERROR, Finding

if TYPE_CHECKING:
    from collections.abc import Callable

Loc = tuple[str | int, ...]
Place = tuple[int, int, int]  # line, column, width


@dataclass(slots=True)
class Record:
    """One record, with the same interface as a YAML document.

    `place` returns line, column and width of a path; it is called only where there is a fault.
    """

    name: str
    value: Any = None
    place: Callable[[Loc, str], Place] = lambda path, on: (1, 1, 1)
    excerpt: Callable[[int], str] = lambda line: ""
    findings: list[Finding] = field(default_factory=list)

    def fault(
        self, code: str, message: str, path: Loc = (), *,
        hint: str = "", level: str = ERROR, on: str = "value",
    ) -> Finding:  # fmt: skip
        """Return a finding at a path of this record."""
        line, column, width = self.place(path, on)
        text = self.excerpt(line)[:200]
        return Finding(code, message, self.name, line, column, width, text, level, hint)

    def locate(self, finding: Finding) -> Finding:
        """Return a finding with the line, column and text of its `loc`, in this record."""
        located = self.fault(finding.code, finding.message, finding.loc, hint=finding.hint,
                           level=finding.level, on=finding.on)  # fmt: skip
        return located._replace(loc=finding.loc, on=finding.on)
