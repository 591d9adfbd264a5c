"""Colour for people: a few styles, on a terminal that wants them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "due": "1;36",
    "note": "1;34",
    "id": "36",
    "strong": "1",
    "faint": "2",
}


def paint(text: str, style: str, on: bool = True) -> str:
    """Give the text in a style; as it is where colour is off, or the style is not one of ours.

    The text must be clean already: a control sequence in it would end the style.
    """
    code = _STYLES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if on and code and text else text


def wanted(stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether colour goes to this stream where nobody has said so: a terminal that can."""
    environ = os.environ if environ is None else environ
    plain = environ.get("NO_COLOR") or environ.get("TERM") == "dumb"
    return stream.isatty() and not plain
