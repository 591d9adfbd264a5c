from __future__ import annotations

import io

from rexctl.formats.emit import Options
from rexctl.formats.findings import sheet_of
from rexctl.formats.github import write
from rexctl.plain.finding import DUE, WARNING, Finding


def written(*found: Finding) -> list[str]:
    out = io.StringIO()
    write(sheet_of(found), out, Options())
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
    assert lines[3:] == ["error: 1", "warning: 1", "due: 1"]


def test_no_text_can_begin_a_command_or_a_property() -> None:
    lines = written(Finding("c", "x\n::error::y\r%", "a,b:c.yaml"))
    assert lines[0].startswith("::error file=a%2Cb%3Ac.yaml,")
    assert lines[0].endswith("::x%0A::error::y%0D%25")
    assert len(lines) == 2
