"""The options and arguments of commands; those that more than one command takes are declared here.

`app.parser` makes the parameters of Typer from them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

from rexctl.errors import bad_value, quote
from rexctl.output import formats_of
from rexctl.records import EVENTS, ROWS

COLORS = ("auto", "always", "never")
Texts = list[str] | None
# Of the kinds of values whose name in help is not the kind itself.
_METAVARS = {
    "actor": "CODE", "country": "CODE", "product": "CODE", "status": "WORD", "revision": "REV",
    "fields": "FIELD", "input": "FORMAT", "via": "CLAUSE", "by": "F,F", "output": "COMMAND",
}  # fmt: skip


class Parameter(NamedTuple):
    """An option or an argument.

    `metavar` is the name of the value in help; a flag has none. `values` is the kind of value that
    completion offers, of the field `field` if any; or `words` are the values themselves. An option
    has `names`, to which the name of the parameter is added where none of them is long
    (`dry_run`: --dry-run).
    """

    help: str
    metavar: str = ""
    values: str = ""
    words: Sequence[str] = ()
    field: str = ""
    names: tuple[str, ...] = ()
    parser: Callable[[object], int] | None = None
    envvar: str | None = None
    is_argument: bool = False


def option(
    help: str, value: str = "", *, words: Sequence[str] = (), metavar: str = "",  # noqa: A002
    short: str = "", long: str = "", **more: Any,
) -> Parameter:  # fmt: skip
    """Return an option; `value` is a kind that completion knows, or in capitals the metavar alone."""
    names = tuple(name for name in (short, long) if name)
    kind = "" if value.isupper() else value
    metavar = metavar or _METAVARS.get(value, value.upper())
    return Parameter(help, metavar, kind, words, names=names, **more)


def argument(
    metavar: str, help: str, values: str = "", *, words: Sequence[str] = ()  # noqa: A002
) -> Parameter:  # fmt: skip
    """Return an argument."""
    return Parameter(help, metavar, values, words, is_argument=True)


def format_option(*names: str) -> Parameter:
    """Return `--format`, for a command whose formats are its own."""
    text = f"{', '.join(names[:-1])} or {names[-1]}."
    return option(text, "FORMAT", words=names, short="-f", long="--format")


def _count(flag: str) -> Callable[[object], int]:
    """Return the function that parses a number of rows, a text or the default."""

    def parse(value: object) -> int:
        label = f"{flag} {quote(str(value)) or repr('')}"
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
Type = Annotated[Texts, option("Only this type.", "type", short="-t", long="--type")]
Actor = Annotated[Texts, option("Only with this actor.", "actor", short="-a")]
Affected = Annotated[Texts, option("Only where this country is affected.", "actor")]
Status = Annotated[Texts, option("Only with this status.", "status")]
Tag = Annotated[Texts, option("Only with this tag.", "tag")]
Product = Annotated[Texts, option("Only with this product.", "product")]
Since = Annotated[str | None, option("Only on or after this date: 2025-10, 90d.", "date")]
Until = Annotated[str | None, option("Only on or before this date.", "date")]
Text = Annotated[Texts, option("Only with these words.", "WORDS")]
Ids = Annotated[str | None, option("Only the ids in this file, one a line; - is stdin.", "FILE")]
Retracted = Annotated[bool, option("Include retracted events.")]
Clauses = Annotated[bool, option("Show each clause on its own.")]
KnownBy = Annotated[
    str | None, option("Leave out what became public after this day.", "date", metavar="DAY")
]
At = Annotated[str | None, option("Read the log as of a commit or the end of a day.", "revision")]
_EVENTS_HELP = "Ids, unique beginnings of ids, instruments or terms."
Events = Annotated[Texts, argument("[ID|QUERY]...", _EVENTS_HELP, "event")]
Event = Annotated[str, argument("EVENT", "An id, its unique beginning, or an instrument.", "id")]
Paths = Annotated[Texts, argument("[PATH]...", "Only these files or folders.")]

# How the answer is shown.
_FORMATS = f"{', '.join(formats_of(EVENTS))}."
Format = Annotated[str | None, option(_FORMATS, "format", short="-f", long="--format")]
RowFormat = Annotated[str | None, format_option(*formats_of(ROWS))]
Jsonl = Annotated[bool, option("The same as -f jsonl.", short="-j")]
_FIELDS_HELP = "Show these fields, in this order."
Fields = Annotated[str | None, option(_FIELDS_HELP, "fields", metavar="A,B,C", short="-F")]
RowFields = Annotated[
    str | None, option("Show these columns, in this order.", "COLUMNS", short="-F", long="--fields")
]
Sort = Annotated[
    str | None, option("Sort by these fields; - for descending.", "fields", metavar="A,-B")
]
Reverse = Annotated[bool, option("Reverse the order, before -n cuts it.", short="-r")]
Limit = Annotated[int | None, option("Show at most N.", "N", short="-n", parser=_count("-n"))]
Offset = Annotated[int, option("Skip the first N.", "N", parser=_count("--offset"))]
Count = Annotated[bool, option("Show only the number of events.", short="-c")]
RowCount = Annotated[bool, option("Show only the number of rows.", short="-c", long="--count")]
Null = Annotated[bool, option("End each id, path or line with NUL.", short="-0", long="--null")]
_OUTPUT_HELP = "Write to this file; its suffix chooses the format."
Output = Annotated[str | None, option(_OUTPUT_HELP, "FILE", short="-o")]
Explode = Annotated[str | None, option("Show one row for each value of this field.", "fields")]
Lenient = Annotated[bool, option("Exit 0 although files or ids were left out.")]
LenientIds = Annotated[bool, option("Pass over ids of --ids that no event has.")]
Explain = Annotated[bool, option("Show how the query is understood.")]
ExcelSafe = Annotated[bool, option("Escape CSV cells that are formulas.")]
NoHeader = Annotated[bool, option("Leave out the line of column names of csv and tsv.")]
NoPager = Annotated[bool, option("Do not start a pager.")]

# Changes.
DryRun = Annotated[bool, option("Show the change and write nothing.")]
Yes = Annotated[bool, option("Change several events without asking.", short="-y")]


class GlobalOptions:
    """The options that may stand before or after the command."""

    directory: Annotated[
        str | None, option("Look for the log from this folder.", "DIR", short="-C")
    ] = None
    today: Annotated[
        str | None,
        option(
            "Take this day as today; --known-by hides later events.",
            "DAY",
            words=("today",),
            envvar="REXCTL_TODAY",
        ),
    ] = None
    color: Annotated[
        str | None, option("Colour the output: auto, always or never.", "WHEN", words=COLORS)
    ] = "auto"
    no_input: Annotated[bool, option("Never prompt.")] = False
