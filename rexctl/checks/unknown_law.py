"""A legal basis is not a code of a law, or the vocabulary does not know the law.

A legal basis is the country, a slash and the law in small letters: `us/ieepa`. Below a known law
the code may go on: `us/ieepa/fentanyl`. A text of another form, or of an unknown country, is an
error; a law that is not in the vocabulary yet is a warning: add it to
`vocabulary/laws.yaml`.

FAIL:
- {id: 2025-10-10-us-duty, legal_basis: [us/ieeppa]}

PASS:
- {id: 2025-10-10-us-duty, legal_basis: [us/ieepa/fentanyl]}
"""

from collections.abc import Iterator
from functools import cache

from rexctl.checks.context import RuleContext
from rexctl.records import WARNING, Finding
from rexctl.values.codes import is_law

ID = "unknown-law"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each law that the vocabulary lacks; `model.codes` finds what is no code."""
    is_known = cache(context.vocabulary.law_known)
    for name, event in context.having(ID).items():
        for index, law in enumerate(event.get("legal_basis", ())):
            if is_law(law) and not is_known(law):
                yield Finding(ID, f"{law}: no such law in the vocabulary", event=name,
                              loc=("legal_basis", index), level=WARNING,
                              hint=f'to add it: rexctl codes add {law} "Its name" --kind law')  # fmt: skip
