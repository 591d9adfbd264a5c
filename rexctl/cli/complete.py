"""Shell completion: commands, flags, and values of the log."""

from __future__ import annotations

import os
import re
import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.errors import RexctlError
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.output import formats_of
from rexctl.query.counts import TIMES
from rexctl.query.parse import OPERATOR_HELP, operators_of
from rexctl.records import EVENTS
from rexctl.values.codes import CODE_KINDS
from rexctl.values.dates import WORDS
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rexctl.store.log import Log

# Closed lists that need no explanation.
_LISTS: dict[str, Callable[[], Iterable[str]]] = {
    "format": lambda: formats_of(EVENTS), "color": lambda: ("auto", "always", "never"),
    "today": lambda: ("today",), "input": lambda: _inputs(), "output": lambda: _outputs(),
    "zone": lambda: _zones(), "currency": lambda: _currencies(), "kind": lambda: CODE_KINDS,
}  # fmt: skip
Offer = tuple[str, str]  # a word to complete with, and what it means
MOST = 200
_DATES = (*WORDS, "90d", "12w", "6m", "1y")
_PRESENCE = {"has": "the field is set", "missing": "the field is not set"}
_LIST_OPERATORS = {"+=": "add to the list", "-=": "remove from the list"}
_ASSIGNED = re.compile(r"(?P<field>[A-Za-z][\w.()-]*?)(?P<op>\+=|-=|=)(?P<value>.*)", re.DOTALL)
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")  # what bash must see with a backslash


def complete(
    kind: str, field: str = "", words: Sequence[str] = ()
) -> Callable[[Any, Any, str], list[Offer]]:
    """Return the function that completes a parameter of this kind, with `words` where there are.

    Typer leaves out the offers that do not begin as typed.
    """

    def offers(ctx: Any, args: Any, incomplete: str) -> list[Offer]:
        # A term of a query has its field before the commas, and is split in `_terms`.
        whole = kind in ("query", "event", "change", "assignment", "side")
        before, comma, part = ("", "", incomplete) if whole else incomplete.rpartition(",")
        values = ((word, "") for word in words) if words else _values(kind, field, part, ctx)
        return [(before + comma + word, about) for word, about in values]

    return offers


def _values(kind: str, field: str, start: str, ctx: Any) -> Iterable[Offer]:
    """Return the values of a kind; those of the log only where they begin as typed."""
    if kind in _LISTS:
        return ((word, "") for word in _LISTS[kind]())
    if kind in _KINDS:
        return _KINDS[kind](field, start, ctx)
    return _log_values(kind, field, start, ctx)


def _event_or_term(field: str, start: str, ctx: Any) -> Iterable[Offer]:
    # An id begins with a year, and no field does.
    return _log_values("id", field, start, ctx) if start[:1].isdigit() else _terms(start, ctx)


def _sides(start: str, ctx: Any) -> Iterable[Offer]:
    return chain(((word, "") for word in _revisions(ctx)), _terms(start, ctx) if start else ())


def _relations() -> Iterable[Offer]:
    from rexctl.model.relations import RELATIONS

    return ((word, f"the other event is {one.inverse}") for word, one in RELATIONS.items())


def _fields(start: str) -> Iterable[Offer]:
    sign = "-" if start.startswith("-") else ""
    names = {**{name: name for name in FIELDS}, **ALIASES}
    return ((sign + name, FIELDS[full].help) for name, full in names.items())


def _days(kind: str, field: str, start: str, ctx: Any) -> Iterable[Offer]:
    """Return words for a date and, for a field, its dates in the log."""
    used = _log_values(kind, field, start, ctx) if field else ()
    return chain(((word, "") for word in _DATES), used)


def _inputs() -> Iterable[str]:
    from rexctl.importers import IMPORTERS

    return IMPORTERS


def _outputs() -> Iterable[str]:
    from rexctl.model.json_schema import OUTPUTS

    return OUTPUTS


def _zones() -> Iterable[str]:
    from rexctl.values.clock import timezone_names

    return sorted(timezone_names())


def _currencies() -> Iterable[str]:
    from rexctl.vocabulary.names import tables

    return tables().currencies


