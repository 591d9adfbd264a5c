"""The options and arguments that more than one command takes, each declared once for Typer.

Command modules import this module for annotations only, and `app.parser` resolves the names when
it makes the Typer command: so the fast path runs a command without importing Typer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from rexctl.cli.complete import complete
from rexctl.errors import bad_value, quote
from rexctl.output import formats_of
from rexctl.records import EVENTS

Texts = list[str] | None


def option(
    help: str, metavar: str = "", values: str = "", *, short: str = "", long: str = "", **more: Any  # noqa: A002
) -> Any:  # fmt: skip
    """Return a Typer option.

    :param metavar: the name of the value in help; a flag has none.
    :param values: the kind of value that completion offers.
    :param long: the long flag, where it is not the name of the parameter (`dry_run`: --dry-run).
    """
    names = [name for name in (short, long) if name]
    offers = complete(values) if values else None
    return typer.Option(*names, metavar=metavar or None, help=help, autocompletion=offers, **more)


def argument(metavar: str, help: str, values: str = "") -> Any:  # noqa: A002
    """Return a Typer argument; `values` names the kind of value that completion offers."""
    offers = complete(values) if values else None
    return typer.Argument(metavar=metavar, help=help, autocompletion=offers)


def format_option(help: str) -> Any:  # noqa: A002
    """Return `--format`, for a command whose formats are its own; `help` names them."""
    return option(help, "FORMAT", short="-f", long="--format")


def _count(flag: str) -> Callable[[object], int]:
    """Return the function that parses a number of rows, a text or the default."""

    def parse(value: object) -> int:
        label = f"{flag}: {quote(str(value))}"
        try:
            number = int(str(value))
        except ValueError:
            raise bad_value(label, "not a whole number") from None
        if not 0 <= number <= sys.maxsize:
            raise bad_value(label, "not a number of rows", "write 0 or more")
        return number

    return parse


# Which events.
_QUERY_HELP = "Terms, such as actor:CN date:2025-10 type:tariff."
Query = Annotated[Texts, argument("[QUERY]...", _QUERY_HELP, "query")]
Type = Annotated[Texts, option("Only this type.", "TYPE", "type", short="-t", long="--type")]
Actor = Annotated[Texts, option("Only with this actor.", "CODE", "actor", short="-a")]
Affected = Annotated[Texts, option("Only where this country is affected.", "CODE", "actor")]
Status = Annotated[Texts, option("Only with this status.", "WORD", "status")]
Tag = Annotated[Texts, option("Only with this tag.", "TAG", "tag")]
Product = Annotated[Texts, option("Only with this product.", "CODE", "product")]
Since = Annotated[str | None, option("Only on or after this date: 2025-10, 90d.", "DATE")]
Until = Annotated[str | None, option("Only on or before this date.", "DATE")]
Text = Annotated[Texts, option("Only with these words.", "WORDS")]
Ids = Annotated[str | None, option("Only the ids in this file, one a line; - is stdin.", "FILE")]
Retracted = Annotated[bool, option("Include retracted events.")]
_AT_HELP = "Read the log as of a commit or the end of a day."
At = Annotated[str | None, option(_AT_HELP, "REV", "revision")]
_EVENTS_HELP = "Ids, unique beginnings of ids, instruments or terms."
Events = Annotated[Texts, argument("[ID|QUERY]...", _EVENTS_HELP, "event")]
Event = Annotated[str, argument("EVENT", "An id, its unique beginning, or an instrument.", "id")]
Paths = Annotated[Texts, argument("[PATH]...", "Only these files or folders.")]

# How the answer is shown.
_FORMATS = f"{', '.join(formats_of(EVENTS))}."
Format = Annotated[str | None, option(_FORMATS, "FORMAT", "format", short="-f", long="--format")]
RowFormat = Annotated[str | None, format_option("table, jsonl, json, csv, tsv or md.")]
Jsonl = Annotated[bool, option("The same as -f jsonl.", short="-j")]
_FIELDS_HELP = "Show these fields, in this order."
Fields = Annotated[str | None, option(_FIELDS_HELP, "A,B,C", "fields", short="-F")]
Sort = Annotated[str | None, option("Sort by these fields; - for descending.", "A,-B", "fields")]
Reverse = Annotated[bool, option("Reverse the order, before -n cuts it.", short="-r")]
Limit = Annotated[int | None, option("Show at most N.", "N", short="-n", parser=_count("-n"))]
Offset = Annotated[int, option("Skip the first N.", "N", parser=_count("--offset"))]
Count = Annotated[bool, option("Show only the number of events.", short="-c")]
Null = Annotated[bool, option("End each id, path or line with NUL.", short="-0", long="--null")]
_OUTPUT_HELP = "Write to this file; its suffix chooses the format."
Output = Annotated[str | None, option(_OUTPUT_HELP, "FILE", short="-o")]
_EXPLODE_HELP = "Show one row for each value of this field."
Explode = Annotated[str | None, option(_EXPLODE_HELP, "FIELD", "fields")]
Lenient = Annotated[bool, option("Exit 0 although files or ids were left out.")]
LenientIds = Annotated[bool, option("Pass over ids of --ids that no event has.")]
Explain = Annotated[bool, option("Show how the query is understood.")]
ExcelSafe = Annotated[bool, option("Escape CSV cells that are formulas.")]
_NO_HEADER_HELP = "Leave out the line of column names of csv and tsv."
NoHeader = Annotated[bool, option(_NO_HEADER_HELP, long="--no-header")]
NoPager = Annotated[bool, option("Do not start a pager.", long="--no-pager")]

# Changes.
DryRun = Annotated[bool, option("Show the change and write nothing.")]
Yes = Annotated[bool, option("Change several events without asking.", short="-y")]
