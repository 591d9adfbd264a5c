"""The forms in which other tools keep the same events: CSV, JSON lines, SQLite, recutils, beancount."""

from __future__ import annotations

import csv
import json
import sqlite3
from typing import TYPE_CHECKING, Any

from tests.benchmarks.kinds import OFTEN
from tests.benchmarks.scene import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    Event = dict[str, Any]
    Take = Callable[[Event], None]

FIELDS = ("id", "type", "date", "status", "actors", "products", "title")
_TABLES = """
create table events (id text primary key, type text, date text, status text, actors text,
                     products text, title text) without rowid;
create virtual table texts using fts5 (id unindexed, title, summary);
"""


def takers(folder: Path, stack: ExitStack) -> list[Take]:
    """Give one function a form, to be called with each event; the stack closes the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make(folder, stack) for make in (_csv, _jsonl, _sqlite, _rec, _beancount)]


def _row(event: Event) -> list[str]:
    return [";".join(cell) if isinstance(cell := event.get(field, ""), list) else cell
            for field in FIELDS]  # fmt: skip


def _csv(folder: Path, stack: ExitStack) -> Take:
    file = stack.enter_context((folder / "events.csv").open("w", encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS)
    return lambda event: writer.writerow(_row(event))


def _jsonl(folder: Path, stack: ExitStack) -> Take:
    file = stack.enter_context((folder / "events.jsonl").open("w", encoding="utf-8"))

    def take(event: Event) -> None:
        file.write(json.dumps(event, ensure_ascii=False) + "\n")

    return take


def _sqlite(folder: Path, stack: ExitStack) -> Take:
    (folder / "events.db").unlink(missing_ok=True)
    db = sqlite3.connect(folder / "events.db")
    db.executescript(_TABLES)

    def close() -> None:
        db.execute("create index by_date on events (date)")
        db.execute("insert into texts (texts) values ('optimize')")
        db.commit()
        db.close()

    stack.callback(close)

    def take(event: Event) -> None:
        row = _row(event)
        db.execute("insert into events values (?, ?, ?, ?, ?, ?, ?)", row)
        db.execute("insert into texts values (?, ?, ?)", (row[0], row[-1], event["summary"]))

    return take


def _rec(folder: Path, stack: ExitStack) -> Take:
    file = stack.enter_context((folder / "events.rec").open("w", encoding="utf-8"))
    file.write("%rec: Event\n%key: id\n\n")

    def take(event: Event) -> None:
        lines = [f"{field}: {event[field]}" for field in ("id", "type", "date", "status", "title")]
        lines += [f"{field}: {value}" for field in ("actors", "products", "tags")
                  for value in event.get(field, ())]  # fmt: skip
        lines.append("summary: " + event["summary"].replace("\n", "\n+ "))
        file.write("\n".join(lines) + "\n\n")

    return take


def _beancount(folder: Path, stack: ExitStack) -> Take:
    file = stack.enter_context((folder / "ledger.beancount").open("w", encoding="utf-8"))
    file.write('option "operating_currency" "EVENT"\n2016-01-01 commodity EVENT\n')
    for account in (*(f"Assets:{code}" for code in PLACES), *map(_account, OFTEN)):
        file.write(f"2016-01-01 open {account} EVENT\n")

    def take(event: Event) -> None:
        day = event["date"] if len(event["date"]) == 10 else f"{event['date']}-01"
        title = event["title"].replace("\\", "\\\\").replace('"', '\\"')
        marks = [f"#{tag}" for tag in event["tags"]] + [f"^{event['id']}"]
        marks += [f"^{link['to']}" for link in event.get("links", ())]
        file.write(f'\n{day} * "{event["actors"][0]}" "{title}" {" ".join(marks)}\n')
        file.write(f'  status: "{event["status"]}"\n  source: "{event["sources"][0]["url"]}"\n')
        file.write(f'  affected: "{event["affected"][0]}"\n')
        place = event["actors"][0].partition("/")[0]
        file.write(f"  Assets:{place}  1 EVENT\n  {_account(event['type'])}  -1 EVENT\n")

    return take


def _account(kind: str) -> str:
    return f"Income:{kind.title()}"