def _help_pages(kind: str, ctx: Any) -> Iterator[Offer]:
    """Yield the codes of findings, for `help` after the commands and topics."""
    from rexctl.output import help_pages

    if kind == "help":
        commands = ctx.find_root().command
        if words := ctx.params.get("words"):  # a second word is a subcommand
            group = commands.get_command(ctx.find_root(), words[0])
            yield from getattr(group, "summaries", dict)().items()
            return
        yield from ((name, "command") for name in commands.commands_by_name)
        yield from ((name, "topic") for name in help_pages.topics())
    yield from ((page.code, page.sentence) for page in help_pages.pages())


def _terms(start: str, ctx: Any) -> Iterator[Offer]:
    """Yield what a term may begin with, and behind the colon the values of the field."""
    no = "not:" if start.startswith("not:") else ""
    name, colon, value = start.removeprefix("not:").partition(":")
    if not colon:
        yield from ((no + word, about) for word, about in _term_names(name, ctx))
        if not no:
            yield "not:", "the term must not match"
            yield from ((f"@{saved}", text) for saved, text in _saved_queries(ctx))
    elif name in _PRESENCE:
        groups = {one[:n] for one in FIELDS for n, sign in enumerate(one) if sign == "."}
        for one in (*FIELDS, *ALIASES, *sorted(groups - FIELDS.keys())):
            yield f"{no}{name}:{one}", FIELDS[one].help if one in FIELDS else ""
    else:
        field, op = _field_and_operator(name)
        before, comma, part = value.rpartition(",")
        if field and op not in ("re", *_PRESENCE):
            kind = "bloc" if op == "in" else "type" if field == "type" else FIELDS[field].kind
            for word, about in _values(kind, field, part, ctx):
                yield f"{no}{name}:{before}{comma}{word}", about


def _term_names(name: str, ctx: Any) -> Iterator[Offer]:
    """Yield the fields, each with its colon, and behind a field and a point its operators."""
    for short, full in {**{n: n for n in FIELDS}, **ALIASES}.items():
        yield f"{short}:", FIELDS[full].help
    yield from ((f"{word}:", about) for word, about in _PRESENCE.items())
    head, dot, _ = name.rpartition(".")
    if dot and (field := ALIASES.get(head, head)) in FIELDS:
        for op in operators_of(FIELDS[field].kind):
            yield f"{head}.{op}:", OPERATOR_HELP[op]


def _field_and_operator(name: str) -> tuple[str, str]:
    """Return the full name of a field and the operator, both empty where there is no such field."""
    full = ALIASES.get(name, name)
    if full in FIELDS:
        return full, ""
    head, _, op = name.rpartition(".")
    head = ALIASES.get(head, head)
    return (head, op) if head in FIELDS and op in operators_of(FIELDS[head].kind) else ("", "")


def _changes(start: str, ctx: Any) -> Iterator[Offer]:
    """Yield what `set` may be given next: an id or a term, and after these FIELD=VALUE."""
    words = ctx.params.get("words") or []
    if _ASSIGNED.match(start) or words:
        event = _event_of(words[0], ctx) if words else None
        yield from _assignments(start, str(event.data.get("type", "")) if event else "", ctx)
    if not _ASSIGNED.match(start):
        yield from _values("event", "", start, ctx)


def _assignments(start: str, type_name: str, ctx: Any) -> Iterator[Offer]:
    """Yield the fields of a type with `=`, and behind it the values of the field."""
    if type_name == "add":
        type_name = str(ctx.info_name or "")
    match = _ASSIGNED.match(start)
    shown = TYPES if type_name not in TYPES else [type_name]
    if not match:
        typed = start.rpartition(".")[0]
        bare = _without_items(typed)
        for name, field in FIELDS.items():
            if name not in ("id", "type") and any(one in field.types for one in shown):
                if not name.startswith(bare + "." * bool(bare)):
                    continue
                path = typed + name[len(bare) :]
                yield f"{path}=", field.help
                if field.many and start.startswith(path):
                    yield from ((f"{path}{op}", about) for op, about in _LIST_OPERATORS.items())
        return
    full = ALIASES.get(match["field"], _without_items(match["field"]))
    if full == "status" and type_name in TYPES:
        words: Iterable[Offer] = ((word, "") for word in TYPES[type_name].status)
    elif full in FIELDS:
        words = _values(FIELDS[full].kind, full, match["value"].rpartition(",")[2], ctx)
    else:
        words = ()
    before = match["value"].rpartition(",")[0]
    for word, about in words:
        yield f"{match['field']}{match['op']}{before}{',' * bool(before)}{word}", about


