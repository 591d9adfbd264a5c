"""An alias is the id or an alias of another event.

Remove it from one of the two. A `mv` that was interrupted leaves both the old file and the new one;
that is a warning, and the same `mv` command finishes it. A second file of one id is reported as
`path-mismatch`.

FAIL:
- {id: 2025-10-09-cn-control}
- {id: 2025-10-10-us-threat, aliases: [2025-10-09-cn-control]}

PASS:
- {id: 2025-10-09-cn-control, aliases: [2025-10-09-cn-controls]}
- {id: 2025-10-10-us-threat}
"""

from collections.abc import Mapping
from typing import Any

from rexctl.checks.context import Findings, RuleContext, finding_in
from rexctl.records import WARNING


def check(context: RuleContext) -> Findings:
    """Yield a finding for each alias that a second event has."""
    aliases = [
        (name, index, alias) for name, event in context.having("duplicate-id").items()
        for index, alias in enumerate(event.get("aliases", ()))
    ]  # fmt: skip
    moved = {(name, alias) for name, _, alias in aliases if _is_moved(context, alias, name)}
    owners: dict[str, str] = {}
    for name, index, alias in aliases:
        loc = ("aliases", index)
        other = alias if alias in context.events else owners.setdefault(alias, name)
        if (name, alias) in moved:
            message = f"{alias}: moved to {name}, but the old file is still there"
            yield finding_in(name, loc, message, f"run rexctl mv {alias} {name}", WARNING)
        elif not moved.isdisjoint({(name, other), (other, name)}):
            continue
        elif other != name or alias == name:
            message = f"{alias}: an id or alias of {other} too"
            yield finding_in(name, loc, message, "remove it from one of them")


def _is_moved(context: RuleContext, old: str, new: str) -> bool:
    """Return whether the event `new` is the copy of `old` that an interrupted `rexctl mv` leaves.

    `mv` writes the new file before it removes the old one.
    """
    before, after = context.events.get(old), context.events[new]
    if before is None or old == new:
        return False
    aliases = [alias for alias in before.get("aliases", ()) if alias != new]
    return list(after["aliases"]) == [*aliases, old] and _fields(before) == _fields(after)


def _fields(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key not in ("id", "aliases")}
