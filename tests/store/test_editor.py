from __future__ import annotations

import os
import shlex
import signal
import stat
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store import drafts, editor
from rexctl.store.log import Log

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the editors here are scripts")


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "log", None, tmp_path / "state")


def edit(
    log: Log, text: str, check: Callable[[str], str | None], environ: Mapping[str, str],
    ask: Callable[[], bool] | None = None,
) -> Path:  # fmt: skip
    """Edit a new draft with this text; its path."""
    draft = drafts.create(log, "add tariff", text)
    editor.edit(draft, check, environ=environ, ask=ask)
    drafts.release(draft)
    return draft.path


def script(tmp_path: Path, body: str) -> dict[str, str]:
    """An environment whose editor runs `body`, a bit of Python that knows `path`."""
    file = tmp_path / "my editor.py"
    file.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{body}\n")
    return {"EDITOR": f"{shlex.quote(sys.executable)} {shlex.quote(str(file))} --wait"}


def fine(_: str) -> str | None:
    return None


def test_the_text_comes_back_as_it_was_typed(tmp_path: Path, log: Log) -> None:
    seen: list[str] = []
    environ = script(tmp_path, "path.write_text(path.read_text() + 'title: Łódź\\n', 'utf-8')")

    def check(text: str) -> str | None:
        seen.append(text)
        return None

    draft = edit(log, "type: tariff\n", check, environ)
    assert seen == ["type: tariff\ntitle: Łódź\n"]
    assert draft.suffix == ".yaml"
    assert draft.read_text("utf-8") == seen[0]


def test_a_draft_can_be_read_by_its_owner_only(tmp_path: Path, log: Log) -> None:
    draft = edit(log, "x", fine, script(tmp_path, ""))
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700


def test_line_ends_and_mark_of_another_system_are_taken_off(tmp_path: Path, log: Log) -> None:
    seen: list[str] = []
    environ = script(tmp_path, r"path.write_bytes(b'\xef\xbb\xbfa: 1\r\nb: 2\r\n')")
    edit(log, "", lambda text: seen.append(text), environ)
    assert seen == ["a: 1\nb: 2\n"]


def test_a_faulty_text_is_edited_again_with_its_faults_until_it_will_do(
    tmp_path: Path, log: Log
) -> None:
    environ = script(tmp_path, "path.write_text(path.read_text() + 'x')")
    asked: list[int] = []

    def check(text: str) -> str | None:
        return None if text == "x!x!x" else text + "!"

    def ask() -> bool:
        asked.append(1)
        return True

    draft = edit(log, "", check, environ, ask=ask)
    assert draft.read_text() == "x!x!x"
    assert len(asked) == 2


def test_who_does_not_go_on_keeps_the_text(tmp_path: Path, log: Log) -> None:
    environ = script(tmp_path, "path.write_text('mine')")
    draft = edit(log, "", lambda text: f"# fault\n{text}", environ, ask=lambda: False)
    assert draft.read_text() == "# fault\nmine"


def test_without_anybody_to_ask_a_text_is_edited_once(tmp_path: Path, log: Log) -> None:
    environ = script(tmp_path, "path.write_text(path.read_text() + 'x')")
    assert edit(log, "", lambda text: text, environ).read_text() == "x"


@pytest.mark.parametrize(("body", "said"), [
    ("path.write_text('mine'); sys.exit(3)", "ended with code 3"),
    ("import os; path.write_text('mine'); os.kill(os.getpid(), 9)", "ended with signal 9"),
    (r"path.write_bytes(b'mine\xff')", "not UTF-8"),
])  # fmt: skip
def test_an_editor_that_fails_costs_nobody_the_text(
    tmp_path: Path, log: Log, body: str, said: str
) -> None:
    with pytest.raises(EnvironmentFaultError, match=said) as caught:
        edit(log, "", fine, script(tmp_path, body))
    (draft,) = drafts.find(log)
    assert draft.read_bytes().startswith(b"mine")
    assert str(draft) in caught.value.hint


def test_a_draft_that_the_editor_took_away_is_told(tmp_path: Path, log: Log) -> None:
    with pytest.raises(
        EnvironmentFaultError, match=r"cannot be used: draft\.yaml cannot be read"
    ) as caught:
        edit(log, "", fine, script(tmp_path, "path.unlink()"))
    assert "your text is" not in caught.value.hint


