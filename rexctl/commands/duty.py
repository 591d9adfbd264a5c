"""Compute the duty on goods of one origin into one country, by legal basis.

The rates of the tariffs in force on the day add up, as they were amended, suspended, replaced and
excluded. What cannot be counted (a specific rate, a rate for named firms, goods of another scheme) is
listed with the reason. The base rate is `--base`, or a tariff of the log under a law `.../mfn`. `by`
names the acts that set a rate anew.

In other formats than a table the total is the last row: `row` is part or total. `rate` is in words,
`counted` the points, and `in_all` the total with the base rate, up to `base_at_most`.

Examples:
  rexctl duty --from CN --to US --on 2025-04-10
  rexctl duty --from CN --to US --product hs:8703 --base 2.5
  rexctl duty --from EU --to US --history
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.days import as_of, notes_left, parse_day
from rexctl.cli.options import At, KnownBy, option
from rexctl.cli.row_options import RowOptions
from rexctl.cli.selection import resolve_code
from rexctl.errors import UnknownCodeError, UsageError, bad_value
from rexctl.measures import duty
from rexctl.snapshot import states
from rexctl.values import dates
from rexctl.values.codes import is_prefix
from rexctl.views import duty as view
from rexctl.views import in_force
from rexctl.vocabulary.vocabulary import Vocabulary


def run(
    context: Context,
    origin: Annotated[str, option("The origin of the goods.", "actor", long="--from")],
    importer: Annotated[str, option("The country that imports them.", "actor", long="--to")],
    day: Annotated[
        str | None,
        option(
            "The day, at its end on the clock of the measure (default: today).",
            "date",
            metavar="DAY",
            long="--on",
        ),
    ] = None,
    product: Annotated[str | None, option("The goods.", "product")] = None,
    base: Annotated[str | None, option("The base rate in percent.", "N")] = None,
    history: Annotated[bool, option("Show a row for each day on which the total changed.")] = False,
    known_by: KnownBy = None,
    at: At = None,
    *,
    row_options: RowOptions = RowOptions(),
) -> int:
    """Compute the stack and write it with the total: below a table, as the last row of other formats."""
    form = row_options.form(context)
    if history and day:
        raise UsageError("--history excludes --on: it has every day", "give one of them")
    on = parse_day(day or "today", context)
    percent = _percent(base) if base is not None else None
    snapshot = context.snapshot(at)
    codes = snapshot.vocabulary if product else snapshot.actors
    ends = _place(codes, origin, "--from"), _place(codes, importer, "--to")
    if ends[0] == ends[1]:
        raise bad_value(f"--to {importer}", "is where the goods come from")
    holds_on = _holds_on(codes)
    question = duty.Question(
        ends[0], ends[1], resolve_code(codes, "product", product, "--product") if product else "",
        percent, holds_on(on), in_force.when(on, None),
    )  # fmt: skip
    every = states.events_of(snapshot, "tariff")
    tariffs = {number: name for number, name, event in every if duty.is_of(event, question)}
    known, _ = as_of(context, known_by)
    # What was known by then may be in force where it is not by what is known now.
    blobs = None if history or known is not None else states.in_force(on, tariffs)
    fold = states.load_fold(snapshot, known_by=known, blobs=blobs)
    if known is not None:
        tariffs = {number: name for number, name in tariffs.items() if name in fold.acts.events}
    none = "" if tariffs else f"the log has no adopted tariff of {ends[1]}"
    none += f" that was known by {known_by}" if none and known_by else ""
    notes, total = list[str](), ""
    if history:
        days = _days_of_membership(codes, ends)
        table, empty = view.history(fold, question, holds_on, days), none or "no duty on any day"
        if form != "table":
            table = table._replace(columns=view.HISTORY_WITH_TOTAL)
    else:
        stack = duty.stack(fold, question)
        table, empty = view.lines(fold, stack, question.instant), none or view.describe_total(stack)
        if form != "table":
            rows = [*table.rows, view.total_row(stack, none)]
            table = table._replace(columns=view.COLUMNS_WITH_TOTAL, rows=rows)
        elif stack.lines:
            total = empty
        notes += view.note_texts(fold, stack)
    gaps = states.gaps_on(snapshot, on, None).among(set(tariffs.values()))
    notes += notes_left(context, gaps, on, None if history else snapshot)
    return row_options.write(context, table, empty, notes, snapshot, total=total)


def _percent(text: str) -> Decimal:
    try:
        return view.parse_percent(text)
    except ValueError:
        raise bad_value(f"--base {text}", "not a rate in percent", "write 2.5") from None


def _place(codes: Vocabulary, text: str, flag: str) -> str:
    """Return the code of a country, of a part of one, or of a bloc. Raises UsageError."""
    code = resolve_code(codes, "actor", text, flag)
    try:
        return codes.country(code)
    except UnknownCodeError:
        if any(bloc == code for bloc, *_ in codes.members()):
            return code
        raise bad_value(f"{flag} {text}", "no country and no bloc of countries",
                        "write a code or a name, such as CN or EU") from None  # fmt: skip


def _days_of_membership(codes: Vocabulary, ends: Sequence[str]) -> set[int]:
    """Return the days on which one of two countries entered or left a bloc."""
    countries = {code.partition("-")[0] for code in ends}
    return {dates.span(day)[0] for _, code, *days in codes.members()
            if code in countries for day in days if day}  # fmt: skip


def _holds_on(codes: Vocabulary) -> Callable[[int], duty.Holds]:
    """Return a function of a day that says whether a code holds another.

    It holds itself and its parts, a bloc its members on that day.
    """
    every = list(codes.members())

    def on(day: int) -> duty.Holds:
        now = date.fromordinal(day).isoformat()
        members = {(bloc, code) for bloc, code, since, until in every
                   if since <= now and (not until or now < until)}  # fmt: skip

        def holds(holder: str, code: str) -> bool:
            country = code.partition("-")[0]
            return is_prefix("actor", holder, code) or (holder, country) in members

        return holds

    return on
