"""An event that came or went, told in one sentence: what it is, whose, when, and what it acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.changes.dates import said
from rexctl.changes.items import described, joined, value, window
from rexctl.model.words import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 3


def told(event: Mapping[str, Any]) -> str:
    """Tell an event: `adopted export control by CN/mofcom, 7 November 2025; suspends ...`."""
    kind = str(event.get("type", "event")).replace("-", " ")
    actors = joined([str(code) for code in event.get("actors", ())], _MOST)
    first = f"{event.get('status', '')} {kind}".strip()
    first += f" by {actors}" if actors else ""
    first += f", {said(str(event['date']))}" if "date" in event else ""
    more = [first, *_terms(event), *_links(event), _sources(event)]
    return "; ".join(part for part in more if part)


def _terms(event: Mapping[str, Any]) -> list[str]:
    found = []
    if isinstance(event.get("rates"), list):
        found.append(joined([described(rate, "Rate") for rate in event["rates"]], _MOST))
    if event.get("effective"):
        found.append(f"in effect {window(event['effective'])}")
    clauses = event.get("clauses") or []
    if clauses:
        found.append("clauses " + joined([value(c.get("id", ""), "") for c in clauses], _MOST))
    return found


def _links(event: Mapping[str, Any]) -> list[str]:
    """Tell what it acts on: relations in the order of their list, the acts of law first."""
    by: dict[str, list[str]] = {}
    for link in event.get("links", ()):
        clause = f" (clause {link['clause']})" if "clause" in link else ""
        by.setdefault(str(link.get("rel", "")), []).append(f"{link.get('to', '')}{clause}")
    order = [rel for rel in RELATIONS if rel in by]
    return [f"{rel.replace('-', ' ')} {joined(by[rel], _MOST)}" for rel in order]


def _sources(event: Mapping[str, Any]) -> str:
    sources = event.get("sources") or []
    told = joined([described(source, "Source") for source in sources], 1)
    return f"source{'' if len(sources) == 1 else 's'} {told}" if sources else ""
