"""Words for changes, events, their parts and dates, as a trade economist would say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rexctl.model.list_keys import NUMBERS
from rexctl.model.tables import FIELDS, HEADS, LIFECYCLE, RELATIONS, SHAPES, TYPES, each, part
from rexctl.records import Pieces
from rexctl.values import dates
from rexctl.values.prose import format_prose

if TYPE_CHECKING:
    from rexctl.changes.changes import Difference, Location

Item = Mapping[str, Any]

DATES = ("date", "day")
LIMIT = 3  # items of a list that are named; the rest is counted
_MAX_QUOTE = 80  # characters
_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")
# These qualify a figure and do not change it.
_NOT_NAMES = ("unit", "op", "qualifier")
_QUALIFIERS = {"~": "about {}", "?": "{} (uncertain)"}
_HOURS = {"from": "time", "until": "until_time"}
_OPERATORS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than",
              "eq": "exactly"}  # fmt: skip
_WINDOW = {
    "from": "start", "until": "end", "through": "last day",
    "time": "hour of the start", "until_time": "hour of the end",
}  # fmt: skip
_ACTS = {"amends": "amendment", "replaces": "replacement", "suspends": "suspension",
         "resumes": "resumption", "extends": "extension", "revokes": "revocation"}  # fmt: skip
_MAX_BOTH = 40  # characters of a text that is quoted in both versions
_CLAUSE = "clause "
_CONTEXT = 6  # words around a change of a text
_MAX_DIFF = 400  # words of a text that are compared one by one
# What comes between the participants of a meeting and its day.
_MEETINGS = {"planned": "planned for", "expected": "expected on", "postponed": "postponed, was for",
             "cancelled": "cancelled, was for"}  # fmt: skip


def describe_difference(difference: Difference, event: Mapping[str, Any]) -> Pieces:
    """Return a difference as a sentence. `event` is the new version: its links name the act."""
    location, old, new, _ = difference
    if difference.in_list:
        return ((_describe_list_change(location, old, new), ""),)
    if location.key == "first":
        return ((f"{new} instead of {old} is now the first actor", ""),)
    subject = name_difference(difference, event)
    if old is None:
        added = location.kind == "prose" or part(location.kind) in SHAPES
        verb = "added:" if added else "set to"
        return ((f"{subject} {verb} {_format(new, location)}", ""),)
    if new is None:
        return ((f"{subject} removed, was ", ""), (_format(old, location), "was"))
    return ((f"{subject} ", ""), *_describe_value_change(old, new, location))


def name_difference(difference: Difference, event: Mapping[str, Any]) -> str:
    """Return what a value is called, with the parts it is in: `start of clause 1(1)`."""
    return _with_parts(*_name_value(difference.location, event))


def name_path_in_words(name: Sequence[str], shape: str) -> str:
    """Return what a value is called by the path to it, in which items have their names.

    >>> name_path_in_words(("clauses", "[1(1)]", "effective", "from"), "tariff")
    'start of clause 1(1)'
    """
    kind: Any = shape
    words, within = list[str](), list[str]()
    for step in name:
        if isinstance(kind, list):
            kind, words = each(kind), []
            within.append(f"{part_noun(part(kind))} {step[1:-1]}")
        else:
            is_window = part(kind) == "Effective" and step in _WINDOW
            words = [_WINDOW[step]] if is_window else [*words, step.replace("_", " ")]
            kind = SHAPES.get(part(kind), {}).get(step, "")
    return _with_parts(" ".join(words) or within.pop(), tuple(within))


def describe_versions(kind: Any, ours: Any, theirs: Any, base: Any) -> list[str]:
    """Return three versions of a value in words, of long texts what is around their difference.

    A part of which one side changed something, and which the other removed, is `changed`.
    """
    texts = [format_value(one, kind) for one in (ours, theirs, base)]
    if kind in ("prose", "text"):
        both = [str(one or "") for one in (ours, theirs)]
        words = compare_words(*both) if all(both) and len(max(both, key=len)) > _MAX_BOTH else ()
        if len(words) > 1:
            both = ["".join(text for text, mark in words if mark not in (other, "to"))
                    for other in ("new", "old")]  # fmt: skip
        texts = [quote(one) for one in (*both, str(base or ""))]
    if isinstance(base, dict) and None in (ours, theirs):
        texts = ["changed"] * 3
    absent = "nothing" if base is None else "removed"
    return [absent if one is None else text
            for one, text in zip((ours, theirs, base), texts, strict=True)]  # fmt: skip


def _describe_list_change(location: Location, old: Any, new: Any) -> str:
    shape = part(location.kind)
    if shape in SHAPES:
        verb = "added" if old is None else "removed"
        subject = _with_parts(part_noun(shape), location.within)
        return f"{subject} {verb}: {describe_part(new or old, shape)}"
    verb = "added to" if old is None else "removed from"
    words = format_value(new or old, location.kind)
    return _with_parts(f"{words} {verb} {_name_field(location)}", location.within)


def _with_parts(text: str, within: tuple[str, ...]) -> str:
    """Return a text with the parts it is about: `start of clause 1(1)`, `source Reuters: language`."""
    clauses = "".join(f" of {name}" for name in within if name.startswith(_CLAUSE))
    others = "".join(f"{name}: " for name in within if not name.startswith(_CLAUSE))
    return others + text + clauses


def _name_value(location: Location, event: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return what a value is called, and the parts to name with it."""
    within = location.within
    if within and location.local in ("what", "text"):  # what the part says
        return within[-1], within[:-1]
    if location.shape == "Effective" and location.key in _WINDOW:
        return f"{_name_act(event, location.clause)} {_WINDOW[location.key]}".lstrip(), within
    if location.kind == "Effective":
        return f"{_name_act(event, location.clause)} window".lstrip(), within
    if location.key == "value" and location.kind in NUMBERS:
        # In a list of figures, the last part around the value is the figure itself.
        in_figure = within and within[-1].startswith(f"{part_noun(location.shape)} ")
        rate_on = ""
        if location.shape == "Rate" and location.reach:
            rate_on = f" on {join_words(location.reach, LIMIT)}"
        figure = name_figure(location.owner, location.shape)
        return figure + rate_on, within[:-1] if in_figure else within
    return _name_field(location), within


