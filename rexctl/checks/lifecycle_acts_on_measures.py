"""Only a measure suspends, amends, extends, resumes, replaces or revokes, and only a measure; it amends its own type.

PASS:
- {id: 2025-10-09-cn-control, type: export-control}
- id: 2025-11-07-cn-suspension
  type: export-control
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}

FAIL:
- {id: 2025-10-09-cn-talks, type: meeting}
- id: 2025-11-07-cn-suspension
  type: export-control
  links:
    - {rel: suspends, to: 2025-10-09-cn-talks}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.model.legal import TYPES
from rexctl.model.words import LIFECYCLE

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "lifecycle-acts-on-measures"


def check(case: Case) -> Iterator[Told]:
    """Tell each act that cannot change what is in force."""
    measures = ", ".join(name for name, info in TYPES.items() if info.measure)
    for link in case.links:
        rel = link.rel
        if rel not in LIFECYCLE or link.to not in case.events:
            continue
        own, other = case.events[link.event]["type"], case.events[link.to]["type"]
        if not case.is_measure(link.event):
            yield Told(link.event, f"{rel}: a {own} changes nothing that is in force",
                       link.at("rel"), f"the types that do are {measures}")  # fmt: skip
        elif not case.is_measure(link.to):
            yield Told(link.event, f"{rel} {link.to}: a {other} is never in force", link.at("to"),
                       "a plan is called off with calls-off")  # fmt: skip
        elif rel == "amends" and own != other:
            yield Told(link.event, f"amends {link.to}: a {own} cannot amend a {other}",
                       link.at("to"), "replaces ends a measure of another type")  # fmt: skip
