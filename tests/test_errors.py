from __future__ import annotations

import pytest

from rexctl import errors
from rexctl.errors import (
    InputRefusedError,
    NoSuchEventError,
    RexctlError,
    UsageError,
    bad_value,
    combine_errors,
    missing_flags,
    no_log,
    unknown_name,
)
from rexctl.records import Finding

EXIT_CODES = {
    "UsageError": 2, "InputRefusedError": 3, "NoSuchEventError": 4, "ConflictError": 5,
    "EnvironmentFaultError": 7, "RexctlError": 70,
}  # fmt: skip


def test_each_exit_code_has_one_class() -> None:
    classes = {
        name: value.exit_code
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, RexctlError)
    }
    assert classes == EXIT_CODES


def test_an_unknown_name_gets_the_nearest_choice_and_its_own_code() -> None:
    error = unknown_name("input format", "jsn", ["json", "yaml"])
    assert (error.message, error.hint) == ("jsn: no such input format", "did you mean json?")
    assert (error.code, error.exit_code) == ("unknown-input-format", 2)


def test_without_a_near_choice_the_hint_says_where_to_look() -> None:
    assert unknown_name("type", "zzz", ["tariff"], see="rexctl schema").hint == "rexctl schema"


def test_missing_flags_are_named_together() -> None:
    error = missing_flags(["--date", "--actor"], "-i asks for them")
    assert (error.message, error.code) == ("missing --date, --actor", "missing-flags")


def test_a_bad_value_begins_with_the_text() -> None:
    error = bad_value("5d", "is not a number", "write 5")
    assert (error.message, error.hint) == ("5d: is not a number", "write 5")
    assert error.code == "bad-value"


def test_several_errors_of_one_command_line_stay_apart() -> None:
    single = [bad_value("--date: x", "is not a date", code="bad-date"), bad_value("y", "is bad")]
    error = combine_errors(single)
    assert error.errors == tuple(single)
    assert error.message == "--date: x: is not a date; y: is bad"
    assert UsageError.code == "usage-error"


def test_refused_input_carries_its_findings() -> None:
    finding = Finding("bad-date", "is not a date", "x.yaml", 3)
    error = InputRefusedError([finding])
    assert (error.findings, error.message) == ((finding,), "nothing written")


def test_an_ambiguous_beginning_lists_at_most_ten_ids() -> None:
    error = NoSuchEventError("2025", [f"2025-{n}" for n in range(12)])
    assert error.code == "ambiguous-id"
    assert "12 events" in error.message
    assert error.hint.split(", ")[-2:] == ["2025-9", "..."]
    assert NoSuchEventError("2025-x").code == "no-such-event"


def test_without_a_log_the_folder_is_named_from_which_it_was_searched() -> None:
    error = no_log("/a")
    assert (error.exit_code, error.code) == (7, "no-log")
    assert error.message == "no log in /a or a folder above it"
    assert "rexctl init" in error.hint


def test_every_error_is_caught_by_the_base_class() -> None:
    with pytest.raises(RexctlError, match="5d: is not a number"):
        raise bad_value("5d", "is not a number")
