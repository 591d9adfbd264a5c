"""Typed input in the stored form: names become codes, a text a part, the words of people those of the schema."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from rexctl.errors import NoSuchEventError, UnknownCodeError
from rexctl.model import shorthand
from rexctl.model.codes import METHODS, MOST_FINDINGS, check_codes, code_finding, is_all, shape_of
from rexctl.model.shorthand import choice_of, chosen
from rexctl.model.tables import CHOICES, HEADS, SHAPES, TYPES
from rexctl.records import Finding
from rexctl.values import dates
from rexctl.values.clock import split_hour, split_zone, stored_time
from rexctl.values.readings import pattern_of, rewrite, with_digits
from rexctl.values.text import comparison_key, slug, split_names
from rexctl.values.typed_dates import after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from rexctl.model.codes import Vocabulary
    from rexctl.model.tables import Loc

    Plain = dict[str, Any]

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LOCAL = ("actor", "product", "law", "list")  # whose names may mean another code in another country
# A value of these kinds has no comma in it but in a name, so that a comma separates two.
_LISTED = frozenset({*METHODS, "slug", "id", "word", "date", "day", "time"})
_AND = re.compile(r"&|\band\b|\bas well as\b")
_SEPARATOR = re.compile(rf"[,;]|{_AND.pattern}")
_DIGITS = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def from_input(
    record: Any, vocabulary: Vocabulary, *, today: date | None = None,
    resolve_id: Callable[[str], str] | None = None,
) -> tuple[Any, list[Finding]]:  # fmt: skip
    """Return a record in the stored form, and a finding for each code that is not known.

    The one shorthand of flags, assignments, forms and files: names and codes of any spelling become
    codes (`China`, `CHN`: CN; `hs:2805.30`: hs:280530), words of the schema may be written with
    capitals and blanks, a text stands for a part (`30%`, `80 USD/kg`, an address; see `shorthand`),
    one value for a list of one, codes between commas for a list, a number for its digits, `2025-Q4`
    for its span. What the schema declares as usual is added, and texts are stripped and composed
    (NFC). Fields whose names begin with `_` are dropped: other tools compute them. Whatever cannot
    be read so stays as it is, for `validate` to report. A record in the stored form is returned
    unchanged.

    :param today: the day for `today`, `monday`, `-2d`, where these are typed now. A record of a
        file cannot use them: it would mean another day tomorrow.
    :param resolve_id: returns the id that a text names (its beginning, `MOFCOM 61/2025`), for
        links; raises NoSuchEventError.
    """
    if not isinstance(record, dict):
        return record, []
    work = _Work(vocabulary, today, resolve_id, record)
    fields = {key: value for key, value in record.items() if str(key)[:1] != "_"}
    if isinstance(name := fields.get("type"), str):
        fields["type"] = choice_of(name, TYPES)
    result = work.mapping(fields, shape_of(fields), ())
    ended = check_codes(result, vocabulary, lambda kind, text: None)
    return result, [*work.findings, *ended]


def items_from_input(
    text: str, kind: str, vocabulary: Vocabulary, today: date | None = None
) -> list[Any]:
    """Return the items of a list of this kind that a typed text holds, in the stored form."""
    items: list[Any] = _Work(vocabulary, today, None, {}).value(text, [kind], ())
    return items


class _Work:
    """The conversion of one record: the vocabulary it uses, and its findings."""

    def __init__(
        self, vocabulary: Vocabulary, today: date | None, resolve_id: Callable[[str], str] | None,
        record: Mapping[str, Any],
    ) -> None:  # fmt: skip
        self.vocabulary, self.today, self.resolve_id = vocabulary, today, resolve_id
        self.record = record
        self.findings: list[Finding] = []

    @cached_property
    def countries(self) -> list[str]:
        """The countries, or organisations, of the actors of the record."""
        actors, is_actor = self.record.get("actors", ()), partial(_resolves, self.vocabulary.actor)
        texts = map(str, actors if isinstance(actors, list) else [actors])
        names = [name for text in texts for name in split_names(text, is_actor) if is_actor(name)]
        return [self.vocabulary.actor(name).partition("/")[0] for name in names]

    def resolve(self, kind: str, text: str) -> str:
        """Return the code of a text, of the countries of the event where it may be several."""
        resolve = getattr(self.vocabulary, METHODS[kind])
        if kind in ("actor", "product"):
            with suppress(UnknownCodeError):
                return str(resolve(text))
        return str(resolve(text, self.countries) if kind in _LOCAL else resolve(text))

    def knows(self, kind: str) -> Callable[[str], bool]:
        """Return a function that returns whether a text is a name or a code of a kind, no new one."""
        resolves = partial(_resolves, partial(self.resolve, kind))
        if kind not in ("law", "list"):
            return resolves
        return lambda text: (
            resolves(text)
            and ("/" in text or bool(self.vocabulary.name(kind, self.resolve(kind, text))))
        )

    def mapping(self, data: Mapping[str, Any], shape: str, loc: Loc) -> Plain:
        kinds, choices = SHAPES.get(shape, {}), CHOICES.get(shape, {})
        result = {}
        data = self.with_hours(self.with_shorthand(data, shape), kinds)
        for key, value in data.items():
            name = "_".join(str(key).replace("-", " ").split())
            key = name if name in kinds else key
            inherits = loc and "products" in self.record
            if key == "products" and not inherits and _is_everything(value, data):
                continue
            converted = self.value(value, kinds.get(key), (*loc, key))
            result[key] = chosen(converted, choices[key]) if key in choices else converted
        return shorthand.with_usual(shape, result)

    def with_shorthand(self, data: Mapping[str, Any], shape: str) -> Mapping[str, Any]:
        """Return a part whose chief field holds the text of a whole part as the fields it means."""
        head = HEADS.get(shape, "")
        text = data.get(head)
        fields = self.parse(shape, text.strip()) if isinstance(text, str) else None
        if not fields or any(
            data.get(key, one) != one for key, one in fields.items() if key != head
        ):
            return data
        return {**{key: one for key, one in data.items() if key != head}, **fields}

    def with_hours(self, data: Mapping[str, Any], kinds: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a part whose dates have their time, zone and length of time as the fields they mean."""
        for key in ("time", "until_time"):
            hour, zone = split_zone(str(data.get(key, "")).strip()) if "tz" in kinds else ("", "")
            if zone and data.get("tz") in (None, zone):
                data = {**data, key: hour, "tz": zone}
        for key, other in (("date", "time"), ("from", "time"), ("until", "until_time")):
            text = data.get(key)
            if other not in kinds or not isinstance(text, str):
                continue
            day, hour, zone = split_hour(text.strip())
            values = {other: hour, "tz": zone} if zone else {other: hour}
            if hour and all(data.get(name) in (None, one) for name, one in values.items()):
                data = {**data, key: day, **values}
            if key == "until":
                data = self.with_end({**data, key: rewrite(key, day)})
        return data

    def with_end(self, window: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a window whose `until` is a day; without it where it has no end.

        `until the end of May` is through the last day of May.
        """
        end, start = window["until"], window.get("from")
        rest = {key: one for key, one in window.items() if key != "until"}
        if not end:
            return rest
        if pattern_of("end_of").match(end) and "through" not in window:
            return {**rest, "through": end}
        start = self.date(start, ("from",)) if isinstance(start, str) else self.begins
        if day := after(end, start):
            same = {"until_time": window["time"]} if window.get("time") else {}
            return {**same, **window, "until": day}
        return window

    def parse(self, shape: str, text: str) -> Plain | None:
        """Return the fields of a part that a text means, None where it is its chief field."""
        fields = shorthand.parse_text(shape, text)
        if shape == "Instrument" and self.today and not fields:  # a file means what it says
            fields = shorthand.parse_text("TypedInstrument", text)
        if fields and "issuer" in fields:
            # One that is not known, and the second of several, stand in the title.
            issuer, *more = split_names(fields.pop("issuer"), self.knows("actor"))
            if is_known := self.knows("actor")(issuer):
                fields = {"issuer": issuer, **fields}
            if more or not is_known:
                fields["title"] = text
        return fields

    def value(self, value: Any, kind: Any, loc: Loc) -> Any:
        if kind is None:  # an unknown field, or one of the project's own, which stays as it is
            return value
        if isinstance(kind, list):
            items = enumerate(value if isinstance(value, list) else [value])
            return [one for n, item in items for one in self.items(item, kind[0], loc, n)]
        bare, bar, shape = kind.partition("|")
        part = shape if bar else bare if bare in SHAPES else ""
        if part and isinstance(value, str) and (not bar or value.lstrip()[:1] == "{"):
            fields = shorthand.parse_object(part, value.strip()) or self.parse(part, value.strip())
            is_id = not fields and HEADS[part] == "id"
            if is_id and pattern_of("terms").search(value):
                name = value.strip().partition(":")[0].split()[0]
                self.findings.append(Finding(
                    "bad-value", f"{value}: a text is only the id of a clause",
                    hint=f"write clauses.{name}.rates=10% clauses.{name}.products=CODE and so on", loc=loc,
                ))  # fmt: skip
            return self.mapping(fields or shorthand.part_of(part, value), part, loc)
        if isinstance(value, dict):
            return self.mapping(value, part, loc) if part else value
        if part and not bar and isinstance(value, int | float):
            return self.mapping({HEADS[part]: value}, part, loc)
        return self.text(value, bare, loc)

    def items(self, value: Any, kind: str, loc: Loc, number: int) -> list[Any]:
        """Return the items that one item of a list, or a text in its place, holds."""
        bare = kind.partition("|")[0]
        head = str(SHAPES[bare].get(HEADS[bare]) if bare in HEADS else bare)
        # A file has a list where it means one.
        is_people = bare in ("Entity", "Person") and self.today
        if is_people and isinstance(value, dict) and [*value] == [HEADS[bare]]:
            value = value[HEADS[bare]]
        texts = [value]
        is_text = isinstance(value, str) and value.lstrip()[:1] != "{"
        if is_text and (bare == "Source" or _SEPARATOR.search(value)):
            if head in _LISTED and not is_all(value.strip(), loc, pattern_of("every_country")):
                texts = self.names(value.strip(), head)
            elif is_people:
                texts = self.people(value, bare, (*loc, number))
            elif bare in HEADS and head not in _LISTED:
                texts = shorthand.split_list(bare, value)
        return [self.value(one, kind, (*loc, number + n)) for n, one in enumerate(texts)]

    def names(self, text: str, kind: str) -> list[str]:
        """Return the names or codes that a text lists, unknown ones apart where each is near to one."""
        if kind not in METHODS:
            return split_names(text, lambda _: False)
        if kind in ("law", "list"):  # a name may hold commas, and be new
            names = split_names(text, self.knows(kind))
            return names if all(map(self.knows(kind), names)) else [text]
        is_name = self.knows(kind)
        near = partial(_resolves, partial(self.resolve, kind), or_suggests=True)
        return [one for name in split_names(text, is_name) for one in (
                    split_names(name, near) if _AND.search(name) and not is_name(name) else [name])]  # fmt: skip

    def people(self, text: str, shape: str, loc: Loc) -> list[Any]:
        """Return the firms or persons that a typed text lists, in whose names commas may stand."""
        names: list[Any] = (shorthand.split_persons(text) if shape == "Person"
                            else shorthand.split_entities(text, self.knows("actor")))  # fmt: skip
        if not names:
            message = f"{text}: one name, or several?"
            several = "; ".join(part.strip() for part in _SEPARATOR.split(text) if part.strip())
            hint = f'write "{several}" for several, "{text.replace(",", chr(92) + ",")}" for one'
            self.findings.append(Finding("bad-value", message, hint=hint, loc=loc))
        return names or [text]

    def text(self, value: Any, kind: str, loc: Loc) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = repr(value)
        if not isinstance(value, str) or _SURROGATE.search(value):
            return value
        text = unicodedata.normalize("NFC", value.strip())
        if not text:
            return text
        match kind:
            case _ if kind in METHODS:
                return (
                    "all"
                    if is_all(text, loc, pattern_of("every_country"))
                    else self.code(text, kind, loc)
                )
            case "date" | "day":
                text = self.date(text, loc)
            case "slug" if pattern_of("one_tag").fullmatch(comparison_key(text)):
                text = slug(text) or text
            case "url":
                text = rewrite(kind, text)
            case "number" | "integer" if not _DIGITS.fullmatch(text):
                text = self.number(text, kind, loc)
            case "time":
                text = stored_time(text)
            case "id" if self.resolve_id and len(loc) > 2:  # of a link
                text = self.id(text, loc, self.resolve_id)
        return text

    def date(self, text: str, loc: Loc) -> str:
        """Return a date in the stored form; one without a year is near the date of the event."""
        key = next(step for step in reversed(loc) if isinstance(step, str)) if loc else ""
        if dates.is_day(text):
            return text
        from rexctl.values.typed_dates import typed_date

        start = "" if loc == ("date",) else self.start
        try:
            return typed_date(text, key, start, self.today)
        except dates.BadDateError as error:
            self.findings.append(Finding("bad-date", f"{key}: {error}", loc=loc,
                                         hint="rexctl help bad-date"))  # fmt: skip
        return text

    @property
    def start(self) -> str:
        """The date of the event in the stored form, or an empty text."""
        other = _Work(self.vocabulary, self.today, None, {})
        text = other.date(str(self.record.get("date")), ("date",))
        return "" if other.findings else text

    @property
    def begins(self) -> str:
        """The day from which a measure applies, in the stored form: that of the event unless given."""
        window = self.record.get("effective")
        start = window.get("from") if isinstance(window, dict) else window
        other = _Work(self.vocabulary, self.today, None, {**self.record, "effective": None})
        text = other.date(start, ("effective", "from")) if isinstance(start, str) else ""
        return self.start if other.findings or not text else text

    def number(self, text: str, kind: str, loc: Loc) -> str:
        """Return the digits of a number; report several rates, and a comma that may be a point."""
        if kind == "integer":
            text = shorthand.with_thousands(text)
        number = pattern_of("percent").sub(r"\1", with_digits(text)).removeprefix("+")
        message = hint = ""
        if loc[-3:-2] == ("rates",):
            message, hint = "not one rate", shorthand.explain_rates(text, self.begins)
        elif kind == "integer" and len(parts := re.findall(r"\d+", number)) > 1:
            message, hint = "several numbers", f"did you mean {sum(map(int, parts))}?"
        if not hint and (comma := pattern_of("comma").fullmatch(number)):
            also = f" or {comma[1]}{comma[2]}" if len(comma[2]) == 3 else ""
            message = "a point is between a whole number and its parts"
            hint = f"write {comma[1]}.{comma[2]}{also}"
        if hint:
            self.findings.append(Finding("bad-number", f"{text}: {message}", hint=hint, loc=loc))
        return number

    def id(self, text: str, loc: Loc, resolve: Callable[[str], str]) -> str:
        try:
            return resolve(text)
        except NoSuchEventError as error:
            code = "unresolved-link" if error.code == NoSuchEventError.code else error.code
            hint = error.hint
            if " " in text and code == "unresolved-link":  # no id, but what people call an act
                hint = "an act that is not in the log is ISSUER: TITLE, such as EU: 18th sanctions package"
            self.findings.append(Finding(code, error.message, hint=hint, loc=loc))
            return text

    def code(self, text: str, kind: str, loc: Loc) -> str:
        try:
            return self.resolve(kind, text)
        except UnknownCodeError:
            some = len(self.findings) < MOST_FINDINGS
            if some and (
                finding := code_finding(kind, text, self.vocabulary, partial(self.resolve, kind))
            ):
                hint = finding.hint
                if not hint.startswith("did") and any(one.hint == hint for one in self.findings):
                    hint = ""  # the same advice is given once
                self.findings.append(finding._replace(loc=loc, hint=hint))
            return text


def _is_everything(products: Any, event: Mapping[str, Any]) -> bool:
    """Return whether an event names `all` goods, which it does by naming none.

    An amendment that names none leaves the goods as they are.
    """
    text = products[0] if isinstance(products, list) and len(products) == 1 else products
    links = event.get("links")
    rels = [one.get("rel") for one in links if isinstance(one, dict)] if isinstance(links, list) else []  # fmt: skip
    is_all = isinstance(text, str) and bool(pattern_of("every_goods").fullmatch(text.strip()))
    return is_all and "amends" not in rels


def _resolves(resolve: Callable[[str], str], text: str, *, or_suggests: bool = False) -> bool:
    try:
        resolve(text)
    except UnknownCodeError as error:
        return or_suggests and bool(error.suggestion)
    return True
