"""The options of the commands that list events, and the answer to them: rows in a format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rexctl import query
from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.tables import ALIASES, FIELDS
from rexctl.output import check_header, format_from_suffix, named_format, require_format
from rexctl.output.cells import fields_left_out
from rexctl.query.sql import COLUMNS, STATE
from rexctl.records import EVENTS, Cells, Row, Table, pick
from rexctl.values.text import MARKS, count_of, split_commas

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot

_OF_CELLS = frozenset({"table", "csv", "tsv", "md"})
_NAMES = frozenset({"id", "path"})
_COLUMNS = ("date", "type", "status", "title", "id")
# Of CSV and TSV, whatever the query: a script that reads them relies on it.
CELL_COLUMNS = (
    "id", "type", "date", "status", "actors", "affected", "title", "effective.from",
    "effective.until", "effective.through", "rates", "products", "episode", "tags", "sources",
)  # fmt: skip
_COMPUTED = ("_earliest", "_latest", "_links_in", "_match", "_state", "_v")


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
    reverse: options.Reverse = False
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
    no_header: options.NoHeader = False
    no_pager: options.NoPager = False

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)

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
    name = named_format(form, jsonl=jsonl)
    if output == "":
        raise bad_value("-o ''", "the file is missing", "write its name")
    if form == "path" and at is not None:
        raise UsageError("-f path: the files of a commit have no path here",
                         f"git show {at}:./PATH shows one")  # fmt: skip
    if name:
        return require_format(name, EVENTS)
    return format_from_suffix(output) if output else ""


def field_named(name: str) -> str:
    """Return the full name of a field. Raises UsageError."""
    full = ALIASES.get(name, name)
    if _is_field(full) or full.startswith("x-") or full in _COMPUTED:
        return full
    sorted_by, _, order = name.replace(":", " ").partition(" ")  # as SQL has it
    bare = re.sub(r"\.\d+(?=\.|$)|\[\d*\]", "", sorted_by).lstrip(".+")  # as jq has it
    if _is_field(ALIASES.get(bare, bare)):
        sign = "-" if order.lower().startswith("desc") else ""
        raise unknown_name("field", name, (), see=f"did you mean {sign}{bare}?")
    raise unknown_name(
        "field", name, [*FIELDS, *ALIASES, *_COMPUTED], see="rexctl fields lists them"
    )


def _is_field(name: str) -> bool:
    """Return whether a name is that of a field, or of a group of fields."""
    return name in FIELDS or any(field.startswith(name + ".") for field in FIELDS)


def fields_named(text: str | None) -> tuple[str, ...]:
    """Return the full names of the fields of -F, none without one. Raises UsageError."""
    names = tuple(map(field_named, split_commas(text)))
    if text is not None and not names:
        raise UsageError("-F: the fields are missing", "write id,date,title, for example")
    return names


def stored_field(field: str | None) -> str:
    """Return the full name of a field that is stored in files. Raises UsageError."""
    name = field_named(field) if field is not None else ""
    if name.startswith("_"):
        raise bad_value(name, "is computed, and nobody changes it", "rexctl fields lists the rest")
    return name


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
        if options.output and (options.count or options.explain):
            flag = "-c" if options.count else "--explain"
            raise UsageError(f"{flag} writes no rows for -o", f"rexctl ... {flag} > FILE")
        form = event_format(options.format, options.output, options.at, jsonl=options.jsonl)
        self.format = form or ("table" if context.terminal else "jsonl")
        self.chosen = fields_named(options.fields)
        self.explode = field_named(options.explode) if options.explode else ""
        self.sorting = tuple((field_named(key.lstrip("-")), key.startswith("-"))
                             for key in split_commas(options.sort))  # fmt: skip
        parsed = context.parse_query(snapshot, options.query_words(), options.ids,
                                     lenient=options.lenient, names=not ranked)  # fmt: skip
        self.query: Query = query.with_texts(parsed, options.text or ())
        self.ranked = ranked
        self.retracted = options.retracted or not query.hides_retracted(self.query)

    def finish(self) -> int:
        """Write the answer, and what it lacks, in the pager; return the exit code."""
        unparsed = 0
        with self.context.paged(no_pager=self.options.no_pager):
            self.write()
            if not self.options.explain:
                self.context.explain_nothing(self.snapshot, self.query, retracted=self.retracted)
            unparsed = self.context.report_unparsed(self.snapshot)
        return 0 if self.options.lenient else unparsed

    def write(self) -> None:
        """Write the rows, or their number, or the query in words."""
        if self.options.explain:
            self.context.emit_text(query.explain(self.query, self.context.today))
        elif self.options.count:
            shown = max(0, self.count() - self.options.offset)
            limit = self.options.limit
            self.context.emit_text(str(shown if limit is None else min(shown, limit)))
        else:
            self.show(self.rows())

    def note_count(self, shown: int) -> None:
        """Write below a table how many events it shows, and of how many."""
        if self.format != "table":
            return
        if not shown:
            self.context.note("no events")
        elif self.context.terminal and not self.options.output:
            text = count_of(shown, "row" if self.explode else "event")
            if not self.explode and (self.options.limit is not None or self.options.offset):
                text = f"{shown} of {count_of(self.count(), 'event')}"
            self.context.note(text)

    def count(self) -> int:
        """Return how many events match."""
        return self.snapshot.count(self.query, retracted=self.retracted)

    def rows(self) -> Iterator[Row]:
        """Return the rows in their order."""
        page: Any = {"limit": self.options.limit, "offset": self.options.offset,
                     "retracted": self.retracted}  # fmt: skip
        if self.ranked:
            if self.format == "table" and self.context.colored:
                page["marks"] = MARKS  # bold in place of asterisks
            return self.snapshot.search(self.query, **page)
        columns = self._stored_columns()
        # A stream keeps its order.
        as_read = self.snapshot.is_stream and not self.sorting
        return self.snapshot.select(self.query, sort=self.sorting, columns=columns,
                                    reverse=self.options.reverse, as_read=as_read, **page)  # fmt: skip

    def _stored_columns(self) -> tuple[str, ...]:
        """Return the columns that the answer needs of an event; none where it needs all of it."""
        if self.explode or self.snapshot.is_stream:  # a line may have anything in these fields
            return ()
        if self.format in _NAMES:
            return ("id",)
        columns = self.columns() if self.chosen or self.format in _OF_CELLS else ()
        return columns if set(columns) <= {*COLUMNS, STATE} else ()

    def _with_state(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, each with the state of the measure that it is."""
        states = self.snapshot.states()
        for row in rows:
            state = states.get(str(row.data["id"]))
            yield Row({**row.data, STATE: state}, path=row.path) if state else row

    def show(self, rows: Iterable[Row]) -> None:
        """Write rows in the format of the options."""
        columns, shorten = self.columns(), None
        without: list[str] = []
        stored = not self.ranked and self._stored_columns()
        if STATE in columns and not self.snapshot.is_stream and not stored:
            rows = self._with_state(rows)
        if self.explode:
            rows = explode_rows(rows, self.explode, without)
        if self.format == "table" and not self.snapshot.is_stream:
            shorten = shortener(self.snapshot)
        if self.ranked and self.format == "table" and not self.chosen:
            rows = map(_mark_title, rows)
        table = Table(columns, rows, chosen=bool(self.chosen), kind=EVENTS, shorten=shorten)
        shown = emit_events(
            self.context, table, self.format, self.options.output or "",
            nul=self.options.nul, excel_safe=self.options.excel_safe,
            heading=not self.options.no_header,
        )  # fmt: skip
        self.note_count(shown)
        if without:
            some = "1 event has" if len(without) == 1 else f"{len(without)} events have"
            self.context.note(f"{some} no {self.explode}: missing:{self.explode} finds them")

    def columns(self) -> tuple[str, ...]:
        """Return the columns of the answer: those of -F, else those of the format."""
        if self.chosen:
            return self.chosen
        if self.ranked:
            from rexctl.query.full_text import MATCH

            in_cells = self.format in ("csv", "tsv")
            return (*CELL_COLUMNS, MATCH) if in_cells else ("id", "title", MATCH)
        return default_columns(self.format)


