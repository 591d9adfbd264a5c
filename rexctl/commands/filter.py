"""Filter JSON lines from standard input with a query; no log is needed.

Where there is a log, its own codes and saved queries are known too.

A line that matches passes unchanged and in order, unless a format, fields or a sort are named.
A line that is no JSON object is reported and left out, and the exit code is then 6.

Examples:
  rexctl list date:2025-10 | rexctl filter actor:US
  cat old-export.jsonl | rexctl filter type:tariff -f csv
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from rexctl.cli.query_options import Answer
from rexctl.errors import bad_value
from rexctl.records import Finding
from rexctl.snapshot.snapshot import Snapshot
from rexctl.values import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.cli.context import Context
    from rexctl.cli.query_options import QueryOptions

BATCH = 2000
DEEPEST = 100  # far beyond any event, and far below the limit of recursion


def run(context: Context, query_options: QueryOptions) -> int:
    """Load the lines into a snapshot, batch by batch, and query it."""
    if query_options.at is not None:
        raise bad_value("--at", "standard input has no history", "rexctl list has --at")
    if query_options.ids == "-":
        raise bad_value("--ids -", "standard input holds the events", "name a file")
    stream = context.stdin()
    answer = Answer(context, query_options, Snapshot.of_lines(context.snapshot_if_any()))
    bad: list[Finding] = []
    with context.paged(no_pager=query_options.no_pager):
        if (
            answer.sorting or query_options.reverse or query_options.limit is not None
            or query_options.offset or query_options.count or query_options.explain
        ):  # fmt: skip
            answer.snapshot.load_lines(_lines(stream, bad))
            answer.write()
        else:
            answer.show(_streamed(answer, stream, bad))
        context.report(bad)
    return 6 if bad and not query_options.lenient else 0


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
    answer.snapshot.load_lines(batch)
    yield from answer.snapshot.select(answer.query, retracted=answer.retracted, as_read=True)


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
