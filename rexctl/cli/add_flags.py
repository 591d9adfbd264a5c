"""The flags of `add TYPE`: read from a table, shown in help, and turned into fields of an event."""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import bad_value, missing_flags
from rexctl.model.codes import METHODS
from rexctl.model.relations import CAUSAL, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TABLE = Path(__file__).parent.parent / "resources" / "add_flags.json"
# Texts in which a comma is just a comma; values of other kinds may be separated by commas.
# Codes are split by `from_input`, which knows the names that have a comma: Korea, Rep.
_WITH_COMMAS = frozenset({"text", "prose", "url", "number", "integer", *METHODS})
_METAVARS = {"word": "WORD", "prose": "TEXT", "law": "CODE", "list": "CODE", "actor": "CODE", "product": "CODE",
             "country": "CODE", "id": "EVENT"}  # fmt: skip
_WIDTH, _COLUMN = 100, 22
_USAGE = """\
Usage: rexctl add {name} [OPTIONS] TITLE [FIELD=VALUE]...

{about}
Example:
{example}
"""
_ASSIGNMENT = "A field without a flag is an assignment: clauses.1(1).effective.from=2025-12-01."
# The options that every type has, by parameter: names, value, help.
OWN_OPTIONS = {
    "id": (("--id",), "ID", "The id; else it is made from date, actor and title."),
    "dry_run": (("--dry-run",), "", "Show the file and write nothing."),
    "ask": (("-i", "--ask"), "", "Prompt for what is missing; a similar event gives defaults."),
    "edit": (("-e", "--edit"), "", "Open a form in your editor."),
    "help": (("-h", "--help"), "", "Show this help."),
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
    def needed(self) -> bool:
        """Whether an event of the type must have the field."""
        return self.group == "needed"

    @property
    def chief(self) -> bool:
        """Whether the flag makes an item of a list, as `--source` does."""
        return self.listed and len(self.names) > 1


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
    flags = [Flag(**{**one, "names": tuple(one["names"]), "values": tuple(one.get("values", ()))})
             for one in entries]  # fmt: skip
    return (*flags, *_link_flags())


def plain_options(type_name: str) -> dict[str, list[str]]:
    """Return the options that the fast path takes: for each flag the parameter and its kind.

    Prompts need Typer, and so does help where it stands among other options.
    """
    return {
        **{name: [flag.key, "texts"] for flag in flags_of(type_name) for name in flag.names},
        "--id": ["id", "text"], "--dry-run": ["dry_run", "flag"],
        "-e": ["edit", "flag"], "--edit": ["edit", "flag"],
    }  # fmt: skip


def _link_flags() -> Iterator[Flag]:
    for word in RELATIONS:
        yield Flag((f"--{word}",), "links", "id", "links", "", word, listed=True)
    yield Flag(("--asserted-by",), "links", "actor", "links",
               f"Who asserts the {', '.join(CAUSAL)} links.", many=True)  # fmt: skip


def option_names(type_name: str) -> list[str]:
    """Return all flags of a type."""
    own = [name for names, _, _ in OWN_OPTIONS.values() for name in names]
    return [*(name for flag in flags_of(type_name) for name in flag.names), *own]


def metavar(flag: Flag) -> str:
    """Return the name of the value in help."""
    return _METAVARS.get(flag.kind, flag.kind.upper())


def help_text(type_name: str) -> str:
    """Return the help of `add TYPE`, in four groups."""
    entry = _table()["types"][type_name]
    flags = flags_of(type_name)
    about = textwrap.fill(f"{entry['about']} {_ASSIGNMENT}", _WIDTH)
    lines = [_USAGE.format(name=type_name, about=about, example=_wrap_command(entry["example"]))]
    for title, group in (("Needed", "needed"), ("Common", "common"), ("More", "more")):
        lines.append(f"{title}:")
        lines += _rows([flag for flag in flags if flag.group == group])
        lines.append("")
    for names, value, about in list(OWN_OPTIONS.values())[:-1]:
        lines.insert(-1, _row(" ".join((", ".join(names), value)).strip(), about))
    links = ", ".join(f"--{word}" for word in RELATIONS)
    lines += ["Links, each to EVENT or EVENT#CLAUSE:", *_wrap(links), *_rows(flags[-1:])]
    return "\n".join(lines)


def _rows(flags: Sequence[Flag]) -> Iterator[str]:
    """Yield a line for each flag; the further parts of one field share a line below the first."""
    parts: dict[str, list[str]] = {}
    for flag in flags:
        if flag.inner and len(flag.names) == 1:
            parts.setdefault(flag.top, []).append(flag.names[0])
    chiefs = {flag.top for flag in flags if len(flag.names) > 1}
    for flag in flags:
        family = parts.get(flag.top, [])
        if len(family) < 2 or flag.names[0] not in family:
            values = f" [{'|'.join(flag.values)}]" if 1 < len(flag.values) < 9 else ""
            fits = _COLUMN + 2 + len(flag.help + values) <= _WIDTH
            yield _row(f"{flag.names[0]} {metavar(flag)}", flag.help + (values if fits else ""))
        if len(family) > 1 and (len(flag.names) > 1 or flag.top not in chiefs):
            chiefs.add(flag.top)
            start = f"--{flag.top.removesuffix('s')}-".replace("_", "-")
            names = ",".join(name.removeprefix(start) for name in family)
            yield textwrap.fill(f"  {start}{{{names}}}".replace(",", ", "), _WIDTH,
                                subsequent_indent="    ", break_on_hyphens=False).replace(", ", ",")  # fmt: skip


def _row(left: str, text: str) -> str:
    indent = " " * (_COLUMN + 2)
    if len(left) > _COLUMN - 1:
        left = f"{left}  "
    return textwrap.fill(
        text, _WIDTH, initial_indent=f"  {left:<{_COLUMN}}", subsequent_indent=indent,
        break_on_hyphens=False,
    )  # fmt: skip


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ",
                         break_on_hyphens=False)  # fmt: skip


