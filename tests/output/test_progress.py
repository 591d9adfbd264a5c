from __future__ import annotations

import io
import subprocess
import sys

from rexctl.output.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_after_a_second_and_is_gone_at_the_end() -> None:
    err, now = Terminal(), iter([0.0, 0.5, 1.5])
    with progress("reading", err, clock=lambda: next(now)) as on_progress:
        on_progress(1, 3)
        assert err.getvalue() == ""
        on_progress(2, 3)
        on_progress(3, 3)
    assert "reading" in err.getvalue()
    assert "\x1b[2K" in err.getvalue()  # the line was erased


def test_short_work_shows_nothing() -> None:
    err = Terminal()
    with progress("reading", err, clock=lambda: 0.0) as on_progress:
        on_progress(1, 1)
    assert err.getvalue() == ""


def test_a_pipe_never_sees_a_bar() -> None:
    err, now = io.StringIO(), iter([0.0, 9.0])
    with progress("reading", err, clock=lambda: next(now)) as on_progress:
        on_progress(1, 2)
    assert err.getvalue() == ""


def test_the_name_of_the_work_is_no_markup() -> None:
    err, now = Terminal(), iter([0.0, 9.0])
    with progress("[red]x[/nope]", err, clock=lambda: next(now)) as on_progress:
        on_progress(1, 2)
    assert "[red]x[/nope]" in err.getvalue()


def test_rich_is_loaded_only_when_a_bar_is_drawn() -> None:
    code = (
        "import sys, io; from rexctl.output.progress import progress\n"
        "with progress('x', sys.stderr) as on_progress: on_progress(1, 2)\n"
        "print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
