from __future__ import annotations

from rexctl.cli.options import argument, format_option, many_agreed, only_shown, option


def test_options_are_those_of_the_parser() -> None:
    one = option("-t", "--type", metavar="TYPE", kind="type", help="Only these.")
    assert (one.default, one.param_decls) == ("-t", ("--type",))  # as all of Typer's names stand
    assert (one.metavar, one.help) == ("TYPE", "Only these.")
    assert one.autocompletion(None, None, "tar") == [
        ("tariff", one.autocompletion(None, None, "tar")[0][1])
    ]
    assert argument("[QUERY]...", help="Terms.").metavar == "[QUERY]..."


def test_the_commands_that_change_events_say_these_alike() -> None:
    assert (only_shown().default, only_shown().help) == (
        "--dry-run",
        "Show the change, and write nothing.",
    )
    assert (many_agreed().default, many_agreed().param_decls) == ("-y", ("--yes",))


def test_the_format_has_the_same_names_everywhere() -> None:
    one = format_option("text or json.")
    assert (one.default, one.param_decls, one.metavar) == ("-f", ("--format",), "FORMAT")
    assert one.help == "text or json."
