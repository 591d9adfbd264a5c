"""Show which log, settings and index are used, and why.

Example: rexctl where -f json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.errors import unknown_name
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context

_FORMATS = ("text", "json", "jsonl")


def run(
    context: Context,
    form: Annotated[str, options.format_option("text, json or jsonl.")] = "text",
) -> None:
    """Write the paths."""
    if form not in _FORMATS:
        raise unknown_name("format", form, _FORMATS, see=", ".join(_FORMATS))
    places = _places(context)
    if form != "text":
        context.emit(Table(tuple(places), [Row(places)]), form)
        return
    width = max(map(len, places))
    for name, value in places.items():
        context.emit_text(f"{name:<{width}}  {value}")


def _places(context: Context) -> dict[str, str]:
    log = context.log()
    snapshot = context.snapshot()
    why = (
        "-C"
        if context.directory
        else "REXCTL_LOG"
        if context.environ.get("REXCTL_LOG")
        else "from here"
    )
    stored = snapshot.cache_path or "in memory: the cache cannot be used"
    return {
        "log": str(log.root),
        "found by": why,
        "settings": str(log.root / "rexctl.yaml"),
        "index": stored,
        "today": context.today.isoformat(),
    }
