"""The entry point, and the commands by name.

To add a command: write a module of `rexctl.commands` with `run(context, ...)`, and add a line to
`COMMANDS`.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command: the file in `commands` that is imported when it runs, and what help shows of it."""

    file: str
    group: str
    help: str
    hidden: bool = False
    function: str = "run"  # of the file; its docstring is the help unless it is `run`


COMMANDS = {
    "init": Command("init", "Start", "Make a log, or add what a log lacks."),
    "doctor": Command("doctor", "Start", "Report problems and how to fix them."),
    "help": Command("help", "Start", "Explain a command, a topic or an error."),
    "add": Command("add", "Log", "Log an event, or many from a file."),
    "edit": Command("edit", "Log", "Edit events in your editor."),
    "set": Command("set", "Log", "Change fields of events."),
    "link": Command("link", "Log", "Link one event to another."),
    "retract": Command("retract", "Log", "Retract events, with the reason."),
    "mv": Command("mv", "Log", "Rename an event and update the links to it."),
    "undo": Command("undo", "Log", "Undo the last change made by rexctl."),
    "list": Command("list", "Read", "List the events that match a query."),
    "filter": Command("filter", "Read", "Filter JSON lines from standard input."),
    "show": Command("show", "Read", "Show events with all fields and links."),
    "search": Command("search", "Read", "Search the text of events."),
    "stats": Command("stats", "Read", "Count events by field or by time."),
    "values": Command("stats", "Read", "Count the values of a field.", True, "count_values"),
    "in-force": Command("in_force", "What was true", "Show the measures in force on a day."),
    "duty": Command("duty", "What was true", "Compute the duty on goods, by legal basis."),
    "outcomes": Command("outcomes", "What was true", "Show what came of threats and plans."),
    "calendar": Command("calendar", "What was true", "Show what changes or comes due."),
    "thread": Command("thread", "What was true", "Show what answered what, and who says so."),
    "timeline": Command("timeline", "What was true", "Draw events and states over time."),
    "check": Command("check", "Review", "Check the files and links of the log."),
    "fmt": Command("fmt", "Review", "Rewrite files in the canonical form."),
    "diff": Command("diff", "Review", "Show changes since a commit, by field."),
    "log": Command("log", "Review", "Show the history of events, by field."),
    "codes": Command("codes", "Reference", "List codes and names, or add one."),
    "schema": Command("schema", "Reference", "Show types, fields and JSON Schema."),
    "fields": Command("schema", "Reference", "List the fields of events.", function="list_fields"),
    "completion": Command("completion", "Reference", "Print a completion script for your shell."),
    "explain": Command("help", "Reference", "Explain an error code.", True, "explain"),
    "where": Command("doctor", "Start", "Report which log is used, and problems.", True),
    "version": Command("version", "Start", "Show the version.", True),
    "git": Command("git", "Start", "Have git merge events by field."),
}

# Their help, errors and subcommands are those of Typer, so that the fast path leaves them to it.
NEED_TYPER = frozenset({"help", "git"})
# The subcommands of `git`; git itself calls the hidden one.
GIT_COMMANDS = {
    "setup": Command("git", "Commands", "Have git merge events by field.", function="set_up"),
    "merge-file": Command("git", "Commands", "", True, "merge_file"),
}
