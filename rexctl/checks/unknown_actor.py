"""Each actor is a country, or an organisation, bloc or firm of the vocabulary.

PASS:
- {id: 2025-10-09-cn-control, actors: [CN/mofcom]}

FAIL:
- {id: 2025-10-09-cn-control, actors: [China]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.rule import Case, Told

ID = "unknown-actor"


def check(case: Case) -> Iterator[Told]:
    """Report each actor that is not known."""
    return case.unknown_codes(ID)
