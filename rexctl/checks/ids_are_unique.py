"""One id names one event: no second file claims it, and no alias is another event's id or alias.

PASS:
- {id: 2025-10-09-cn-control, aliases: [2025-10-09-cn-controls]}
- {id: 2025-10-10-us-threat}

FAIL:
- {id: 2025-10-09-cn-control}
- {id: 2025-10-10-us-threat, aliases: [2025-10-09-cn-control]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "ids-are-unique"


def check(case: Case) -> Iterator[Told]:
    """Tell each id that is claimed twice."""
    for name, path in case.twins:
        yield Told(name, f"{name} is the id of {case.paths[name]} too", ("id",),
                   "give one of them another id", path=path)  # fmt: skip
    held: dict[str, str] = {}
    for name, event in case.events.items():
        for number, alias in enumerate(event.get("aliases", ())):
            other = alias if alias in case.events else held.setdefault(alias, name)
            if other != name or alias == name:
                yield Told(name, f"{alias} is a name of {other} too", ("aliases", number))