def _without_items(path: str) -> str:
    """Return a path without the steps that name an item of a list: `rates.unit` for `rates.0.unit`."""
    steps: list[str] = []
    for step in path.split("."):
        name = ".".join([*steps, step])
        if any(one == name or one.startswith(f"{name}.") for one in FIELDS):
            steps.append(step)
    return ".".join(steps)


def _event_of(text: str, ctx: Any) -> Any:
    """Return the event that a text names, or None."""
    import sqlite3

    from rexctl.snapshot.snapshot import Snapshot

    try:
        snapshot = Snapshot.open(_log(ctx))
        return snapshot.event(snapshot.resolve_id(text.partition("#")[0]))
    except (RexctlError, OSError, sqlite3.Error):
        return None


def _clauses(parameter: str, ctx: Any) -> Iterator[Offer]:
    """Yield the ids of the clauses of the event that another parameter of the command names."""
    event = _event_of(str(ctx.params.get(parameter) or ""), ctx)
    for key in ("clauses", "commitments"):
        for part in event.data.get(key, ()) if event else ():
            yield str(part["id"]), str(part.get("title") or part.get("what") or "")


def _saved_queries(ctx: Any) -> Iterable[Offer]:
    import sqlite3

    from rexctl.snapshot.snapshot import Snapshot

    try:
        return list(Snapshot.open(_log(ctx)).stored.queries.items())
    except (RexctlError, OSError, sqlite3.Error):
        return ()


# Kind -> its offers for a field, a beginning, and the context of Typer.
_KINDS: dict[str, Callable[[str, str, Any], Iterable[Offer]]] = {
    "query": lambda field, start, ctx: _terms(start, ctx),
    "event": _event_or_term,
    "change": lambda field, start, ctx: _changes(start, ctx),
    "assignment": lambda field, start, ctx: _assignments(start, "add", ctx),
    "side": lambda field, start, ctx: _sides(start, ctx),
    "type": lambda field, start, ctx: ((name, info.caption) for name, info in TYPES.items()),
    "rel": lambda field, start, ctx: _relations(),
    "code-kind": lambda field, start, ctx: ((name, "") for name in ("add", *CODE_KINDS)),
    "fields": lambda field, start, ctx: _fields(start),
    "by": lambda field, start, ctx: chain(((t, "of the date") for t in TIMES), _fields(start)),
    "finding": lambda field, start, ctx: _help_pages("finding", ctx),
    "help": lambda field, start, ctx: _help_pages("help", ctx),
    "clause": lambda field, start, ctx: _clauses("to", ctx),
    "via": lambda field, start, ctx: _clauses("event", ctx),
    "status": lambda field, start, ctx: ((word, "") for word in FIELDS["status"].values),
    "word": lambda field, start, ctx: ((word, "") for word in FIELDS[field].values),
    "revision": lambda field, start, ctx: ((word, "") for word in _revisions(ctx)),
    "date": lambda field, start, ctx: _days("date", field, start, ctx),
    "day": lambda field, start, ctx: _days("day", field, start, ctx),
}


def _log_values(kind: str, field: str, start: str, ctx: Any) -> Iterable[Offer]:
    """Return what the log holds: codes with names, ids with titles, tags."""
    import sqlite3

    from rexctl.snapshot.snapshot import Snapshot

    try:
        return list(Snapshot.open(_log(ctx)).complete(kind, field, start, MOST))
    except (RexctlError, OSError, sqlite3.Error):
        return ()


def _revisions(ctx: Any) -> Iterable[str]:
    from rexctl.gitrepo.revisions import list_refs
    from rexctl.gitrepo.run import Git

    try:
        return list_refs(Git(_log(ctx).root))
    except (RexctlError, OSError):
        return ()


