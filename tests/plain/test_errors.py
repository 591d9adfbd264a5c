from __future__ import annotations

import pytest

from rexctl import errors
from rexctl.errors import (
    BadValueError,
    InputRefusedError,
    MissingFlagsError,
    NoLogError,
    NoSuchEventError,
    RexctlError,
    UnknownWordError,
    UsageError,
)
from rexctl.records import Finding

EXITS = {
    "UsageError": 2, "UnknownWordError": 2, "BadValueError": 2, "MissingFlagsError": 2,
    "SeveralFaultsError": 2,
    "InputRefusedError": 3, "NoSuchEventError": 4, "ConflictError": 5, "NoLogError": 7,
    "EnvironmentFaultError": 7, "RexctlError": 70,
}  # fmt: skip


def test_every_error_has_the_exit_code_that_was_promised() -> None:
    found = {
        name: thing.exit_code
        for name, thing in vars(errors).items()
        if isinstance(thing, type) and issubclass(thing, RexctlError)
    }
    assert found == EXITS


def test_a_mistyped_word_gets_the_nearest_and_a_code_of_its_own() -> None:
    fault = UnknownWordError("input format", "jsn", ["json", "yaml"])
    assert (fault.message, fault.hint) == ("jsn: no such input format", "did you mean json?")
    assert fault.code == "unknown-input-format"


def test_where_no_word_is_near_the_hint_leads_on() -> None:
    assert UnknownWordError("type", "zzz", ["tariff"], see="rexctl schema").hint == "rexctl schema"


def test_missing_flags_are_named_together() -> None:
    fault = MissingFlagsError(["--date", "--actor"], "-i asks for them")
    assert fault.message == "missing --date, --actor"
    assert fault.flags == ("--date", "--actor")
    assert fault.code == "missing-flags"


def test_a_bad_value_says_which_and_why() -> None:
    fault = BadValueError("5d", "is no number", "write 5")
    assert (fault.message, fault.hint, fault.code) == ("5d: is no number", "write 5", "bad-value")
    assert isinstance(fault, UsageError)


def test_what_was_refused_carries_its_findings() -> None:
    found = Finding("bad-date", "is no date", "x.yaml", 3)
    fault = InputRefusedError([found])
    assert (fault.findings, fault.message) == ((found,), "nothing written")


def test_a_beginning_of_several_ids_is_ambiguous_and_shows_at_most_ten() -> None:
    fault = NoSuchEventError("2025", [f"2025-{n}" for n in range(12)])
    assert fault.code == "ambiguous-id"
    assert "12 ids" in fault.message
    assert len(fault.hint.split(", ")) == 10
    assert NoSuchEventError("2025-x").code == "no-such-event"


def test_where_no_log_is_found_every_place_is_named() -> None:
    fault = NoLogError(["/a", "/b"])
    assert fault.message.endswith("/a, /b")
    assert "rexctl init" in fault.hint


def test_an_error_is_raised_and_caught_by_its_root() -> None:
    with pytest.raises(RexctlError, match="5d: is no number"):
        raise BadValueError("5d", "is no number")
