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
from rexctl.store import editor

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the editors here are scripts")


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "drafts"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def script(tmp_path: Path, body: str) -> dict[str, str]:
    """An environment whose editor runs `body`, a bit of Python that knows `path`."""
    file = tmp_path / "my editor.py"
    file.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{body}\n")
    return {"EDITOR": f"{shlex.quote(sys.executable)} {shlex.quote(str(file))} --wait"}


def fine(_: str) -> str | None:
    return None


def test_the_text_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    seen: list[str] = []
    environ = script(tmp_path, "path.write_text(path.read_text() + 'title: Łódź\\n', 'utf-8')")

    def check(text: str) -> str | None:
        seen.append(text)
        return None

    draft = editor.edit("type: tariff\n", ".yaml", check, environ=environ)
    assert seen == ["type: tariff\ntitle: Łódź\n"]
    assert draft.suffix == ".yaml"
    assert draft.read_text("utf-8") == seen[0]


def test_a_draft_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    draft = editor.edit("x", ".yaml", fine, environ=script(tmp_path, ""))
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700


def test_line_ends_and_mark_of_another_system_are_taken_off(tmp_path: Path) -> None:
    seen: list[str] = []
    environ = script(tmp_path, r"path.write_bytes(b'\xef\xbb\xbfa: 1\r\nb: 2\r\n')")
    editor.edit("", ".yaml", lambda text: seen.append(text), environ=environ)
    assert seen == ["a: 1\nb: 2\n"]


def test_a_faulty_text_is_edited_again_with_its_faults_until_it_will_do(tmp_path: Path) -> None:
    environ = script(tmp_path, "path.write_text(path.read_text() + 'x')")
    asked: list[int] = []

    def check(text: str) -> str | None:
        return None if text == "x!x!x" else text + "!"

    def ask() -> bool:
        asked.append(1)
        return True

    draft = editor.edit("", ".yaml", check, environ=environ, again=True, ask=ask)
    assert draft.read_text() == "x!x!x"
    assert len(asked) == 2


def test_who_does_not_go_on_keeps_the_text(tmp_path: Path) -> None:
    environ = script(tmp_path, "path.write_text('mine')")
    draft = editor.edit(
        "", ".yaml", lambda text: f"# fault\n{text}", environ=environ, again=True, ask=lambda: False
    )
    assert draft.read_text() == "# fault\nmine"


def test_nobody_is_asked_without_a_terminal(tmp_path: Path) -> None:
    def ask() -> bool:
        pytest.fail("nobody is there")

    environ = script(tmp_path, "path.write_text('mine')")
    draft = editor.edit("", ".yaml", lambda text: text, environ=environ, ask=ask)
    assert draft.read_text() == "mine"


@pytest.mark.parametrize(("body", "said"), [
    ("path.write_text('mine'); sys.exit(3)", "ended with code 3"),
    ("import os; path.write_text('mine'); os.kill(os.getpid(), 9)", "ended with signal 9"),
    (r"path.write_bytes(b'mine\xff')", "not UTF-8"),
])  # fmt: skip
def test_an_editor_that_fails_costs_nobody_the_text(
    tmp_path: Path, drafts: Path, body: str, said: str
) -> None:
    with pytest.raises(EnvironmentFaultError, match=said) as caught:
        editor.edit("", ".yaml", fine, environ=script(tmp_path, body))
    (draft,) = drafts.glob("*/draft.yaml")
    assert draft.read_bytes().startswith(b"mine")
    assert str(draft) in caught.value.hint


def test_a_draft_that_the_editor_took_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFaultError, match="cannot be read") as caught:
        editor.edit("", ".yaml", fine, environ=script(tmp_path, "path.unlink()"))
    assert "your text is" not in caught.value.hint


def test_a_check_that_breaks_down_costs_nobody_the_text(
    tmp_path: Path, drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(_: str) -> str | None:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        editor.edit("", ".yaml", check, environ=script(tmp_path, "path.write_text('mine')"))
    (draft,) = drafts.glob("*/draft.yaml")
    assert draft.read_text() == "mine"
    assert str(draft) in capsys.readouterr().err


def test_a_draft_goes_only_when_what_was_made_of_it_is_safe(tmp_path: Path) -> None:
    draft = editor.edit("x", ".yaml", fine, environ=script(tmp_path, ""))
    with pytest.raises(ConflictError) as caught, editor.draft_until_done(draft):
        raise ConflictError("the id is taken", "give another")
    assert caught.value.hint == f"give another; your text is in {draft}"
    assert draft.exists()
    with editor.draft_until_done(draft):
        pass
    assert not draft.parent.exists()


def test_no_shell_reads_the_editor_or_the_path(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = drafts / "a b;touch hit $(touch hit)"
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    monkeypatch.chdir(tmp_path)
    environ = script(tmp_path, "path.write_text(' '.join(sys.argv[1:-1]))")
    environ["EDITOR"] += " '$HOME;touch hit' \"a b\""
    draft = editor.edit("", ".yaml", fine, environ=environ)
    assert draft.read_text() == "--wait $HOME;touch hit a b"
    assert not list(tmp_path.rglob("hit"))


def test_visual_goes_before_editor_and_blank_ones_count_for_nothing() -> None:
    assert editor.editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor.editor_command({"VISUAL": " ", "EDITOR": "'my ed' -x"}) == ["my ed", "-x"]


@pytest.mark.parametrize("given", ["vi 'x", "''"])
def test_an_editor_that_cannot_be_understood_is_told(given: str) -> None:
    with pytest.raises(EnvironmentFaultError, match="EDITOR"):
        editor.editor_command({"EDITOR": given})


def test_an_editor_that_is_not_there_is_told() -> None:
    with pytest.raises(EnvironmentFaultError, match="no-such-editor: no such file"):
        editor.edit("x", ".yaml", fine, environ={"EDITOR": "no-such-editor"})


def test_a_machine_without_any_editor_is_told(tmp_path: Path, drafts: Path) -> None:
    with pytest.raises(EnvironmentFaultError, match="no editor found") as caught:
        editor.edit("x", ".yaml", fine, environ={"PATH": str(tmp_path)})
    assert "EDITOR=" in caught.value.hint
    assert list(drafts.iterdir()) == []


def test_an_interrupt_meant_for_the_editor_does_not_end_us(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    body = "import os, signal; os.kill(os.getppid(), signal.SIGINT); path.write_text('mine')"
    draft = editor.edit("", ".yaml", fine, environ=script(tmp_path, body))
    assert draft.read_text() == "mine"
    assert signal.getsignal(signal.SIGINT) is before


def test_what_the_editor_says_never_reaches_stdout(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    editor.edit("", ".yaml", fine, environ=script(tmp_path, "print('drawn')"))
    out, err = capfd.readouterr()
    assert (out, err) == ("", "drawn\n")


def test_a_draft_lies_in_the_state_folder_until_it_is_deleted(tmp_path: Path) -> None:
    environ = script(tmp_path, "") | {"REXCTL_STATE": str(tmp_path / "state")}
    assert editor.find_drafts(environ) == []
    one = editor.edit("x", ".yaml", fine, environ=environ)
    other = editor.edit("y", ".yaml", fine, environ=environ)
    assert one.is_relative_to(tmp_path / "state" / "drafts")
    assert sorted(editor.find_drafts(environ)) == sorted([one, other])
    editor.delete_draft(one)
    assert editor.find_drafts(environ) == [other]
    assert editor.find_drafts({}) == []
