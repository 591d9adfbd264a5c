from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

THREAT = ["add", "tariff", "Norway threatens swine", "--actor", "NO", "--status", "threatened",
          "--date", "2025-10-12", "--deadline", "2025-12-01", "--source", "https://example.org/t"]  # fmt: skip
ROWS = [
    ["in-force", "2025-11-02"], ["outcomes"], ["calendar"], ["thread", SWINE_ID], ["stats"],
    ["values", "type"], ["duty", "--from", "SE", "--to", "NO", "--on", "2025-11-02"],
    ["duty", "--from", "SE", "--to", "NO", "--history"], ["codes", "actors", "commerce"], ["fields"],
    ["schema"],
]  # fmt: skip


@pytest.fixture
def log(filled: Door) -> Door:
    """A log whose questions all have an answer."""
    assert filled(*THREAT).code == 0
    return filled


@pytest.mark.parametrize("command", ROWS)
def test_a_command_that_writes_rows_takes_j_columns_and_no_header(
    command: list[str], log: Door
) -> None:
    rows = [json.loads(line) for line in log(*command, "-j").lines]
    assert rows
    column = next(iter(rows[0]))
    chosen = [json.loads(line) for line in log(*command, "-j", "-F", column).lines]
    assert chosen == [{column: row[column]} if column in row else {} for row in rows]
    heading, *cells = log(*command, "-f", "csv").lines
    assert log(*command, "-f", "csv", "--no-header").lines == cells
    assert "," in heading
    assert log(*command, "-c").lines == [str(len(rows))]
    for wrong in (["-f", "card"], ["-j", "-f", "csv"], ["--no-header"], ["-F", "nosuch"]):
        said = log(*command, *wrong)
        assert (said.code, said.out) == (2, "")


def test_a_question_about_some_events_takes_their_ids(log: Door) -> None:
    ids = f"{SWINE_ID}\n".encode()
    for command in (["in-force", "2025-11-02"], ["thread"]):
        (row,) = [json.loads(line) for line in log(*command, "--ids", "-", stdin=ids).lines]
        assert row["id"] == SWINE_ID
    assert len(log("outcomes", "-j").lines) == 1
    assert log("outcomes", "--ids", "-", stdin=ids).out == ""
    before = log("calendar", "-j").lines
    assert 0 < len(log("calendar", "--ids", "-", stdin=ids).lines) < len(before)
    assert log("in-force", "--ids", "-", stdin=b"2020-01-01-x\n").code == 4


def test_the_ellipsis_of_a_short_id_is_no_part_of_it(log: Door) -> None:
    short = "2025-10-09-no-charges…"
    for command in (["show", short], ["list", f"id:{short}"], ["thread", short], ["log", short]):
        assert log(*command).code in (0, 7)
    assert json.loads(log("show", short).out)["id"] == SWINE_ID
    assert log("list", "--ids", "-", "-f", "id", stdin=f"{short}\n".encode()).lines == [SWINE_ID]


def test_an_empty_calendar_names_its_days(log: Door) -> None:
    said = log("calendar", "--since", "2024-01-01", "--until", "2024-02", "-f", "table")
    assert said.err == "nothing from 2024-01-01 to 2024-02-29\n"


def test_threads_of_several_events_show_each_event_once(log: Door) -> None:
    (other,) = log("list", "type:statement", "again", "-f", "id").lines
    assert log("link", other, "about", SWINE_ID).code == 0
    found = [json.loads(line) for line in log("thread", SWINE_ID, other, "-j").lines]
    assert [(row["id"], row["depth"]) for row in found] == [(SWINE_ID, 0), (other, 1)]
