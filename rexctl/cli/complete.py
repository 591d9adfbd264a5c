"""Shell completion: commands, flags, and values of the log."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from rexctl.errors import RexctlError
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.output import FORMATS
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rexctl.snapshot.snapshot import Snapshot

MOST = 200
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")  # what bash must see with a backslash


class Offer(NamedTuple):
    """A word to complete with, and what it means."""

    word: str
    about: str = ""


def complete(
    kind: str, top: str = "", inner: str = "", words: Sequence[str] = ()
) -> Callable[[Any, Any, str], list[Any]]:
    """Return the function that completes a parameter of this kind, with `words` where there are."""

    def offers(ctx: Any, args: Any, incomplete: str) -> list[Any]:
        dotted = f"{top}.{inner}" if inner else top
        # A term of a query has its field before the commas, and is split in `_terms`.
        before, comma, part = (
            ("", "", incomplete) if kind in ("query", "event") else incomplete.rpartition(",")
        )
        listed = _with_prefix(((word, "") for word in words), part)
        commands = ctx.find_root().command.names() if kind == "help" else ()
        values = listed if words else _values(kind, dotted, part, commands)
        return [(before + comma + offer.word, offer.about) for offer in values][:MOST]

    return offers


def _values(kind: str, field: str, start: str, commands: Iterable[str] = ()) -> Iterator[Offer]:
    """Yield the values of a kind that begin as typed; nothing where they are not known."""
    match kind:
        case "query":
            yield from _terms(start)
        case "event":
            # An id begins with a year, and no field does.
            yield from _log_values("id", field, start) if start[:1].isdigit() else _terms(start)
        case "type":
            yield from _with_prefix(((n, info.caption) for n, info in TYPES.items()), start)
        case "format":
            yield from _with_prefix(((name, "") for name in FORMATS), start)
        case "status" | "word":
            name = "status" if kind == "status" else field
            yield from _with_prefix(((v, "") for v in FIELDS[name].values), start)
        case "fields":
            down = "-" if start.startswith("-") else ""
            rows = ((down + name, f.help) for name, f in FIELDS.items())
            yield from _with_prefix(rows, start)
        case "finding":
            from rexctl.output import help_pages as pages

            yield from _with_prefix(((page.code, page.sentence) for page in pages.pages()), start)
        case "help":
            from rexctl.output import help_pages as pages

            names = ((name, "command") for name in commands)
            topics = ((name, "topic") for name in pages.topics())
            codes = ((page.code, page.sentence) for page in pages.pages())
            yield from _with_prefix([*names, *topics, *codes], start)
        case "zone":
            from rexctl.values.clock import timezone_names

            yield from _with_prefix(((zone, "") for zone in sorted(timezone_names())), start)
        case "revision":
            yield from _with_prefix(((name, "") for name in _revisions()), start)
        case _:
            yield from _log_values(kind, field, start)


def _with_prefix(rows: Iterable[tuple[str, str]], start: str) -> Iterator[Offer]:
    return (
        Offer(word, about) for word, about in rows if word.casefold().startswith(start.casefold())
    )


def _terms(start: str) -> Iterator[Offer]:
    """Yield field names, and behind the colon the values of the field."""
    no = "not:" if start.startswith("not:") else ""
    rest = start.removeprefix("not:")
    name, colon, value = rest.partition(":")
    if not colon:
        for short, full in {**{n: n for n in FIELDS}, **ALIASES}.items():
            if short.startswith(rest):
                yield Offer(f"{no}{short}:", FIELDS[full].help)
        return
    full = ALIASES.get(name, name)
    if full not in FIELDS:
        return
    before, comma, part = value.rpartition(",")
    kind = "type" if full == "type" else FIELDS[full].kind
    for offer in _values(kind, full, part):
        yield Offer(f"{no}{name}:{before}{comma}{offer.word}", offer.about)


def _log_values(kind: str, field: str, start: str) -> Iterator[Offer]:
    """Yield what the log holds: codes with names, ids with titles, tags."""
    snapshot = _snapshot()
    if snapshot is not None:
        yield from (Offer(*one) for one in snapshot.complete(kind, field, start, MOST))


def _revisions() -> Iterable[str]:
    from rexctl.gitrepo.revisions import list_refs
    from rexctl.gitrepo.run import Git
    from rexctl.store.log import find

    try:
        return list_refs(Git(find(_STATE["directory"], os.environ).root))
    except (RexctlError, OSError):
        return ()


def _snapshot() -> Snapshot | None:
    import sqlite3

    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import find

    try:
        return Snapshot.open(find(_STATE["directory"], os.environ))
    except (RexctlError, OSError, sqlite3.Error):
        return None


_STATE: dict[str, str | None] = {"directory": None}


def answer(group: Any, shell: str) -> None:
    """Write the words that may come next; the line as typed is in the environment.

    :param group: the Typer group of all commands.
    """
    _STATE["directory"] = None
    typed, incomplete = _split_line(os.environ.get("_REXCTL_LINE", ""))
    try:
        offers = list(_next_offers(group, typed[1:], incomplete))
    except Exception:  # a shell completes at every key: an error offers nothing
        offers = []
    breaks = os.environ.get("_REXCTL_BREAKS", "")
    write(shell, offers, incomplete, breaks, sys.stdout)


def write(shell: str, offers: Sequence[Offer], typed: str, breaks: str, out: TextIO) -> None:
    """Write the offers, one a line, as the script of a shell reads them."""
    # bash splits a word at : and =, so the part before the last of them must be left out.
    cut = max((typed.rfind(sign) + 1 for sign in breaks if sign in ":="), default=0)
    for offer in offers:
        word = clean_line(offer.word)
        if shell == "bash":
            out.write(_SPECIAL.sub(r"\\\g<0>", word[cut:]) + "\n")
        else:
            about = clean_line(offer.about)
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
    context = command.make_context("rexctl", [], resilient_parsing=True)
    every = list(command.params)  # global options may also follow the command
    pending: Any = None
    seen = 0
    for word in typed:
        if pending is not None:
            _remember_directory(pending, word)
            pending = None
        elif word.startswith("-") and word != "-":
            name, equals, value = word.partition("=")
            pending = _option(every, name)
            if pending is not None and equals:
                _remember_directory(pending, value)
                pending = None
        elif hasattr(command, "list_commands"):
            inner = command.get_command(context, word)
            if inner is None:
                return
            command, seen = inner, 0
            every = [*command.params, *every]
            context = command.make_context(word, [], parent=context, resilient_parsing=True)
        else:
            seen += 1
    name, equals, value = incomplete.partition("=")
    joined = _option(every, name) if equals and name.startswith("--") else None
    if pending is not None:
        yield from _parameter_values(pending, context, incomplete)
    elif joined is not None:
        for offer in _parameter_values(joined, context, value):
            yield Offer(f"{name}={offer.word}", offer.about)
    elif incomplete.startswith("-"):
        yield from _flag_names(command, incomplete)
    elif hasattr(command, "list_commands"):
        yield from _with_prefix(command.summaries().items(), incomplete)
    else:
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        if arguments:
            yield from _parameter_values(
                arguments[min(seen, len(arguments) - 1)], context, incomplete
            )


def _remember_directory(option: Any, value: str) -> None:
    """Remember the folder of the log; the shell has not yet expanded `~`."""
    if "-C" in option.opts:
        _STATE["directory"] = str(Path(value).expanduser())


def _option(options: Sequence[Any], word: str) -> Any:
    """Return the option whose value comes next, or None where none follows."""
    option = next((one for one in options if word in one.opts), None)
    return option if option is not None and not option.is_flag else None


def _parameter_values(parameter: Any, context: Any, incomplete: str) -> Iterator[Offer]:
    for item in parameter.shell_complete(context, incomplete):
        yield Offer(str(item.value), str(item.help or ""))


def _flag_names(command: Any, incomplete: str) -> Iterator[Offer]:
    for parameter in command.params:
        for name in parameter.opts:
            if name.startswith(incomplete) and name.startswith("-"):
                yield Offer(name, clean_line(getattr(parameter, "help", "") or ""))
