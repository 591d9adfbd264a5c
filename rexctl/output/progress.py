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
    task: str, err: TextIO, *, clock: Callable[[], float] = time.monotonic, color: bool = True
) -> Iterator[Callable[[int, int], None]]:
    """Yield the function `on_progress(done, total)`; the bar is erased at the end.

    Rich is imported when the bar is first drawn: short work does not pay for it.
    """
    bar = _Bar(task, err, clock, color)
    try:
        yield bar.update if err.isatty() else _ignore
    finally:
        bar.stop()


class _Bar:
    """A bar of Rich that is drawn after the delay."""

    def __init__(self, task: str, err: TextIO, clock: Callable[[], float], color: bool) -> None:
        self.task, self.err, self.clock, self.color = task, err, clock, color
        self.start = clock()
        self.bar: Any = None
        self.bar_task: Any = None

    def update(self, done: int, total: int) -> None:
        """Show how much is done, once the work has taken a second."""
        if self.bar is None:
            if self.clock() - self.start < DELAY:
                return
            self._draw(total)
        self.bar.update(self.bar_task, completed=done, total=total)

    def _draw(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(file=self.err, force_terminal=True, no_color=not self.color)
        self.bar = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self.bar_task = self.bar.add_task(self.task, total=total)
        self.bar.start()

    def stop(self) -> None:
        """Erase the bar."""
        if self.bar is not None:
            self.bar.stop()


def _ignore(done: int, total: int) -> None:
    """Show nothing: standard error is not a terminal."""
