"""Texts as full text counts their words: a sign of Chinese, Japanese or Korean is one by itself.

No space parts words there. With each sign a word, a phrase of signs finds them wherever they
stand side by side, be they one, two or ten.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

# Kana, Han with its extensions and compatibility forms, Hangul, and the half-width forms.
_RANGES = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U000323af"
)


@cache
def _signs() -> Any:
    return import_module("re").compile(f"([{_RANGES}])")


def spread(text: str) -> str:
    """Give the text with each such sign apart from its neighbours."""
    return text if text.isascii() else _signs().sub(r" \1 ", text)
