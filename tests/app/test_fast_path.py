from __future__ import annotations

import functools
import shlex
import shutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rexctl.app import COMMANDS, NEED_TYPER, fast_path, main, parser
from rexctl.cli.context import Context
from tests import transcript
from tests.commands.door import SWINE
from tests.run import ROOT

if TYPE_CHECKING:
    from tests.commands.door import Door
    from tests.run import Result

# Commands that change nothing, so that a page can be answered twice.
READING = frozenset({"list", "filter", "show", "search", "stats", "values", "fields", "check",
                     "diff", "log"})  # fmt: skip
PLAIN = sorted(set(COMMANDS) - NEED_TYPER)
PAGES = sorted((ROOT / "tests/transcripts").glob("*.md"))


def asked() -> list[list[str]]:
    """The words of each reading command on any page that the shell would not change."""
    pages = [page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "README.md"]]
    blocks = [block for page in pages for block in transcript.BLOCK.findall(page)]
    found = (_words(command) for block in blocks for command in transcript.commands(block))
    return [words for words in found if words]


def _words(command: str) -> list[str]:
    parts = shlex.shlex(command.replace("\\\n", " "), posix=True, punctuation_chars="|&;<>()")
    parts.whitespace_split, parts.commenters = True, ""
    words: list[str] = []
    try:
        for word in parts:
            if set(word) <= set("|&;<>()"):
                break
            words.append(word)
    except ValueError:
        return []
    plain = words[:1] == ["rexctl"] and not any("$" in word for word in words)
    return words[1:] if plain and not READING.isdisjoint(words[1:6:2]) else []


def both(door: Door, words: list[str]) -> tuple[Result, Result]:
    """Ask with the front door open, and with all left to the parser."""
    opened = door(*words, stdin=b"")
    with pytest.MonkeyPatch.context() as shut:
        shut.setattr(fast_path, "parse_plain", lambda words: None)
        return opened, door(*words, stdin=b"")


@pytest.mark.slow
def test_the_front_door_answers_as_the_parser_does_on_every_page(rexctl: Door) -> None:
    shutil.rmtree(rexctl.folder / "data")
    shutil.copytree(ROOT / "data", rexctl.folder / "data")
    every = asked()
    through = [words for words in every if fast_path.parse_plain(words) is not None]
    for words in every:
        one, other = both(rexctl, words)
        assert one == other, words
    # Most of what anybody asks is plain: were nothing understood, nothing would be compared.
    assert len(through) > 100
    assert len(through) > len(every) * 2 // 3


def _heard(name: str, words: list[str]) -> dict[str, Any] | None:
    """What a command is given by its parser; None where the parser refuses the words."""
    heard: dict[str, Any] = {}
    real = getattr(fast_path.load(COMMANDS[name]), COMMANDS[name].function)

    @functools.wraps(real)
    def run(context: Any, **own: Any) -> None:
        group = parser.group_of(real)
        shared = vars(own.pop(group)) if group else {}
        declared = vars(real.__kwdefaults__[group]) if group else {}
        heard.update(own, **{key: shared[key] for key in shared.keys() - declared.keys()})

    module = ModuleType(name, "")
    module.run = run  # type: ignore[attr-defined]
    command = parser.command(name, module)
    try:
        command.invoke(command.make_context(name, list(words), obj=Context(None)))
    except Exception:
        return None
    return heard


_WORDS = st.sampled_from(["type:tariff", "x", "-1", "-", "--", "", "2", "007", "--type", "-t", "-tx", "--type=a",
                          "-t=a", "-n", "--limit=3", "-n3", "-c", "--count", "-cj", "-j", "--jsonl=1", "-h", "--help",
                          "--typ", "-F", "id,date", "--sort", "-date", "--sort=-date", "-f", "csv", "-o", "a.csv",
                          "--no-such", "--offset", "-5", "@mine", "é"])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLAIN), st.lists(_WORDS, max_size=5))
def test_what_the_front_door_understands_the_parser_understands_alike(
    name: str, words: list[str]
) -> None:
    found = fast_path.parse_plain([name, *words])
    if found is not None:
        typer_values = _heard(name, words)
        assert typer_values is not None
        # The fast path leaves out what was not given; its default is that of the declaration.
        assert found[1] == {key: typer_values[key] for key in found[1]}
        rest = {key: value for key, value in typer_values.items() if key not in found[1]}
        assert all(
            value in (None, False, 0) or key in ("by", "form", "target")
            for key, value in rest.items()
        )


def test_the_flags_of_a_type_are_understood_as_the_parser_does(filled: Door) -> None:
    for words in (
        ["--tag=a,b", "--tag", "c", "note=It is."], ["--rate", "7", "--id", "2025-10-09-x"],
        ["--id=", "--rate", "7"], ["--rate=7", "clauses.1.title=A"], ["--source-title", "A page"],
    ):  # fmt: skip
        line = [*SWINE, "--dry-run", *words]
        assert fast_path.parse_plain(line) is not None
        one, other = both(filled, line)
        assert one == other, words


@pytest.mark.parametrize(
    ("words", "before"),
    [
        (["-C", "/x", "list"], {"directory": "/x"}), (["--today", "2025-10-18", "list"], {"today": "2025-10-18"}),
        (["--directory", "/x", "--today", "2025", "list"], {"directory": "/x", "today": "2025"}),
        (["-C", "/x", "-C", "/y", "list"], None), (["--no-input", "list"], None), (["-C/x", "list"], None),
        (["git", "setup"], None), (["add", "tarif", "x"], None), (["add", "tariff", "-i"], None),
        (["add", "tariff", "-h"], None), (["lst"], None), ([], None), (["-C"], None),
    ],
)  # fmt: skip
def test_what_stands_before_the_command_is_understood_or_left(
    words: list[str], before: object
) -> None:
    found = fast_path.parse_plain(words)
    assert (found and found[2]) == before


def test_the_parser_is_not_loaded_for_a_plain_question(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(words: Any) -> Any:
        raise AssertionError("the parser was asked")

    monkeypatch.setattr(parser, "run", never)
    assert filled("list", "type:tariff", "--sort=date", "-n", "3", "-j").code == 0
    assert main.run(["values", "type"]) == 0


def test_the_day_of_the_environment_counts(filled: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REXCTL_TODAY", "2025-10-10")
    assert len(filled("list", "date:yesterday", "-f", "id").lines) == 1
    monkeypatch.setenv("REXCTL_TODAY", "")
    assert len(filled("list", "date:yesterday", "-f", "id").lines) == 0
    assert Path(filled.folder).is_dir()
