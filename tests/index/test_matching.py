from __future__ import annotations

import pytest

from rexctl.errors import UsageError
from rexctl.index.matching import matches


def test_a_pattern_is_found_anywhere_in_a_text() -> None:
    assert matches("^CN", "CN/mofcom")
    assert matches("mof", "CN/mofcom")
    assert not matches("^mof", "CN/mofcom")


def test_nothing_is_found_in_no_text() -> None:
    assert not matches(".*", None)


def test_a_pattern_that_could_hang_is_refused() -> None:
    with pytest.raises(UsageError):
        matches(r"(a)\1", "aa")