def _wrap_command(command: str) -> str:
    """Return a command with line breaks before the title and before flags."""
    joined = re.sub(r" (?!--|')", "\0", command)
    lines = textwrap.wrap(joined, _WIDTH - 2, initial_indent="  ", subsequent_indent="    ",
                          break_on_hyphens=False, break_long_words=False)  # fmt: skip
    return " \\\n".join(lines).replace("\0", " ")


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
    # A flag such as `--source-title` completes the item that another one makes.
    for flag in sorted(flags, key=lambda flag: flag.listed and not flag.chief):
        texts = [one for one in values.get(flag.key) or () if one]
        if not texts or flag.top == "links":
            continue
        if flag.chief:
            data[flag.top] = [{flag.inner: one} for one in _split(flag, texts)]
        elif flag.listed:
            _only_item(flag, data)[flag.inner] = _value(flag, texts)
        else:
            target = data.setdefault(flag.top, {}) if flag.inner else data
            target[flag.inner or flag.top] = _value(flag, texts)
    links = _links(flags, values)
    return data | ({"links": links} if links else {})


def _only_item(flag: Flag, data: dict[str, Any]) -> dict[str, Any]:
    """Return the one item of the list that a flag such as `--source-title` completes."""
    items: list[dict[str, Any]] = data.setdefault(flag.top, [{}])
    if len(items) == 1:
        return items[0]
    raise bad_value(
        flag.names[0], f"which of the {len(items)} {flag.top} is meant?",
        f"write {flag.top}.0.{flag.inner}=..., {flag.top}.1.{flag.inner}=...",
    )  # fmt: skip


def _value(flag: Flag, texts: Sequence[str]) -> Any:
    if flag.many:
        return _split(flag, texts)
    if len(texts) > 1:
        raise bad_value(flag.names[0], "can be given only once")
    return texts[0]


def _split(flag: Flag, texts: Sequence[str]) -> list[str]:
    if flag.kind in _WITH_COMMAS:
        return list(texts)
    return [part.strip() for one in texts for part in one.split(",") if part.strip()]


def _links(flags: Sequence[Flag], values: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    asserted = [text for text in values.get("flag_asserted_by") or () if text]
    links = []
    for flag in flags:
        if flag.top != "links" or not flag.inner:
            continue
        for text in _split(flag, values.get(flag.key) or ()):
            to, _, clause = text.partition("#")
            link: dict[str, Any] = {"rel": flag.inner, "to": to}
            link |= {"clause": clause} if clause else {}
            link |= {"asserted_by": asserted} if asserted and flag.inner in CAUSAL else {}
            links.append(link)
    if asserted and not any("asserted_by" in link for link in links):
        raise bad_value("--asserted-by", "none of the links needs it",
                            f"it goes with {', '.join('--' + word for word in CAUSAL)}")  # fmt: skip
    return links
