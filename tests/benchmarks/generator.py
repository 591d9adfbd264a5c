"""A seeded generator of realistic logs: all types, links, clauses, sources, and words in two scripts.

`python -m tests.benchmarks.generator 10000 /tmp/log10k` writes a log of 10,000 events. The same
number and seed give the same bytes on every machine. A third word is a folder for what other
tools read: the same events as CSV, JSON lines, SQLite, recutils and a ledger of beancount. With
`--measures` it writes so many measures, and three acts on them for every ten.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.yamlfile import serialize
from tests.benchmarks import forms
from tests.benchmarks.maker import Maker
from tests.benchmarks.scene import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.pool import AsyncResult

SEED = 20251009
FIRST, DAYS = date(2017, 1, 20), 3200
_BATCH = 2000  # events that are made while those before them are being written


def write(count: int, folder: Path, peers: Path | None = None, *, measures: bool = False) -> None:
    """Write a log of so many events into a folder, and for its peers into another one."""
    data = folder / "data"
    (data / "vocabulary").mkdir(parents=True, exist_ok=True)
    _put(data / "rexctl.yaml", "format: 1\n")
    _put(data / "vocabulary" / "tags.yaml", serialize.write_generic(_tags()))
    _put(data / "vocabulary" / "episodes.yaml", serialize.write_generic(_episodes()))
    _put(data / "vocabulary" / "lists.yaml", "- code: eu/russia-listings\n  name: Listings\n")
    for year in _years():
        (data / "events" / str(year)).mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        takers = forms.takers(peers, stack) if peers else []
        pool = stack.enter_context(Pool())
        written: list[AsyncResult[list[None]]] = []
        events = Maker(SEED, FIRST, DAYS, count, measures=measures).events()
        while batch := list(islice(events, _BATCH)):
            written.append(pool.map_async(partial(_write_one, data / "events"), batch))
            for event in batch:
                for take in takers:
                    take(event)
            for before in written[:-1]:
                before.get()
            written = written[-1:]
        for last in written:
            last.get()


def _write_one(folder: Path, event: dict[str, Any]) -> None:
    text = serialize.write(event, event["type"])
    _put(folder / event["id"][:4] / f"{event['id']}.yaml", text)


def _put(path: Path, text: str) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _years() -> Iterator[int]:
    yield from range(FIRST.year, date.fromordinal(FIRST.toordinal() + DAYS).year + 1)


def _goods() -> Iterator[str]:
    yield from (goods[0] for goods in WORDS["goods"])


def _tags() -> dict[str, Any]:
    tags = {name.replace(" ", "-"): f"Trade in {name}." for name in _goods()}
    return tags | {topic: f"What turns on {topic}." for topic in WORDS["topics"]}


def _episodes() -> dict[str, Any]:
    return {
        f"{name.replace(' ', '-')}-{year}": f"The dispute over {name} in {year}."
        for year in _years()
        for name in _goods()
    }


if __name__ == "__main__":
    _words = [word for word in sys.argv[1:] if word != "--measures"]
    if len(_words) < len(sys.argv) - 1:
        write(int(_words[0]) * 13 // 10, Path(_words[1]), measures=True)
    else:
        write(int(_words[0]), Path(_words[1]), Path(_words[2]) if len(_words) > 2 else None)
