"""Compute the duty on goods of one origin into one country, by legal basis.

The rates of the tariffs in force on the day add up, as they were amended, suspended, replaced and
excluded. What cannot be counted (a specific rate, a rate for named firms, goods of another scheme) is
listed with the reason. The base rate is `--base`, or a tariff of the log under a law `.../mfn`.

Examples:
  rexctl duty --from CN --to US --on 2025-04-10
  rexctl duty --from CN --to US --product hs:8703 --base 2.5
  rexctl duty --from EU --to US --history
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import At, RowFormat, option
from rexctl.cli.selection import resolve_code
from rexctl.commands.in_force import parse_day
from rexctl.errors import bad_value
from rexctl.measures import duty
from rexctl.snapshot.states import load_fold
from rexctl.values.codes import is_prefix
from rexctl.views import duty as view
from rexctl.views import in_force
from rexctl.vocabulary.vocabulary import Vocabulary


def run(
    context: Context,
    origin: Annotated[str, option("The origin of the goods.", "actor", long="--from")],
    importer: Annotated[str, option("The country that imports them.", "actor", long="--to")],
    day: Annotated[
        str,
        option(
            "The day, at its end on the clock of the measure.", "date", metavar="DAY", long="--on"
        ),
    ] = "today",
    product: Annotated[str | None, option("The goods.", "product")] = None,
    base: Annotated[str | None, option("The base rate in percent.", "N")] = None,
    history: Annotated[bool, option("Show a row for each day on which the total changed.")] = False,
    form: RowFormat = None,
    at: At = None,
) -> int:
    """Compute the stack and write it, then the total."""
    form = context.row_format(form)
    on = parse_day(day, context)
    snapshot = context.snapshot(at)
    codes = snapshot.vocabulary
    question = duty.Question(
        resolve_code(codes, "actor", origin, "--from"),
        resolve_code(codes, "actor", importer, "--to"),
        resolve_code(codes, "product", product, "--product") if product else "",
        _percent(base) if base else None, _holds(codes, on), in_force.when(on, None),
    )  # fmt: skip
    fold = load_fold(snapshot)
    if history:
        table = view.history(fold, question, codes.zone(question.importer))
        return context.answer(table, form, snapshot, "no duty on any day")
    stack = duty.stack(fold, question)
    code = context.answer(view.lines(fold, stack), form, snapshot, "no duty in force")
    context.note(view.describe_total(stack))
    return code


def _percent(text: str) -> Decimal:
    try:
        return view.parse_percent(text)
    except InvalidOperation:
        raise bad_value(f"--base {text}", "not a rate in percent", "write 2.5") from None


def _holds(codes: Vocabulary, day: int) -> duty.Holds:
    """Return whether a code holds another one on a day: itself, a country its parts, a bloc its members."""
    from datetime import date

    now = date.fromordinal(day).isoformat()
    members = {(bloc, code) for bloc, code, since, until in codes.members()
               if since <= now and (not until or now < until)}  # fmt: skip

    def holds(holder: str, code: str) -> bool:
        country = code.partition("/")[0]
        return is_prefix("actor", holder, code) or (holder, country) in members

    return holds
