from __future__ import annotations

from tests.checks.cases import told
from tests.store.logs import event


def test_a_review_that_was_not_kept_is_due_and_never_an_error() -> None:
    (one,) = told(
        "reviews-are-kept", event("2025-10-09-a", review_by="2025-11-09"), event("2025-10-10-b")
    )
    assert (one.event, one.loc, one.level) == ("2025-10-09-a", ("review_by",), "due")


def test_the_day_itself_is_not_past() -> None:
    assert told("reviews-are-kept", event("2025-10-09-a", review_by="2025-11-10")) == []
