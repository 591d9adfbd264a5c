"""Several rates and several firms stand side by side, and nothing says which rate is for which firm.

Each of the rates is read as one for all of the firms, and none as one for other goods. Write a clause
for each rate with the firms that it is for, and one without firms for the rest; where all the rates
are charged together, say so by `combine`.

FAIL:
- id: 2025-09-05-cn-pork-duty
  type: tariff
  rates: [{value: 15.6, unit: percent}, {value: 31.3, unit: percent}]
  entities: [{name: Litera Meat}, {name: Danish Crown}]

PASS:
- id: 2025-09-05-cn-pork-duty
  type: tariff
  clauses:
  - {id: litera, rates: [{value: 15.6, unit: percent}], entities: [{name: Litera Meat}]}
  - {id: danish, rates: [{value: 31.3, unit: percent}], entities: [{name: Danish Crown}]}
"""

from collections import Counter

from rexctl.checks.context import Findings, RuleContext, finding_in, parts_of


def check(context: RuleContext) -> Findings:
    """Yield a finding for each event or clause with several rates of one unit and several firms."""
    for name, event in context.having("unpaired-rates").items():
        for path, part in parts_of(event):
            alike = Counter((rate["unit"], rate.get("of")) for rate in part.get("rates", ()))
            firms = part.get("entities", ())
            if len(firms) > 1 and "combine" not in part and max(alike.values(), default=0) > 1:
                message = (
                    f"{alike.total()} rates and {len(firms)} firms: each rate is for all of them"
                )
                hint = (f"write a clause for each: rexctl edit {name}, or with add"
                        ' clauses.a.rates=15.6% "clauses.a.entities=Firm"')  # fmt: skip
                yield finding_in(name, (*path, "rates"), message, hint)
