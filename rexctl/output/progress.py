"""How far a long piece of work has come: on a terminal's stderr, and only after a second."""

from __future__ import annotations

import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 1.0


@contextmanager
def progress(
    what: str, err: TextIO, *, clock: Callable[[], float] = time.monotonic, color: bool = True
) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told `(done, of)`; the bar is gone when the work is.

    Rich is loaded when the first bar is drawn: short work never pays for it.
    """
    bar = _Bar(what, err, clock, color)
    try:
        yield bar.told if err.isatty() else _unheard
    finally:
        bar.close()


class _Bar:
    """A bar that is not drawn before its time has come."""

    def __init__(self, what: str, err: TextIO, clock: Callable[[], float], color: bool) -> None:
        self.what, self.err, self.clock, self.color = what, err, clock, color
        self.begun = clock()
        self.drawn: Any = None
        self.task: Any = None

    def told(self, done: int, of: int) -> None:
        """Move the bar, and draw it first where the work has lasted a second."""
        if self.drawn is None:
            if self.clock() - self.begun < PATIENCE:
                return
            self._draw(of)
        self.drawn.update(self.task, completed=done, total=of)

    def _draw(self, of: int) -> None:
        console = import_module("rich.console").Console(
            file=self.err, force_terminal=True, no_color=not self.color
        )
        rich = import_module("rich.progress")
        self.drawn = rich.Progress(
            rich.TextColumn("{task.description}", markup=False), rich.BarColumn(),
            rich.MofNCompleteColumn(), console=console, transient=True,
        )  # fmt: skip
        self.task = self.drawn.add_task(self.what, total=of)
        self.drawn.start()

    def close(self) -> None:
        """Take the bar away."""
        if self.drawn is not None:
            self.drawn.stop()


def _unheard(done: int, of: int) -> None:
    """Nobody is there to see it."""
