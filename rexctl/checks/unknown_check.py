"""An event allows a check that does not exist, or names it by an earlier code.

`allow` takes the codes of the checks that compare events or look a code up. A fault within one
file is not allowed but fixed. A check that was renamed is still allowed under its earlier code;
`rexctl fmt` writes the new one.

FAIL:
- {id: 2025-10-09-a, allow: [{check: near-dupplicate, reason: Two announcements of one day.}]}

PASS:
- {id: 2025-10-09-a, allow: [{check: near-duplicate, reason: Two announcements of one day.}]}
"""

from typing import Any

from rexctl.checks import CHECKS, OLD_CODES
from rexctl.checks.context import Findings, RuleContext, finding_in
from rexctl.records import WARNING
from rexctl.values.suggest import did_you_mean


def check(context: RuleContext) -> Findings:
    """Yield a finding for each unknown or earlier code under `allow`."""
    for name, event in context.having("unknown-check").items():
        for index, item in enumerate(event.get("allow", ())):
            code, loc = str(item["check"]), ("allow", index, "check")
            if OLD_CODES.get(code) in CHECKS:
                message = f"{code}: this check is now {OLD_CODES[code]}"
                yield finding_in(name, loc, message, "run rexctl fmt", WARNING)
            elif code not in CHECKS:
                hint = did_you_mean(code, CHECKS) or f"one of {', '.join(CHECKS)}"
                yield finding_in(name, loc, f"{code}: no such check", hint)


def rename_old_codes(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event whose `allow` has the present code of each check."""
    if "allow" not in event:
        return event
    allow = [{**item, "check": OLD_CODES.get(item["check"], item["check"])}
             for item in event["allow"]]  # fmt: skip
    return {**event, "allow": allow}
