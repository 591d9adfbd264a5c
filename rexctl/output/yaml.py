"""YAML: each event as its file has it, canonical; documents apart by `---`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.model.legal import SHAPES
from rexctl.records import narrowed
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.output.emit import Options
    from rexctl.records import Row, Sheet

SUFFIX = ".yaml"


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as a document; computed keys are left out, since no file has them."""
    del options  # the spelling is one, wherever it goes: nothing harmful is left raw in it
    for n, row in enumerate(sheet.rows):
        out.write(("---\n" if n else "") + _document(row, sheet))


def _document(row: Row, sheet: Sheet) -> str:
    if sheet.chosen:
        return serialize.write_generic(narrowed(row, sheet.columns))
    data = _without_computed(row.data)
    shape = str(data.get("type", ""))
    return (
        serialize.write(data, shape, SHAPES) if shape in SHAPES else serialize.write_generic(data)
    )


def _without_computed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if not name.startswith("_")}
