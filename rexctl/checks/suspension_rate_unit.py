"""A rate in percentage points or in percent, where only the other has a meaning.

An act that `suspends` part of a rate gives the points that it takes off, in `percentage-points`. A
rate in percent there would be read as the rate that results: leave it out where the whole measure is
suspended, or use `amends`. Percentage points have no meaning elsewhere.

FAIL:
- id: 2025-04-02-us-duty
  type: tariff
  rates: [{value: 34, unit: percent}]
- id: 2025-05-12-us-suspension
  type: tariff
  rates: [{value: 24, unit: percent}]
  links: [{rel: suspends, to: 2025-04-02-us-duty}]

PASS:
- id: 2025-04-02-us-duty
  type: tariff
  rates: [{value: 34, unit: percent}]
- id: 2025-05-12-us-suspension
  type: tariff
  rates: [{value: 24, unit: percentage-points}]
  links: [{rel: suspends, to: 2025-04-02-us-duty}]
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rexctl.checks.context import Loc, RuleContext, term_of
from rexctl.records import Finding

ID = "suspension-rate-unit"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each rate whose unit does not fit what its act does."""
    suspending = set()  # event and path of the rates that a suspension names
    for link in context.acts:
        if link.rel == "suspends":
            loc, rates = term_of(context.events[link.event], link.data, "rates")
            suspending.add((link.event, loc))
            for n, rate in enumerate(rates or ()):
                if rate["unit"] == "percent":
                    yield Finding(ID, f"suspends {link.to}: the rate is in percent", event=link.event,
                                  loc=(*loc, n, "unit"),
                                  hint="write the percentage-points taken off, or use amends")  # fmt: skip
    for name, event in context.events.items():
        for loc, rates in _rates_of(event) if event["status"] == "adopted" else ():
            for n, rate in enumerate(rates if (name, loc) not in suspending else ()):
                if rate["unit"] == "percentage-points":
                    yield Finding(ID, "percentage points without a suspension", event=name,
                                  loc=(*loc, n, "unit"), hint="write the resulting rate in percent")  # fmt: skip


def _rates_of(event: Mapping[str, Any]) -> Iterator[tuple[Loc, Sequence[Mapping[str, Any]]]]:
    """Yield the rates of an event and of each clause, with their path."""
    yield ("rates",), event.get("rates", ())
    for n, clause in enumerate(event.get("clauses", ())):
        yield ("clauses", n, "rates"), clause.get("rates", ())
