"""A progress bar on a terminal's standard error, for work that takes over a second."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DELAY = 1.0  # seconds


@contextmanager
def progress(
    task: str, err: TextIO, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """Yield the function `on_progress(done, total)`; the bar is erased at the end.

    Rich is imported when the bar is first drawn: short work does not pay for it.
    """
    start = clock()
    bar: Any = None

    def on_progress(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and err.isatty() and clock() - start >= DELAY:
            bar = _start_bar(task, err)
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield on_progress
    finally:
        if bar is not None:
            bar.stop()


def _start_bar(task: str, err: TextIO) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        console=Console(file=err, force_terminal=True), transient=True,
    )  # fmt: skip
    bar.add_task(task, total=None)
    bar.start()
    return bar
