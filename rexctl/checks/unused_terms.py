"""An event states rates or a window that nothing uses.

An act that states rates and also revokes, resumes or extends: name the clause that does each thing by
`via` in the link, or remove the rates.

A measure with clauses is its clauses: what the event itself states is what they inherit. Where each of
them has other rates of its own, those of the event are for nobody; where each of them begins later,
nothing is in force in the meantime. Give the rest a clause of its own, which inherits both.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff}
- id: 2025-05-12-us-act
  type: tariff
  rates: [{value: 10, unit: percent}]
  links: [{rel: revokes, to: 2025-04-02-us-duty}]
- id: 2025-12-16-cn-pork-duty
  type: tariff
  rates: [{value: 19.8, unit: percent}]
  clauses: [{id: litera, rates: [{value: 4.9, unit: percent}], entities: [{name: Litera Meat}]}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff}
- id: 2025-05-12-us-act
  type: tariff
  clauses: [{id: "1"}, {id: "2", rates: [{value: 10, unit: percent}]}]
  links: [{rel: revokes, to: 2025-04-02-us-duty, via: "1"}]
- id: 2025-12-16-cn-pork-duty
  type: tariff
  rates: [{value: 19.8, unit: percent}]
  clauses:
  - {id: litera, rates: [{value: 4.9, unit: percent}], entities: [{name: Litera Meat}]}
  - {id: rest, title: All other firms}
"""

from collections.abc import Iterator

from rexctl.checks.context import Event, Findings, RuleContext, day_range, finding_in


def check(context: RuleContext) -> Findings:
    """Yield a finding for each such link, unless the event also amends or replaces, and for each field."""
    imposing = {link.event for link in context.acts if link.rel in ("amends", "replaces")}
    for link in context.acts:
        lifts = link.rel in ("revokes", "resumes", "extends") and "via" not in link.data
        if lifts and link.event not in imposing and "rates" in context.events[link.event]:
            yield link.finding(f"{link.rel} {link.to}: the event has rates, which are not used",
                               "rel", "say by via which clause does what")  # fmt: skip
    whole = {
        link.event for link in context.acts if "via" not in link.data and link.rel != "replaces"
    }
    for name, event in context.having("unused-terms").items():
        if "clauses" in event and name not in whole:
            for field, message in _unused_by_clauses(context.read_event(name)):
                hint = f"a clause for the rest inherits them: rexctl set {name} clauses+=rest"
                yield finding_in(name, (field,), message, hint)


def _unused_by_clauses(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the fields of an event that no clause inherits, or in part, each with a message."""
    clauses, rates = event["clauses"], event.get("rates")
    if rates and all(one.get("rates", rates) != rates for one in clauses):
        yield "rates", "every clause has rates of its own: those of the event are for nothing"
    window = event.get("effective", {})
    begins = [one.get("effective", window).get("from") for one in clauses]
    if "from" in window and all(begins):
        first = min(begins, key=day_range)
        if day_range(first)[0] > day_range(window["from"])[1]:
            yield ("effective", f"every clause begins on {first} or later: from {window['from']} until "
                   "then nothing is in force")  # fmt: skip
