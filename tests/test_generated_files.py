from __future__ import annotations

import pytest

from tests import regenerate


@pytest.mark.parametrize("path", sorted(regenerate.wanted()))
def test_a_generated_file_is_up_to_date(path: str) -> None:
    text = (regenerate.ROOT / path).read_text(encoding="utf-8")
    assert text == regenerate.wanted()[path], "run python -m tests.regenerate"
