from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.complete import write
from rexctl.commands.completion import SHELLS

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_can_read_its_script(shell: str, bare: Door) -> None:
    script = bare("completion", shell).out
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not on this machine")
    done = subprocess.run([shell, "-n"], input=script, text=True, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_shell_has_a_suggestion(bare: Door) -> None:
    assert "did you mean bash?" in bare("completion", "bsh").err
    assert bare("completion").code == 2


def test_bash_gets_words_cut_where_it_cuts_and_others_get_the_meaning() -> None:
    offers = [("type:tariff", "a duty\x1b[31m")]
    for shell, breaks, told in (("bash", " :=", "tariff\n"), ("bash", " ", "type:tariff\n")):
        out = io.StringIO()
        write(shell, offers, "type:t", breaks, out)
        assert out.getvalue() == told
    out = io.StringIO()
    write("fish", offers, "type:t", "", out)
    assert out.getvalue().startswith("type:tariff\ta duty")
    assert "\x1b" not in out.getvalue()
