"""Many writers at once: none is lost, none is written over, and ids stay apart."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.hostile.arena import TODAY, environment, run, scratch

if TYPE_CHECKING:
    from pathlib import Path

# One process that adds with its module loaded already: what is tried is the writing, not Python's
# start. It waits for a line, so that all of them begin at once.
_ADDER = """
import sys
from rexctl import cli
from rexctl.commands import add, add_one, group
sys.stdin.readline()
for line in sys.stdin:
    code = cli.run(line.rstrip("\\n").split("\\t"))
    print(f"exit {code}", flush=True)
"""


def words(title: str, *more: str) -> list[str]:
    return ["add", "tariff", title, "--date", "2025-10-11", "--status", "threatened", "--actor", "US",
            "--affected", "CN", "--source", "https://example.org/b", *more]  # fmt: skip


def at_once(log: Path, lots: list[list[list[str]]]) -> list[tuple[int, str]]:
    """Run each lot of commands in a process of its own, all at the same time; code and output."""
    crowd = [
        subprocess.Popen([sys.executable, "-c", _ADDER], cwd=log, env=environment(log), text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in lots
    ]  # fmt: skip

    def told(process: subprocess.Popen[str], lot: list[list[str]]) -> list[tuple[int, str]]:
        lines = "go\n" + "".join("\t".join(given) + "\n" for given in lot)
        out, err = process.communicate(lines, timeout=120)
        assert "Traceback" not in err, err
        found, before = [], ""
        for line in out.splitlines():
            if line.startswith("exit "):
                found.append((int(line[5:]), before))
                before = ""
            else:
                before = line
        assert len(found) == len(lot), err
        return found

    with ThreadPoolExecutor(len(lots)) as pool:
        return [one for many in pool.map(told, crowd, lots) for one in many]


def names_in(log: Path) -> set[str]:
    return {p.stem for p in (log / "events").rglob("*.yaml")} - {"2025-10-10-us-good"}


def assert_tidy(log: Path) -> None:
    assert not list((log / "events").rglob(".*"))
    checked = run(log, "check")
    assert checked.code == 0, checked.out
    assert set(run(log, "list", "-f", "id").out.split()) == names_in(log) | {"2025-10-10-us-good"}


def test_a_hundred_adds_ten_at_a_time_give_a_hundred_events(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    names = [f"2025-10-11-us-{n:03}" for n in range(100)]
    lots = [[words(f"Duty {n}", "--id", n) for n in names[k::10]] for k in range(10)]
    done = at_once(log, lots)
    assert {code for code, _ in done} == {0}
    assert sorted(name for _, name in done) == names
    assert names_in(log) == set(names)
    assert_tidy(log)


def test_of_twenty_adds_of_one_given_id_one_wins(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    done = at_once(log, [[words(f"Duty {n}", "--id", "2025-10-11-us-x")] for n in range(20)])
    assert sorted(code for code, _ in done) == [0, *[5] * 19]
    assert names_in(log) == {"2025-10-11-us-x"}
    assert_tidy(log)


def test_twenty_adds_of_one_made_id_give_twenty_events(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    done = at_once(log, [[words("Duty on magnets")] for _ in range(20)])
    assert {code for code, _ in done} == {0}
    first = "2025-10-11-us-duty-magnets"
    assert names_in(log) == {first, *(f"{first}-{n}" for n in range(2, 21))}
    assert {name for _, name in done} == names_in(log)
    assert_tidy(log)


def test_readers_beside_writers_never_see_a_file_half_done(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    writing = [
        [words(f"Duty {n}", "--id", f"2025-10-11-us-{k}-{n}") for n in range(5)] for k in range(3)
    ]
    reading = [[["--today", TODAY, "list", "-f", "id"]] * 8 for _ in range(2)]
    done = at_once(log, writing + reading)
    assert {code for code, _ in done} == {0}
    assert len(names_in(log)) == 15
    assert_tidy(log)
