from __future__ import annotations

import io

from rexctl.output import changes
from rexctl.output.emit import Options
from rexctl.records import ADDED, CHANGED, REMOVED, Change

A = Change(
    "2025-10-09-a", "Duty [b]", "tariff", CHANGED, "rates.value", "100", "140", "rate raised"
)
ALL = [A, A._replace(kind=REMOVED, sentence="removed: x\x1b[31m\ny"),
       Change("2025-10-09-b", "", "meeting", ADDED, "", None, {"id": "b"}, "added: y")]  # fmt: skip


def shown(*found: Change, color: bool = False) -> str:
    out = io.StringIO()
    changes.write(changes.sheet_of(found), out, Options(color=color))
    return out.getvalue()


def test_changes_stand_below_their_event_and_nothing_harmful_passes() -> None:
    assert shown(*ALL) == (
        "2025-10-09-a  Duty [b]\n  rate raised\n  removed: x\\u001b[31m y\n\n"
        "2025-10-09-b\n  added: y\n"
    )
    assert shown() == ""


def test_what_is_lost_stands_out_where_there_is_colour() -> None:
    lines = shown(*ALL, color=True).splitlines()
    assert lines[0] == "\x1b[36m2025-10-09-a\x1b[0m  \x1b[1mDuty [b]\x1b[0m"
    assert lines[1] == "  rate raised"
    assert lines[2].startswith("  \x1b[1;31mremoved")


def test_a_row_holds_what_is_there() -> None:
    rows = [dict(row.data) for row in changes.sheet_of(ALL).rows]
    assert rows[0] == {
        "event": "2025-10-09-a", "title": "Duty [b]", "type": "tariff", "kind": "changed",
        "field": "rates.value", "old": "100", "new": "140", "sentence": "rate raised",
    }  # fmt: skip
    assert rows[2] == {
        "event": "2025-10-09-b", "type": "meeting", "kind": "added", "new": {"id": "b"}, "sentence": "added: y",
    }  # fmt: skip
