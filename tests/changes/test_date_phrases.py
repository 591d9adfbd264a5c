from __future__ import annotations

import pytest

from rexctl.changes.wording import describe_date_change, format_date
from rexctl.records import plain_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-10-09", "9 October 2025"), ("2025-10", "October 2025"), ("2025", "2025"),
        ("2025-10~", "about October 2025"), ("2025-10-09?", "9 October 2025 (uncertain)"),
        ("2025-10-20/2025-10-26", "20–26 October 2025"),
        ("2025-10-20/2025-11-02", "20 October – 2 November 2025"),
        ("2025-10-18/2025-11~", "18 October 2025 – about November 2025"),
        ("2025-12-20/2026-01-02", "20 December 2025 – 2 January 2026"),
        ("2024/2025", "2024–2025"), ("2025-10/..", "October 2025 onwards"),
        ("../2025-10", "up to October 2025"), ("soon", "soon"), ("2025-13", "2025-13"),
    ],
)  # fmt: skip
def test_a_date_is_said_as_people_say_it(text: str, words: str) -> None:
    assert format_date(text) == words


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-11-10", "2026-11-27", "moved from 10 to 27 November 2026"),
        ("2026-11-10", "2026-12-01", "moved from 10 November to 1 December 2026"),
        ("2025-11-10", "2026-11-10", "moved from 10 November 2025 to 10 November 2026"),
        ("2026-11", "2026-12", "moved from November to December 2026"),
        ("2025", "2026", "moved from 2025 to 2026"),
        ("2025-10", "2025-10-09", "narrowed from October 2025 to 9 October 2025"),
        ("2025-10-09", "2025", "widened from 9 October 2025 to 2025"),
        ("2025-10", "2025-10~", "changed from October 2025 to about October 2025"),
        ("2025-10~", "2025-11~", "moved from about October 2025 to about November 2025"),
        ("2025-10-20/2025-10-26", "2025-10-25/2025-10-26",
         "narrowed from 20–26 October 2025 to 25–26 October 2025"),
        ("soon", "2025-10-09", "changed from soon to 9 October 2025"),
    ],
)  # fmt: skip
def test_a_moved_date_says_once_what_both_have(old: str, new: str, words: str) -> None:
    assert plain_text(describe_date_change(old, new)) == words
