"""How help is shown: what every command's parser is told of it."""

from __future__ import annotations

from typing import Any

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def helped(doc: str | None) -> str:
    """Give a docstring as help; its examples keep their lines."""
    return (doc or "").replace("\nExample", "\n\b\nExample")
