"""How long it takes from the bytes of an event file to its event: `python -m tests.benchmarks.parsing`."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.model.validate import validate
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.parse import parse
from rexctl.yamlfile.serialize import serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EVENTS = Path(__file__).parents[2] / "data" / "events"
ROUNDS = 15


def milliseconds(function: Callable[[Any], Any], values: Iterable[Any]) -> float:
    """Return the least time of a call, over rounds of all values."""
    values = list(values)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for value in values:
            function(value)
        best = min(best, time.perf_counter() - start)
    return best / len(values) * 1000


def main() -> None:
    files = [path.read_bytes() for path in sorted(EVENTS.rglob("*.yaml"))]
    documents = [read_document(data) for data in files]
    events = [parse(data).event for data in files]
    gc.disable()
    rows: list[tuple[str, Callable[[Any], Any], Iterable[Any]]] = [
        ("parse", parse, files),
        ("validate", lambda document: validate(document.value), documents),
        ("serialize", serialize, events),
    ]
    for name, function, values in rows:
        print(f"{name:<24}{milliseconds(function, values):8.3f} ms")


if __name__ == "__main__":
    main()
