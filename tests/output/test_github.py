from __future__ import annotations

import io

import pytest

from rexctl.output import Options
from rexctl.output.github import MAX_SHOWN, write
from rexctl.records import DUE, ERROR, WARNING, Finding, findings_table


def written(*found: Finding) -> list[str]:
    out = io.StringIO()
    write(findings_table(found), out, Options())
    return out.getvalue().splitlines()


def test_the_worst_come_first_and_a_count_last() -> None:
    lines = written(
        Finding("due-code", "m", "a.yaml", level=DUE),
        Finding("warn-code", "m", "a.yaml", level=WARNING),
        Finding("bad-code", "titel: no such field", "b.yaml", 4, 1, 5, hint="did you mean title?"),
    )
    assert lines[0] == (
        "::error file=b.yaml,line=4,col=1,endColumn=6,title=bad-code"
        "::titel: no such field; did you mean title?"
    )
    assert [line.split(" ")[0] for line in lines[1:3]] == ["::warning", "::notice"]
    assert lines[3:] == ["1 error, 1 warning and 1 due in 2 files"]


def test_no_text_can_begin_a_command_or_a_property() -> None:
    lines = written(Finding("c", "x\n::error::y\r%", "a,b:c.yaml"))
    assert lines[0].startswith("::error file=a%2Cb%3Ac.yaml,")
    assert lines[0].endswith("::x%0A::error::y%0D%25")
    assert len(lines) == 2


def many(number: int, level: str = ERROR) -> list[Finding]:
    return [Finding("c", f"m{n}", f"{level}.yaml", n, level=level) for n in range(1, number + 1)]


def test_as_many_as_github_shows_are_all_annotations() -> None:
    lines = written(*many(MAX_SHOWN), *many(MAX_SHOWN, DUE))
    assert [line[:2] for line in lines] == ["::"] * 2 * MAX_SHOWN + ["10"]


def test_what_github_would_drop_stands_in_its_log_with_its_place_and_is_counted_last() -> None:
    lines = written(*many(MAX_SHOWN + 2), *many(3, WARNING))
    shown, past = lines[: MAX_SHOWN + 3], lines[MAX_SHOWN + 3 : -1]
    assert [line.split()[0] for line in shown] == ["::error"] * MAX_SHOWN + ["::warning"] * 3
    assert past == ["error[c] error.yaml:11:1: m11", "error[c] error.yaml:12:1: m12"]
    assert lines[-1] == (
        "::notice title=rexctl check::12 errors and 3 warnings in 2 files; GitHub shows 10 of a "
        "level in a step: 2 errors in 1 file are only in the log of this step"
    )


@pytest.mark.parametrize(
    ("errors", "due"), [(MAX_SHOWN + 1, MAX_SHOWN), (1, MAX_SHOWN + 1), (30, 30)]
)
def test_the_count_is_never_the_notice_that_is_dropped(errors: int, due: int) -> None:
    lines = written(*many(errors), *many(due, DUE))
    for word in ("::error", "::notice"):
        assert sum(line.startswith(word) for line in lines) <= MAX_SHOWN
    assert lines[-1].startswith("::notice title=rexctl check::")
    told = [line for line in lines if ".yaml" in line]
    assert len(told) == errors + due


def test_no_text_is_a_command_in_the_log_either() -> None:
    hostile = Finding("c", "x\n::error::y ##[add-mask]z", "::debug::a.yaml", 99)
    before = [one._replace(path="!") for one in many(MAX_SHOWN)]
    past = written(*before, hostile)[MAX_SHOWN:-1]
    assert past == ["error[c] ::debug::a.yaml:99:1: x ::error::y ##\\u005badd-mask]z"]


def test_nothing_found_is_nothing_said() -> None:
    assert written() == []
