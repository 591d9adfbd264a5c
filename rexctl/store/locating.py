"""Where in its file a part of an event stands; a file is read only when something is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.records import Finding
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.yamlfile.walk import Document


class Locator:
    """Finds places in the files of a log; what is told of one file in a row, it is read once for.

    Of all files only the last is held: something may be told of a hundred thousand.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._last: tuple[str, Document | None] = ("", None)

    def finding(
        self, path: str, code: str, message: str, loc: tuple[str | int, ...], *,
        hint: str, on: str, level: str, event: str,
    ) -> Finding:  # fmt: skip
        """Make the finding at a place of the tree of the file at `path`."""
        document = self._document(path)
        if document is None:
            return Finding(code, message, path, level=level, hint=hint, event=event)
        found: Finding = document.fault(code, message, loc, hint=hint, level=level, on=on)
        return found._replace(event=event)

    def _document(self, path: str) -> Document | None:
        if path != self._last[0]:
            data = read_bytes(self.root / path, path)
            found = walk(data, path) if isinstance(data, bytes) else []
            self._last = (path, found[0] if found else None)
        return self._last[1]
