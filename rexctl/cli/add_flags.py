"""The flags of `add TYPE`: read from a table, shown in help, and turned into fields of an event."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import bad_value, missing_flags
from rexctl.model.shorthand import parse_object, parse_text, read_part
from rexctl.model.tables import CAUSAL, HEADS, REQUIRED, SHAPES, each, part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TABLE = Path(__file__).parent.parent / "resources" / "add_flags.json"
_METAVARS = {"word": "WORD", "prose": "TEXT", "law": "CODE", "list": "CODE", "actor": "CODE", "product": "CODE",
             "country": "CODE", "id": "EVENT"}  # fmt: skip
_BETWEEN_LINKS = re.compile(r",(?!\s*\d{4}(?![-\d]))")  # a comma before a year is within a date
# The options that every type has, by parameter: names, value, help.
OWN_OPTIONS = {
    "id": (("--id",), "ID", "The id; else it is made from date, actor and title."),
    "dry_run": (("--dry-run",), "", "Show the file and write nothing."),
    "ask": (("-i", "--ask"), "", "Ask for what is not given, with completion."),
    "edit": (("-e", "--edit"), "", "Open a form in your editor."),
}


class Flag(NamedTuple):
    """One flag: its names, and the field that its value goes to.

    `top` and `inner` are the path of the field; `listed` where `top` is a list of mappings; `many`
    where the field itself is a list.
    """

    names: tuple[str, ...]
    top: str
    kind: str
    group: str
    help: str
    inner: str = ""
    values: tuple[str, ...] = ()
    many: bool = False
    listed: bool = False

    @property
    def path(self) -> str:
        """The dotted name of the field."""
        return f"{self.top}.{self.inner}" if self.inner else self.top

    @property
    def key(self) -> str:
        """The name of the parameter that has the flag's values."""
        return "flag_" + self.names[0].lstrip("-").replace("-", "_")

    @property
    def label(self) -> str:
        """The name of the flag without its hyphens."""
        return self.names[0][2:]

    @property
    def choices(self) -> str:
        """The legal words in brackets."""
        return choices(self.values)

    @property
    def needed(self) -> bool:
        """Whether an event of the type must have the field."""
        return self.group == "needed"

    @property
    def chief(self) -> bool:
        """Whether the flag makes an item of a list, as `--source` does."""
        return self.listed and len(self.names) > 1


def choices(words: Sequence[str]) -> str:
    """Return several words in brackets; codes of a scheme by the first and the last of them."""
    if len(words) < 2:
        return ""
    schemes: dict[str, list[str]] = {}
    for word in words:
        schemes.setdefault(word.rpartition(":")[0], []).append(word)
    shown = [f"{one[0]} to {one[-1].removeprefix(scheme + ':')}" if scheme else ", ".join(one)
             for scheme, one in schemes.items()]  # fmt: skip
    return f" [{', '.join(shown)}]"


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table


def type_names() -> list[str]:
    """Return the names of all types."""
    return list(_table()["types"])


@cache
def flags_of(type_name: str) -> tuple[Flag, ...]:
    """Return the flags of a type in the order of its fields, then those of the links."""
    table = _table()
    entries = [table["shared"][one] if isinstance(one, str) else one
               for one in table["types"][type_name]["flags"]]  # fmt: skip
    return tuple(
        Flag(**{**one, "names": tuple(one["names"]), "values": tuple(one.get("values", ()))})
        for one in [*entries, *table["links"]]
    )


def join_sources(type_name: str, words: Sequence[str]) -> list[str]:
    """Return the words of a command line with the flags of each source as one `--source`.

    A flag such as `--source-publisher` belongs to the `--source` before it, else to the first one.

    >>> join_sources("tariff", ["A title", "--source", "A", "--source", "B", "--source-kind=press"])
    ['--source=A', '--source={"url": "B", "kind": "press"}', 'A title']

    :raises UsageError: a flag is repeated for one source.
    """
    flags = {name: one for one in flags_of(type_name) if one.top == "sources" for name in one.names}
    items: list[dict[str, Any]] = []
    result, rest = [], iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        flag = flags.get(name)
        if word == "--" or flag is None:
            result += [word, *rest] if word == "--" else [word]
            continue
        text = value if equals else next(rest, None)
        if text is None:
            result.append(word)  # its value is missing, as the parser says
        elif text:
            if not items or (flag.chief and flag.inner in items[-1]):
                items.append({})
            if flag.inner in items[-1] and not flag.many:
                raise bad_value(name, "can be given only once")
            old = items[-1].get(flag.inner, [])
            found = parse_text("Source", text) if flag.chief else None
            items[-1] |= found or {flag.inner: [*old, text] if flag.many else text}
    texts = [one["url"] if one.keys() == {"url"} else json.dumps(one, ensure_ascii=False)
             for one in items]  # fmt: skip
    return [*(f"--source={one}" for one in texts), *result]


