"""`mirrors` and `same-as` read the same both ways, so they are stored once: in the file with the later id.

PASS:
- {id: 2025-10-09-cn-fee}
- id: 2025-10-14-us-fee
  links:
    - {rel: mirrors, to: 2025-10-09-cn-fee}

FAIL:
- id: 2025-10-09-cn-fee
  links:
    - {rel: mirrors, to: 2025-10-14-us-fee}
- {id: 2025-10-14-us-fee}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.records import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "twins-link-from-the-later"


def check(case: Case) -> Iterator[Told]:
    """Tell each such link that stands in the earlier file."""
    for link in case.links:
        if link.rel in ("mirrors", "same-as") and link.to > link.event:
            yield Told(link.event, f"{link.rel} {link.to} belongs in that file",
                       link.at("rel"), level=WARNING)  # fmt: skip