def _name_field(location: Location) -> str:
    """Return the name of a field; one that only some types have comes with its meaning."""
    name = location.local.replace(".", " ").replace("_", " ")
    field = FIELDS.get(location.field)
    is_part = "." in location.field.removeprefix("clauses.")  # which is named beside it
    known = FIELDS.get(location.local, field)  # the title of a clause is one as that of an event
    if field and known and field.help and len(known.types) < len(TYPES) and not is_part:
        return f"{name} ({field.help.partition(';')[0].partition(',')[0]})"
    return name


def _name_act(event: Mapping[str, Any], clause: str) -> str:
    """Return the act whose window it is (`suspension`), "" where there are several or none.

    Of a clause, only the links with `via` that clause count.
    """
    acts = {
        _ACTS[link["rel"]] for link in event.get("links", ())
        if link.get("rel") in LIFECYCLE and str(link.get("via", "")) == clause
    }  # fmt: skip
    return acts.pop() if len(acts) == 1 else ""


def _describe_value_change(old: Any, new: Any, location: Location) -> Pieces:
    kind = location.kind
    if isinstance(old, str) and isinstance(new, str):
        if kind in DATES:
            return describe_date_change(old, new)
        if kind == "prose":
            return _describe_rewording(format_prose(old), format_prose(new))
        if kind in NUMBERS and location.key != "year":
            return _describe_number_change(old, new, format_unit(location.owner))
        if kind == "text" and max(len(old), len(new)) > _MAX_BOTH:
            return (("reworded: “", ""), *compare_words(old, new), ("”", ""))
        if kind == "text" and " " in old + new:
            return _from_to("changed", f"“{old}”", f"“{new}”")
    return _from_to("changed", format_value(old, kind), format_value(new, kind))


def _from_to(verb: str, old: str, new: str) -> Pieces:
    return ((f"{verb} from ", ""), (old, "was"), (" to ", ""), (new, "now"))


def _describe_number_change(old: str, new: str, unit: str) -> Pieces:
    try:
        change = Decimal(new) - Decimal(old)
    except InvalidOperation:
        return _from_to("changed", old, new + unit)
    if not change:
        return ((f"written as {new} instead of {old}{unit}", ""),)
    verb = "raised" if change > 0 else "lowered"
    return ((f"{verb}: ", ""), (old, "was"), (" -> ", "to"), (new + unit, "now"))


