"""The flags of `add TYPE`: read from a table, shown in help, and turned into fields of an event."""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import bad_value, missing_flags
from rexctl.model.tables import CAUSAL, HEADS, REQUIRED, SHAPES, chief_field, each, part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TABLE = Path(__file__).parent.parent / "resources" / "add_flags.json"
_METAVARS = {"word": "WORD", "prose": "TEXT", "law": "CODE", "list": "CODE", "actor": "CODE", "product": "CODE",
             "country": "CODE", "id": "EVENT"}  # fmt: skip
_WIDTH, _NARROWEST, _COLUMN = 100, 50, 22  # columns of help, and those of its flags
_LINES = 60  # of help
_USAGE = """\
Usage: rexctl add {name} [OPTIONS] TITLE [FIELD=VALUE]...

{about}
Example:
{example}
"""
_ASSIGNMENT = "A field without a flag is an assignment: {}."
# Of the flags of the last group, those that are explained first, where there is room for them.
_FIRST = ("deadline", "condition", "legal_basis", "instrument", "note", "confidence", "episode",
          "clauses", "claims")  # fmt: skip
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


def align_parts(type_name: str, words: Sequence[str]) -> list[str]:
    """Return the words of a command line with an empty part for each source that lacks it.

    A flag such as `--source-publisher` belongs to the `--source` before it. Where it stands before
    the first one, the words are unchanged.

    >>> align_parts("tariff", ["--source", "A", "--source", "B", "--source-kind", "press"])
    ['--source', 'A', '--source-kind=', '--source', 'B', '--source-kind', 'press']
    """
    flags = [flag for flag in flags_of(type_name) if flag.top == "sources"]
    chief = {name for flag in flags if flag.chief for name in flag.names}
    parts = {name for flag in flags if not flag.chief for name in flag.names}
    named = [word.partition("=")[0] for word in words]
    used = [name for name in dict.fromkeys(named) if name in parts]
    if sum(name in chief for name in named) < 2 or not used:
        return list(words)
    result: list[str] = []
    missing: list[str] | None = None
    for name, word in zip(named, words, strict=True):
        if name in chief:
            result += [f"{one}=" for one in missing or ()]
            missing = list(used)
        elif name in parts:
            if missing is None:
                return list(words)
            missing = [one for one in missing if one != name]
        result.append(word)
    return [*result, *(f"{one}=" for one in missing or ())]


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


def find_field(shape: str, words: str) -> str:
    """Return the path in a shape that words between hyphens name, the longest key first.

    >>> find_field("tariff", "source-kind")
    'sources.0.kind'
    """
    for key, kind in sorted(SHAPES.get(shape, {}).items(), key=lambda pair: -len(pair[0])):
        name = key.replace("_", "-")
        many, inner = isinstance(kind, list), part(each(kind) or kind)
        for spelling in {name, name.removesuffix("s"), re.sub("ies$", "y", name)}:
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


def help_text(type_name: str, width: int = _WIDTH) -> str:
    """Return the help of `add TYPE` in four groups, for a terminal of this width.

    It has at most `_LINES` lines, where the needed and common ones leave room: of the other flags
    the last are then only named.
    """
    width = max(_NARROWEST, min(width, _WIDTH))
    entry, flags = _table()["types"][type_name], flags_of(type_name)
    about = textwrap.fill(f"{entry['about']} {_ASSIGNMENT.format(_assignment(type_name))}", width)
    example = _wrap_command(entry["example"], width)
    title = "the title: what happened, on one line"
    lines = [_USAGE.format(name=type_name, about=about, example=example), "Needed:"]
    lines += [_row("TITLE", title, width), *_rows(_in_group(flags, "needed"), width)]
    lines += ["", "Common:", *_rows(_in_group(flags, "common"), width)]
    own = [_row(" ".join((", ".join(names), value)).strip(), about, width)
           for names, value, about in OWN_OPTIONS.values()]  # fmt: skip
    *links, asserted_by = _in_group(flags, "links")
    end = [*own, "", "Links, each to EVENT or EVENT#CLAUSE:", *_wrap(links, width),
           *_rows([asserted_by], width)]  # fmt: skip
    more = ["", f"More (rexctl schema {type_name} explains them):"]
    room = _LINES - len("\n".join([*lines, *more, *end]).splitlines())
    return "\n".join([*lines, *more, *_more(_in_group(flags, "more"), width, room), *end])


def _assignment(type_name: str) -> str:
    """Return an example of an assignment to a field that has no flag."""
    if "clauses" in SHAPES[type_name]:
        return "clauses.1(1).effective.from=2025-12-01"
    if "commitments" in SHAPES[type_name]:
        return "commitments.cars.what='cuts the duty on cars to 15%'"
    return "sources.0.locator='page 3'"


def _in_group(flags: Sequence[Flag], group: str) -> list[Flag]:
    return [flag for flag in flags if flag.group == group]


def _more(flags: Sequence[Flag], width: int, room: int) -> list[str]:
    """Return the rows of flags on at most `room` lines, the last of them as names where need be."""
    flags = sorted(flags, key=lambda one: _FIRST.index(one.top) if one.top in _FIRST else 99)
    for number in range(len(flags), -1, -1):
        lines = list(_rows(flags[:number], width))
        if rest := flags[number:]:
            lines += _names(rest, width)
        if number == 0 or sum(line.count("\n") + 1 for line in lines) <= room:
            return lines
    return []


