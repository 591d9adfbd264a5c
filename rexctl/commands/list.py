"""List events: filter, sort, choose fields and format.

A query is made of terms: `actor:CN`, `type:tariff,export-control`, `date:2025-10`, `not:status:adopted`.
A comma is or, the same field again is or, different fields are and. A bare word is looked for in all texts.

Examples:
  rexctl list type:export-control actor:CN date:2025-10 -F id,date,status,title
  rexctl list product:hs:28 --since 90d -f csv -o rare-earths.csv
"""

from __future__ import annotations

from typing import Any

import typer

from rexctl.commands.answer import Answer
from rexctl.commands.asked import Asked, asks


@asks
def run(ctx: typer.Context, asked: Asked) -> Any:
    """Ask the index, and show what it says."""
    log = ctx.obj.log()
    index = ctx.obj.index(log)
    answer = Answer(ctx.obj, asked, index)
    code = answer.given()
    bad = ctx.obj.tell_bad_files(log, index)
    return 6 if bad and not asked.lenient and not code else code
