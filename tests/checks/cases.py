"""Small logs in memory, for the tests of the rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rexctl import registry
from rexctl.checks.rule import Case
from rexctl.checks.slim import Slimmer
from rexctl.model.codes import check_codes
from rexctl.vocabulary.vocabulary import Vocabulary
from tests.store.logs import event

if TYPE_CHECKING:
    from rexctl.checks.rule import Loc, Told

TODAY = date(2025, 11, 10)
VOCABULARY = Vocabulary.of_log(
    {
        "vocabulary/tags.yaml": b"rare-earths: The seventeen rare-earth elements.\n",
        "vocabulary/episodes.yaml": b"busan: The summit and what led to it.\n",
    }
)[0]


def linked(name: str, rel: str, to: str, **more: Any) -> dict[str, Any]:
    """Make an event with one link; `link` gives more keys of it."""
    link = {"rel": rel, "to": to} | more.pop("link", {})
    return event(name, links=[link], **more)


def case(
    *events: dict[str, Any], twins: tuple[tuple[str, str], ...] = (), bad: tuple[str, ...] = ()
) -> Case:
    """Make the log of these events as a rule sees it."""
    slim = Slimmer().slim
    known = {str(e["id"]): slim(e) for e in events}
    paths = {name: f"events/{name[:4]}/{name}.yaml" for name in known}
    former = {str(alias): name for name, e in known.items() for alias in e.get("aliases", ())}
    codes = tuple((str(e["id"]), one) for e in events for one in check_codes(e, VOCABULARY))
    return Case(TODAY, VOCABULARY, known, paths, twins, former, frozenset(bad), codes)


def told(code: str, *events: dict[str, Any], **more: Any) -> list[Told]:
    """Give what a rule tells of these events."""
    return list(registry.load(registry.CHECKS[code]).check(case(*events, **more)))


def places(code: str, *events: dict[str, Any]) -> list[tuple[str, Loc]]:
    """Give the event and the place of each thing told."""
    return [(one.event, one.loc) for one in told(code, *events)]
