"""The one lazy door: what is loaded by name, and only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Entry(NamedTuple):
    """A command: where it lives, what it is for in the list of all, and what it does."""

    module: str
    group: str
    summary: str


COMMANDS = {
    "init": Entry("rexctl.commands.init", "Start", "Make a log, or complete one."),
    "where": Entry(
        "rexctl.commands.where", "Start", "Tell which log, index and settings are used."
    ),
    "doctor": Entry(
        "rexctl.commands.doctor", "Start", "Look for what is amiss, and how to mend it."
    ),
    "add": Entry("rexctl.commands.add", "Log", "Log an event, or many from a file."),
    "list": Entry(
        "rexctl.commands.list", "Read", "List events: filter, sort, choose fields and format."
    ),
    "filter": Entry(
        "rexctl.commands.filter", "Read", "Ask the same of JSON lines on standard input."
    ),
    "show": Entry("rexctl.commands.show", "Read", "Show events whole, with links both ways."),
    "search": Entry("rexctl.commands.search", "Read", "Search the texts, the best answer first."),
    "stats": Entry("rexctl.commands.stats", "Read", "Count events by field or by time."),
    "fields": Entry("rexctl.commands.fields", "Read", "List the names that a query may use."),
    "values": Entry("rexctl.commands.values", "Read", "Count the values of a field."),
    "set": Entry("rexctl.commands.set", "Change", "Change fields of events, in place."),
    "link": Entry("rexctl.commands.link", "Change", "Link one event to another."),
    "retract": Entry("rexctl.commands.retract", "Change", "Retract events, with the reason."),
    "mv": Entry("rexctl.commands.mv", "Change", "Give an event another id, and its links with it."),
    "edit": Entry("rexctl.commands.edit", "Change", "Edit an event in your editor."),
    "undo": Entry("rexctl.commands.undo", "Change", "Take back the last change."),
    "check": Entry("rexctl.commands.check", "Trust", "Tell everything that is wrong with the log."),
    "fmt": Entry("rexctl.commands.fmt", "Trust", "Write files in the one canonical form."),
    "explain": Entry("rexctl.commands.explain", "Trust", "Explain a finding by its code."),
    "diff": Entry("rexctl.commands.diff", "Git", "Tell in words what changed since a commit."),
    "log": Entry("rexctl.commands.log", "Git", "Tell who changed which field when."),
    "git": Entry("rexctl.commands.git", "Git", "Tell git how events are merged."),
    "schema": Entry("rexctl.commands.schema", "Meta", "Show the types and their schema."),
    "completion": Entry(
        "rexctl.commands.completion", "Meta", "Print a completion script for a shell."
    ),
    "version": Entry("rexctl.commands.version", "Meta", "Show the version."),
}
FORMATS = {
    "table": "rexctl.output.table",
    "card": "rexctl.output.card",
    "jsonl": "rexctl.output.jsonl",
    "json": "rexctl.output.json",
    "csv": "rexctl.output.csv",
    "tsv": "rexctl.output.tsv",
    "yaml": "rexctl.output.yaml",
    "md": "rexctl.output.markdown",
    "id": "rexctl.output.id",
    "path": "rexctl.output.path",
}
FINDING_FORMATS = {
    "text": "rexctl.output.findings",
    "table": "rexctl.output.table",
    "json": "rexctl.output.json",
    "jsonl": "rexctl.output.jsonl",
    "csv": "rexctl.output.csv",
    "tsv": "rexctl.output.tsv",
    "md": "rexctl.output.markdown",
    "github": "rexctl.output.github",
    "gitlab": "rexctl.output.gitlab",
    "sarif": "rexctl.output.sarif",
}
CHANGE_FORMATS = {
    "text": "rexctl.output.changes",
    "md": "rexctl.output.markdown_changes",
    "json": "rexctl.output.json",
    "jsonl": "rexctl.output.jsonl",
}
HISTORY_FORMATS = {
    "text": "rexctl.output.changes_by_commit",
    "md": "rexctl.output.markdown_changes_by_commit",
    "json": "rexctl.output.json",
    "jsonl": "rexctl.output.jsonl",
}
READERS = {
    "yaml": "rexctl.importers.yaml",
    "json": "rexctl.importers.json",
    "jsonl": "rexctl.importers.jsonl",
    "csv": "rexctl.importers.csv",
}


# Commands that change nothing, and whose answer should not wait for a parser to be loaded.
READING = frozenset(
    {"check", "diff", "log", *(n for n, entry in COMMANDS.items() if entry.group == "Read")}
)


def reads(words: Sequence[str]) -> bool:
    """Tell whether the words may ask for a reading; the command stands first or behind a pair."""
    return not READING.isdisjoint(words[:5:2])


def load(module: str) -> Any:
    """Load one module of the house by its whole name."""
    return import_module(module)


def standard(module: str) -> Any:
    """Load a module of the standard library that most commands do without."""
    return import_module(module)


def bell(*args: Any, **kwargs: Any) -> Any:
    """Wake the publisher: the index rings it when files have changed, and only then."""
    return load("rexctl.store.publish").publish(*args, **kwargs)
