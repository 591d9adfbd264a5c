"""A legal basis begins with one that the vocabulary knows; below it, it may be as deep as needed.

PASS:
- {id: 2025-10-10-us-duty, legal_basis: [us/ieepa/fentanyl]}

FAIL:
- {id: 2025-10-10-us-duty, legal_basis: [us/ieeppa]}
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.records import WARNING
from rexctl.values.codes import is_law

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "legal-bases-are-known"


def check(case: Case) -> Iterator[Told]:
    """Tell each legal basis that the vocabulary does not know."""
    yield from case.unknown_codes("unknown-law")
    known = cache(case.vocabulary.law_known)
    for name, event in case.events.items():
        for number, law in enumerate(event.get("legal_basis", ())):
            if not known(law) and is_law(law):
                yield Told(name, f"{law}: not in the vocabulary", ("legal_basis", number),
                           "add it to vocabulary/legal-bases.yaml", level=WARNING)  # fmt: skip
