"""Shell completion: commands, flags, and values of the log."""

from __future__ import annotations

import os
import re
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.errors import RexctlError
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.output import FORMATS
from rexctl.values.codes import CODE_KINDS
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rexctl.store.log import Log

Offer = tuple[str, str]  # a word to complete with, and what it means
MOST = 200
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")  # what bash must see with a backslash


def complete(
    kind: str, field: str = "", words: Sequence[str] = ()
) -> Callable[[Any, Any, str], list[Offer]]:
    """Return the function that completes a parameter of this kind, with `words` where there are.

    Typer leaves out the offers that do not begin as typed.
    """

    def offers(ctx: Any, args: Any, incomplete: str) -> list[Offer]:
        # A term of a query has its field before the commas, and is split in `_terms`.
        is_term = kind in ("query", "event")
        before, comma, part = ("", "", incomplete) if is_term else incomplete.rpartition(",")
        values = ((word, "") for word in words) if words else _values(kind, field, part, ctx)
        return [(before + comma + word, about) for word, about in values]

    return offers


def _values(kind: str, field: str, start: str, ctx: Any) -> Iterable[Offer]:
    """Return the values of a kind; those of the log only where they begin as typed."""
    if kind == "query" or (kind == "event" and not start[:1].isdigit()):
        return _terms(start, ctx)  # an id begins with a year, and no field does
    match kind:
        case "type":
            return ((name, info.caption) for name, info in TYPES.items())
        case "code-kind":
            return ((name, "") for name in ("add", *CODE_KINDS))
        case "fields":
            sign = "-" if start.startswith("-") else ""
            return ((sign + name, field.help) for name, field in FIELDS.items())
        case "finding" | "help":
            return _help_pages(kind, ctx)
        case "format" | "status" | "word" | "zone" | "revision":
            return ((word, "") for word in _words(kind, field, ctx))
        case _:
            return _log_values("id" if kind == "event" else kind, field, start, ctx)


def _words(kind: str, field: str, ctx: Any) -> Iterable[str]:
    """Return the values of a kind that need no explanation."""
    if kind == "format":
        return FORMATS
    if kind == "zone":
        from rexctl.values.clock import timezone_names

        return sorted(timezone_names())
    return _revisions(ctx) if kind == "revision" else FIELDS[field or kind].values


def _help_pages(kind: str, ctx: Any) -> Iterator[Offer]:
    """Yield the codes of findings, for `help` after the commands and topics."""
    from rexctl.output import help_pages

    if kind == "help":
        yield from ((name, "command") for name in ctx.find_root().command.commands_by_name)
        yield from ((name, "topic") for name in help_pages.topics())
    yield from ((page.code, page.sentence) for page in help_pages.pages())


def _terms(start: str, ctx: Any) -> Iterator[Offer]:
    """Yield field names, and behind the colon the values of the field."""
    no = "not:" if start.startswith("not:") else ""
    name, colon, value = start.removeprefix("not:").partition(":")
    full = ALIASES.get(name, name)
    if not colon:
        for short, full in {**{n: n for n in FIELDS}, **ALIASES}.items():
            yield f"{no}{short}:", FIELDS[full].help
    elif full in FIELDS:
        before, comma, part = value.rpartition(",")
        kind = "type" if full == "type" else FIELDS[full].kind
        for word, about in _values(kind, full, part, ctx):
            yield f"{no}{name}:{before}{comma}{word}", about


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
    context = command.make_context("rexctl", list(typed), resilient_parsing=True)
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
