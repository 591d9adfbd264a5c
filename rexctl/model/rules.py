"""What each kind of text may be, and the rules that concern more than one field of an event or part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from rexctl.model.tables import LIFECYCLE, SHAPES, TYPES
from rexctl.records import Finding
from rexctl.values import codes, dates
from rexctl.values.prose import format_prose
from rexctl.values.readings import readings

_CONTROL = frozenset({"Cc", "Cs", "Cn", "Co"})
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Characters that only some readers take for a line end or for a byte order mark.
_SEPARATORS = frozenset("\u2028\u2029\ufeff")
# Characters without width, which hide inside a word: searches and comparisons would fail.
_INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\uffa0"
    "\ufff9\ufffa\ufffb"
)
# Persian, Indian scripts and emoji need these two, and Chinese and Mongolian the selectors of a
# variant; between letters of other scripts they only hide.
_JOINERS = frozenset("\u200c\u200d")
_SELECTORS = frozenset(map(chr, (*range(0x180B, 0x180E), *range(0xFE00, 0xFE10),
                                 *range(0xE0100, 0xE01F0))))  # fmt: skip
_HIDING = _INVISIBLE | _SELECTORS
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC")
_WITHOUT_JOINERS = (*_ALPHABETS, "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "DIGIT", "SPACE")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_error(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error of a check: a stable code, what is wrong, and what to do."""
    # The texts are passed as context: a brace in the data must not be read as a placeholder.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def check_characters(text: str) -> str:
    """Return a text unchanged. Raises PydanticCustomError for characters that no file may hold."""
    printable = text.isprintable() or text.replace("\n", "").isprintable()
    if printable and (text.isascii() or _HIDING.isdisjoint(text)):
        return text  # no other character refused below is printable
    for n, char in enumerate(text):
        if char in _INVISIBLE or "\U000e0000" <= char <= "\U000e007f" or _is_needless(text, n):
            message = f"U+{ord(char):04X} cannot be seen"
            raise text_error("invisible-character", message, "remove it")
        if char in _BIDI:
            raise text_error("bidi-control", f"U+{ord(char):04X} turns the reading order around")
        # Unassigned characters of a newer Unicode are accepted; noncharacters are not.
        category = unicodedata.category(char)
        control = category in _CONTROL and (category != "Cn" or _is_noncharacter(char))
        if char != "\n" and (control or char in _SEPARATORS):
            raise text_error("control-character", f"U+{ord(char):04X} is not text")
    return text


def _is_needless(text: str, n: int) -> bool:
    """Return whether the character at `n` is a joiner or selector that its neighbours do not need."""
    before, char, after = text[n - 1 : n], text[n], text[n + 1 : n + 2]
    if char in _SELECTORS:
        return not before or unicodedata.name(before, "").startswith(_ALPHABETS)
    return char in _JOINERS and any(
        not one or unicodedata.name(one, "").startswith(_WITHOUT_JOINERS) for one in (before, after)
    )


def _is_noncharacter(char: str) -> bool:
    return (ord(char) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def _require_text(value: Any) -> str:
    if isinstance(value, str):
        # Half of a surrogate pair, as a JSON escape may spell it: it cannot even be quoted.
        if not value.isascii() and (half := _SURROGATE.search(value)):
            raise text_error("control-character", f"U+{ord(half[0]):04X} is not text")
        return str(value)
    shape = ("a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict)
             else f"{value!r}".lower())  # fmt: skip
    raise text_error("wrong-shape", f"must be a text, and this is {shape}")


def _require_words(text: str) -> str:
    """Return a text without white space around it. Raises PydanticCustomError for an empty one."""
    if not text.strip():
        raise text_error("empty-value", "is empty", "leave it out: unknown is absent")
    return text.strip()


def _one_line(text: str) -> str:
    stripped = _require_words(text)
    if "\n" in stripped or "\u2028" in text or "\u2029" in text:
        raise text_error("not-one-line", "must be one line")
    return unicodedata.normalize("NFC", check_characters(stripped))


def _prose(text: str) -> str:
    _require_words(text)
    return format_prose(unicodedata.normalize("NFC", check_characters(text)))


def _date(text: str) -> str:
    try:
        return dates.parse(text).text
    except ValueError as error:
        raise text_error("bad-date", str(error), "rexctl help bad-date") from None


def _day(text: str) -> str:
    if not dates.is_day(_date(text)) or len(text) != 10:
        raise text_error("bad-date", f"{text}: must be one day, such as 2025-10-09")
    return text


def _id(text: str) -> str:
    if reason := codes.explain_bad_id(text):
        raise text_error("bad-id", f"{text}: {reason}")
    return text


# Kind -> the function that returns its text in the stored form or raises PydanticCustomError; `own`
# is that of a project's own fields. Texts of other kinds are one line: whether a code is known is
# for `check` to find, and the words of a field that lists them depend on its type.
_READERS = {"prose": _prose, "date": _date, "day": _day, "id": _id, "own": check_characters}


def check_text(kind: str, value: Any) -> str:
    """Return a text of a kind in its stored form. Raises PydanticCustomError."""
    text = _require_text(value)
    forms = readings()["texts"].get(kind, ())
    for code, form, sentence in forms:
        if not re.fullmatch(form, text, re.ASCII):
            raise text_error(code, f"{text}: {sentence}")
    return _READERS.get(kind, check_characters if forms else _one_line)(text)


def text_fault(value: Any) -> Finding | None:
    """Return what is wrong with a text of any length, or None."""
    try:
        check_text("own", value)
    except PydanticCustomError as error:
        context = error.context or {}
        return Finding(error.type, context["message"], hint=context["hint"])
    return None


# Rules of events and parts.

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
