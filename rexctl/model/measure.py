"""What all measures share: the window in which they apply, and clauses with windows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import (
    ActorOrAll,
    Country,
    Date,
    Law,
    Number,
    ProductCode,
    Text,
    Time,
    Zone,
    optional,
    required,
)
from rexctl.model.parts import Product
from rexctl.model.relations import LIFECYCLE
from rexctl.model.shape import Rule, Shape, Some, finding_at
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding

MeasureStatus = Literal["threatened", "proposed", "adopted", "withdrawn"]


def _one_end(window: Mapping[str, Any]) -> Iterator[Finding]:
    if "until" in window and "through" in window:
        yield finding_at(("through",), "two-ends", "has until and through",
                    "until is the first day without it, through the last day with it: keep one",
                    on="key")  # fmt: skip
    for hour, day in (("time", "from"), ("until_time", "until")):
        if hour in window and day not in window:
            yield finding_at((hour,), "time-without-day", f"{hour} has no {day} to belong to",
                        f"add {day}, or leave {hour} out", on="key")  # fmt: skip


def _ends_after_it_starts(window: Mapping[str, Any]) -> Iterator[Finding]:
    if "from" in window:
        yield from _empty_window(window, window["from"], window.get("time"))


def _empty_window(window: Mapping[str, Any], start: Any, time: Any) -> Iterator[Finding]:
    """Yield a finding for each end that is certainly not after the start; hours are compared."""
    for end, hour in (("until", window.get("until_time")), ("through", "24:00")):
        if end not in window:
            continue
        try:
            first, last = dates.span(str(start))[0], dates.span(str(window[end]))[1]
        except ValueError:  # a finding of its own
            continue
        if last < first:
            yield finding_at((end,), "ends-before-start", f"{window[end]} is before {start}")
        elif (last, str(hour or "00:00")) <= (first, str(time or "00:00")):
            yield finding_at((end,), "empty-window", f"{end} {window[end]}: the window is empty",
                        "until is the first day without it, through the last day with it")  # fmt: skip


class Effective(Shape):
    """The window in which a measure, a clause or a lifecycle act applies."""

    head: ClassVar[str] = "from"
    rules: ClassVar[tuple[Rule, ...]] = (_one_end, _ends_after_it_starts)
    from_: Date | None = optional("the first day", "2025-12-01", alias="from")
    time: Time | None = optional("the time of day on from; default: 00:00", "00:01")
    until: Date | None = optional("the first day on which it no longer applies", "2026-11-10")
    until_time: Time | None = optional("the time of day on until; default: 00:00", "00:01")
    through: Date | None = optional("the last day on which it applies", "2026-11-09")
    tz: Zone | None = optional(
        "the time zone of both times; default: that of the event", "Asia/Shanghai"
    )


class Threshold(Shape):
    """A threshold from which, or up to which, the measure applies."""

    head: ClassVar[str] = "value"
    metric: Literal["content-value", "ownership", "purity"] = required("what is measured",
                                                                   "content-value")  # fmt: skip
    op: Literal["ge", "gt", "le", "lt", "eq"] | None = optional(
        "the comparison: at least (ge), more (gt), at most (le), less (lt), exactly (eq)", "ge"
    )
    value: Number | None = optional("the figure, if the source gives one", "0.1")
    unit: Text | None = optional("the unit of the figure", "percent")
    of: Text | None = optional("what the figure is a part of", "value of the foreign-made item")


class Entity(Shape):
    """A firm, body, person or vessel that a measure names."""

    head: ClassVar[str] = "name"
    name: Text = required("the name in Latin letters", "TechInsights")
    original: Text | None = optional("the name in its original script")
    aliases: Some[Text] | None = optional("other names")
    country: Country | None = optional("the country code", "CA")
    parent: Text | None = optional("the firm or body that it belongs to", "Huawei")
    with_subsidiaries: Literal["yes", "no"] | None = optional(
        "whether its subsidiaries are covered too", "yes"
    )


def _clauses_have_names_of_their_own(event: Mapping[str, Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    clauses = event.get("clauses")
    for n, clause in enumerate(clauses if isinstance(clauses, list) else []):
        name = clause.get("id") if isinstance(clause, dict) else None
        if isinstance(name, str) and name in seen:
            yield finding_at(("clauses", n, "id"), "clause-twice", f"{name}: names two clauses")
        seen.add(str(name))


class Clause(Shape):
    """A part of a measure with a window or terms of its own; it inherits the rest."""

    head: ClassVar[str] = "id"
    id: Text = required("its number in the instrument", "1(1)")
    title: Text | None = optional("what it covers, on one line")
    affected: Some[ActorOrAll] | None = optional("the actors that it affects, or all", ["all"])
    legal_basis: Some[Law] | None = optional("the laws it is based on")
    products: Some[ProductCode | Product] | None = optional(
        "the goods it is about, as product codes"
    )
    effective: Effective | None = optional("the window of this clause, if it differs")


def _acts_before_it_ends(event: Mapping[str, Any]) -> Iterator[Finding]:
    """A lifecycle act without `from` starts at its date."""
    window, links = event.get("effective"), event.get("links")
    if not isinstance(window, dict) or "from" in window or not isinstance(links, list):
        return
    if any(isinstance(link, dict) and link.get("rel") in LIFECYCLE for link in links):
        for finding in _empty_window(window, event.get("date"), event.get("time")):
            yield finding._replace(loc=("effective", *finding.loc))


class Act(Shape):
    """What can change what is in force: a measure, or a ruling on one."""

    rules: ClassVar[tuple[Rule, ...]] = (_clauses_have_names_of_their_own, _acts_before_it_ends)
    effective: Effective | None = optional("the window in which it applies")


class Measure(Act, Event):
    """An event that can be in force."""

    rules: ClassVar[tuple[Rule, ...]] = (*Event.rules, *Act.rules)
    span: ClassVar[tuple[str, ...]] = ("effective.from", "effective.until")
    status: MeasureStatus = required("the stage of the measure",
                                   "adopted")  # fmt: skip
