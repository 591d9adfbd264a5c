"""List events: filter, sort, choose fields and format.

A query is made of terms: `actor:CN`, `type:tariff,export-control`, `date:2025-10`, `not:status:adopted`.
A comma is or, the same field again is or, different fields are and. A bare word is looked for in all texts.

Examples:
  rexctl list type:export-control actor:CN date:2025-10 -F id,date,status,title
  rexctl list product:hs:28 --since 90d -f csv -o rare-earths.csv
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli.answer import Answer
from rexctl.cli.query_options import Asked
from rexctl.cli.reading import Reading

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(call: Call, asked: Asked) -> Any:
    """Ask the index, and show what it says."""
    reading = Reading(call, asked.at)
    code = Answer(call, asked, reading.index, reading.query).given(reading.proved)
    bad = reading.bad()
    return 6 if bad and not asked.lenient and not code else code
