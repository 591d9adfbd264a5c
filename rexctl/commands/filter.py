"""Filter JSON lines from standard input with a query; no log is needed.

Where there is a log, its own codes and saved queries are known too.

A line that matches passes unchanged and in order, unless a format, fields or a sort are named.
A line that is no JSON object is reported and left out, and the exit code is then 6.

Examples:
  rexctl list date:2025-10 | rexctl filter actor:US
  cat old-export.jsonl | rexctl filter type:tariff -f csv
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from rexctl.cache.row import row_of
from rexctl.cli.answer import Answer
from rexctl.index import put
from rexctl.index.bare import bare
from rexctl.output import notice
from rexctl.records import Finding
from rexctl.values import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.cli.context import Context
    from rexctl.cli.query_options import QueryOptions
    from rexctl.index.tables import Index

BATCH = 2000
DEEPEST = 100  # far beyond any event, and far below the limit of recursion


def run(context: Context, query_options: QueryOptions) -> Any:
    """Put the lines into tables in memory, batch by batch, and query these."""
    query_options.check_stream()
    stream = context.stdin()
    known = context.index_if_any()
    answer = Answer(context, query_options, bare(known))
    bad: list[Finding] = []
    if (
        answer.sorting or query_options.limit is not None or query_options.offset
        or query_options.count or query_options.explain
    ):  # fmt: skip
        answer.index = _filled(list(_lines(stream, bad)), known)
        code = answer.respond()
    else:
        code = 0
        answer.show(_streamed(answer, stream, bad))
    notice.write_findings(bad, sys.stderr)
    return 6 if bad and not query_options.lenient and not code else code


def _filled(lines: list[tuple[str, Any]], known: Index | None) -> Index:
    index = bare(known)
    for text, data in lines:
        put.put_line(index, row_of(data), text)
    return index


def _streamed(answer: Answer, stream: BinaryIO, bad: list[Finding]) -> Iterator[Any]:
    """Yield the matching rows as the lines come: memory does not grow with the stream."""
    batch: list[tuple[str, Any]] = []
    for line in _lines(stream, bad):
        batch.append(line)
        if len(batch) == BATCH:
            yield from _matching(answer, batch)
            batch = []
    yield from _matching(answer, batch)


def _matching(answer: Answer, batch: list[tuple[str, Any]]) -> Iterator[Any]:
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
