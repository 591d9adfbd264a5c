"""The entry point, and the commands by name.

To add a command: write a module of `rexctl.commands` with `run(context, ...)`, and add a line to
`COMMANDS`.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command: the module that is imported when it runs, and what `rexctl --help` shows of it."""

    module: str
    group: str
    help: str
    hidden: bool = False
    function: str = "run"  # of the module; its docstring is the help unless it is `run`


COMMANDS = {
    "init": Command("rexctl.commands.init", "Start", "Make a log, or add what a log lacks."),
    "doctor": Command("rexctl.commands.doctor", "Start", "Report problems and how to fix them."),
    "help": Command("rexctl.commands.help", "Start", "Explain a command, a topic or an error."),
    "add": Command("rexctl.commands.add", "Log", "Log an event, or many from a file."),
    "edit": Command("rexctl.commands.edit", "Log", "Edit events in your editor."),
    "set": Command("rexctl.commands.set", "Log", "Change fields of events."),
    "link": Command("rexctl.commands.link", "Log", "Link one event to another."),
    "retract": Command("rexctl.commands.retract", "Log", "Retract events, with the reason."),
    "mv": Command("rexctl.commands.mv", "Log", "Rename an event and update the links to it."),
    "undo": Command("rexctl.commands.undo", "Log", "Undo the last change made by rexctl."),
    "list": Command("rexctl.commands.list", "Read", "List the events that match a query."),
    "filter": Command("rexctl.commands.filter", "Read", "Filter JSON lines from standard input."),
    "show": Command("rexctl.commands.show", "Read", "Show events with all fields and links."),
    "search": Command("rexctl.commands.search", "Read", "Search the text of events."),
    "stats": Command("rexctl.commands.stats", "Read", "Count events by field or by time."),
    "values": Command(
        "rexctl.commands.stats", "Read", "Count the values of a field.", True, "count_values"
    ),
    "fields": Command(
        "rexctl.commands.schema", "Read", "List the fields of a query.", True, "list_fields"
    ),
    "in-force": Command(
        "rexctl.commands.in_force", "What was true", "Show the measures in force on a day."
    ),
    "duty": Command(
        "rexctl.commands.duty", "What was true", "Compute the duty on goods, by legal basis."
    ),
    "outcomes": Command(
        "rexctl.commands.outcomes", "What was true", "Show what came of threats and plans."
    ),
    "calendar": Command(
        "rexctl.commands.calendar", "What was true", "Show what changes or comes due."
    ),
    "thread": Command(
        "rexctl.commands.thread", "What was true", "Show what answered what, and who says so."
    ),
    "check": Command("rexctl.commands.check", "Review", "Check the files and links of the log."),
    "fmt": Command("rexctl.commands.fmt", "Review", "Rewrite files in the canonical form."),
    "diff": Command("rexctl.commands.diff", "Review", "Show changes since a commit, by field."),
    "log": Command("rexctl.commands.log", "Review", "Show the history of events, by field."),
    "codes": Command("rexctl.commands.codes", "Reference", "List codes and names, or add one."),
    "schema": Command("rexctl.commands.schema", "Reference", "Show types, fields and JSON Schema."),
    "completion": Command(
        "rexctl.commands.completion", "Reference", "Print a completion script for your shell."
    ),
    "explain": Command(
        "rexctl.commands.help", "Reference", "Explain an error code.", True, "explain"
    ),
    "where": Command(
        "rexctl.commands.doctor", "Start", "Show which log is used, and why.", True, "where"
    ),
    "version": Command("rexctl.commands.version", "Start", "Show the version.", True),
    "git": Command("rexctl.commands.git", "Start", "Set up git, and merge for it.", True),
}
# Their help, errors and subcommands are those of Typer, so that the fast path leaves them to it.
NEED_TYPER = frozenset({"help", "git"})
# The subcommands of `git`; git itself calls the hidden one.
GIT_COMMANDS = {
    "setup": Command(
        "rexctl.commands.git", "Commands", "Have git merge events by field.", function="set_up"
    ),
    "merge-file": Command("rexctl.commands.git", "Commands", "", True, "merge_file"),
}
# What other tools call these commands.
OTHER_NAMES = {
    "rm": "retract", "remove": "retract", "delete": "retract", "del": "retract", "drop": "retract",
    "grep": "search", "find": "search", "rg": "search", "new": "add", "create": "add",
    "insert": "add", "append": "add", "commit": "add", "import": "add --from FILE",
    "load": "add --from FILE", "ls": "list", "query": "list", "select": "list", "last": "list",
    "head": "list -n 10", "tail": "list --sort -date", "cat": "show", "view": "show", "open": "show",
    "get": "show", "info": "show", "count": "stats", "sum": "stats", "update": "set",
    "modify": "set", "change": "set", "tag": "set ID tags+=TAG", "rename": "mv", "move": "mv",
    "revert": "undo", "restore": "undo", "lint": "check", "validate": "check", "verify": "check",
    "format": "fmt", "status": "diff", "history": "log", "blame": "log", "types": "schema",
    "actors": "values actors", "tags": "values tags",
    "man": "help", "config": "doctor",
    "setup": "init", "export": "list -o FILE", "dump": "list -j",
}  # fmt: skip
