"""A link that says why something was done says who says so.

PASS:
- {id: 2025-10-09-cn-control}
- id: 2025-10-10-us-threat
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control, asserted_by: [US]}

FAIL:
- {id: 2025-10-09-cn-control}
- id: 2025-10-10-us-threat
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.model.words import CAUSAL
from rexctl.records import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "causes-are-somebodys-claim"


def check(case: Case) -> Iterator[Told]:
    """Tell each causal link that nobody asserts."""
    for link in case.links:
        if link.rel in CAUSAL and "asserted_by" not in link.link:
            yield Told(link.event, f"{link.rel} {link.to}: nobody is named who says so",
                       link.at("rel"), "add asserted_by", level=WARNING)  # fmt: skip
