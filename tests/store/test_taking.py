from __future__ import annotations

from rexctl.records import WARNING
from rexctl.store.taking import take
from rexctl.vocabulary.vocabulary import shipped
from tests.store.logs import event, text_of

PATH = "events/2025/2025-10-09-a.yaml"


def test_what_is_wrong_is_told_at_its_place() -> None:
    data = text_of(event("2025-10-09-a", actors=["Cathay"])).encode()
    found, told = take(data, PATH, shipped())
    assert found is None
    assert [(f.code, f.line, f.column) for f in told] == [("unknown-actor", 7, 5)]


def test_another_spelling_is_a_warning_and_a_code_in_another_spelling_is_one() -> None:
    text = text_of(event("2025-10-09-a"))
    for other in (text.replace("- CN", "- China"), text.replace("type: ", "type:  ")):
        found, told = take(other.encode(), PATH, shipped())
        assert found == event("2025-10-09-a")
        assert [(f.code, f.level) for f in told] == [("not-canonical", WARNING)]
