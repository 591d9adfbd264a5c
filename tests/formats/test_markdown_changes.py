from __future__ import annotations

import io

from rexctl.output import markdown_changes
from rexctl.output.changes import sheet_of
from rexctl.output.emit import Options
from rexctl.records import CHANGED, Change

A = Change(
    "2025-10-09-a", "Duty <b> *x*", "tariff", CHANGED, "rates.value", "1", "2", "rate | raised"
)


def shown(*found: Change) -> str:
    out = io.StringIO()
    markdown_changes.write(sheet_of(found), out, Options())
    return out.getvalue()


def test_an_event_is_an_item_that_reads_as_a_sentence() -> None:
    other = A._replace(
        event="2025-10-09-b", title="B", sentence="source added: https://example.org/x"
    )
    assert shown(A, A._replace(sentence="note reworded"), other) == (
        "- **Duty &lt;b&gt; \\*x\\*** (`2025-10-09-a`): rate \\| raised; note reworded.\n"
        "- **B** (`2025-10-09-b`): source added: <https://example.org/x>.\n"
    )
    assert shown() == ""
    assert shown(A._replace(sentence="note reworded: “Other.”")).endswith("reworded: “Other.”\n")


def test_a_comment_stays_within_what_the_host_takes_and_counts_the_rest() -> None:
    many = [A._replace(event=f"2025-10-09-{n}", sentence="x" * 1000) for n in range(100)]
    told = shown(*many)
    kept = told.count("- **")
    assert len(told) < 65_536
    assert told.endswith(f"\nand {100 - kept} more events\n")
