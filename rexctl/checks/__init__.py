"""The rules of `check` that need more than one file or the vocabulary, one module each.

A rule is a module named after its code, with a docstring (what it finds, then PASS and FAIL
examples: `help CODE` shows it and the tests run it), the code as `ID`, and `check(context)`, which
yields a `Finding` for each breach. To add one, write the module and its line in RULES.
"""

from rexctl.model.tables import ACYCLIC, CAUSAL, LIFECYCLE

# The code of each rule, and what an event must have for the rule to find anything in it: one of
# these fields, links of one of these relations, or a value of a field. Without such an event the
# rule is not run; `context.having(ID)` are those events.
RULES: dict[str, tuple[str, ...]] = {
    "unknown-law": ("legal_basis",),
    "unknown-list": ("list",),
    "unknown-tag": ("tags", "episode"),
    "unresolved-link": ("links",),
    "link-cycle": ACYCLIC,
    "misplaced-link": ("mirrors", "same-as"),
    "missing-clause": ("links",),
    "duplicate-link": ("links",),
    "wrong-target": LIFECYCLE,
    "ambiguous-target": ("amends",),
    "suspension-rate-unit": ("rates", "clauses"),
    "part-of-target": LIFECYCLE,
    "narrower-replacement": ("replaces",),
    "list-shortened": ("amends",),
    "clauses-overlap": ("amends",),
    "unused-terms": ("rates", "clauses"),
    "unpaired-rates": ("entities", "clauses"),
    "no-end": ("extends",),
    "no-effect": LIFECYCLE,
    "shared-window": ("revokes",),
    "amendment-tie": ("amends",),
    "effect-before-cause": ("links",),
    "unattributed-cause": CAUSAL,
    "starts-before-date": ("effective", "clauses"),
    "no-start": ("status:adopted",),
    "plan-without-publication": ("status:planned", "status:expected"),
    "future-date": ("date",),
    "skipped-hour": ("time", "effective", "clauses"),
    "ambiguous-hour": ("time", "effective", "clauses"),
    "resolvable-link": ("links",),
    "duplicate-id": ("aliases",),
    "near-duplicate": ("date",),
    "overdue": (
        "status:planned", "status:expected", "status:threatened", "act:threaten", "deadline",
        "commitments", "review_by", "suspends", "extends",
    ),
    "unknown-check": ("allow",),
}  # fmt: skip
# Found by `model.codes` in each event; their pages are in `resources/pages/`.
LOOKUPS = (
    "unknown-actor", "unknown-country", "unknown-product", "unknown-scheme", "unknown-currency",
    "unknown-zone",
)  # fmt: skip
# What `allow` may name: faults of one file are not among them.
CHECKS = (*LOOKUPS, *RULES)

# Earlier names of codes. `allow` accepts them, `fmt` rewrites them, `help` answers with the new one.
OLD_CODES = {
    "links-resolve": "unresolved-link",
    "links-do-not-loop": "link-cycle",
    "responses-follow-causes": "effect-before-cause",
    "lifecycle-acts-on-measures": "wrong-target",
    "clauses-exist": "missing-clause",
    "ids-are-unique": "duplicate-id",
    "near-duplicates": "near-duplicate",
    "tags-are-known": "unknown-tag",
    "legal-bases-are-known": "unknown-law",
    "causes-are-somebodys-claim": "unattributed-cause",
    "acts-start-after-their-date": "starts-before-date",
    "twins-link-from-the-later": "misplaced-link",
    "amendments-have-an-order": "amendment-tie",
    "nothing-is-due": "overdue",
    "reviews-are-kept": "overdue",
    "allowances-name-checks": "unknown-check",
    "path-and-id": "path-mismatch",
}
