from __future__ import annotations

import pytest

from rexctl.values.codes import MAX_ID, explain_bad_id


@pytest.mark.parametrize("text", ["2025-10-09-cn-mofcom-61", "2025-10-x", "2025-x", "0000-no-id"])
def test_an_id_begins_with_the_date_of_its_event(text: str) -> None:
    assert explain_bad_id(text) == ""


@pytest.mark.parametrize(("text", "why"), [
    ("nul", "device"), ("com1", "device"), ("com1-x", "year first"), ("banana", "year first"),
    ("2025-" + "x" * (MAX_ID - 4), "longer"), ("20", "shorter"), ("2025-10-09-CN", "has only"),
    ("2025/x", "has only"), ("2025-..", "has only"), ("2025-x\n", "has only"), ("-2025-x", "has only"),
])  # fmt: skip
def test_what_cannot_be_an_id_is_told_why(text: str, why: str) -> None:
    assert why in explain_bad_id(text)
