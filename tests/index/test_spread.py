from __future__ import annotations

import pytest

from rexctl.index.spread import spread


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("rare earths", "rare earths"), ("稀土", " 稀  土 "), ("Türkiye", "Türkiye"),
        ("第61号 notice", " 第 61 号  notice"), ("カタ", " カ  タ "), ("희토류", " 희  토  류 "),
    ],
)  # fmt: skip
def test_signs_of_chinese_japanese_and_korean_stand_apart(text: str, apart: str) -> None:
    assert spread(text) == apart
