"""Small logs on the disk, for tests that need one."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import TYPES
from rexctl.store import layout, safe_open, writer
from rexctl.store.log import Log
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest


def create(root: Path, name: str, data: bytes) -> None:
    """Write one new file."""
    create_batch(root, [(name, data)])


def create_batch(root: Path, items: Sequence[tuple[str, bytes]]) -> None:
    """Write new files, all or none."""
    writer.change_batch(root, [(name, data, None) for name, data in items])


def replace(root: Path, name: str, data: bytes, expected: str) -> bool:
    """Replace one file; return whether it was written."""
    return bool(writer.change_batch(root, [(name, data, expected)]))


USUAL = {"meeting": "held", "statement": "made", "agreement": "signed", "investigation": "final"}


def event(name: str, **more: Any) -> dict[str, Any]:
    """Make a good event whose id begins with its whole date."""
    kind = str(more.get("type", "export-control"))
    made = {
        "id": name, "type": kind, "title": f"What {name} tells", "date": name[:10],
        "status": USUAL.get(kind, "adopted"), "actors": ["CN"],
        "sources": [{"url": f"https://example.org/{name}", "published": name[:10]}],
    }  # fmt: skip
    if TYPES[kind].measure and "clauses" not in more:
        made["effective"] = {"from": name[:10]}
    return made | more


def text_of(data: dict[str, Any]) -> str:
    """Give the canonical text of an event."""
    return serialize.write(data, str(data["type"]))


def put(log: Log, *events: dict[str, Any]) -> list[Path]:
    """Write events into a log as anybody would, past all our care."""
    paths = []
    for data in events:
        path = log.root / layout.path_of(str(data["id"]))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(data), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def log_of(folder: Path, *events: dict[str, Any]) -> Log:
    """Make a log with a cache beside it."""
    root = folder / "data"
    (root / "events").mkdir(parents=True)
    (root / "rexctl.yaml").write_text("format: 1\n", encoding="utf-8")
    log = Log(root.resolve(), folder / "cache")
    put(log, *events)
    return log


def tick(folder: Path) -> None:
    """Wait until the clock by which files are dated has gone on."""
    first = None
    for number in range(10_000):
        mark = folder / f".tick{number}"
        mark.touch()
        now = mark.stat().st_ctime_ns
        mark.unlink()
        first = first or now
        if now > first + 10_000_000:
            return
        time.sleep(0.001)
    raise AssertionError("the clock stands still")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that grows by the name of each file of an event that is opened."""
    seen: list[str] = []
    real: Callable[[str, int], int] = os.open

    def opened(path: Any, flags: int, *rest: Any) -> int:
        name = os.fspath(path)
        if f"{os.sep}events{os.sep}" in name and not flags & getattr(os, "O_DIRECTORY", 0):
            seen.append(os.path.basename(name))  # noqa: PTH119 - a name, no path
        return real(path, flags, *rest)

    monkeypatch.setattr(safe_open.os, "open", opened)
    return seen
