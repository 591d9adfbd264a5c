from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.app import main as cli
from tests.commands import door
from tests.commands.door import SWINE, outside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    found = door.door(tmp_path, monkeypatch)
    assert found(*SWINE, "--id", "2025-10-09-no-swine").code == 0
    return found


def breaks(door: door.Door, fault: BaseException) -> None:
    """Let every command break with this."""

    def broken(words: Any) -> None:
        raise fault

    for module, function in (("parser", "run"), ("fast_path", "run_plain")):
        door.patch.setattr(import_module(f"rexctl.app.{module}"), function, broken)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list", "actor:DK"], 0), (["check"], 0), (["list", "tipe:x"], 2), (["add", "--from", "bad.jsonl"], 3),
        (["show", "nothing"], 4), ([*SWINE, "--title-is-none"], 2),
        ([*SWINE, "--note", "Other.", "--id", "2025-10-09-no-swine"], 5), (["-C", "/", "list"], 7),
        (["list", "-o", "no/such/x.csv"], 7),
    ],
)  # fmt: skip
def test_each_end_has_its_code_and_errors_go_to_stderr(
    words: list[str], code: int, filled: door.Door
) -> None:
    (filled.folder / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    said = filled(*words)
    assert said.code == code
    assert bool(said.err.count("error[")) == (code != 0)
    assert "Traceback" not in said.err


def test_the_answer_no_and_the_partial_answer_have_codes(filled: door.Door) -> None:
    filled.put("2025-10-09-bad.yaml", "type: tarif\n")
    assert (filled("check").code, filled("list").code) == (1, 6)


def test_a_bug_is_one_line_and_names_where_the_details_lie(filled: door.Door) -> None:
    breaks(filled, RuntimeError("odd"))
    said = filled("list")
    assert (said.code, said.out) == (70, "")
    assert said.err.startswith("error[bug] RuntimeError: odd; details are in ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (KeyboardInterrupt(), 130), (BrokenPipeError(), 141), (OSError(28, "No space left", "x.yaml"), 7),
        (SystemExit(4), 4), (SystemExit(None), 0), (OSError("no number"), 70),
    ],
)  # fmt: skip
def test_whatever_is_raised_becomes_a_code(
    fault: BaseException, code: int, filled: door.Door
) -> None:
    breaks(filled, fault)
    said = filled("list")
    assert said.code == code
    assert "Traceback" not in said.err


def test_a_full_disk_names_the_file(filled: door.Door) -> None:
    breaks(filled, OSError(28, "No space left on device", "x.yaml"))
    assert filled("list").err == "error[environment] x.yaml: no space left on device\n"


def test_a_closed_pipe_ends_quietly(filled: door.Door, tmp_path: Path) -> None:
    for n in range(40):
        text = filled.files["2025-10-09-no-swine.yaml"].replace("no-swine", f"no-swine-{n}")
        filled.put(f"2025-10-09-no-swine-{n}.yaml", text + "summary: |\n" + "  Swine.\n" * 1000)
    done = outside(tmp_path, "rexctl list -j | head -1 | cut -c1-30; echo ${PIPESTATUS[0]}")
    assert done.stdout.splitlines() == ['{"id": "2025-10-09-no-swine", ', "141"]
    assert done.stderr == ""


