"""Every link leads to an event of the log.

A link names the id of another event, or a former id that stands in its `aliases`.

PASS:
- id: 2025-10-09-cn-control
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}

FAIL:
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-controll}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.plain.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "links-resolve"


def check(case: Case) -> Iterator[Told]:
    """Tell each link to nothing."""
    for link in case.links:
        if link.to not in case.events:
            yield Told(link.event, f"{link.to}: no such event in the log", link.at("to"),
                       did_you_mean(link.to, case.events))  # fmt: skip
