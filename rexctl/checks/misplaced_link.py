"""A link `mirrors` or `same-as` is not in the file with the later id.

These links read the same in both directions, so each is stored once: in the event whose id comes
later in the alphabet. Move the link there.

FAIL:
- id: 2025-10-09-cn-fee
  links:
    - {rel: mirrors, to: 2025-10-14-us-fee}
- {id: 2025-10-14-us-fee}

PASS:
- {id: 2025-10-09-cn-fee}
- id: 2025-10-14-us-fee
  links:
    - {rel: mirrors, to: 2025-10-09-cn-fee}
"""

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each such link in the event with the earlier id."""
    for link in context.links:
        if link.rel in ("mirrors", "same-as") and link.to > link.event:
            message = f"{link.rel} {link.to}: belongs in the file of the later id"
            yield link.finding(message, "rel", f"move it to {link.to}")