def _log(ctx: Any) -> Log:
    from rexctl.store.log import find

    directory = ctx.params.get("directory") or ctx.find_root().params.get("directory")
    # The shell has not yet expanded `~`.
    return find(str(Path(directory).expanduser()) if directory else None, os.environ)


def answer(group: Any, shell: str) -> None:
    """Write the words that may come next; the line as typed is in the environment.

    :param group: the Typer group of all commands.
    """
    typed, incomplete = _split_line(os.environ.get("_REXCTL_LINE", ""))
    try:
        offers = list(islice(_next_offers(group, typed[1:], incomplete), MOST))
    except Exception:  # a shell completes at every key: an error offers nothing
        offers = []
    breaks = os.environ.get("_REXCTL_BREAKS", "")
    write(shell, offers, incomplete, breaks, sys.stdout)


def write(shell: str, offers: Sequence[Offer], typed: str, breaks: str, out: TextIO) -> None:
    """Write the offers, one a line, as the script of a shell reads them."""
    # bash splits a word at : and =, so the part before the last of them must be left out.
    cut = max((typed.rfind(sign) + 1 for sign in breaks if sign in ":="), default=0)
    for offer, meaning in offers:
        word = clean_line(offer)
        if shell == "bash":
            out.write(_SPECIAL.sub(r"\\\g<0>", word[cut:]) + "\n")
        else:
            about = clean_line(meaning)
            out.write(f"{word}\t{about}\n" if about else f"{word}\n")


def _split_line(line: str) -> tuple[list[str], str]:
    """Split a half-typed line as a shell does; the last word is being typed."""
    from shlex import shlex

    lexer = shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quotation that is not closed yet
        words.append(str(lexer.token).lstrip("\"'"))
    if line[-1:].isspace() or not words:
        return words, ""
    return words[:-1], words[-1]


def _next_offers(command: Any, typed: list[str], incomplete: str) -> Iterator[Offer]:
    begun = typed[:-1] if typed and _option(command, typed[-1]) else list(typed)
    context = command.make_context("rexctl", begun, resilient_parsing=True)
    option: Any = None  # whose value comes next
    position = 0  # of the next argument
    for number, word in enumerate(typed, 1):
        if option is not None:
            option = None
        elif word.startswith("-") and word != "-":
            option = _option(command, word)
        elif hasattr(command, "get_command"):
            command = command.get_command(context, word)
            if command is None:
                return
            rest = typed[number:]
            if rest and _option(command, rest[-1]):  # its value is being typed
                rest = rest[:-1]
            context = command.make_context(word, rest, parent=context, resilient_parsing=True)
        else:
            position += 1
    name, equals, value = incomplete.partition("=")
    if option is not None:
        yield from _parameter_values(option, context, incomplete)
    elif equals and (option := _option(command, name)):
        values = _parameter_values(option, context, value)
        yield from ((f"{name}={word}", about) for word, about in values)
    else:
        words = _names(command, position, context, incomplete)
        yield from ((word, about) for word, about in words if word.startswith(incomplete))


def _names(command: Any, position: int, context: Any, incomplete: str) -> Iterable[Offer]:
    """Return flags, subcommands, or the values of the argument at a position."""
    if incomplete.startswith("-"):
        options = [one for one in command.params if not getattr(one, "hidden", True)]
        return [(name, one.help or "") for one in options for name in one.opts]
    if hasattr(command, "summaries"):
        return list(command.summaries().items())
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    last = arguments[position : position + 1] or arguments[-1:]
    return [offer for one in last for offer in _parameter_values(one, context, incomplete)]


def _option(command: Any, name: str) -> Any:
    """Return the option of this name whose value comes next, or None where none follows."""
    options = (one for one in command.params if name[:1] == "-" and name in one.opts)
    return next((one for one in options if not one.is_flag), None)


def _parameter_values(parameter: Any, context: Any, incomplete: str) -> Iterator[Offer]:
    for item in parameter.shell_complete(context, incomplete):
        yield str(item.value), str(item.help or "")
