"""The questions of the benchmark, asked in the words of each peer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.benchmarks.work import PYTHON, Tool

if TYPE_CHECKING:
    from tests.benchmarks.ground import Ground

FIELDS = "id,date,status,actors,title"
_DUCK = "import duckdb\nfor row in duckdb.sql({0!r}).fetchall(): print(*row, sep='|')"
_LINE = "."
_NOT_FIELDS = "looks for the lines anywhere in the file"
_ALL = "names every file that has both words somewhere"


def python() -> Tool:
    """The floor below everything that is written in Python."""
    return Tool(PYTHON, [sys.executable, "-c", "pass"])


def query(ground: Ground, year: str = "") -> list[Tool]:
    """Tariffs of the United States, in a year or in all: five fields, or the files that say so."""
    events, peers = f"{ground.log}/data/events", ground.peers
    lines = (rf"^type: tariff\ntitle: .*\ndate: {year}.*\n"
             r"(?:[a-z].*\n)*?actors:\n(?:  - .*\n)*?  - US(?:/.*)?$")  # fmt: skip
    dated = {
        "mlr": f' && $date =~ "^{year}"' if year else "",
        "jq": f' and (.date | startswith("{year}"))' if year else "",
        "rec": f" && date ~ '^{year}'" if year else "",
    }
    where = f'$type == "tariff"{dated["mlr"]} && $actors =~ "(^|;)US(/|;|$)"'
    only = (
        f'select(.type == "tariff"{dated["jq"]} and any(.actors[]; . == "US" or startswith("US/")))'
    )
    has = f"type = 'tariff'{dated['rec']} && actors ~ '^US(/|$)'"
    alike = ["-e", "^type: tariff$", "-e", f"^date: {year}", "-e", "^  - US(/|$)"]
    return [
        Tool("rg -U", ["rg", "-lU", lines, events], ("rg",), _LINE),
        Tool("git grep", ["git", "-C", str(ground.log), "grep", "-lE", "--all-match", *alike],
             ("git",), _LINE, note=_NOT_FIELDS),
        Tool("mlr", ["mlr", "--icsv", "--ojsonl", "filter", where, "then", "cut", "-o", "-f",
                     FIELDS, f"{peers}/events.csv"], ("mlr",), _LINE),
        Tool("jq", ["jq", "-c", f"{only} | {{{FIELDS}}}", f"{peers}/events.jsonl"], ("jq",), _LINE),
        Tool("recsel", ["recsel", "-t", "Event", "-e", has, "-p", FIELDS, f"{peers}/events.rec"],
             ("recsel",), "id:"),
        *sql(ground, f"select {FIELDS} from {{}} where type = 'tariff' and {_between(year)}"
                     " (';' || actors || ';' like '%;US;%' or ';' || actors like '%;US/%')"),
    ]  # fmt: skip


def _between(year: str) -> str:
    return f"date >= '{year}' and date < '{int(year) + 1}' and" if year else ""


def sql(ground: Ground, query: str) -> list[Tool]:
    """Give the two that are asked in SQL; `{}` stands for the table."""
    tools = [_sqlite(ground, query.format("events"))]
    if ground.duckdb:
        code = _DUCK.format(query.format(f"'{ground.peers}/events.parquet'"))
        return [*tools, Tool("duckdb, from python", [ground.duckdb, "-c", code], (), _LINE)]
    return [*tools, Tool("duckdb, from python", [], ("DuckDB for python",))]


def _sqlite(ground: Ground, query: str) -> Tool:
    return Tool("sqlite3", ["sqlite3", f"{ground.peers}/events.db", query], ("sqlite3",), _LINE)


def everything(ground: Ground) -> list[Tool]:
    """All events, a line each."""
    peers = ground.peers
    awk = ("FNR==1 {if (i) print i, t, d, s, n} "
           "/^id: /{i=$2} /^type: /{t=$2} /^date: /{d=$2} /^status: /{s=$2} "
           "/^title: /{n=substr($0,8)} END {print i, t, d, s, n}")  # fmt: skip
    found = f"find {ground.log}/data/events -name '*.yaml' -print0 | xargs -0 awk '{awk}'"
    return [
        Tool("find + awk", ["sh", "-c", found], ("find", "xargs", "awk"), _LINE),
        Tool("mlr", ["mlr", "--icsv", "--ojsonl", "cat", f"{peers}/events.csv"], ("mlr",), _LINE),
        Tool("jq", ["jq", "-c", ".", f"{peers}/events.jsonl"], ("jq",), _LINE),
        *sql(ground, "select * from {}"),
    ]


def words(ground: Ground) -> list[Tool]:
    """Two words, wherever they stand."""
    events = f"{ground.log}/data/events"
    twice = f"rg -il rare {events} | xargs rg -il export"
    ranked = ("select id, title from texts where texts match 'rare export'"
              " order by rank limit 20")  # fmt: skip
    return [
        Tool("rg twice", ["sh", "-c", twice], ("rg", "xargs"), _LINE, note=_ALL),
        _sqlite(ground, ranked)._replace(name="fts5 alone"),
    ]


def months(ground: Ground) -> list[Tool]:
    """How many events each month had."""
    counted = ["put", "$month = $date[1:7]", "then", "count-distinct", "-f", "month"]
    return [
        Tool("mlr", ["mlr", "--icsv", "--ojsonl", *counted, f"{ground.peers}/events.csv"],
             ("mlr",), _LINE),
        *sql(ground, "select substr(date, 1, 7) as month, count(*) from {} group by 1 order by 1"),
    ]  # fmt: skip
