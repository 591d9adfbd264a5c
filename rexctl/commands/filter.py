"""Ask the same query of JSON lines on standard input; no log is needed.

Where there is a log, its own codes and saved queries are known too.

A kept line passes byte for byte, in its order, unless a format, fields or a sort are asked for.
A line that is no JSON object is named and left out, and the exit code is then 6.

Examples:
  rexctl list date:2025-10 | rexctl filter actor:US
  cat old-export.jsonl | rexctl filter type:tariff -f csv
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from rexctl.cache.row import row_of
from rexctl.cli.answer import Answer
from rexctl.cli.query_options import Asked
from rexctl.index import put
from rexctl.index.bare import bare
from rexctl.output import notice
from rexctl.records import Finding
from rexctl.values import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.cli.context import Call
    from rexctl.index.tables import Index

BATCH = 2000
DEEPEST = 100  # far beyond any event, and far from what a stack of calls can hold


def run(call: Call, asked: Asked) -> Any:
    """Put the lines into tables in memory, batch by batch, and ask those."""
    asked.demand_no_log()
    stream = call.input()
    known = call.index_if_any()
    answer = Answer(call, asked, bare(known))
    bad: list[Finding] = []
    if answer.sorting or asked.limit is not None or asked.offset or asked.count or asked.explain:
        lines = list(_lines(stream, bad))
        code = Answer(call, asked, _filled(lines, known)).given()
    else:
        code = 0
        answer.show(_streamed(answer, stream, bad))
    notice.write_findings(bad, sys.stderr)
    return 6 if bad and not asked.lenient and not code else code


def _filled(lines: list[tuple[str, Any]], known: Index | None) -> Index:
    index = bare(known)
    for text, data in lines:
        put.put_line(index, row_of(data), text)
    return index


def _streamed(answer: Answer, stream: BinaryIO, bad: list[Finding]) -> Iterator[Any]:
    """Give the kept rows as the lines come: memory stays flat however long the stream."""
    batch: list[tuple[str, Any]] = []
    for line in _lines(stream, bad):
        batch.append(line)
        if len(batch) == BATCH:
            yield from _kept(answer, batch)
            batch = []
    yield from _kept(answer, batch)


def _kept(answer: Answer, batch: list[tuple[str, Any]]) -> Iterator[Any]:
    put.clear_events(answer.index)
    for text, data in batch:
        put.put_line(answer.index, row_of(data), text)
    yield from answer.rows_as_put()


def _lines(stream: BinaryIO, bad: list[Finding]) -> Iterator[tuple[str, Any]]:
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            data = json_text.loads(text)
            if isinstance(data, dict) and json_text.levels(data) <= DEEPEST:
                yield text, data
                continue
            why = "is nested too deep" if isinstance(data, dict) else "is no JSON object"
        except (ValueError, RecursionError):
            text, why = raw.decode("utf-8", "replace").rstrip("\r\n"), "is no JSON"
        bad.append(Finding("not-json", f"line {number} {why}", "-", number, text=text[:200]))
