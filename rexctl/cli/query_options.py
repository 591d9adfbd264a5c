"""The options that every reading command takes, declared once, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

from rexctl.cli.options import argument, at_option, option
from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.legal import ALIASES, FIELDS
from rexctl.output import formats_of, require_format
from rexctl.records import EVENTS
from rexctl.store.safe_open import whole
from rexctl.values.ids import why_not

if TYPE_CHECKING:
    from collections.abc import Callable

Texts = list[str] | None
_BEYOND = 1 << 63


class Asked:
    """What was asked: the query, the shape of the answer, where it goes."""

    words: Annotated[
        Texts,
        argument("[QUERY]...", help="Terms such as actor:CN date:2025-10 type:tariff.", kind="query"),
    ] = None  # fmt: skip
    type_: Annotated[Texts, option("-t", "--type", metavar="TYPE", kind="type",
                                  help="Only these types.")] = None  # fmt: skip
    actor: Annotated[Texts, option("-a", "--actor", metavar="CODE", kind="actor",
                                  help="Only these actors.")] = None  # fmt: skip
    affected: Annotated[Texts, option("--affected", metavar="CODE", kind="actor",
                                     help="Only what touches these.")] = None  # fmt: skip
    status: Annotated[Texts, option("--status", metavar="WORD", kind="status",
                                   help="Only with this status.")] = None  # fmt: skip
    tag: Annotated[Texts, option("--tag", metavar="TAG", kind="tag",
                                help="Only with this tag.")] = None  # fmt: skip
    product: Annotated[Texts, option("--product", metavar="CODE", kind="product",
                                    help="Only these products.")] = None  # fmt: skip
    since: Annotated[str | None, option("--since", metavar="DATE",
                                       help="On or after this day: 2025-10, 90d, ...")] = None  # fmt: skip
    until: Annotated[str | None, option("--until", metavar="DATE",
                                       help="On or before this day.")] = None  # fmt: skip
    text: Annotated[Texts, option("--text", metavar="WORDS",
                                 help="Only with these words, as they stand.")] = None  # fmt: skip
    ids: Annotated[str | None, option("--ids", metavar="FILE",
                                     help="Only the ids in this file, one a line; - is stdin.")] = None  # fmt: skip
    format: Annotated[str | None, option("-f", "--format", metavar="FORMAT", kind="format",
                                        help=f"One of {', '.join(formats_of(EVENTS))}.")] = None  # fmt: skip
    jsonl: Annotated[bool, option("-j", "--jsonl", help="The same as -f jsonl.")] = False
    fields: Annotated[str | None, option("-F", "--fields", metavar="A,B,C", kind="fields",
                                        help="These fields, in this order.")] = None  # fmt: skip
    sort: Annotated[str | None, option("--sort", metavar="A,-B", kind="fields",
                                      help="By these fields; - for downward.")] = None  # fmt: skip
    limit: Annotated[int | None, option("-n", "--limit", metavar="N",
                                       help="At most so many.")] = None  # fmt: skip
    offset: Annotated[int, option("--offset", metavar="N", help="Leave out so many first.")] = 0
    count: Annotated[bool, option("-c", "--count", help="Only the number of events.")] = False
    nul: Annotated[bool, option("-0", "--null", help="End ids and paths with NUL.")] = False
    output: Annotated[str | None, option("-o", "--output", metavar="FILE",
                                        help="Into this file; its suffix chooses the format.")] = None  # fmt: skip
    explode: Annotated[str | None, option("--explode", metavar="FIELD", kind="fields",
                                         help="A row for each value of this field.")] = None  # fmt: skip
    retracted: Annotated[bool, option("--retracted", help="Retracted events too.")] = False
    lenient: Annotated[bool, option("--lenient", help="Exit 0 though some files are bad.")] = False
    at: Annotated[str | None, at_option()] = None
    explain: Annotated[bool, option("--explain", help="Show the query as understood.")] = False
    excel_safe: Annotated[bool, option("--excel-safe", help="Guard CSV against formulas.")] = False

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    def demand_sense(self) -> None:
        """Raise UsageError where options make no sense, alone or together."""
        for name, number in (("-n", self.limit), ("--offset", self.offset)):
            demand_count(name, number)
        demand_files(self.format, self.at)
        if self.output and (self.count or self.explain):
            word = "-c" if self.count else "--explain"
            raise UsageError(f"{word} writes no rows for -o", f"rexctl ... {word} > FILE")

    def demand_no_log(self) -> None:
        """Raise where something else is asked for than the events of a stream that holds them.

        Raises UsageError.
        """
        if self.at is not None:
            raise bad_value("--at", "standard input holds the events", "rexctl list has it")
        if self.ids == "-":
            raise bad_value("--ids -", "standard input holds the events", "name a file")

    def query_words(self) -> list[str]:
        """Give the whole query as words: the flags say the same as the terms."""
        found = list(self.words or ())
        pairs = (("type", self.type_), ("actors", self.actor), ("affected", self.affected),
                 ("status", self.status), ("tags", self.tag), ("products", self.product))  # fmt: skip
        for name, values in pairs:
            found += [f"{name}:{','.join(values)}"] if values else []
        if self.since or self.until:
            found.append(f"date.within:{self.since or ''}..{self.until or ''}")
        return found

    def chosen(self) -> tuple[str, ...]:
        """Give the fields asked for with -F, by their whole names. Raises UsageError."""
        return tuple(map(field_named, _listed(self.fields)))

    def sorting(self) -> tuple[tuple[str, bool], ...]:
        """Give the sort keys, each with whether it runs downward."""
        return tuple((field_named(key.lstrip("-")), key.startswith("-"))
                     for key in _listed(self.sort))  # fmt: skip

    def id_list(self, stdin: Callable[[], BinaryIO]) -> list[str] | None:
        """Give the ids asked for with --ids. Raises UsageError."""
        if self.ids is None:
            return None
        try:
            data = stdin().read() if self.ids == "-" else whole(self.ids)
        except OSError as fault:
            raise bad_value(self.ids, (fault.strerror or str(fault)).lower()) from None
        lines = data.decode("utf-8", "replace").replace("\0", "\n").split("\n")
        found = [line.strip() for line in lines if line.strip()]
        for name in found:
            if why_not(name):
                raise bad_value(name[:60], "is no id", "--ids takes one a line, as -f id gives")
        return found

    def format_name(self, *, terminal: bool, by_suffix: Callable[[str], str]) -> str:
        """Give the format: as said, else by the suffix of -o, else by where it goes."""
        if self.jsonl and self.format not in (None, "jsonl"):
            raise UsageError("-j and -f ask for two formats", "keep one")
        if self.jsonl:
            return "jsonl"
        if self.format:
            return require_format(self.format, EVENTS)
        if self.output:
            return by_suffix(self.output)
        if terminal:
            return "table"
        return "tsv" if self.fields else "jsonl"


def demand_count(name: str, number: int | None) -> None:
    """Raise UsageError where a number of rows is below 0, or beyond what anything counts to."""
    if number is not None and not 0 <= number < _BEYOND:
        why = "is less than 0" if number < 0 else "is more than there can be"
        raise bad_value(f"{name}: {number}", why)


def demand_files(form: str | None, at: str | None) -> None:
    """Raise UsageError where paths are asked of a commit."""
    if form == "path" and at is not None:
        raise UsageError("-f path: a commit holds no files to open",
                                f"git show {at}:./PATH shows one")  # fmt: skip


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def field_named(name: str) -> str:
    """Give the whole name of a field from its short one. Raises UsageError."""
    whole = ALIASES.get(name, name)
    known = whole in FIELDS or any(field.startswith(whole + ".") for field in FIELDS)
    if known or whole.startswith(("x-", "_")):
        return whole
    raise unknown_name("field", name, [*FIELDS, *ALIASES], see="rexctl fields lists them")


def leaf_named(name: str) -> str:
    """Give the whole name of a field that holds values. Raises UsageError."""
    whole = field_named(name)
    if whole in FIELDS or whole.startswith("x-"):
        return whole
    inner = [field for field in FIELDS if field.startswith(whole + ".")]
    raise bad_value(name, "holds no value itself", f"ask one of {', '.join(inner)}")
