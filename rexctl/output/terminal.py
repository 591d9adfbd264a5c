"""Styles, widths and line breaks for people. Rich is imported only where its work is needed."""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TextIO

# Names of styles, as Rich writes them.
STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "due": "bold cyan",
    "id": "cyan",
    "strong": "bold",
    "faint": "dim",
    # States of measures, and how a timeline shows them; outcomes.
    "in force": "green",
    "partly in force": "green",
    "suspended": "yellow",
    "scheduled": "blue",
    "never took effect": "red",
    **dict.fromkeys(("ended", "expired", "revoked", "superseded"), "dim"),
    **dict.fromkeys(("uncertain", "unknown", "lapsed"), "magenta"),
    "carried out": "green",
    "averted": "blue",
    "called off": "dim",
    "open": "yellow",
    "overdue": "red",
    "event": "bold cyan",
    "today": "bold",
}
# Between wide characters (Chinese, Japanese, Korean, emoji) a line may break, but not after an
# opening bracket, before closing punctuation, or within one emoji.
_PIECES = (
    "[\u0000-\u2e7f]+"
    "|[（［｛〈《「『【〔〖]*[\u2e80-\U0010ffff]"
    "(?:[、。，．：；！？）］｝〉》」』】〕〗ー\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)*"
)


def wants_color(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether `--color auto` colors this stream: a terminal, no NO_COLOR, not TERM=dumb."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def terminal_width(stream: TextIO, environ: Mapping[str, str] = os.environ) -> int:
    """Return the columns of the terminal that a stream writes to; 0 where it is none."""
    if not stream.isatty():
        return 0
    return number_in(environ, "COLUMNS") or _size_of(stream).columns


def terminal_height(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Return the lines of the terminal that a stream writes to."""
    return number_in(environ, "LINES") or _size_of(stream).lines


def number_in(environ: Mapping[str, str], name: str) -> int:
    """Return the number in a variable such as COLUMNS; 0 where it is not set."""
    text = environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _size_of(stream: TextIO) -> os.terminal_size:
    try:
        return os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return os.terminal_size((0, 24))


def style_of(column: str, text: str) -> str:
    """Return the style of the state or outcome that a cell names, as Rich writes it; empty for other cells."""
    if column == "id":
        return STYLES["id"]
    if column not in ("state", "next", "outcome", "what"):
        return ""
    words = [text, *text.replace(",", " ").split()] if column == "what" else [text]
    return next(filter(None, (STYLES.get(word.replace("-", " ")) for word in words)), "")


def style(text: str, name: str, color: bool) -> str:
    """Return the text in styles of `STYLES`, with + between; unchanged without color, or for another name.

    The text must be clean already: Rich passes control sequences on.
    """
    return _renderer(name)(text) if color and text and name.split("+")[0] in STYLES else text


@cache
def _renderer(name: str) -> Callable[[str], str]:
    from rich.color import ColorSystem
    from rich.style import Style

    rich_style = Style.parse(" ".join(STYLES[one] for one in name.split("+")))
    return lambda text: rich_style.render(text, color_system=ColorSystem.STANDARD)


def text_width(text: str) -> int:
    """Return the columns that a clean text takes: 2 for a wide character, 0 for an accent."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """Return the text with `…` in place of what does not fit into `width` columns."""
    if text_width(text) <= width:
        return text
    while text and text_width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def pad(text: str, width: int) -> str:
    """Return the text with spaces after it, `width` columns wide."""
    return text + " " * (width - text_width(text))


def wrap(text: str, width: int, *, used: int = 0, in_cell: bool = False) -> list[str]:
    """Return the words of a text as lines of at most `width` columns; 0 is unlimited.

    A word that is too long, such as an id or a path, is left whole, so that it can be copied, but
    `in_cell` of a table broken after a hyphen or a slash unless it is an address. Wide characters
    may be split. `used` columns of the first line are taken already.
    """
    if not width:
        return [text]
    lines, line = [], ""
    for word in text.split():
        if line and text_width(word) > width and word.isascii():
            lines.append(line)
            line, used = "", 0
        for number, piece in enumerate(_split_word(word, width if in_cell else 0)):
            size = text_width(piece)
            gap = "" if number or not line else " "
            if used and used + len(gap) + size > width:
                lines.append(line)
                line, used, gap = "", 0, ""
            line, used = line + gap + piece, used + len(gap) + size
    return [*lines, line] if line else lines


def _split_word(word: str, width: int) -> list[str]:
    """Return the parts of a word between which a line may break; each fits into `width` if it can."""
    pieces = [word] if word.isascii() else re.findall(_PIECES, word, re.DOTALL)
    if not width or "://" in word or all(text_width(one) <= width for one in pieces):
        return pieces
    return [part for one in pieces for part in re.findall(r"[^-/]*[-/]+|[^-/]+", one)]
