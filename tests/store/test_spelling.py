from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.store.spelling import canonical, holds
from rexctl.vocabulary.vocabulary import shipped
from tests.store.logs import event, log_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

ONE = event("2025-10-09-one")
PATH = "events/2025/2025-10-09-one.yaml"


def test_canonical_bytes_are_those_of_the_one_form() -> None:
    assert canonical(ONE) == text_of(ONE).encode()


@pytest.mark.parametrize(
    ("text", "same"),
    [(text_of(ONE), True), ("# said\n" + text_of(ONE), True), (text_of(ONE).replace("- CN", "- China"), True),
     (text_of(ONE).replace("- CN", "- US"), False), ("[", False)],
)  # fmt: skip
def test_a_file_holds_an_event_however_it_is_spelled(tmp_path: Path, text: str, same: bool) -> None:
    log = log_of(tmp_path, ONE)
    (log.root / PATH).write_text(text)
    assert holds(log.root, "2025-10-09-one", canonical(ONE), shipped()) is same


def test_a_file_that_is_not_there_or_a_link_holds_nothing(tmp_path: Path) -> None:
    log = log_of(tmp_path, ONE)
    (log.root / PATH).rename(tmp_path / "x")
    assert not holds(log.root, "2025-10-09-one", canonical(ONE), shipped())
    (log.root / PATH).symlink_to(tmp_path / "x")
    assert not holds(log.root, "2025-10-09-one", canonical(ONE), shipped())
