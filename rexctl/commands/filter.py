"""Filter JSON lines from standard input with a query; no log is needed.

Where there is a log, its own codes and saved queries are known too.

A line that matches passes unchanged and in order, unless a format, fields or a sort are named.
A line that is no JSON object is reported and left out, and the exit code is then 6. An array, YAML
or CSV is one error.

Examples:
  rexctl list date:2025-10 | rexctl filter actor:US
  cat old-export.jsonl | rexctl filter type:tariff -f csv
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from rexctl.cli.context import Context
from rexctl.cli.query_options import Answer, QueryOptions
from rexctl.errors import InputRefusedError, bad_value
from rexctl.model.tables import FIELDS
from rexctl.query import Query
from rexctl.records import Finding
from rexctl.snapshot.snapshot import Snapshot
from rexctl.values import json_text

BATCH = 2000
DEEPEST = 100  # far beyond any event, and far below the limit of recursion


def run(context: Context, *, query_options: QueryOptions = QueryOptions()) -> int:
    """Load the lines into a snapshot, batch by batch, and query it."""
    if query_options.at is not None:
        raise bad_value("--at", "standard input has no history", "rexctl list has --at")
    if query_options.ids == "-":
        raise bad_value("--ids -", "standard input holds the events", "name a file")
    stream = context.stdin()
    known = Snapshot.of_lines(context.snapshot() if context.log_if_any() else None)
    answer = Answer(context, query_options, known)
    bad: list[Finding] = []
    fields = _Fields(answer.query)
    with context.paged(no_pager=query_options.no_pager):
        if (
            answer.sorting or query_options.reverse or query_options.limit is not None
            or query_options.offset or query_options.count or query_options.explain
        ):  # fmt: skip
            answer.snapshot.load_lines(fields.seen(_lines(stream, bad)))
            answer.write()
        else:
            answer.show(_streamed(answer, fields.seen(_lines(stream, bad))))
        context.report(bad)
        if not query_options.explain:
            fields.note(context)
    return 6 if bad and not query_options.lenient else 0


class _Fields:
    """The fields of a query, and which of them some line has."""

    def __init__(self, query: Query) -> None:
        fields = (one.field for one in query.terms if one.op != "has" and not one.negated)
        # `confidence` has a default; the value of a field may be a text or a mapping.
        self.missing = {one.partition(".")[0] for one in fields} - {"confidence"}
        self.lines = 0

    def seen(self, lines: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """Yield the lines, and remember which fields they have."""
        for line in lines:
            self.lines += 1
            if self.missing:
                event = line[1]
                inner = [one for one in event.get("clauses") or () if isinstance(one, dict)]
                self.missing -= {*event, *(key for one in inner for key in one)}
            yield line

    def note(self, context: Context) -> None:
        """Say which fields of the query no line has: nothing can match them."""
        if self.lines and self.missing:
            names = " and ".join(sorted(self.missing))
            context.note(f"no line has {names}, so that none can match")


def _streamed(answer: Answer, lines: Iterable[tuple[str, Any]]) -> Iterator[Any]:
    """Yield the matching rows as the lines come: memory does not grow with the stream."""
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        answer.snapshot.load_lines(batch)
        yield from answer.snapshot.select(answer.query, retracted=answer.retracted, as_read=True)


def _lines(stream: BinaryIO, bad: list[Finding]) -> Iterator[tuple[str, Any]]:
    has_matches = False
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        if not has_matches and (other := _other_format(raw)):
            error = InputRefusedError((), f"standard input: {other[0]}, not JSON lines")
            error.code, error.hint = "not-json", other[1]
            raise error
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            data = json_text.loads(text)
            if isinstance(data, dict) and json_text.levels(data) <= DEEPEST:
                has_matches = True
                yield text, data
                continue
            why = "is nested too deep" if isinstance(data, dict) else "is no JSON object"
        except (ValueError, RecursionError):
            text, why = raw.decode("utf-8", "replace").rstrip("\r\n"), "is no JSON"
        bad.append(Finding("not-json", f"line {number} {why}", "-", number, text=text[:200]))


def _other_format(raw: bytes) -> tuple[str, str] | None:
    """Return what a first line begins instead of JSON lines, and what to do; None for what may be a line.

    An array, an object over several lines, the headings of CSV, YAML.
    """
    text = raw.decode("utf-8", "replace").lstrip("\ufeff").strip()
    if text.startswith("["):
        return "an array", "jq -c '.[]' makes lines of it"
    if text == "{":
        return "JSON over several lines", "jq -c . makes lines of it"
    names = [one.strip().strip('"') for one in re.split("[,;\t]", text)]
    if "{" not in text and len(names) > 1 and any(one in FIELDS for one in names):
        return "CSV", "rexctl add --from reads CSV into a log"
    key, colon, _ = text.partition(":")
    if text == "---" or (colon and key in FIELDS):
        return "YAML", "rexctl add --from reads YAML into a log"
    return None
