"""A link that changes what is in force cannot do so: its event or its target is of the wrong kind.

A measure (a tariff, an export control, a sanction, another trade measure) or a ruling can suspend,
revoke or resume a measure; only a measure can amend, replace or extend one. The target is a measure,
or an act on one: to suspend, extend or revoke an act is to do so to its effect. A measure amends its
own type, and of the acts only an amendment; `resumes` and percentage points need a measure, not an
act. A plan is called off with `calls-off`.

FAIL:
- {id: 2025-10-09-cn-talks, type: meeting}
- id: 2025-11-07-cn-suspension
  type: export-control
  links:
    - {rel: suspends, to: 2025-10-09-cn-talks}

PASS:
- {id: 2025-10-09-cn-control, type: export-control}
- id: 2025-11-07-cn-suspension
  type: export-control
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}
- id: 2025-11-20-cn-suspension-goes-on
  type: export-control
  effective: {until: 2026-11-10}
  links:
    - {rel: extends, to: 2025-11-07-cn-suspension}
"""

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each such link whose event or target is of the wrong kind."""
    return context.left_out("wrong-target")
