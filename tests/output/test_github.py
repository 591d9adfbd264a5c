from __future__ import annotations

import io

from rexctl.output import Options
from rexctl.output.github import write
from rexctl.records import DUE, WARNING, Finding, findings_table


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
        "::b.yaml:4:1: titel: no such field; did you mean title?"
    )
    assert [line.split(" ")[0] for line in lines[1:3]] == ["::warning", "::notice"]
    assert lines[3:] == ["1 error, 1 warning and 1 due in 2 files"]


def test_no_text_can_begin_a_command_or_a_property() -> None:
    lines = written(Finding("c", "x\n::error::y\r%", "a,b:c.yaml"))
    assert lines[0].startswith("::error file=a%2Cb%3Ac.yaml,")
    assert lines[0].endswith("::a,b:c.yaml:1:1: x%0A::error::y%0D%25")
    assert len(lines) == 2


def test_every_finding_names_its_place_in_the_log_of_the_step() -> None:
    lines = written(*(Finding("c", f"m{n}", "a.yaml", n) for n in range(1, 13)))
    assert [line.rpartition("::")[2] for line in lines[:-1]] == [
        f"a.yaml:{n}:1: m{n}" for n in range(1, 13)
    ]
    assert lines[-1] == "12 errors in 1 file"


def test_nothing_found_is_nothing_said() -> None:
    assert written() == []
