"""One id names one event: no second file claims it, and no alias is another event's id or alias.

PASS:
- {id: 2025-10-09-cn-control, aliases: [2025-10-09-cn-controls]}
- {id: 2025-10-10-us-threat}

FAIL:
- {id: 2025-10-09-cn-control}
- {id: 2025-10-10-us-threat, aliases: [2025-10-09-cn-control]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks.rule import Case, Told
from rexctl.records import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ID = "ids-are-unique"


def check(case: Case) -> Iterator[Told]:
    """Tell each id that is claimed twice."""
    for name, path in case.twins:
        yield Told(name, f"{name} is the id of {case.paths[name]} too", ("id",),
                   "give one of them another id", path=path)  # fmt: skip
    renamed = {
        (name, alias) for name, event in case.events.items() for alias in event.get("aliases", ())
        if _is_renamed(case, alias, name)
    }  # fmt: skip
    held: dict[str, str] = {}
    for name, event in case.events.items():
        for number, alias in enumerate(event.get("aliases", ())):
            other = alias if alias in case.events else held.setdefault(alias, name)
            if (name, alias) in renamed:
                yield Told(name, f"{alias}: renamed to {name}, and its file is still there",
                           ("aliases", number), f"finish with: rexctl mv {alias} {name}",
                           level=WARNING)  # fmt: skip
            elif not {(name, other), (other, name)}.isdisjoint(renamed):
                continue
            elif other != name or alias == name:
                yield Told(name, f"{alias} is a name of {other} too", ("aliases", number))


def _is_renamed(case: Case, old: str, new: str) -> bool:
    """Tell whether an event is a copy of the event `old` as `rexctl mv` writes it.

    Its file is written before the old one is removed, so that a killed process leaves both.
    """
    before, after = case.events.get(old), case.events[new]
    if before is None or old == new:
        return False
    former = [alias for alias in before.get("aliases", ()) if alias != new]
    return list(after["aliases"]) == [*former, old] and _body(before) == _body(after)


def _body(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "aliases"}