def _describe_rewording(old: str, new: str) -> Pieces:
    """Return whether sentences were added, cut or written in another way, and their words."""
    before, after = old.split("\n"), new.split("\n")
    added = [line for line in after if line not in before]
    removed = [line for line in before if line not in after]
    if added and removed:
        total = len([line for line in after if line])
        count = f", {len(added)} of {total} sentences" if len(after) > 1 else ""
        words = compare_words(" ".join(removed), " ".join(added))
        return ((f"reworded{count}: “", ""), *words, ("”", ""))
    if added:
        return ((f"extended: “{' '.join(' '.join(added).split())}”", ""),)
    if removed:
        return (("shortened by “", ""), (" ".join(" ".join(removed).split()), "was"), ("”", ""))
    return (("put in another order", ""),)


def compare_words(old: str, new: str) -> Pieces:
    """Return a text with the words that went and came, and some words around each change.

    >>> compare_words("cuts duties to 30% at once", "cuts duties to 20% at once")
    (('cuts duties to ', ''), ('30%', 'old'), (' ', 'to'), ('20%', 'new'), (' at once', ''))
    """
    before, after = old.split(), new.split()
    pieces: list[tuple[str, str]] = []
    changes = list(_word_changes(before, after))  # what is equal and what changed alternate
    for number, (tag, first, last, begin, end) in enumerate(changes):
        if tag == "equal":
            text = " ".join(_shorten(before[first:last], first > 0, last < len(before)))
            gaps = " " * (number > 0), " " * (number < len(changes) - 1)
            pieces.append((f"{gaps[0]}{text}{gaps[1]}", ""))
            continue
        sides = ((" ".join(before[first:last]), "old"), (" ".join(after[begin:end]), "new"))
        went, came = sides
        pieces += [went, (" ", "to"), came] if went[0] and came[0] else filter(itemgetter(0), sides)
    return tuple(pieces)