def plain_options(type_name: str) -> dict[str, list[str]]:
    """Return the options that the fast path takes: for each flag the parameter and its kind.

    Prompts need Typer, and so does help where it stands among other options.
    """
    return {
        **{name: [flag.key, "texts"] for flag in flags_of(type_name) for name in flag.names},
        "--id": ["id", "text"], "--dry-run": ["dry_run", "flag"],
        "-e": ["edit", "flag"], "--edit": ["edit", "flag"],
    }  # fmt: skip


def field_of_option(type_name: str, option: str) -> str:
    """Return the assignment for an option which a type does not have, or an empty text.

    >>> field_of_option("tariff", "--clause-effective-from")
    'clauses.1.effective.from=...'
    >>> field_of_option("agreement", "--commitment")
    'commitments.1.what=...'
    """
    path = find_field(type_name, option.lstrip("-").replace("_", "-"))
    kind = SHAPES[type_name].get(path)
    inner = part(each(kind)) if isinstance(kind, list) else ""
    needed = [key for key in REQUIRED.get(inner, ()) if key != HEADS[inner]]
    if needed:  # the chief field alone would not do
        path += f".{1 if HEADS[inner] == 'id' else 0}.{needed[0]}"
    return f"{path}=..." if path else ""


def flag_about(type_name: str, option: str) -> str:
    """Return the flag whose help has the words of an option which a type does not have, if one has.

    >>> flag_about("ruling", "--court")
    '--forum'
    """
    words = option.lstrip("-").split("-")
    about = [flag for flag in flags_of(type_name)
             if all(re.search(rf"\b{re.escape(word)}s?\b", flag.help) for word in words)]  # fmt: skip
    known = [flag.names[0] for flag in about if flag.group in ("needed", "common")] or [
        flag.names[0] for flag in about
    ]
    return known[0] if len(known) == 1 else ""


def find_field(shape: str, words: str) -> str:
    """Return the path in a shape that words between hyphens name, the longest key first.

    >>> find_field("tariff", "source-kind"), find_field("tariff", "notes")
    ('sources.0.kind', 'note')
    """
    for key, kind in sorted(SHAPES.get(shape, {}).items(), key=lambda pair: -len(pair[0])):
        name = key.replace("_", "-")
        many, inner = isinstance(kind, list), part(each(kind) or kind)
        for spelling in {name, f"{name}s", name.removesuffix("s"), re.sub("ies$", "y", name)}:
            if words == spelling:
                return key
            if words.startswith(f"{spelling}-") and inner in SHAPES:
                below = find_field(inner, words.removeprefix(f"{spelling}-"))
                if below:
                    first = f"{1 if HEADS[inner] == 'id' else 0}." if many else ""
                    return f"{key}.{first}{below}"
    return ""


def metavar(flag: Flag) -> str:
    """Return the name of the value in help."""
    return _METAVARS.get(flag.kind, flag.kind.upper())


def fixed_fields(flags: Iterable[Flag]) -> dict[str, str]:
    """Return the fields that can have only one value, such as the status of a statement."""
    return {
        flag.top: flag.values[0]
        for flag in flags
        if not flag.inner and len(flag.values) == 1 and not flag.many
    }


def check_needed(flags: Sequence[Flag], data: Mapping[str, Any]) -> None:
    """Raise UsageError, naming all of them, where a needed field is missing."""
    names = [] if "title" in data else ["TITLE"]
    names += [flag.names[0] for flag in flags if flag.needed and flag.top not in data]
    if names:
        raise missing_flags(names, "-i asks for them, -e opens a form")


def fields_of(flags: Sequence[Flag], values: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the fields of an event for the values of flags, by the key of the flag.

    :raises UsageError: a flag is repeated that may be used only once.
    """
    data: dict[str, Any] = {}
    for flag in flags:
        texts = [one for one in values.get(flag.key) or () if one]
        if not texts or flag.top == "links":
            continue
        if flag.chief:
            data[flag.top] = [parse_object("Source", one) or one for one in texts]
        else:
            target = data.setdefault(flag.top, {}) if flag.inner else data
            target[flag.inner or flag.top] = _value(flag, texts)
    links = _links(flags, values)
    return data | ({"links": links} if links else {})


def _value(flag: Flag, texts: Sequence[str]) -> Any:
    if flag.many:
        return list(texts)
    if len(texts) > 1:
        raise bad_value(flag.names[0], "can be given only once")
    return texts[0]


def _links(flags: Sequence[Flag], values: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    asserted = list(values.get("flag_asserted_by") or ())
    links = []
    for flag in flags:
        if flag.top != "links" or not flag.inner:
            continue
        texts = _BETWEEN_LINKS.split(",".join(values.get(flag.key) or ()))
        for text in filter(None, map(str.strip, texts)):
            link: dict[str, Any] = read_part("Link", f"{flag.inner} {text}")
            link |= {"asserted_by": asserted} if asserted and flag.inner in CAUSAL else {}
            links.append(link)
    if asserted and not any("asserted_by" in link for link in links):
        raise bad_value("--asserted-by", "none of the links needs it",
                            f"it goes with {', '.join('--' + word for word in CAUSAL)}")  # fmt: skip
    return links
