"""The rules of `check` that need more than one file or the vocabulary, one module each.

A rule is a module with a docstring (what it finds, then PASS and FAIL examples: `help CODE` shows
it and the tests run it), its code `ID`, what an event must have for the rule to find anything in it
(NEEDS), and `check(context)`, which yields a `Finding` for each breach. NEEDS names fields
(`legal_basis`) or values (`status:planned`, `links.rel:amends`); one of them is enough, and the rule
is not run where no event has one. To add a rule, write the module and name it in RULES.
"""

RULES = {
    "unknown-law": "rexctl.checks.unknown_law",
    "unknown-list": "rexctl.checks.unknown_list",
    "unknown-tag": "rexctl.checks.unknown_tag",
    "unresolved-link": "rexctl.checks.unresolved_link",
    "link-cycle": "rexctl.checks.link_cycle",
    "misplaced-link": "rexctl.checks.misplaced_link",
    "missing-clause": "rexctl.checks.missing_clause",
    "duplicate-link": "rexctl.checks.duplicate_link",
    "wrong-target": "rexctl.checks.wrong_target",
    "ambiguous-target": "rexctl.checks.ambiguous_target",
    "suspension-rate-unit": "rexctl.checks.suspension_rate_unit",
    "part-of-target": "rexctl.checks.part_of_target",
    "narrower-replacement": "rexctl.checks.narrower_replacement",
    "list-shortened": "rexctl.checks.list_shortened",
    "unused-terms": "rexctl.checks.unused_terms",
    "no-end": "rexctl.checks.no_end",
    "no-effect": "rexctl.checks.no_effect",
    "shared-window": "rexctl.checks.shared_window",
    "amendment-tie": "rexctl.checks.amendment_tie",
    "effect-before-cause": "rexctl.checks.effect_before_cause",
    "unattributed-cause": "rexctl.checks.unattributed_cause",
    "starts-before-date": "rexctl.checks.starts_before_date",
    "no-start": "rexctl.checks.no_start",
    "plan-without-publication": "rexctl.checks.plan_without_publication",
    "future-date": "rexctl.checks.future_date",
    "skipped-hour": "rexctl.checks.skipped_hour",
    "ambiguous-hour": "rexctl.checks.ambiguous_hour",
    "resolvable-link": "rexctl.checks.resolvable_link",
    "duplicate-id": "rexctl.checks.duplicate_id",
    "near-duplicate": "rexctl.checks.near_duplicate",
    "overdue": "rexctl.checks.overdue",
    "unknown-check": "rexctl.checks.unknown_check",
}
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