def _word_changes(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the equal and the changed stretches of two lists of words, as difflib does."""
    if len(before) + len(after) > _MAX_DIFF:
        yield "replace", 0, len(before), 0, len(after)
        return
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:  # hardly a word is the same: marked one by one they could not be read
        yield "replace", 0, len(before), 0, len(after)
        return
    yield from matcher.get_opcodes()


def _shorten(words: list[str], is_after: bool, is_before: bool) -> list[str]:
    """Return the words near the changes that come before and after them."""
    head = _CONTEXT if is_after else 0
    tail = _CONTEXT if is_before else 0
    if len(words) <= head + tail + 1:
        return words
    return [*words[:head], "…", *(words[-tail:] if tail else ())]


def _format(value: Any, location: Location) -> str:
    text = format_value(value, location.kind)
    if location.kind == "text" and " " in text and text == value:  # where a text begins and ends
        return f"“{text}”"
    is_figure = location.key == "value" and location.kind in NUMBERS
    return text + (format_unit(location.owner) if is_figure else "")


def describe_event(event: Item) -> str:
    """Return an event in one sentence: what it is, whose, when, and what it acts on.

    `adopted export control by CN/mofcom, 7 November 2025; suspends ...`
    """
    event_type = str(event.get("type", "event")).replace("-", " ")
    actors = join_words([str(code) for code in event.get("actors", ())], LIMIT)
    status = str(event.get("status", ""))
    # A statement is always made, and a meeting is one of all who take part.
    head, by, on = f"{status} {event_type}".strip(), "by", ""
    if event_type in ("statement", "meeting"):
        head = event_type
    if event_type == "meeting":
        by, on = "of", f"{_MEETINGS.get(status, status)} "
    head += f" {by} {actors}" if actors else ""
    head += f", {on}{format_date(str(event['date']))}" if "date" in event else ""
    phrases = [head, *_describe_terms(event), *_describe_links(event)]
    if sources := [describe_part(source, "Source") for source in event.get("sources") or ()]:
        phrases.append(f"source{'' if len(sources) == 1 else 's'} {join_words(sources, 1)}")
    return "; ".join(phrase for phrase in phrases if phrase)


def describe_part(item: Any, shape: str) -> str:
    """Return a part of an event in as few words as distinguish it from others."""
    if not isinstance(item, dict):
        return format_value(item, shape)
    if shape == "Effective":
        return describe_window(item)
    known = SHAPES.get(shape, {})
    if "rel" in known:
        return _describe_link(item)
    if "publisher" in known:
        return _describe_source(item)
    if item.get("value") is not None and known.get("value") in NUMBERS:
        return _describe_figure(item, known)
    head = item.get(HEADS.get(shape, ""))
    if head is not None:
        text = format_value(head, known.get(HEADS[shape], ""))
        heading = item.get("title") or item.get("office") or ""
        return text + (f" ({heading})" if heading else "")
    return ", ".join(format_value(v, known.get(k, "")) for k, v in item.items()) or "nothing"


def describe_window(effective: Item) -> str:
    """Return when something takes effect and ends: `from 7 November 2025 until 10 November 2026`."""
    hours = {key: f", {effective[name]}" for key, name in _HOURS.items() if name in effective}
    phrases = [f"{key} {format_date(str(effective[key]))}{hours.get(key, '')}"
               for key in ("from", "until", "through") if key in effective]  # fmt: skip
    return " ".join(
        [*phrases, *(f"({effective[key]})" for key in ("on_expiry", "tz") if key in effective)]
    )


def part_noun(shape: str) -> str:
    """Return the word for a part by its shape: `TariffClause` is a clause, `AlsoDated` also dated."""
    return _WORD_START.sub(" ", "Clause" if shape.endswith("Clause") else shape).lower()


def name_part(item: Item, shape: str) -> str:
    """Return the name of one of several parts: `clause 1(1)`, `source Reuters, 2025`."""
    return f"{part_noun(shape)} {describe_part(item, shape)}".rstrip()


def name_figure(item: Item, shape: str) -> str:
    """Return what a figure measures: `rate`, `ownership threshold`, `step from May 2026`."""
    known = SHAPES.get(shape, {})
    return " ".join([*_distinctions(item, known), part_noun(shape), *_starts(item, known)])


def format_value(value: Any, kind: Any) -> str:
    """Return a value of any kind as text."""
    if isinstance(value, list):
        return join_words([format_value(item, each(kind)) for item in value])
    if isinstance(value, dict):
        return describe_part(value, part(kind))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if kind in DATES:
        return format_date(text)
    if kind in ("prose", "text") and (kind == "prose" or len(text) > _MAX_QUOTE):
        return quote(text)
    return text


def format_unit(item: Item) -> str:
    """Return the unit of a figure, with a space before it: ` percent`, ` USD per t`."""
    unit = str(item.get("unit", "")).replace("-", " ")
    unit = unit if unit != "specific" else ""
    words = [unit, str(item.get("currency", "")), f"per {item['per']}" if "per" in item else ""]
    return "".join(f" {word}" for word in words if word)


def quote(text: str, most: int = _MAX_QUOTE) -> str:
    """Return the beginning of a text in quotation marks, of so many characters."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1].rstrip()}…”"


def join_words(words: Sequence[str], limit: int = 0) -> str:
    """Return words joined as in a sentence; beyond `limit`, the rest is counted.

    >>> join_words(["US", "JP", "KR", "TW", "NL"], 3)
    'US, JP, KR and 2 more'
    """
    if limit and len(words) > limit + 1:
        words = [*words[:limit], f"{len(words) - limit} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def format_date(text: str) -> str:
    """Return a date in words; a text that is no date is returned as it is.

    >>> format_date("2025-10-20/2025-10-26")
    '20 – 26 October 2025'
    """
    try:
        dates.parse(text)
    except dates.BadDateError:
        return text
    first, slash, last = text.partition("/")
    if not slash:
        return _format_bound(text)
    if first == "..":
        return f"up to {_format_bound(last)}"
    if last == "..":
        return f"{_format_bound(first)} onwards"
    begin, end = _format_two(first, last)
    return f"{begin}{'–' if begin.isdigit() else ' – '}{end}"


def describe_date_change(old: str, new: str) -> Pieces:
    """Return how a date changed: `moved from 10 to 27 November 2026`."""
    if "/" in old + new or len(old) != len(new):
        before, after = format_date(old), format_date(new)
    else:
        before, after = _format_two(old, new)
    return _from_to(_choose_verb(old, new), before, after)


def _describe_terms(event: Item) -> list[str]:
    phrases = []
    if isinstance(event.get("rates"), list):
        phrases.append(join_words([describe_part(rate, "Rate") for rate in event["rates"]], LIMIT))
    if event.get("effective"):
        phrases.append(f"in effect {describe_window(event['effective'])}")
    if clauses := event.get("clauses"):
        names = [format_value(clause.get("id", ""), "") for clause in clauses]
        phrases.append(f"clauses {join_words(names, LIMIT)}")
    return phrases


def _describe_links(event: Item) -> list[str]:
    """Return what an event acts on: relations in the order of their list, the acts of law first."""
    targets: dict[str, list[str]] = {}
    for link in event.get("links", ()):
        clause = f" (clause {link['clause']})" if "clause" in link else ""
        targets.setdefault(str(link.get("rel", "")), []).append(f"{_describe_target(link)}{clause}")
    order = [rel for rel in RELATIONS if rel in targets]
    return [f"{rel.replace('-', ' ')} {join_words(targets[rel], LIMIT)}" for rel in order]


def _describe_figure(item: Item, known: Item) -> str:
    qualifier = str(item.get("qualifier", "")).replace("-", " ")
    qualifier = qualifier or _OPERATORS.get(str(item.get("op")), "")
    figure = f"{item['value']}{format_unit(item)}"
    words = [*_distinctions(item, known), qualifier, figure, *_starts(item, known)]
    return " ".join(word for word in words if word)


def _distinctions(item: Item, known: Item) -> list[str]:
    """Return the words that say which of several figures one is: `ownership`."""
    return [str(item[name]) for name, kind in known.items()
            if kind == "word" and name in item and name not in _NOT_NAMES]  # fmt: skip


def _starts(item: Item, known: Item) -> list[str]:
    days = [item[name] for name, kind in known.items() if kind in DATES and name in item]
    return [f"from {format_date(str(day))}" for day in days]


def _describe_target(link: Item) -> str:
    """Return the id of the event that a link leads to, or the document of an act outside the log."""
    act = link.get("instrument")
    if not isinstance(act, dict):
        return str(link.get("to", ""))
    number = "/".join(str(act[key]) for key in ("number", "year") if key in act)
    return " ".join(str(word) for word in (act.get("issuer"), number or act.get("title")) if word)


def _describe_link(item: Item) -> str:
    text = f"{item.get('rel', '')} {_describe_target(item)}"
    text += f", clause {item['clause']}" if "clause" in item else ""
    return text + (f", by its clause {item['via']}" if "via" in item else "")


def _describe_source(item: Item) -> str:
    """Return the publisher and day of a source; without a publisher, its title or address."""
    name = item.get("publisher") or item.get("title") or item.get("url") or ""
    day = format_date(str(item["published"])) if "published" in item else ""
    return ", ".join(word for word in (str(name), day) if word)


def _choose_verb(old: str, new: str) -> str:
    try:
        before, after = dates.span(old), dates.span(new)
    except dates.BadDateError:
        return "changed"
    if before == after:
        return "changed"
    if before[0] <= after[0] and after[1] <= before[1]:
        return "narrowed"
    if after[0] <= before[0] and before[1] <= after[1]:
        return "widened"
    return "moved"


def _format_two(first: str, last: str) -> tuple[str, str]:
    """Return two dates in words; a month and year that they share are left to the second."""
    similar = len(first) == len(last) and "~" not in first + last and "?" not in first + last
    begin, end = _format_bound(first), _format_bound(last)
    if not similar or len(first) < 7 or first[:4] != last[:4]:
        return begin, end
    # Two days of one month share month and year, else only the year is shared.
    shared = 2 if len(first) == 10 and first[:7] == last[:7] else 1
    return begin.rsplit(" ", shared)[0], end


def _format_bound(text: str) -> str:
    bare = text.rstrip("~?")
    year, *rest = bare.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [dates.MONTHS[int(rest[0]) - 1]] if rest else []
    date = " ".join([*words, year])
    return _QUALIFIERS[text[-1]].format(date) if text != bare else date
