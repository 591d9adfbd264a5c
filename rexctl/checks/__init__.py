"""The rules of `check` that need more than one file or the vocabulary, one module each.

A rule is a module named after its code, with a docstring (what it finds, then PASS and FAIL
examples: `help CODE` shows it and the tests run it), and `check(context)`, which yields a `Finding`
for each breach. To add one, write the module and its line in RULES.
"""

from collections.abc import Mapping

from rexctl.model.tables import ACYCLIC, CAUSAL, LIFECYCLE, WORDS
from rexctl.records import DUE, ERROR, WARNING, Rule

RULES = {
    "unknown-law": Rule(WARNING, ("legal_basis",)),
    "unknown-list": Rule(WARNING, ("list",)),
    "unknown-tag": Rule(WARNING, ("tags", "episode")),
    "unresolved-link": Rule(ERROR, ("links",)),
    "link-cycle": Rule(ERROR, ACYCLIC),
    "misplaced-link": Rule(WARNING, ("mirrors", "same-as")),
    "missing-clause": Rule(ERROR, ("links",)),
    "duplicate-link": Rule(ERROR, ("links",)),
    "wrong-target": Rule(ERROR, LIFECYCLE),
    "ambiguous-target": Rule(ERROR, ("amends",)),
    "suspension-rate-unit": Rule(ERROR, ("rates", "clauses")),
    "part-of-target": Rule(ERROR, LIFECYCLE),
    "narrower-replacement": Rule(WARNING, ("replaces",)),
    "list-shortened": Rule(WARNING, ("amends",)),
    "clauses-overlap": Rule(WARNING, ("amends",)),
    "unused-terms": Rule(WARNING, ("rates", "clauses")),
    "unpaired-rates": Rule(WARNING, ("entities", "clauses")),
    "no-end": Rule(WARNING, ("extends",)),
    "no-effect": Rule(WARNING, LIFECYCLE),
    "shared-window": Rule(WARNING, ("revokes",)),
    "amendment-tie": Rule(WARNING, ("amends",)),
    "effect-before-cause": Rule(ERROR, ("links",)),
    "unattributed-cause": Rule(WARNING, CAUSAL),
    "starts-before-date": Rule(WARNING, ("effective", "clauses")),
    "no-start": Rule(WARNING, ("status:adopted",)),
    "plan-without-publication": Rule(WARNING, ("status:planned", "status:expected")),
    "future-date": Rule(WARNING, ("date",)),
    "skipped-hour": Rule(WARNING, ("time", "effective", "clauses")),
    "ambiguous-hour": Rule(WARNING, ("time", "effective", "clauses")),
    "resolvable-link": Rule(WARNING, ("links",)),
    "duplicate-id": Rule(ERROR, ("aliases",)),
    "near-duplicate": Rule(WARNING, ("date",)),
    "overdue": Rule(DUE, (
        "status:planned", "status:expected", "status:threatened", "act:threaten", "deadline",
        "commitments", "review_by", "suspends", "extends",
    )),
    "unknown-check": Rule(ERROR, ("allow",)),
}  # fmt: skip
# Found by `model.codes` in each event; their pages are in `resources/pages/`.
LOOKUPS = (
    "unknown-actor", "unknown-country", "unknown-product", "unknown-scheme", "unknown-currency",
    "unknown-zone",
)  # fmt: skip
# What `allow` may name: faults of one file are not among them.
CHECKS = (*LOOKUPS, *RULES)

# Earlier names of codes. `allow` accepts them, `fmt` rewrites them, `help` answers with the new one.
OLD_CODES: Mapping[str, str] = WORDS["checks"]