def test_a_check_that_breaks_down_costs_nobody_the_text(
    tmp_path: Path, log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(_: str) -> str | None:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        edit(log, "", check, script(tmp_path, "path.write_text('mine')"))
    (draft,) = drafts.find(log)
    assert draft.read_text() == "mine"
    assert str(draft) in capsys.readouterr().err


@pytest.mark.parametrize(("body", "what"), [
    ("path.unlink(); path.symlink_to('/etc/passwd')", "is a symbolic link"),
    ("path.unlink(); path.mkdir()", "is a folder"),
    ("import os; path.unlink(); os.mkfifo(path)", "is a pipe"),
])  # fmt: skip
def test_an_editor_that_leaves_anything_but_a_file_is_refused(
    tmp_path: Path, log: Log, body: str, what: str
) -> None:
    with pytest.raises(EnvironmentFaultError, match=f"{what}, not a file") as caught:
        edit(log, "", fine, script(tmp_path, body))
    assert "nothing was written" in caught.value.hint


def test_a_draft_goes_only_when_what_was_made_of_it_is_safe(log: Log) -> None:
    draft = drafts.create(log, "add tariff", "x")
    drafts.replace(draft.path, "y")
    with pytest.raises(ConflictError) as caught, drafts.kept_until_done(draft):
        raise ConflictError("the id is taken", "give another")
    assert caught.value.hint == f"give another; your text is in {draft.path}"
    assert drafts.find(log, "add tariff") == [draft.path]
    again = drafts.claim(draft.path)
    assert again is not None
    with drafts.kept_until_done(again):
        pass
    assert drafts.find(log) == []


def test_a_draft_in_which_nothing_was_typed_does_not_outlive_an_error(
    tmp_path: Path, log: Log
) -> None:
    with pytest.raises(EnvironmentFaultError, match="ended with code 3") as caught:
        edit(log, "x", fine, script(tmp_path, "sys.exit(3)"))
    assert "your text" not in caught.value.hint
    assert drafts.find(log) == []


def test_a_draft_that_somebody_works_on_is_not_offered_to_another(log: Log) -> None:
    draft = drafts.create(log, "edit 2025-x", "x")
    assert drafts.claim(draft.path) is None
    drafts.release(draft)
    again = drafts.claim(draft.path)
    assert again is not None
    assert drafts.command_of(again.path) == "edit 2025-x"


def test_no_shell_reads_the_editor_or_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path / "log", None, tmp_path / "a b;touch hit $(touch hit)")
    monkeypatch.chdir(tmp_path)
    environ = script(tmp_path, "path.write_text(' '.join(sys.argv[1:-1]))")
    environ["EDITOR"] += " '$HOME;touch hit' \"a b\""
    draft = edit(log, "", fine, environ)
    assert draft.read_text() == "--wait $HOME;touch hit a b"
    assert not list(tmp_path.rglob("hit"))


def test_visual_goes_before_editor_and_blank_ones_count_for_nothing() -> None:
    assert editor.editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor.editor_command({"VISUAL": " ", "EDITOR": "'my ed' -x"}) == ["my ed", "-x"]


@pytest.mark.parametrize("given", ["vi 'x", "''"])
def test_an_editor_that_cannot_be_understood_is_told(given: str) -> None:
    with pytest.raises(EnvironmentFaultError, match="EDITOR"):
        editor.editor_command({"EDITOR": given})


def test_an_editor_that_is_not_there_is_told(log: Log) -> None:
    with pytest.raises(EnvironmentFaultError, match="no-such-editor: no such file"):
        edit(log, "x", fine, environ={"EDITOR": "no-such-editor"})


def test_a_machine_without_any_editor_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFaultError, match="no editor found") as caught:
        editor.editor_command({"PATH": str(tmp_path)})
    assert "EDITOR=" in caught.value.hint


def test_an_interrupt_meant_for_the_editor_does_not_end_us(tmp_path: Path, log: Log) -> None:
    before = signal.getsignal(signal.SIGINT)
    body = "import os, signal; os.kill(os.getppid(), signal.SIGINT); path.write_text('mine')"
    draft = edit(log, "", fine, script(tmp_path, body))
    assert draft.read_text() == "mine"
    assert signal.getsignal(signal.SIGINT) is before


def test_what_the_editor_says_never_reaches_stdout(
    tmp_path: Path, log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(log, "", fine, script(tmp_path, "print('drawn')"))
    out, err = capfd.readouterr()
    assert (out, err) == ("", "drawn\n")


def test_a_draft_lies_in_the_state_folder_of_its_log(tmp_path: Path, log: Log) -> None:
    assert drafts.find(log) == []
    one = drafts.create(log, "add tariff", "x")
    other = drafts.create(log, "add export-control", "y")
    assert one.path.is_relative_to(tmp_path / "state" / log.key)
    assert sorted(drafts.find(log)) == sorted([one.path, other.path])
    assert drafts.find(log, "add export-control") == [other.path]
    drafts.delete(one)
    assert drafts.find(log) == [other.path]
    assert drafts.find(Log(tmp_path / "elsewhere", None, tmp_path / "state")) == []


def test_without_a_state_folder_a_draft_lies_in_the_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    log = Log(tmp_path / "log", None)
    draft = drafts.create(log, "add tariff", "x")
    assert draft.path.parent.parent == tmp_path
    assert drafts.find(log) == []


@pytest.mark.parametrize(("name", "arguments"), [
    ("vim", "-c silent! setlocal indentkeys=o,O +4 DRAFT"), ("nano", "+4 DRAFT"),
    ("emacs", "+4 DRAFT"), ("code", "--goto DRAFT:4"), ("unknown", "DRAFT"),
])  # fmt: skip
def test_an_editor_opens_below_the_first_mark(
    name: str, arguments: str, tmp_path: Path, log: Log
) -> None:
    program = tmp_path / name
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/seen\n')
    program.chmod(0o755)
    draft = drafts.create(log, "add tariff", "a\nb: x\n")
    answers = iter((True, False))
    editor.edit(
        draft, lambda _: "a\n#! one\n#! two\nb: x\n#! three\nc\n", environ={"EDITOR": str(program)},
        ask=lambda: next(answers), mark="#! ",
    )  # fmt: skip
    drafts.release(draft)
    first, second = (tmp_path / "seen").read_text().splitlines()
    assert first in (str(draft.path), second.replace("+4 ", ""))
    assert second == arguments.replace("DRAFT", str(draft.path))
