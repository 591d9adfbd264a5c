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

from functools import cache

from rexctl.checks.context import Findings, RuleContext, finding_in
from rexctl.values.codes import is_law


def check(context: RuleContext) -> Findings:
    """Yield a finding for each law that the vocabulary lacks; `model.codes` finds what is no code."""
    is_known = cache(context.vocabulary.law_known)
    for name, event in context.having("unknown-law").items():
        for index, law in enumerate(event.get("legal_basis", ())):
            if is_law(law) and not is_known(law):
                message = f"{law}: no such law in the vocabulary"
                hint = f'to add it: rexctl codes add {law} "Its name" --kind law'
                yield finding_in(name, ("legal_basis", index), message, hint)
