"""The options of the commands that list events: what to select, and how to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.errors import UsageError, bad_value, quote, unknown_name
from rexctl.model.tables import ALIASES, FIELDS
from rexctl.output import formats_of
from rexctl.records import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rexctl.cli import options

_BEYOND = 1 << 63


class QueryOptions:
    """The options of `list`, `filter` and `search`: the query, the format and the destination."""

    words: options.Query = None
    type_: options.Type = None
    actor: options.Actor = None
    affected: options.Affected = None
    status: options.Status = None
    tag: options.Tag = None
    product: options.Product = None
    since: options.Since = None
    until: options.Until = None
    text: options.Text = None
    ids: options.Ids = None
    format: options.Format = None
    jsonl: options.Jsonl = False
    fields: options.Fields = None
    sort: options.Sort = None
    limit: options.Limit = None
    offset: options.Offset = 0
    count: options.Count = False
    nul: options.Null = False
    output: options.Output = None
    explode: options.Explode = None
    retracted: options.Retracted = False
    lenient: options.Lenient = False
    at: options.At = None
    explain: options.Explain = False
    excel_safe: options.ExcelSafe = False

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)

    def check(self) -> None:
        """Raise UsageError where options contradict each other."""
        check_path_format(self.format, self.at)
        if self.output and (self.count or self.explain):
            flag = "-c" if self.count else "--explain"
            raise UsageError(f"{flag} writes no rows for -o", f"rexctl ... {flag} > FILE")

    def check_stream(self) -> None:
        """Raise UsageError for options that a stream of events cannot have."""
        if self.at is not None:
            raise bad_value("--at", "standard input has no history", "rexctl list has --at")
        if self.ids == "-":
            raise bad_value("--ids -", "standard input holds the events", "name a file")

    def query_words(self) -> list[str]:
        """Return the whole query as words: the flags become terms."""
        words = list(self.words or ())
        pairs = (("type", self.type_), ("actors", self.actor), ("affected", self.affected),
                 ("status", self.status), ("tags", self.tag), ("products", self.product))  # fmt: skip
        for name, values in pairs:
            words += [f"{name}:{','.join(values)}"] if values else []
        if self.since or self.until:
            words.append(f"date.within:{self.since or ''}..{self.until or ''}")
        return words

    def columns(self) -> tuple[str, ...]:
        """Return the full names of the fields of -F. Raises UsageError."""
        return tuple(map(field_named, _split(self.fields)))

    def sort_keys(self) -> tuple[tuple[str, bool], ...]:
        """Return the sort keys, each with whether it is descending."""
        return tuple((field_named(key.lstrip("-")), key.startswith("-"))
                     for key in _split(self.sort))  # fmt: skip

    def format_name(self, *, terminal: bool, by_suffix: Callable[[str], str]) -> str:
        """Return the format: of -f or -j, else of the suffix of -o, else for where it goes."""
        name = one_format(self.format, self.jsonl, formats_of(EVENTS))
        if name:
            return name
        if self.output:
            return by_suffix(self.output)
        if terminal:
            return "table"
        return "tsv" if self.fields else "jsonl"


def one_format(form: str | None, jsonl: bool, formats: Collection[str]) -> str:
    """Return the format that -f and -j name, or an empty text. Raises UsageError."""
    if jsonl and form not in (None, "jsonl"):
        raise UsageError("-j and -f name two formats", "keep one")
    name = "jsonl" if jsonl else form or ""
    if name and name not in formats:
        raise unknown_name("format", name, formats, see=f"write one of {', '.join(formats)}")
    return name


def check_count(flag: str, text: object) -> int:
    """Return the number of rows that an option gives. Raises UsageError."""
    try:
        number = int(str(text))
    except ValueError:
        raise bad_value(f"{flag}: {quote(str(text))}", "not a whole number") from None
    if not 0 <= number < _BEYOND:
        raise bad_value(f"{flag}: {quote(str(text))}", "not a number of rows", "write 0 or more")
    return number


def check_path_format(form: str | None, at: str | None) -> None:
    """Raise UsageError where the paths of a commit's files are wanted."""
    if form == "path" and at is not None:
        raise UsageError("-f path: the files of a commit have no path here",
                         f"git show {at}:./PATH shows one")  # fmt: skip


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def field_named(name: str) -> str:
    """Return the full name of a field. Raises UsageError."""
    full = ALIASES.get(name, name)
    known = full in FIELDS or any(field.startswith(full + ".") for field in FIELDS)
    if known or full.startswith(("x-", "_")):
        return full
    raise unknown_name("field", name, [*FIELDS, *ALIASES], see="rexctl fields lists them")


def value_field_named(name: str) -> str:
    """Return the full name of a field that holds values, not fields. Raises UsageError."""
    full = field_named(name)
    if full in FIELDS or full.startswith("x-"):
        return full
    inner = [field for field in FIELDS if field.startswith(full + ".")]
    raise bad_value(name, "holds no value itself", f"write one of {', '.join(inner)}")
