"""A timeline as a picture in PNG, of 2 pixels for each one of the SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.svg import picture

if TYPE_CHECKING:
    from rexctl.output import Options
    from rexctl.records import Table


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the picture to the bytes below a text stream. Raises as `picture` does."""
    stream: Any = out
    picture(table, options).save(stream.buffer, format="png", scale_factor=2)
