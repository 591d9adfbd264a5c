"""Every option and argument that takes a value, and what completion offers for it.

`python -m tests.completions` prints the list for the log of the current folder; a test walks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.app import parser

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may be any text, number or file: by the name that help shows for the value.
OPEN = frozenset({
    "DIR", "FILE", "TEXT", "WORDS", "N", "SPEC", "NUMBER", "NAME", "URL", "HH:MM", "INTEGER", "[DIR]",
    "[PATH]...", "BASE", "OURS", "THEIRS", "PATH", "MAP", "REGEX", "COLUMNS",
})  # fmt: skip
# Kinds of the fields of `add` whose values are in a list: the schema's, the vocabulary's or the log's.
CLOSED_KINDS = frozenset({"word", "status", "actor", "country", "law", "currency", "zone", "id"})


class Parameter(NamedTuple):
    """A command line up to a value, the name of the value in help, and whether there is a list of values."""

    line: str
    metavar: str
    is_closed: bool
    parameter: Any
    context: Any

    def offers(self, start: str = "") -> list[str]:
        """Return what completion offers for a beginning."""
        found = self.parameter.shell_complete(self.context, start)
        return [str(one.value) for one in found if str(one.value).startswith(start)]


def parameters() -> Iterator[Parameter]:
    """Yield all options and arguments of all commands that take a value."""
    root = parser.root()
    yield from _walk(root, "rexctl", root.make_context("rexctl", [], resilient_parsing=True))


def _walk(command: Any, path: str, context: Any) -> Iterator[Parameter]:
    kinds = _kinds_of_flags(path)
    for one in command.params:
        if getattr(one, "is_flag", False) or (one.name in _GLOBAL and path != "rexctl"):
            continue
        flag = one.opts[0] if one.param_type_name == "option" else ""
        metavar = str(one.metavar or one.name)
        kind = kinds.get(flag)
        is_closed = metavar not in OPEN if kind is None else kind in CLOSED_KINDS
        yield Parameter(f"{path} {flag}".strip(), metavar, is_closed, one, context)
    for name in getattr(command, "commands_by_name", ()):
        inner = command.get_command(context, name)
        below = inner.make_context(name, [], parent=context, resilient_parsing=True)
        yield from _walk(inner, f"{path} {name}", below)


_GLOBAL = ("directory", "today", "color", "no_input")


def _kinds_of_flags(path: str) -> dict[str, str]:
    """Return the kind of each flag of `add TYPE`; nothing for another command."""
    from rexctl.cli import add_flags

    start, _, name = path.rpartition(" ")
    if start != "rexctl add":
        return {}
    flags = {flag: one.kind for one in add_flags.flags_of(name) for flag in one.names}
    return flags | {"--id": "text"}


if __name__ == "__main__":
    for each in parameters():
        shown = ", ".join(each.offers()[:4]) if each.is_closed else "(any text)"
        print(f"{each.line} {each.metavar}: {shown}")
