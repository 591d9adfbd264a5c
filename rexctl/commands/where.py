"""Tell which log, index and settings are used, and why.

Example: rexctl where -f json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import format_option
from rexctl.errors import unknown_name
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli.context import Call

_FORMATS = ("text", "json", "jsonl")


def run(
    call: Call,
    form: Annotated[str, format_option("text or json.")] = "text",
) -> None:  # fmt: skip
    """Show the places."""
    if form not in _FORMATS:
        raise unknown_name("format", form, _FORMATS, see=", ".join(_FORMATS))
    places = _places(call)
    if form != "text":
        call.emit(Table(tuple(places), [Row(places)]), form)
        return
    width = max(map(len, places))
    for name, value in places.items():
        call.emit_text(f"{name:<{width}}  {value}")


def _places(call: Call) -> dict[str, str]:
    log = call.log()
    index = call.index(log)
    why = (
        "-C" if call.directory else "REXCTL_LOG" if call.environ.get("REXCTL_LOG") else "from here"
    )
    stored = str(index.path) if index.stored else "in memory: the cache cannot be used"
    return {
        "log": str(log.root),
        "found by": why,
        "settings": str(log.root / "rexctl.yaml"),
        "index": stored,
        "today": call.today.isoformat(),
    }