def test_a_full_device_is_told(filled: door.Door, tmp_path: Path) -> None:
    done = outside(tmp_path, "rexctl list > /dev/full")
    assert done.returncode == 7
    assert done.stderr.startswith("error[environment]")
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupt_is_130_and_says_nothing(filled: door.Door, tmp_path: Path) -> None:
    env = {**os.environ, **door.environment(tmp_path), "PYTHONPATH": str(door.ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "rexctl", "filter"], cwd=filled.folder, env=env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(b'{"id": "a"}\n' * 7000)  # more than a pipe holds: it has been read
    process.stdin.flush()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")


@pytest.mark.parametrize("closed", ["0<&-", "2>&-", "0<&- 2>&-"])
def test_closed_streams_are_no_bug(closed: str, filled: door.Door, tmp_path: Path) -> None:
    done = outside(tmp_path, f"rexctl list -f id {closed}", real=True)
    assert (done.returncode, done.stdout) == (0, "2025-10-09-no-swine\n")


def test_a_closed_stdout_is_no_bug(filled: door.Door, tmp_path: Path) -> None:
    done = outside(tmp_path, "rexctl list >&-")
    assert done.returncode in (0, 7)
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr


def test_all_missing_flags_are_named_without_a_terminal(filled: door.Door) -> None:
    said = filled("add", "meeting")
    assert (said.code, said.out) == (2, "")
    assert "missing TITLE, --date, --status, --actor, --source" in said.err


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_text_is_utf_8_whatever_the_locale_says(
    locale: str, filled: door.Door, tmp_path: Path
) -> None:
    words = ["add", "statement", "Ærlig talt", *door.STATEMENT, "--id", "2025-10-11-se-tale"]
    assert filled(*words).code == 0
    line = "rexctl show 2025-10-11-se-tale -F x 2>/dev/null; rexctl list id:2025-10-11 -F title -f tsv --no-header"
    done = outside(tmp_path, line, real=True, LC_ALL=locale, PYTHONUTF8="0")
    assert done.stdout == "Ærlig talt\n"


def test_main_leaves_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["rexctl", "lst"])
    with pytest.raises(SystemExit) as leaving:
        cli.main()
    assert leaving.value.code == 2


def run_entry_point(
    folder: Path, program: str, *words: str
) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run a program that ends in the call of the entry point."""
    env = {**os.environ, **door.environment(folder), "PYTHONPATH": str(door.ROOT)}
    return subprocess.run(
        [sys.executable, "-c", f"{program}\nfrom rexctl.__main__ import main\nmain()", *words],
        cwd=folder / "home", env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip


def interrupting(at: int) -> str:
    """A program in which SIGINT arrives when the module number `at` is about to be imported."""
    return (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    seen = -1\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'rexctl.app.main' or self.seen >= 0:\n"
        "            self.seen += 1\n"
        f"            if self.seen == {at}:\n"
        "                os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
    )


def test_an_interrupt_while_modules_load_is_130_and_says_nothing(
    filled: door.Door, tmp_path: Path
) -> None:
    codes = []
    for at in (0, 1, 2, 5, 10, 20, 40, 60, 5000):
        done = run_entry_point(tmp_path, interrupting(at), "list", "-F", "id", "-f", "csv")
        assert done.stderr == "", at
        codes.append(done.returncode)
    assert codes[:5] == [130] * 5
    assert codes[-1] == 0, "no import has that number"


def test_an_interrupt_that_python_cannot_raise_is_130(filled: door.Door, tmp_path: Path) -> None:
    program = """\
import signal
from rexctl.app import main as cli
class Dying:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
cli.main = lambda: Dying() and None
"""
    done = run_entry_point(tmp_path, program)
    assert (done.returncode, done.stderr) == (130, "")


def test_another_exception_that_python_cannot_raise_is_reported(
    filled: door.Door, tmp_path: Path
) -> None:
    program = """\
from rexctl.app import main as cli
class Dying:
    def __del__(self):
        raise ValueError("odd")
cli.main = lambda: Dying() and None
"""
    done = run_entry_point(tmp_path, program)
    assert "ValueError: odd" in done.stderr


OPEN_DATABASES = """\
import atexit, sqlite3, sys
unclosed = []
class Connection(sqlite3.Connection):
    def __init__(self, *words, **more):
        super().__init__(*words, **more)
        unclosed.append(id(self))
    def close(self):
        super().close()
        unclosed.remove(id(self))
connect = sqlite3.connect
sqlite3.connect = lambda *words, **more: connect(*words, factory=Connection, **more)
atexit.register(lambda: print(len(unclosed), "unclosed", file=sys.stderr))
"""


@pytest.mark.parametrize("words", [
    ["list"], ["list", "-n", "1", "--at", "HEAD"], ["check"], ["filter"], ["add", "--from", "bad.jsonl"],
])  # fmt: skip
def test_every_database_is_closed_at_the_end(
    words: list[str], filled: door.Door, tmp_path: Path
) -> None:
    outside(tmp_path, "git init -q && git add . && git -c user.name=a -c user.email=a commit -qm a")
    (filled.folder / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    done = run_entry_point(tmp_path, OPEN_DATABASES, *words)
    assert done.stderr.splitlines()[-1] == "0 unclosed", done.stderr
