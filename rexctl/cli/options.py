"""How a command says what it may be asked; the parser is loaded only when that is read."""

from __future__ import annotations

from typing import Any

from rexctl import registry


def option(*names: str, metavar: str = "", kind: str = "", **more: Any) -> Any:
    """Give an option; `kind` names the values that a shell offers for it."""
    typer = registry.load("typer")
    return typer.Option(*names, metavar=metavar or None, autocompletion=_offers(kind), **more)


def argument(metavar: str, *, kind: str = "", **more: Any) -> Any:
    """Give an argument; `kind` names the values that a shell offers for it."""
    typer = registry.load("typer")
    return typer.Argument(metavar=metavar, autocompletion=_offers(kind), **more)


def format_option(known: str) -> Any:
    """Give `--format`, as every command has it that does not show events; `known` tells which."""
    return option("-f", "--format", metavar="FORMAT", help=known)


def at_option() -> Any:
    """Give `--at`, which all that ask the log take."""
    return option("--at", metavar="REV", kind="revision",
                  help="The log as of a commit, or of the end of a day (UTC).")  # fmt: skip


# Functions, not aliases of annotations: an alias would load the parser with this room.


def only_shown() -> Any:
    """Give `--dry-run`, as every command that changes events has it."""
    return option("--dry-run", help="Show the change, and write nothing.")


def many_agreed() -> Any:
    """Give `--yes`, as every command has it that may change more than one event."""
    return option("-y", "--yes", help="More than one event may change.")


def _offers(kind: str) -> Any:
    return registry.load("rexctl.cli.complete").complete(kind) if kind else None
