from __future__ import annotations

import io

from rexctl.gitrepo.commits import Commit
from rexctl.output import changes_by_commit
from rexctl.output.emit import Options
from rexctl.records import ADDED, CHANGED, Change

RATE = Change(
    "2025-10-09-a", "Duty [b]", "tariff", CHANGED, "rates.value", "100", "140", "rate raised"
)
CAME = Change("2025-10-09-b", "", "meeting", ADDED, "", None, {"id": "b"}, "added: y\x1b[1m")
ONE = Commit("0123456789abcdef", (), "", "Ann\x1b[31m", "ann@example.org", "2025-11-20T14:03:09+01:00",
             "Raise\u202e it")  # fmt: skip
TREE = Commit("", (), "", "", "", "", "not committed yet")
ALL = [(TREE, RATE), (ONE, RATE), (ONE, CAME)]


def shown(color: bool = False) -> str:
    out = io.StringIO()
    changes_by_commit.write(changes_by_commit.sheet_of(ALL), out, Options(color=color))
    return out.getvalue()


def test_each_commit_has_its_author_day_and_subject_and_nothing_harmful_passes() -> None:
    assert shown() == (
        "not committed yet\n  2025-10-09-a  Duty [b]\n    rate raised\n\n"
        "0123456789  2025-11-20 14:03 +01:00  Ann\\u001b[31m  Raise\\u202e it\n"
        "  2025-10-09-a  Duty [b]\n    rate raised\n  2025-10-09-b\n    added: y\\u001b[1m\n"
    )


def test_a_subject_stands_out_where_there_is_colour() -> None:
    assert "\x1b[1mRaise\\u202e it\x1b[0m\n" in shown(color=True)
    assert "\x1b[1;36m0123456789\x1b[0m  2025" in shown(color=True)


def test_a_row_is_whole_and_what_is_not_there_is_left_out() -> None:
    rows = [dict(row.data) for row in changes_by_commit.sheet_of(ALL).rows]
    assert rows[1] == {
        "commit": "0123456789abcdef", "author": "Ann\x1b[31m", "email": "ann@example.org",
        "date": "2025-11-20T14:03:09+01:00", "subject": "Raise\u202e it",
        "event": "2025-10-09-a", "title": "Duty [b]", "type": "tariff", "kind": "changed",
        "field": "rates.value", "old": "100", "new": "140", "sentence": "rate raised",
    }  # fmt: skip
    assert list(rows[0])[:2] == ["subject", "event"]
