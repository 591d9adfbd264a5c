"""The rules that concern more than one field of an event or part, or more than its kind of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rexctl.model.relations import LIFECYCLE
from rexctl.model.tables import SHAPES, TYPES
from rexctl.records import Finding
from rexctl.values import dates

_MAX_TITLE = 140
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def _require_short_title(event: Mapping[str, Any]) -> Iterator[Finding]:
    title = event.get("title")
    if isinstance(title, str) and len(unicodedata.normalize("NFC", title.strip())) > _MAX_TITLE:
        yield Finding("too-long", f"title: is longer than {_MAX_TITLE} characters", loc=("title",))


def _require_own_sources(event: Mapping[str, Any]) -> Iterator[Finding]:
    """A claim or a readout names one of the event's own sources, by url or by title."""
    if "claims" not in event and "readouts" not in event:
        return
    sources = [source for source in _listed(event.get("sources")) if isinstance(source, dict)]
    texts = [source.get(key) for source in sources for key in ("url", "title")]
    names = {text for text in texts if isinstance(text, str)}
    for field in ("claims", "readouts"):
        for n, part in enumerate(_listed(event.get(field))):
            source = part.get("source") if isinstance(part, dict) else None
            if isinstance(source, str) and source not in names:
                yield Finding("unknown-source", f"{source}: is not the url or title of one of the sources",
                              loc=(field, n, "source"))  # fmt: skip


def _require_day_for_time(event: Mapping[str, Any]) -> Iterator[Finding]:
    date = event.get("date")
    if "time" in event and isinstance(date, str) and len(date.rstrip("~?")) != 10:
        yield Finding("time-without-day", f"{date} is not one day, so it has no hour",
                      hint="give the day, or leave the time out", loc=("time",))  # fmt: skip


def _require_reason_for_retraction(event: Mapping[str, Any]) -> Iterator[Finding]:
    if event.get("confidence") == "retracted" and "note" not in event:
        yield Finding("retracted-without-reason", "retracted, and no note says why",
                      hint="give the reason in note", loc=("confidence",))  # fmt: skip


def _require_unique_clauses(event: Mapping[str, Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, clause in enumerate(_listed(event.get("clauses"))):
        name = clause.get("id") if isinstance(clause, dict) else None
        if isinstance(name, str) and name in seen:
            yield Finding("clause-twice", f"{name}: names two clauses", loc=("clauses", n, "id"))
        seen.add(str(name))


def _require_one_end(window: Mapping[str, Any]) -> Iterator[Finding]:
    if "until" in window and "through" in window:
        yield Finding(
            "two-ends", "has until and through", loc=("through",), on="key",
            hint="until is the first day without it, through the last day with it: keep one",
        )  # fmt: skip
    for hour, day in (("time", "from"), ("until_time", "until")):
        if hour in window and day not in window:
            yield Finding("time-without-day", f"{hour} has no {day} to belong to",
                          hint=f"add {day}, or leave {hour} out", loc=(hour,), on="key")  # fmt: skip


def _require_order_of_days(window: Mapping[str, Any]) -> Iterator[Finding]:
    if "from" in window:
        yield from _empty_window(window, window["from"], window.get("time"))


def _require_end_after_act(event: Mapping[str, Any]) -> Iterator[Finding]:
    """A lifecycle act without `from` starts at its date."""
    window, links = event.get("effective"), _listed(event.get("links"))
    if not isinstance(window, dict) or "from" in window:
        return
    if any(isinstance(link, dict) and link.get("rel") in LIFECYCLE for link in links):
        for finding in _empty_window(window, event.get("date"), event.get("time")):
            yield finding._replace(loc=("effective", *finding.loc))


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
            yield Finding("ends-before-start", f"{window[end]} is before {start}", loc=(end,))
        elif (last, str(hour or "00:00")) <= (first, str(time or "00:00")):
            yield Finding(
                "empty-window", f"{end} {window[end]}: the window is empty", loc=(end,),
                hint="until is the first day without it, through the last day with it",
            )  # fmt: skip


def _require_one_target(link: Mapping[str, Any]) -> Iterator[Finding]:
    """A link leads to an event of the log or to an act outside it."""
    if "to" in link and "instrument" in link:
        yield Finding(
            "two-targets", "has to and instrument", loc=("instrument",), on="key",
            hint="to is an event of the log, instrument an act that is not in it: keep one",
        )  # fmt: skip
    elif "to" not in link and "instrument" not in link:
        yield Finding(
            "missing-field", "to is missing", loc=("to",), on="key",
            hint="the id of the other event, or instrument for an act that is not in the log",
        )  # fmt: skip


def _require_way_to_source(source: Mapping[str, Any]) -> Iterator[Finding]:
    if "url" in source:
        return
    if lacking := [key for key in ("title", "publisher", "published") if key not in source]:
        yield Finding("source-not-found", "a source has a url, or a title, publisher and date",
                      hint=f"add url, or {', '.join(lacking)}", on="key")  # fmt: skip


def _require_language_code(source: Mapping[str, Any]) -> Iterator[Finding]:
    text = source.get("lang")
    if isinstance(text, str) and not _LANGUAGE.fullmatch(text):
        yield Finding("bad-lang", f"lang: {text}: write en, zh, no ...", loc=("lang",))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


Rule = Callable[[Mapping[str, Any]], Iterator[Finding]]
_OF_EVENTS: tuple[Rule, ...] = (
    _require_short_title, _require_own_sources, _require_day_for_time,
    _require_reason_for_retraction,
)  # fmt: skip
_OF_ACTS: tuple[Rule, ...] = (_require_unique_clauses, _require_end_after_act)
# Type or part -> its rules. They get the raw data, so that they report even where a field is
# faulty, and must accept anything in it. An event whose type is not known is an `Event`.
RULES: dict[str, tuple[Rule, ...]] = {
    "Event": _OF_EVENTS,
    **{name: (*_OF_EVENTS, *_OF_ACTS) if "clauses" in SHAPES[name] else _OF_EVENTS
       for name in TYPES},
    "Link": (_require_one_target,),
    "Effective": (_require_one_end, _require_order_of_days),
    "Source": (_require_way_to_source, _require_language_code),
}  # fmt: skip
