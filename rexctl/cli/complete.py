"""Shell completion: commands, flags, and values of the log."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from rexctl.errors import RexctlError, UsageError
from rexctl.importers import IMPORTERS
from rexctl.model.json_schema import OUTPUTS
from rexctl.model.tables import ALIASES, FIELDS, RELATIONS, TYPES
from rexctl.query.counts import CODES, TIMES
from rexctl.query.parse import OPERATOR_HELP, field_groups, operators_of, parse_name
from rexctl.query.sql import STATE
from rexctl.values.clock import timezone_names
from rexctl.values.codes import CODE_KINDS
from rexctl.values.dates import WORDS
from rexctl.values.safe_text import clean_line
from rexctl.vocabulary.names import tables

if TYPE_CHECKING:
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log

Offer = tuple[str, str]  # a word to complete with, and what it means
MOST = 200
_DATES = (*WORDS, "90d", "12w", "6m", "1y")
_PRESENCE = {"has": "the field is set", "missing": "the field is not set"}
_LIST_OPERATORS = {"+=": "add to the list", "-=": "remove from the list"}
_ASSIGNED = re.compile(r"(?P<field>[A-Za-z][\w.()-]*?)(?P<op>\+=|-=|=)(?P<value>.*)", re.DOTALL)
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")  # what bash must see with a backslash
_FAULTS = (RexctlError, OSError, sqlite3.Error)  # of a log that cannot be read: it offers nothing


class Request(NamedTuple):
    """What is to be completed: a value of this kind, of this field if any, as far as it is typed.

    `ctx` is the context of Typer, with what was typed before.
    """

    kind: str
    field: str
    start: str
    ctx: Any


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
        found = map(_offer, words) if words else _values(Request(kind, field, part, ctx))
        return [(before + comma + word, about) for word, about in found]

    return offers


def _offer(value: str | Offer) -> Offer:
    return (value, "") if isinstance(value, str) else value


def _values(request: Request) -> Iterator[Offer]:
    """Return the values of a kind; those of the log only where they begin as typed."""
    return map(_offer, _KINDS.get(request.kind, _log_values)(request))


def _event_or_term(request: Request) -> Iterable[Offer]:
    # An id begins with a year, and no field does.
    is_id = request.start[:1].isdigit()
    return _log_values(request._replace(kind="id")) if is_id else _terms(request)


def _sides(request: Request) -> Iterator[str | Offer]:
    yield from _revisions(request)
    if request.start:
        yield from _terms(request)


def _fields(request: Request) -> Iterator[Offer]:
    sign = "-" if request.start.startswith("-") else ""
    yield from ((sign + name, about) for name, about in _field_names())


def _field_names() -> Iterator[Offer]:
    """Yield every field and short name of one, with its help."""
    yield from ((name, field.help) for name, field in FIELDS.items())
    yield from ((name, FIELDS[full].help) for name, full in ALIASES.items())


def _dates(request: Request) -> Iterator[str | Offer]:
    """Yield words for a date and, for a field, its dates in the log."""
    yield from _DATES
    if request.field:
        yield from _log_values(request)


def _help_pages(request: Request) -> Iterator[Offer]:
    """Yield the codes of findings, for `help` after the commands and topics."""
    from rexctl.output import help_pages

    ctx = request.ctx
    if request.kind == "help":
        commands = ctx.find_root().command
        if words := ctx.params.get("words"):  # a second word is a subcommand
            group = commands.get_command(ctx.find_root(), words[0])
            yield from getattr(group, "summaries", dict)().items()
            return
        yield from ((name, "command") for name in commands.commands_by_name)
        yield from ((name, "topic") for name in help_pages.topics())
    yield from ((page.code, page.sentence) for page in help_pages.pages())


def _terms(request: Request) -> Iterator[Offer]:
    """Yield what a term may begin with, and behind the colon the values of the field."""
    no = "not:" if request.start.startswith("not:") else ""
    name, colon, value = request.start.removeprefix("not:").partition(":")
    if not colon:
        yield from ((no + word, about) for word, about in _term_names(name))
        if not no:
            yield "not:", "the term must not match"
            with suppress(*_FAULTS):
                queries = _snapshot(request.ctx).stored.settings.queries
                yield from ((f"@{saved}", text) for saved, text in queries.items())
    elif name in _PRESENCE:
        yield from ((f"{no}{name}:{one}", about) for one, about in _field_names())
        yield from ((f"{no}{name}:{one}", "") for one in sorted(field_groups() - FIELDS.keys()))
    else:
        with suppress(UsageError):
            field, kind, op, *_ = parse_name(name)
            before, comma, part = value.rpartition(",")
            if op not in ("re", *_PRESENCE):
                kind = "bloc" if op == "in" else "type" if field == "type" else kind
                for word, about in _values(Request(kind, field, part, request.ctx)):
                    yield f"{no}{name}:{before}{comma}{word}", about


def _term_names(name: str) -> Iterator[Offer]:
    """Yield the fields, each with its colon, and behind a field and a point its operators."""
    yield from ((f"{field}:", about) for field, about in (*_field_names(), *_PRESENCE.items()))
    head, dot, _ = name.rpartition(".")
    if dot and (field := ALIASES.get(head, head)) in FIELDS:
        for op in operators_of(FIELDS[field].kind):
            yield f"{head}.{op}:", OPERATOR_HELP[op]


def _changes(request: Request) -> Iterator[Offer]:
    """Yield what `set` may be given next: an id or a term, and after these FIELD=VALUE."""
    words = request.ctx.params.get("words") or []
    is_assigned = _ASSIGNED.match(request.start)
    event = _event_of(words[0], request.ctx) if words else None
    if is_assigned or words:
        yield from _assignments(request, str(event.data.get("type", "")) if event else "")
    if not is_assigned and (event is None or request.start[:1].isdigit()):
        yield from _event_or_term(request)


def _assignments(request: Request, type_name: str) -> Iterator[Offer]:
    """Yield the fields of a type with `=`, and behind it the values of the field."""
    match = _ASSIGNED.match(request.start)
    if not match:
        yield from _assignable(request.start, [type_name] if type_name in TYPES else TYPES)
        return
    full = ALIASES.get(match["field"], _without_items(match["field"]))
    before, comma, part = match["value"].rpartition(",")
    values: Iterable[Offer] = ()
    if full == "status" and type_name in TYPES:
        values = map(_offer, TYPES[type_name].status)
    elif full in FIELDS:
        values = _values(Request(FIELDS[full].kind, full, part, request.ctx))
    for word, about in values:
        yield f"{match['field']}{match['op']}{before}{comma}{word}", about


def _assignable(start: str, types: Iterable[str]) -> Iterator[Offer]:
    """Yield the fields of these types, each with `=`; for a list that is typed out also `+=`, `-=`."""
    typed = start.rpartition(".")[0]
    bare = _without_items(typed)
    for name, field in FIELDS.items():
        if name in ("id", "type", STATE) or not name.startswith(bare + "." * bool(bare)):
            continue
        if any(one in field.types for one in types):
            path = typed + name[len(bare) :]
            yield f"{path}=", field.help
            if field.many and start.startswith(path):
                yield from ((f"{path}{op}", about) for op, about in _LIST_OPERATORS.items())


def _without_items(path: str) -> str:
    """Return a path without the steps that name an item of a list: `rates.unit` for `rates.0.unit`."""
    steps: list[str] = []
    for step in path.split("."):
        name = ".".join([*steps, step])
        if any(one == name or one.startswith(f"{name}.") for one in FIELDS):
            steps.append(step)
    return ".".join(steps)


def _clauses(request: Request) -> Iterator[Offer]:
    """Yield the ids of the clauses of the event that another parameter of the command names."""
    parameter = "event" if request.kind == "via" else "to"
    name = str(request.ctx.params.get(parameter) or "")
    for offer, about in _clauses_of(f"{name}#", request.ctx):
        yield offer.rpartition("#")[2], about


def _clauses_of(text: str, ctx: Any) -> list[Offer]:
    """Return `EVENT#CLAUSE` for each clause and commitment of an event."""
    name = text.partition("#")[0]
    event = _event_of(name, ctx)
    parts = [part for key in ("clauses", "commitments")
             for part in (event.data.get(key, ()) if event else ())]  # fmt: skip
    return [(f"{name}#{part['id']}", str(part.get("title") or part.get("what") or ""))
            for part in parts]  # fmt: skip


def _added_kinds(request: Request) -> Iterable[str]:
    """Return the kinds of codes that `codes add` adds."""
    from rexctl.vocabulary.additions import KINDS

    return KINDS


# Kind -> its offers, or words alone. The other kinds are those of the log.
_KINDS: dict[str, Callable[[Request], Iterable[str | Offer]]] = {
    "query": _terms,
    "event": _event_or_term,
    "change": _changes,
    "assignment": lambda request: _assignments(request, str(request.ctx.info_name or "")),
    "side": _sides,
    "revision": lambda request: _revisions(request),
    "clause": _clauses,
    "via": _clauses,
    "date": _dates,
    "day": _dates,
    "fields": _fields,
    "by": lambda request: [*((unit, "of the date") for unit in TIMES), *CODES.items(), *_fields(request)],
    "type": lambda request: ((name, info.caption) for name, info in TYPES.items()),
    "status": lambda request: FIELDS["status"].values,
    "word": lambda request: FIELDS[request.field].values,
    "rel": lambda request: ((name, f"the other event is {one.inverse}")
                            for name, one in RELATIONS.items()),
    "kind": _added_kinds,
    "code-kind": lambda request: ("add", *CODE_KINDS),
    "zone": lambda request: sorted(timezone_names()),
    "currency": lambda request: tables().currencies,
    "input": lambda request: IMPORTERS,
    "output": lambda request: OUTPUTS,
    "finding": _help_pages,
    "help": _help_pages,
}  # fmt: skip


def _snapshot(ctx: Any) -> Snapshot:
    from rexctl.snapshot.snapshot import Snapshot

    return Snapshot.open(_log(ctx))


def _event_of(text: str, ctx: Any) -> Any:
    """Return the event that a text names, or None."""
    with suppress(*_FAULTS):
        snapshot = _snapshot(ctx)
        return snapshot.event(snapshot.resolve_id(text.partition("#")[0]))
    return None


def _log_values(request: Request) -> list[Offer]:
    """Return what the log holds: codes with names, ids with titles, tags."""
    kind, field, start, ctx = request
    if kind == "id" and "#" in start:
        return _clauses_of(start, ctx)
    with suppress(*_FAULTS):
        return list(_snapshot(ctx).names.complete(kind, field, start, MOST))
    return []


def _revisions(request: Request) -> Iterable[str]:
    from rexctl.gitrepo.revisions import list_refs
    from rexctl.gitrepo.run import Git

    with suppress(*_FAULTS):
        return list_refs(Git(_log(request.ctx).root))
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


def _next_offers(
    command: Any, typed: list[str], incomplete: str, name: str = "rexctl", parent: Any = None
) -> Iterator[Offer]:
    """Yield what may come next after the words of a command, or of a subcommand among them."""
    begun = typed[:-1] if typed and _option(command, typed[-1]) else list(typed)
    context = command.make_context(name, begun, parent=parent, resilient_parsing=True)
    option: Any = None  # whose value comes next
    position = 0  # of the next argument
    for number, word in enumerate(typed, 1):
        if option is not None:
            option = None
        elif word.startswith("-") and word != "-":
            option = _option(command, word)
        elif hasattr(command, "get_command"):
            if inner := command.get_command(context, word):
                yield from _next_offers(inner, typed[number:], incomplete, word, context)
            return
        else:
            position += 1
    flag, equals, value = incomplete.partition("=")
    if option is not None:
        yield from _parameter_values(option, context, incomplete)
    elif equals and (option := _option(command, flag)):
        values = _parameter_values(option, context, value)
        yield from ((f"{flag}={word}", about) for word, about in values)
    else:
        words = _names(command, position, context, incomplete)
        yield from ((word, about) for word, about in words if word.startswith(incomplete))


def _names(command: Any, position: int, context: Any, incomplete: str) -> Iterable[Offer]:
    """Return flags, subcommands, or the values of the argument at a position."""
    if incomplete.startswith("-"):
        options = [one for one in command.get_params(context) if not getattr(one, "hidden", True)]
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
