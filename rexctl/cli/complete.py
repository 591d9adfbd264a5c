"""What a shell may offer next: commands, flags, and live values of the log."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl import registry
from rexctl.errors import RexctlError
from rexctl.model.legal import ALIASES, FIELDS, TYPES
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rexctl.index.tables import Index

MOST = 200


class Offer(NamedTuple):
    """One word that a shell may offer, and what it means."""

    word: str
    about: str = ""


def complete(
    kind: str, top: str = "", inner: str = "", words: Sequence[str] = ()
) -> Callable[[Any, Any, str], list[Any]]:
    """Give the function by which a parameter of this kind offers values: `words`, if there are."""

    def offers(ctx: Any, args: Any, incomplete: str) -> list[Any]:
        dotted = f"{top}.{inner}" if inner else top
        # A term of a query has its field before the commas, and cuts itself.
        before, comma, part = (
            ("", "", incomplete) if kind in ("query", "event") else incomplete.rpartition(",")
        )
        listed = _begun(((word, "") for word in words), part)
        found = listed if words else _values(kind, dotted, part)
        return [(before + comma + offer.word, offer.about) for offer in found][:MOST]

    return offers


def _values(kind: str, field: str, start: str) -> Iterator[Offer]:
    """Give the values of a kind that begin as typed; what cannot be known offers nothing."""
    match kind:
        case "query":
            yield from _terms(start)
        case "event":
            # An id begins with a year, and no field does.
            yield from _live("id", field, start) if start[:1].isdigit() else _terms(start)
        case "type":
            yield from _begun(((n, info.caption) for n, info in TYPES.items()), start)
        case "format":
            yield from _begun(((name, "") for name in registry.FORMATS), start)
        case "status" | "word":
            name = "status" if kind == "status" else field
            yield from _begun(((v, "") for v in FIELDS[name].values), start)
        case "fields":
            down = "-" if start.startswith("-") else ""
            rows = ((down + name, f.help) for name, f in FIELDS.items())
            yield from _begun(rows, start)
        case "finding":
            rows = ((p.code, p.sentence) for p in registry.load("rexctl.output.help_pages").pages())
            yield from _begun(rows, start)
        case "zone":
            zones = registry.standard("zoneinfo").available_timezones()
            yield from _begun(((zone, "") for zone in sorted(zones)), start)
        case "revision":
            yield from _begun(((name, "") for name in _revisions()), start)
        case _:
            yield from _live(kind, field, start)


def _begun(rows: Iterable[tuple[str, str]], start: str) -> Iterator[Offer]:
    return (
        Offer(word, about) for word, about in rows if word.casefold().startswith(start.casefold())
    )


def _terms(start: str) -> Iterator[Offer]:
    """Offer field names, and behind the colon the values of the field."""
    no = "not:" if start.startswith("not:") else ""
    rest = start.removeprefix("not:")
    name, colon, value = rest.partition(":")
    if not colon:
        for short, whole in {**{n: n for n in FIELDS}, **ALIASES}.items():
            if short.startswith(rest):
                yield Offer(f"{no}{short}:", FIELDS[whole].help)
        return
    whole = ALIASES.get(name, name)
    if whole not in FIELDS:
        return
    before, comma, part = value.rpartition(",")
    kind = "type" if whole == "type" else FIELDS[whole].kind
    for offer in _values(kind, whole, part):
        yield Offer(f"{no}{name}:{before}{comma}{offer.word}", offer.about)


def _live(kind: str, field: str, start: str) -> Iterator[Offer]:
    """Offer what the log holds: codes with their names, ids with their titles, tags."""
    index = _index()
    if index is None:
        return
    lexicon = registry.load("rexctl.index.lexicon")
    yield from (
        Offer(word, about) for word, about in lexicon.begun(index, kind, field, start, MOST)
    )


def _revisions() -> Iterable[str]:
    try:
        log = registry.load("rexctl.store.log").find(_CALL.get("log"), os.environ)
        git = registry.load("rexctl.gitrepo.run").Git(log.root)
        names: list[str] = registry.load("rexctl.gitrepo.revisions").list_refs(git)
    except (RexctlError, OSError):
        return ()
    return names


def _index() -> Index | None:
    call = _CALL.get("log")
    try:
        log = registry.load("rexctl.store.log").find(call, os.environ)
        index: Index = log.index()
    except (RexctlError, OSError, registry.standard("sqlite3").Error):
        return None
    return index


_CALL: dict[str, str | None] = {"log": None}


def answer(words: list[str], shell: str) -> int:
    """Print what may come next for a shell; the line as typed stands in the environment."""
    _CALL["log"] = None
    typed, incomplete = _split(os.environ.get("_REXCTL_LINE", ""))
    group = registry.load("rexctl.app.group")
    try:
        offers = list(_next(group, typed[1:], incomplete))
    except Exception:  # a shell asks at every key: whatever is wrong, it offers nothing
        offers = []
    breaks = os.environ.get("_REXCTL_BREAKS", "")
    registry.load("rexctl.commands.completion").show(shell, offers, incomplete, breaks, sys.stdout)
    return 0


def _split(line: str) -> tuple[list[str], str]:
    """Cut a half-typed line as a shell would; the last word is what is being typed."""
    lexer = registry.standard("shlex").shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quotation not closed yet
        words.append(str(lexer.token).lstrip("\"'"))
    if line[-1:].isspace() or not words:
        return words, ""
    return words[:-1], words[-1]


def _next(group: Any, typed: list[str], incomplete: str) -> Iterator[Offer]:
    command: Any = group.root()
    context = command.make_context("rexctl", [], resilient_parsing=True)
    pending: Any = None
    seen = 0
    for word in typed:
        if pending is not None:
            _note(pending, word)
            pending = None
        elif word.startswith("-") and word != "-":
            name, equals, value = word.partition("=")
            pending = _option(command, name)
            if pending is not None and equals:
                _note(pending, value)
                pending = None
        elif hasattr(command, "list_commands"):
            inner = command.get_command(context, word)
            if inner is None:
                return
            command, seen = inner, 0
            context = command.make_context(word, [], parent=context, resilient_parsing=True)
        else:
            seen += 1
    name, equals, value = incomplete.partition("=")
    joined = _option(command, name) if equals and name.startswith("--") else None
    if pending is not None:
        yield from _of(pending, context, incomplete)
    elif joined is not None:
        for offer in _of(joined, context, value):
            yield Offer(f"{name}={offer.word}", offer.about)
    elif incomplete.startswith("-"):
        yield from _flags(command, incomplete)
    elif hasattr(command, "list_commands"):
        yield from _subcommands(command, context, incomplete)
    else:
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        if arguments:
            yield from _of(arguments[min(seen, len(arguments) - 1)], context, incomplete)


def _note(option: Any, value: str) -> None:
    """Remember the folder of the log; the shell has not yet put the home in place of `~`."""
    if "-C" in option.opts:
        _CALL["log"] = str(Path(value).expanduser())


def _option(command: Any, word: str) -> Any:
    """Give the option whose value comes next, or None where it takes none or has it already."""
    found = next((p for p in command.params if word in p.opts), None)
    return found if found is not None and not found.is_flag else None


def _of(parameter: Any, context: Any, incomplete: str) -> Iterator[Offer]:
    for item in parameter.shell_complete(context, incomplete):
        yield Offer(str(item.value), str(item.help or ""))


def _flags(command: Any, incomplete: str) -> Iterator[Offer]:
    for parameter in command.params:
        for name in parameter.opts:
            if name.startswith(incomplete) and name.startswith("-"):
                yield Offer(name, clean_line(getattr(parameter, "help", "") or ""))


def _subcommands(command: Any, context: Any, incomplete: str) -> Iterator[Offer]:
    for name in command.list_commands(context):
        if name.startswith(incomplete):
            about = TYPES[name].caption if name in TYPES else registry.COMMANDS[name].summary
            yield Offer(name, about)
