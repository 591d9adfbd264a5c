"""The options and arguments that more than one command takes, each declared once for Typer.

Command modules import this module for annotations only, and `typer_commands` resolves the names
when it makes the Typer command: so the fast path runs a command without importing Typer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from rexctl.cli.complete import complete
from rexctl.cli.query_options import check_count
from rexctl.output import formats_of
from rexctl.records import EVENTS

Texts = list[str] | None


def option(*names: str, metavar: str = "", values: str = "", help: str, **more: Any) -> Any:  # noqa: A002
    """Return a Typer option; `values` names the kind of value that completion offers."""
    offers = complete(values) if values else None
    return typer.Option(*names, metavar=metavar or None, help=help, autocompletion=offers, **more)


def argument(metavar: str, *, values: str = "", help: str) -> Any:  # noqa: A002
    """Return a Typer argument; `values` names the kind of value that completion offers."""
    offers = complete(values) if values else None
    return typer.Argument(metavar=metavar, help=help, autocompletion=offers)


def format_option(help: str, values: str = "") -> Any:  # noqa: A002
    """Return `--format`, for a command whose formats are its own; `help` names them."""
    return option("-f", "--format", metavar="FORMAT", values=values, help=help)


def _count(flag: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        return check_count(flag, text)

    return parse


# Which events.
Query = Annotated[Texts, argument("[QUERY]...", values="query",
                                  help="Terms, such as actor:CN date:2025-10 type:tariff.")]  # fmt: skip
Type = Annotated[
    Texts, option("-t", "--type", metavar="TYPE", values="type", help="Only this type.")
]
Actor = Annotated[Texts, option("-a", "--actor", metavar="CODE", values="actor",
                                help="Only with this actor.")]  # fmt: skip
Affected = Annotated[Texts, option("--affected", metavar="CODE", values="actor",
                                   help="Only where this country is affected.")]  # fmt: skip
Status = Annotated[Texts, option("--status", metavar="WORD", values="status",
                                 help="Only with this status.")]  # fmt: skip
Tag = Annotated[Texts, option("--tag", metavar="TAG", values="tag", help="Only with this tag.")]
Product = Annotated[Texts, option("--product", metavar="CODE", values="product",
                                  help="Only with this product.")]  # fmt: skip
Since = Annotated[str | None, option("--since", metavar="DATE",
                                     help="Only on or after this date: 2025-10, 90d.")]  # fmt: skip
Until = Annotated[str | None, option("--until", metavar="DATE",
                                     help="Only on or before this date.")]  # fmt: skip
Text = Annotated[Texts, option("--text", metavar="WORDS", help="Only with these words.")]
Ids = Annotated[str | None, option("--ids", metavar="FILE",
                                   help="Only the ids in this file, one a line; - is stdin.")]  # fmt: skip
Retracted = Annotated[bool, option("--retracted", help="Include retracted events.")]
At = Annotated[str | None, option("--at", metavar="REV", values="revision",
                                  help="Read the log as of a commit or the end of a day.")]  # fmt: skip
Events = Annotated[Texts, argument("[ID|QUERY]...", values="event",
                                   help="Ids, unique beginnings of ids, instruments or terms.")]  # fmt: skip
Event = Annotated[str, argument("EVENT", values="id",
                                help="An id, its unique beginning, or an instrument.")]  # fmt: skip

Paths = Annotated[Texts, argument("[PATH]...", help="Only these files or folders.")]

# How the answer is shown.
Format = Annotated[str | None, option("-f", "--format", metavar="FORMAT", values="format",
                                      help=f"{', '.join(formats_of(EVENTS))}.")]  # fmt: skip
RowFormat = Annotated[str | None, option("-f", "--format", metavar="FORMAT",
                                         help="table, jsonl, json, csv, tsv or md.")]  # fmt: skip
Jsonl = Annotated[bool, option("-j", "--jsonl", help="The same as -f jsonl.")]
Fields = Annotated[str | None, option("-F", "--fields", metavar="A,B,C", values="fields",
                                      help="Show these fields, in this order.")]  # fmt: skip
Sort = Annotated[str | None, option("--sort", metavar="A,-B", values="fields",
                                    help="Sort by these fields; - for descending.")]  # fmt: skip
Limit = Annotated[int | None, option("-n", "--limit", metavar="N", parser=_count("-n"),
                                     help="Show at most N.")]  # fmt: skip
Offset = Annotated[int, option("--offset", metavar="N", parser=_count("--offset"),
                               help="Skip the first N.")]  # fmt: skip
Count = Annotated[bool, option("-c", "--count", help="Show only the number of events.")]
Null = Annotated[bool, option("-0", "--null", help="End each id, path or line with NUL.")]
Output = Annotated[str | None, option("-o", "--output", metavar="FILE",
                                      help="Write to this file; its suffix chooses the format.")]  # fmt: skip
Explode = Annotated[str | None, option("--explode", metavar="FIELD", values="fields",
                                       help="Show one row for each value of this field.")]  # fmt: skip
Lenient = Annotated[bool, option("--lenient", help="Exit 0 although files were left out.")]
Explain = Annotated[bool, option("--explain", help="Show how the query is understood.")]
ExcelSafe = Annotated[bool, option("--excel-safe", help="Escape CSV cells that are formulas.")]

# Changes.
DryRun = Annotated[bool, option("--dry-run", help="Show the change and write nothing.")]
Yes = Annotated[bool, option("-y", "--yes", help="Change several events without asking.")]
