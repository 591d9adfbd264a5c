"""The rules that `check` applies to a log, one module each, by the code of their findings."""

CHECKS = {
    "links-resolve": "rexctl.checks.links_resolve",
    "links-do-not-loop": "rexctl.checks.links_do_not_loop",
    "responses-follow-causes": "rexctl.checks.responses_follow_causes",
    "lifecycle-acts-on-measures": "rexctl.checks.lifecycle_acts_on_measures",
    "clauses-exist": "rexctl.checks.clauses_exist",
    "ids-are-unique": "rexctl.checks.ids_are_unique",
    "near-duplicates": "rexctl.checks.near_duplicates",
    "tags-are-known": "rexctl.checks.tags_are_known",
    "legal-bases-are-known": "rexctl.checks.legal_bases_are_known",
    "causes-are-somebodys-claim": "rexctl.checks.causes_are_somebodys_claim",
    "acts-start-after-their-date": "rexctl.checks.acts_start_after_their_date",
    "twins-link-from-the-later": "rexctl.checks.twins_link_from_the_later",
    "amendments-have-an-order": "rexctl.checks.amendments_have_an_order",
    "nothing-is-due": "rexctl.checks.nothing_is_due",
    "reviews-are-kept": "rexctl.checks.reviews_are_kept",
    "allowances-name-checks": "rexctl.checks.allowances_name_checks",
}