def _mark_title(row: Row) -> Row:
    """Return a row of a search whose match is its title with the title marked, and no second one."""
    match = str(row.data.get("_match", ""))
    if re.sub(f"[*{''.join(MARKS)}]", "", match) != row.data["title"]:
        return row
    rest = {name: value for name, value in row.data.items() if name != "_match"}
    return Row({**rest, "title": match}, path=row.path)


def default_columns(form: str) -> tuple[str, ...]:
    """Return the columns of events in this format, where none are chosen."""
    return CELL_COLUMNS if form in ("csv", "tsv") else _COLUMNS


def shortener(snapshot: Snapshot) -> Callable[[str], str]:
    """Return a function that shortens an id to what every command accepts, made at its first call."""
    known: dict[str, str] = {}

    def shorten(name: str) -> str:
        if not known:
            from rexctl.snapshot.ids import shortest_beginnings

            known.update(shortest_beginnings(snapshot))
        return known.get(name, name)

    return shorten


def emit_events(context: Context, table: Table, form: str, output: str, **more: Any) -> int:
    """Write events and return how many; of CSV and TSV say what their columns leave out."""
    check_header(form, no_header=more.get("heading") is False)
    if form not in ("csv", "tsv") or isinstance(table.rows, Cells):
        return context.emit(table, form, output, **more)
    left_out: Counter[str] = Counter()
    partial = 0

    def counted(rows: Iterable[Row]) -> Iterator[Row]:
        nonlocal partial
        for row in rows:
            names = fields_left_out(row.data, table.columns, chosen=table.chosen)
            left_out.update(names)
            partial += bool(names)
            yield row

    shown = context.emit(table._replace(rows=counted(table.rows)), form, output, **more)
    if partial:
        names = [name for name, _ in left_out.most_common()]
        some = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if names[4:] else "")
        verb = "has" if partial == 1 else "have"
        what = "values of clauses" if table.chosen else "fields"
        way = "-F takes these names" if table.chosen else "-F names columns"
        context.note(f"{partial} of {count_of(shown, 'event')} {verb} {what} that these "
                     f"columns leave out: {some}; {way}, -j writes all")  # fmt: skip
    return shown


def explode_rows(
    rows: Iterable[Row], field: str, without: list[str] | None = None
) -> Iterator[Row]:
    """Yield a row for each value of a field.

    Where the field is in a list of mappings, each mapping stays complete, with what is beside the
    value.

    :param without: gets the paths of the rows that have no value, of which no row is yielded.
    """
    for row in rows:
        found = [data for data in _explode_value(row.data, field.split("."))
                 if pick(data, field) is not None]  # fmt: skip
        if not found and without is not None:
            without.append(row.path)
        for data in found:
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
