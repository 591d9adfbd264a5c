"""List the events that match a query.

A query is made of terms: `actor:CN`, `type:tariff,export-control`, `date:2025-10`, `not:status:adopted`.
A comma means or, the same field again means or, different fields mean and. A bare word is looked up
in all texts, as `search` does. `rexctl help query` explains terms, `rexctl help output` the formats.

Examples:
  rexctl list type:export-control actor:CN date:2025-10 -F id,date,status,title
  rexctl list product:hs:28 --since 90d -f csv -o rare-earths.csv
"""

from __future__ import annotations

from rexctl.cli.context import Context
from rexctl.cli.query_options import Answer, QueryOptions


def run(context: Context, *, query_options: QueryOptions = QueryOptions()) -> int:
    """Query the log and write the events."""
    return Answer(context, query_options, context.snapshot(query_options.at)).finish()
