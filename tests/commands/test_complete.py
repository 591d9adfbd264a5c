from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.app import COMMANDS
from rexctl.model.types import TYPES
from tests import completions
from tests.commands.door import SWINE_ID, copy_of, enter
from tests.gitrepo.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door


def offered(door: Door, line: str) -> list[str]:
    door.patch.setenv("_REXCTL_COMPLETE", "fish")
    door.patch.setenv("_REXCTL_LINE", line)
    said = door()
    assert (said.code, said.err) == (0, "")
    return [line.split("\t")[0] for line in said.lines]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rexctl ", [name for name, one in COMMANDS.items() if not one.hidden]),
        ("rexctl lis", ["list"]),
        ("rexctl add ", list(TYPES)),
        ("rexctl list type:ex", ["type:export-control"]),
        ("rexctl list type:tariff,ex", ["type:tariff,export-control"]),
        ("rexctl list not:type:ex", ["not:type:export-control"]),
        ("rexctl list -t ex", ["export-control"]),
        ("rexctl list -t tariff,ex", ["tariff,export-control"]),
        ("rexctl list titl", ["title:"]),
        ("rexctl list -f js", ["jsonl", "json"]),
        ("rexctl list -F id,titl", ["id,title"]),
        ("rexctl list --sort -titl", ["-title"]),
        ("rexctl show 2025-10-09", [SWINE_ID]),
        ("rexctl log 2025-10-09", [SWINE_ID]),
        ("rexctl log type:ex", ["type:export-control"]),
        ("rexctl log type:tariff,ex", ["type:tariff,export-control"]),
        ("rexctl log --field effective.un", ["effective.until", "effective.until_time"]),
        ("rexctl add tariff x --status ad", ["adopted"]),
        ("rexctl add tariff x --status h", []),
        ("rexctl add tariff x --stat", ["--status"]),
        ("rexctl add tariff x --tz Europe/Osl", ["Europe/Oslo"]),
        ("rexctl explain bad-da", ["bad-date"]),
        ("rexctl fields tar", ["tariff"]),
        ("rexctl add tariff x --actor Norw", ["Norway"]),
        ("rexctl list affected:Norw", ["affected:Norway"]),
        ("rexctl codes add --kind li", ["list"]),
        ("rexctl codes li", ["lists"]),
        ("rexctl nosuch x", []),
        ("rexctl add tariff 'half a title", []),
    ],
)
def test_a_shell_is_offered_what_may_come_next(line: str, words: list[str], filled: Door) -> None:
    assert offered(filled, line) == words


def test_the_clauses_of_an_event_are_offered_behind_its_id(filled: Door) -> None:
    assert filled("set", SWINE_ID, 'clauses={"id": "1(1)", "title": "Sows"}').code == 0
    for command in ("add tariff x --suspends", "link A suspends"):
        assert offered(filled, f"rexctl {command} {SWINE_ID}#") == [f"{SWINE_ID}#1(1)"]


def test_codes_come_by_code_in_a_list_too(filled: Door) -> None:
    assert "actor:NO" in offered(filled, "rexctl list actor:NO")
    assert "actor:SE,NO" in offered(filled, "rexctl list actor:SE,NO")
    assert "NO" in offered(filled, "rexctl add tariff x --actor NO")


