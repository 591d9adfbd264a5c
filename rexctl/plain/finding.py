"""A finding: one fault told of one place in a file."""

from __future__ import annotations

from typing import NamedTuple

ERROR, WARNING, DUE = "error", "warning", "due"


class Finding(NamedTuple):
    """One fault. Lines and columns count from 1; columns count characters.

    `path` is relative to the log's folder with forward slashes, or `-` for standard input,
    or a path as the user gave it for a file outside the log.
    """

    code: str
    message: str
    path: str
    line: int = 1
    column: int = 1
    width: int = 1
    level: str = ERROR
    hint: str = ""
    excerpt: str = ""
    event: str = ""

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are told: by file, then by place in it."""
        return (self.path, self.line, self.column, self.code, self.message)
