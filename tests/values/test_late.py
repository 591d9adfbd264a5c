from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rexctl.values import lazy_pattern

if TYPE_CHECKING:
    import pytest


def test_a_pattern_is_compiled_when_it_is_first_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile
    monkeypatch.setattr(lazy_pattern.re, "compile", lambda p, f: compiled.append(p) or real(p, f))
    pattern = lazy_pattern.Late("[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert pattern.fullmatch("ABC")
    assert not pattern.fullmatch("12")
    assert pattern.sub("-", "a1b") == "-1-"
    assert compiled == ["[a-z]+", "[a-z]+"]
