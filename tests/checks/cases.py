"""Small logs in memory, for the tests of the rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rexctl.checks import RULES
from rexctl.checks.context import build_context, run_rule
from rexctl.records import Row
from rexctl.vocabulary.vocabulary import parse_vocabulary
from tests.store.logs import event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rexctl.checks.context import Loc, RuleContext
    from rexctl.records import Finding

TODAY = date(2025, 11, 10)
VOCABULARY = parse_vocabulary(
    {
        "vocabulary/tags.yaml": b"rare-earths: The seventeen rare-earth elements.\n",
        "vocabulary/episodes.yaml": b"busan: The summit and what led to it.\n",
    }
)[0]


def linked(name: str, rel: str, to: str, **more: Any) -> dict[str, Any]:
    """Return an event with one link; `link` gives more keys of it."""
    link = {"rel": rel, "to": to} | more.pop("link", {})
    return event(name, links=[link], **more)


def path_of(name: str) -> str:
    return f"events/{name[:4]}/{name}.yaml"


def context_of(
    events: Iterable[dict[str, Any]], *, invalid: Mapping[str, Any] | None = None,
    today: date = TODAY,
) -> RuleContext:  # fmt: skip
    """Return the log of these events as a rule receives it; `invalid` maps ids to bad values."""
    by_id = {str(one["id"]): one for one in events}
    rows = [Row(one, path=path_of(name)) for name, one in by_id.items()]
    bad = {path_of(name): value for name, value in (invalid or {}).items()}
    return build_context(rows, by_id.__getitem__, bad, VOCABULARY, today)


def findings_of(code: str, *events: dict[str, Any], **more: Any) -> list[Finding]:
    """Return what a rule finds in these events."""
    return findings_in(code, context_of(events, **more))


def findings_in(code: str, context: RuleContext) -> list[Finding]:
    """Return the findings of one code, those that events allow as well."""
    found = [finding for finding in context.code_findings if finding.code == code]
    return [*found, *(run_rule(code, context) if code in RULES else ())]


def locations(code: str, *events: dict[str, Any]) -> list[tuple[str, Loc]]:
    """Return the event and `loc` of each finding."""
    return [(one.event, one.loc) for one in findings_of(code, *events)]