def test_revisions_are_the_names_that_git_has(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository.__new__(Repository)
    repository.folder = filled.folder
    repository("init", "-q", "-b", "main")
    repository.commit_all()
    repository("tag", "v1")
    assert offered(filled, "rexctl list --at ma") == ["main"]
    assert offered(filled, "rexctl diff v") == ["v1"]
    monkeypatch.setenv("PATH", "")
    assert offered(filled, "rexctl diff v") == []


def test_without_a_log_nothing_is_said_and_nothing_breaks(bare: Door) -> None:
    assert offered(bare, "rexctl show 2025") == []
    assert offered(bare, "rexctl list type:ex") == ["type:export-control"]


def test_the_log_of_the_line_is_the_one_that_is_asked(filled: Door) -> None:
    filled.patch.chdir(filled.folder.parent)
    assert offered(filled, "rexctl -C home show 2025-10-09") == [SWINE_ID]


@pytest.fixture(scope="module")
def in_git(filled_log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log in git with tags, an episode, a saved query, and an event with clauses."""
    folder = tmp_path_factory.mktemp("everything")
    with pytest.MonkeyPatch.context() as patch:
        make_everything(copy_of(filled_log, folder, patch))
    return folder


@pytest.fixture
def everything(in_git: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The command line in that log, which no test changes."""
    return enter(in_git, monkeypatch)


def make_everything(filled: Door) -> None:
    assert filled("set", SWINE_ID, "tags=pork", "episode=swine-2025").code == 0
    assert filled(*CONTROL).code == 0
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(
        "format: 1\nqueries:\n  pigs: type:tariff product:hs:01\n", encoding="utf-8"
    )
    repository = Repository.__new__(Repository)
    repository.folder = filled.folder
    repository("init", "-q", "-b", "main")
    repository.commit_all()
    assert filled("list").code == 0


CONTROL_ID = "2025-10-10-no-controls-gallium"
CONTROL = ["add", "export-control", "Controls on gallium", "--actor", "NO", "--date", "2025-10-10", "--status",
           "adopted", "--source", "https://example.org/c", "--clause", "part-a"]  # fmt: skip


def test_every_option_and_argument_with_a_closed_list_is_completed(everything: Door) -> None:
    walked = list(completions.parameters())
    closed = [one for one in walked if one.is_closed]
    assert len(closed) > 100
    assert {"rexctl link", "rexctl stats --by", "rexctl add tariff --status"} <= {
        one.line for one in closed
    }
    # The clauses of `link` follow from its events, which the next test names.
    silent = [
        f"{one.line} {one.metavar}"
        for one in closed
        if not one.offers() and one.metavar != "CLAUSE"
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("rexctl list date.", "date.ge:"), ("rexctl list effective.from.l", "effective.from.lt:"),
        ("rexctl list actor.", "actor.in:"), ("rexctl list not:date.", "not:date.ge:"),
        ("rexctl list has:eff", "has:effective"), ("rexctl list missing:li", "missing:links"),
        ("rexctl list not:has:ti", "not:has:title"), ("rexctl list @", "@pigs"), ("rexctl search x @p", "@pigs"),
        ("rexctl list actor.in:G", "actor.in:G7"), ("rexctl list tag:p", "tag:pork"),
        ("rexctl list episode:", "episode:swine-2025"), ("rexctl list links.rel:sus", "links.rel:suspends"),
        ("rexctl list date:last", "date:last-week"), ("rexctl list --since y", "yesterday"),
        ("rexctl list confidence:re", "confidence:retracted"), ("rexctl list tz:Europe/Osl", "tz:Europe/Oslo"),
        ("rexctl list rates.currency:US", "rates.currency:USD"), ("rexctl list date.ge:2025", "date.ge:2025-10-09"),
        ("rexctl list status.ne:ad", "status.ne:adopted"), ("rexctl stats type:ta", "type:tariff"),
        ("rexctl stats --by we", "week"), ("rexctl stats --by type,mo", "type,month"),
        ("rexctl list --sort -da", "-date"), ("rexctl list -F id,act", "id,actors"), ("rexctl list -F act", "actor"),
        (f"rexctl set {SWINE_ID} sta", "status="), (f"rexctl set {SWINE_ID} status=th", "status=threatened"),
        (f"rexctl set {SWINE_ID} tags", "tags+="), (f"rexctl set {SWINE_ID} tags+=", "tags+=pork"),
        (f"rexctl set {SWINE_ID} actors+=SE,N", "actors+=SE,NO"), ("rexctl set 2025-10-09", SWINE_ID),
        ("rexctl set type:ta", "type:tariff"), (f"rexctl set {SWINE_ID} links.rel=", "links.rel=suspends"),
        (f"rexctl link {CONTROL_ID} ", "suspends"), (f"rexctl link {CONTROL_ID} suspends 2025", SWINE_ID),
        (f"rexctl link {SWINE_ID} suspends {CONTROL_ID} --clause ", "part-a"),
        (f"rexctl link {CONTROL_ID} --via p", "part-a"), ("rexctl help add ta", "tariff"),
        ("rexctl help env", "environment"), ("rexctl help bad-da", "bad-date"), ("rexctl help sea", "search"),
        ("rexctl check -f sa", "sarif"), ("rexctl show -f ca", "card"), ("rexctl stats -f c", "csv"),
        ("rexctl list --color al", "always"), ("rexctl add tariff x episode=s", "episode=swine-2025"),
        ("rexctl add tariff x rates.0.u", "rates.0.unit="), ("rexctl diff ma", "main"),
        ("rexctl diff type:ta", "type:tariff"),
        ("rexctl log --since y", "yesterday"), ("rexctl edit 2025-10-09", SWINE_ID),
        ("rexctl retract tag:p", "tag:pork"),
    ],
)  # fmt: skip
def test_every_place_of_a_query_and_of_a_change_is_completed(
    line: str, word: str, everything: Door
) -> None:
    assert word in offered(everything, line)


def test_a_status_is_one_of_the_type_of_the_event(everything: Door) -> None:
    assert "status=held" not in offered(everything, f"rexctl set {SWINE_ID} status=")
