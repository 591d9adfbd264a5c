"""A planned or expected event does not say when the plan became public.

`--known-by` needs that day: the plan counts from the first day on which a source was published or
read, or from `disclosed`.

FAIL:
- {id: 2099-10-talks, type: meeting, status: planned, date: 2099-10}

PASS:
- id: 2099-10-talks
  type: meeting
  status: planned
  date: 2099-10
  sources: [{url: "https://example.org/x", accessed: 2025-10-17}]
"""

from rexctl.checks.context import Findings, RuleContext, finding_in


def check(context: RuleContext) -> Findings:
    """Yield a finding for each plan of which no source has a day."""
    for name, event in context.having("plan-without-publication").items():
        if "disclosed" not in event and not any(
            "published" in source or "accessed" in source for source in event["sources"]
        ):
            yield finding_in(name, ("sources", 0), "no source says when the plan became public",
                             "add published or accessed to a source, or disclosed")  # fmt: skip
