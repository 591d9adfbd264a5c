"""The works that are timed, each with rexctl's command and the peers that answer the same."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from tests.benchmarks import ground as grounds
from tests.benchmarks import questions as ask
from tests.benchmarks.ground import Ground, Touched
from tests.benchmarks.work import REXCTL, Tool, Work

SHIPPED = Path(__file__).parents[2]
_QUERY = ["list", "type:tariff", "actor:US"]
_LINE = "."


def script() -> list[str]:
    """Give the command line by which rexctl starts: its console script, where there is one."""
    beside = Path(sys.executable).with_name("rexctl")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "rexctl"]


def all_works(ground: Ground) -> list[Work]:
    """Give every work on one made log: those that leave it alone first."""
    return [
        *_starting(),
        *_reading(ground),
        *_of_states(ground),
        *_changing(ground),
        *_cold(ground),
    ]


def _starting() -> list[Work]:
    shipped = Tool(REXCTL, [*script(), "-C", str(SHIPPED), "list"])
    version = Tool(REXCTL, [*script(), "version"])
    return [
        Work("version", [version, ask.python()], rounds=15, once=True),
        Work("list, shipped log", [shipped, ask.python()], rounds=15, once=True),
    ]


def _reading(ground: Ground) -> list[Work]:
    fields = ["-F", ask.FIELDS]
    asked = {
        "query, a year": ([*_QUERY, "date:2020", *fields], ask.query(ground, "2020")),
        "query, every file": ([*_QUERY, *fields], ask.query(ground)),
        "list all": (["list", "-j"], ask.everything(ground)),
        "search, two words": (["search", "rare", "export", "-n", "20"], ask.words(ground)),
        "count by month": (["stats", "--by", "month"], ask.months(ground)),
    }
    works = [
        Work(name, [_rexctl(ground, words, _LINE), *peers, ask.python()])
        for name, (words, peers) in asked.items()
    ]
    fsck = Tool("git fsck", ["git", "-C", str(ground.log), "fsck"], ("git",))
    check = [_rexctl(ground, ["check"]), fsck, ask.python()]
    return [*works, Work("check, nothing changed", check)]


def _of_states(ground: Ground) -> list[Work]:
    """Give the works on a log of measures, beside a count of its events and `show` of one without state."""
    act, measure = (_first(ground, is_act=one) for one in (True, False))
    count = _own(ground, "list -c", ["list", "-c"])
    without = _own(ground, "show", ["show", act])
    words = {
        "in force, a day": (["in-force", "2022-06-15"], count),
        "list by state": (["list", "state:suspended", "-F", "id,state"], count),
        "count by state": (["stats", "--by", "state"], count),
        "duty": (["duty", "--from", "CN", "--to", "US", "--on", "2022-06-15"], without),
        "show, a measure": (["show", measure], without),
        "calendar": (["--today", "2022-06-15", "calendar"], count),
        "outcomes": (["outcomes"], count),
    }
    works = [
        Work(name, [_own(ground, REXCTL, asked), peer]) for name, (asked, peer) in words.items()
    ]
    touched = Touched(ground.measures)
    changed = [one._replace(before=touched.change) for one in (works[1].tools[0], count)]
    return [*works, Work("list by state, one file changed", changed, after=touched.restore)]


def _first(ground: Ground, *, is_act: bool) -> str:
    """Give the id of the first event of a year that acts on another one, or of the first that does not."""
    for path in sorted((ground.measures / "data" / "events" / "2020").iterdir()):
        if is_act == ("\n  - rel: " in path.read_text(encoding="utf-8")):
            return path.stem
    raise LookupError("no such event")


def _own(ground: Ground, name: str, words: list[str]) -> Tool:
    answer = _LINE if name == REXCTL else ""  # the others are asked something else
    return Tool(name, [*script(), "-C", str(ground.measures), *words], answer=answer)


def _changing(ground: Ground) -> list[Work]:
    touched = Touched(ground.log)
    add = ["add", "statement", "Benchmark {run} of a word said", "--date", "2020-06-15",
           "--status", "made", "--actor", "US/ustr", "--source", "https://example.org/{run}"]  # fmt: skip
    git_add = ["git", "-C", str(ground.log), "add", "new-{run}.txt"]
    query = _rexctl(ground, [*_QUERY, "date:2020", "-F", ask.FIELDS], _LINE)
    check = _rexctl(ground, ["check"])
    return [
        Work("query, one file changed", [query._replace(before=touched.change)],
             after=touched.restore),
        Work("check, one file changed", [check._replace(before=touched.change)],
             after=touched.restore),
        Work("add", [_rexctl(ground, add),
                     Tool("git add", git_add, ("git",), before=partial(grounds.new_file, ground))],
             after=partial(grounds.take_back_new, ground)),
    ]  # fmt: skip


def _cold(ground: Ground) -> list[Work]:
    ledger = str(ground.peers / "ledger.beancount")
    bean = Tool("bean-check", ["bean-check", "--no-cache", ledger], ("bean-check",))
    return [
        Work("index, cold", [_from_nothing(ground, ["list", "-c"])], rounds=3, warm=False),
        Work("check, cold", [_from_nothing(ground, ["check"]), bean], rounds=3, warm=False),
    ]


def _rexctl(ground: Ground, words: list[str], answer: str = "") -> Tool:
    return Tool(REXCTL, [*script(), "-C", str(ground.log), *words], answer=answer)


def _from_nothing(ground: Ground, words: list[str]) -> Tool:
    """Give rexctl without a cache: one of its own, taken away before each run."""
    tool = _rexctl(ground, words)
    return tool._replace(cache=str(ground.cold), before=lambda _: grounds.without_cold(ground))