def _rows(flags: Sequence[Flag], width: int) -> Iterator[str]:
    """Yield a line for each flag; the further parts of one field share a line below the first."""
    parts: dict[str, list[str]] = {}
    for flag in flags:
        if flag.inner and len(flag.names) == 1:
            parts.setdefault(flag.top, []).append(flag.names[0])
    chiefs = {flag.top for flag in flags if len(flag.names) > 1}
    for flag in flags:
        family = parts.get(flag.top, [])
        if len(family) < 2 or flag.names[0] not in family:
            yield _row(f"{flag.names[0]} {metavar(flag)}", flag.help + flag.choices, width)
        if len(family) > 1 and (len(flag.names) > 1 or flag.top not in chiefs):
            chiefs.add(flag.top)
            yield _fill(_family(flag.top, family), width).replace(", ", ",")
            for one in flags:
                if one.names[0] in family and one.choices:
                    yield _fill(f"{one.names[0]}{one.choices}", width)


def _family(top: str, names: Iterable[str]) -> str:
    """Return the names of the flags of one part as one: `--speaker-{office, actor}`."""
    start = f"--{top.removesuffix('s')}-".replace("_", "-")
    return f"{start}{{{', '.join(name.removeprefix(start) for name in names)}}}"


def _fill(text: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent="  ", subsequent_indent="    ",
                         break_on_hyphens=False)  # fmt: skip


def _names(flags: Sequence[Flag], width: int) -> list[str]:
    """Return the names of flags as indented lines, those of one part as one, with closed lists."""
    parts: dict[str, list[Flag]] = {}
    for flag in flags:
        parts.setdefault(flag.top if len(flag.names) == 1 else flag.names[0], []).append(flag)
    shown: list[str] = []
    for top, family in parts.items():
        is_part = len(family) > 2
        shown += [_family(top, (one.names[0] for one in family))] * is_part
        shown += [f"{one.names[0]}{one.choices}" for one in family if one.choices or not is_part]
    return textwrap.wrap(", ".join(shown), width, initial_indent="  ", subsequent_indent="  ",
                         break_on_hyphens=False)  # fmt: skip


def _row(left: str, text: str, width: int) -> str:
    indent = " " * (_COLUMN + 2)
    if len(left) > _COLUMN - 1:
        left = f"{left}  "
    return textwrap.fill(
        text, width, initial_indent=f"  {left:<{_COLUMN}}", subsequent_indent=indent,
        break_on_hyphens=False,
    )  # fmt: skip


def _wrap(flags: Sequence[Flag], width: int) -> list[str]:
    """Return the names of flags as indented lines."""
    return textwrap.wrap(", ".join(flag.names[0] for flag in flags), width, initial_indent="  ", subsequent_indent="  ",
                         break_on_hyphens=False)  # fmt: skip


def _wrap_command(command: str, width: int) -> str:
    """Return a command with line breaks before the title and before flags."""
    joined = re.sub(r" (?!--|')", "\0", command)
    lines = textwrap.wrap(joined, width - 2, initial_indent="  ", subsequent_indent="    ",
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
            data[flag.top] = texts
        elif flag.listed:
            _complete_items(flag, data, values[flag.key])
        else:
            target = data.setdefault(flag.top, {}) if flag.inner else data
            target[flag.inner or flag.top] = _value(flag, texts)
    links = _links(flags, values)
    return data | ({"links": links} if links else {})


def _complete_items(flag: Flag, data: dict[str, Any], texts: Sequence[str]) -> None:
    """Add a field such as that of `--source-title` to each item of a list, in their order."""
    items = data.setdefault(flag.top, [{}])
    if flag.many and len(items) == 1:
        shares: list[Any] = [list(texts)]
    elif len(texts) == len(items):
        shares = list(texts)
    elif len(items) == 1:
        raise bad_value(flag.names[0], "can be given only once")
    else:
        raise bad_value(
            flag.names[0], f"which of the {len(items)} {flag.top} is meant?",
            f"give it {len(items)} times, or {flag.top}.0.{flag.inner}=...",
        )  # fmt: skip
    head = chief_field(flag.top)
    whole = [{head: item} if isinstance(item, str) else item for item in items]
    data[flag.top] = [{**item, flag.inner: one} if one else item
                      for item, one in zip(whole, shares, strict=True)]  # fmt: skip


def _value(flag: Flag, texts: Sequence[str]) -> Any:
    if flag.many:
        return list(texts)
    if len(texts) > 1:
        raise bad_value(flag.names[0], "can be given only once")
    return texts[0]


def _split(texts: Sequence[str]) -> list[str]:
    return [part.strip() for one in texts for part in one.split(",") if part.strip()]


def _links(flags: Sequence[Flag], values: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    asserted = list(values.get("flag_asserted_by") or ())
    links = []
    for flag in flags:
        if flag.top != "links" or not flag.inner:
            continue
        for text in _split(values.get(flag.key) or ()):
            to, _, clause = text.partition("#")
            link: dict[str, Any] = {"rel": flag.inner, "to": to}
            link |= {"clause": clause} if clause else {}
            link |= {"asserted_by": asserted} if asserted and flag.inner in CAUSAL else {}
            links.append(link)
    if asserted and not any("asserted_by" in link for link in links):
        raise bad_value("--asserted-by", "none of the links needs it",
                            f"it goes with {', '.join('--' + word for word in CAUSAL)}")  # fmt: skip
    return links
