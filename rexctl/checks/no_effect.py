"""An act that would change what is in force changes nothing.

It resumes what is not suspended then, extends what has no end, acts on a measure that is not
adopted, or is wholly before or after the life of its target. Most often a date or the target is
mistyped. An act that revokes at the very end has an effect: the measure is revoked, not expired.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff, effective: {from: 2025-04-05}}
- id: 2025-05-12-us-resumption
  type: tariff
  links: [{rel: resumes, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff, effective: {from: 2025-04-05}}
- id: 2025-04-09-us-suspension
  type: tariff
  effective: {from: 2025-04-10, until: 2025-07-09}
  links: [{rel: suspends, to: 2025-04-02-us-duty}]
- id: 2025-05-12-us-resumption
  type: tariff
  links: [{rel: resumes, to: 2025-04-02-us-duty}]
"""

from collections.abc import Iterator

from rexctl.checks.context import RuleContext
from rexctl.measures.acts import Key, Layer, folds
from rexctl.measures.fold import EXPIRED, NOT_YET, REVOKED, SUPERSEDED, Fold, Moments
from rexctl.measures.windows import LAST
from rexctl.model.tables import LIFECYCLE
from rexctl.records import WARNING, Finding

ID = "no-effect"

_WITHOUT_END = ("revokes", "resumes", "extends")
_NOT_ALIVE = (NOT_YET, EXPIRED, REVOKED, SUPERSEDED)
_HINT = "correct a date or the target, or allow it with a reason"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each link of an act that changes nothing at any time."""
    for link in context.acts:
        target = context.events[link.to]
        if context.is_measure(link.to) and not folds(target):
            what = target["status"] if target["status"] != "adopted" else target["confidence"]
            yield link.finding(ID, f"{link.rel} {link.to}: the target is {what}, so it is never in force",
                               "to", _HINT, WARNING)  # fmt: skip
    reasons: dict[tuple[str, int], list[tuple[Layer, str]]] = {}  # a link may be several layers
    for layer in context.fold.acts.layers(*LIFECYCLE):
        if layer.rows or layer.layers:
            found = reasons.setdefault((layer.part.key.event, layer.number), [])
            found.append((layer, _without_effect(context.fold, layer)))
    for found in reasons.values():
        if all(reason for _, reason in found):
            layer, reason = found[0]
            link = context.link_of(layer)
            yield link.finding(ID, f"{link.rel} {link.to}: {reason}", "rel", _HINT, WARNING)


def _without_effect(fold: Fold, layer: Layer) -> str:
    """Return why a layer changes nothing; empty where it does, be imprecise windows short or long."""
    rows = [fold.acts.rows[key] for key in layer.rows]
    if layer.rel == "extends":
        ending = any(row.window.has_end for row in rows) or any(
            one.part.window.has_end and one.rel not in _WITHOUT_END for one in layer.layers
        )
        return "" if ending else "the target has no end to move"
    imprecise = {part.key for key in layer.rows for part in fold.parts_over(key)}
    choices = [frozenset[Key]()]
    if any(part.window.is_imprecise for key in layer.rows for part in fold.parts_over(key)):
        choices.append(frozenset(imprecise))
    if layer.rel == "resumes":
        effect = any(_ends_suspension(fold.moments(long), layer) for long in choices)
        return "" if effect else "the target is not suspended then"
    effect = any(_meets(fold, layer, long) for long in choices)
    return "" if effect else "wholly before or after the life of the target"


def _ends_suspension(moments: Moments, layer: Layer) -> bool:
    start = moments.bounds(layer.part)[0]
    over = (one for key in layer.rows for one in moments.acts.on_row[key])
    return any(one.rel == "suspends" and moments.is_active(one, start) for one in over)


def _meets(fold: Fold, layer: Layer, long: frozenset[Key]) -> bool:
    """Return whether the window of a layer holds an instant at which its target is alive."""
    moments = Moments(fold, long, without=layer)
    first, last = _span(moments, layer)
    if layer.rel in ("revokes", "replaces"):
        first -= 1  # at the very end of its target they still decide how that ended
    for other in layer.layers:
        start, end = _span(moments, other)
        if start < last and end > first:
            return True
    return any(
        run.state not in _NOT_ALIVE and run.start < last and run.end > first
        for key in layer.rows for run in moments.runs(key)
    )  # fmt: skip


def _span(moments: Moments, layer: Layer) -> tuple[int, int]:
    """Return start and end of the window of a layer; one that is extended has no end."""
    start, end = moments.bounds(layer.part)
    over = moments.acts.on_layer.get(id(layer), ())
    extended = layer.rel in _WITHOUT_END or any(one.rel == "extends" for one in over)
    return start, LAST if extended else end
