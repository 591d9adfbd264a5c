"""The options of the commands that list events, and the answer to them: rows in a format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rexctl import query
from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.output import default_format, format_from_suffix, require_format
from rexctl.query.sql import COLUMNS
from rexctl.records import EVENTS, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot

_OF_CELLS = frozenset({"table", "csv", "tsv", "md"})
_NAMES = frozenset({"id", "path"})
_COLUMNS = ("id", "type", "status", "title")


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
        if self.output and (self.count or self.explain):
            flag = "-c" if self.count else "--explain"
            raise UsageError(f"{flag} writes no rows for -o", f"rexctl ... {flag} > FILE")

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


def event_format(form: str | None, output: str | None, at: str | None, *, jsonl: bool) -> str:
    """Return the format of events that -f, -j or the suffix of -o names, or an empty text.

    Raises UsageError, also where the paths of a commit's files are wanted.
    """
    if jsonl and form not in (None, "jsonl"):
        raise UsageError("-j and -f name two formats", "keep one")
    if form == "path" and at is not None:
        raise UsageError("-f path: the files of a commit have no path here",
                         f"git show {at}:./PATH shows one")  # fmt: skip
    if name := "jsonl" if jsonl else form:
        return require_format(name, EVENTS)
    return format_from_suffix(output) if output else ""


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


class Answer:
    """The answer of a snapshot to query options: the events, or with `ranked` the matches of its words."""

    def __init__(
        self, context: Context, options: QueryOptions, snapshot: Snapshot, *, ranked: bool = False
    ) -> None:
        self.context, self.options, self.snapshot = context, options, snapshot
        options.check()
        form = event_format(options.format, options.output, options.at, jsonl=options.jsonl)
        self.format = form or default_format(terminal=context.terminal, chosen=bool(options.fields))
        self.chosen = tuple(map(field_named, _split(options.fields)))
        self.explode = field_named(options.explode) if options.explode else ""
        self.sorting = tuple((field_named(key.lstrip("-")), key.startswith("-"))
                             for key in _split(options.sort))  # fmt: skip
        parsed = context.parse_query(snapshot, options.query_words(), ranked=ranked)
        self.words = parsed.words if ranked else ()
        if ranked:
            parsed = parsed._replace(words=())
        self.query: Query = query.with_texts(parsed, options.text or ())
        if options.ids is not None:
            from rexctl.cli.selection import read_ids, resolve_ids

            ids = read_ids(context, options.ids)
            # A stream is read once, and so cannot tell in advance which ids it has.
            self.query = query.with_ids(
                self.query, ids if snapshot.is_stream else resolve_ids(snapshot, ids)
            )
        self.retracted = options.retracted or not query.hides_retracted(self.query)

    def write(self) -> None:
        """Write the rows, or their number, or the query in words."""
        if self.options.explain:
            self.context.emit_text(query.explain(self.query))
        elif self.options.count:
            self.context.emit_text(str(self.count()))
        else:
            self.show(self.rows())

    def count(self) -> int:
        """Return how many events match."""
        if self.words:
            matches = self.snapshot.search(self.words, self.query, retracted=self.retracted)
            return sum(1 for _ in matches)
        return self.snapshot.count(self.query, retracted=self.retracted)

    def rows(self) -> Iterator[Row]:
        """Return the rows in their order."""
        page: Any = {"limit": self.options.limit, "offset": self.options.offset,
                     "retracted": self.retracted}  # fmt: skip
        if self.words:
            if self.format == "table" and self.context.output_options().color:
                from rexctl.output.table import MARKS

                page["marks"] = MARKS  # bold in place of asterisks
            return self.snapshot.search(self.words, self.query, **page)
        columns = self._stored_columns()
        return self.snapshot.select(self.query, sort=self.sorting, columns=columns, **page)

    def _stored_columns(self) -> tuple[str, ...]:
        """Return the columns that the answer needs of an event; none where it needs all of it."""
        if self.explode or self.snapshot.is_stream:  # a line may have anything in these fields
            return ()
        if self.format in _NAMES:
            return ("id",)
        columns = self.chosen or (self.columns() if self.format in _OF_CELLS else ())
        return columns if set(columns) <= set(COLUMNS) else ()

    def show(self, rows: Iterable[Row]) -> None:
        """Write rows in the format of the options."""
        columns = self.chosen or self.columns()
        if self.explode:
            rows = explode_rows(rows, self.explode)
        table = Table(columns, rows, chosen=bool(self.chosen), kind=EVENTS)
        shown = self.context.emit(
            table, self.format, self.options.output or "",
            nul=self.options.nul, excel_safe=self.options.excel_safe,
            heading=bool(self.options.format or self.options.output),
        )  # fmt: skip
        if not shown and self.format == "table":
            self.context.note("no events")

    def columns(self) -> tuple[str, ...]:
        """Return the columns of a list: those of a type, where the query selects only that type."""
        if self.words:
            from rexctl.query.full_text import MATCH

            return ("id", "title", MATCH)
        types = [str(value.text) for term in self.query.terms for value in term.values
                 if term.field == "type" and not term.negated]  # fmt: skip
        return TYPES[types[0]].columns if len(types) == 1 and types[0] in TYPES else _COLUMNS


def explode_rows(rows: Iterable[Row], field: str) -> Iterator[Row]:
    """Yield a row for each value of a field; a row without one is unchanged.

    Where the field is in a list of mappings, each mapping stays complete, with what is beside the
    value.
    """
    for row in rows:
        for data in _explode_value(row.data, field.split(".")):
            yield row if data is row.data else Row(data, path=row.path)


def _explode_value(data: Any, steps: list[str]) -> Iterator[Any]:
    """Yield the data once for each element of the lists on the way to a field."""
    inner = data.get(steps[0]) if isinstance(data, Mapping) and steps else None
    if inner is None:
        yield data
        return
    for one in inner if isinstance(inner, list) else [inner]:
        for part in _explode_value(one, steps[1:]):
            yield data if part is inner else {**data, steps[0]: part}
