"""Tell everything that is wrong with the log, in one run.

Findings are errors, warnings, or due (a plan, a suspension's end or a `review_by` that has passed).
Only errors make the exit code 1; --strict counts all. `rexctl explain CODE` tells more of each.

Examples:
  rexctl check
  rexctl check data/events/2025 --strict -f json
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rexctl.checks import run as rules
from rexctl.formats import findings as told
from rexctl.plain.errors import BadValueError, UnknownWordError
from rexctl.plain.finding import ERROR
from rexctl.plain.register import FORMATS
from rexctl.store import leftovers

if TYPE_CHECKING:
    from rexctl.store.log import Log


def run(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Only these files or folders.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings and what is due count too.")] = False,
    form: Annotated[
        str, typer.Option("-f", "--format", metavar="FORMAT", help="text, json, jsonl, csv, md, ...")
    ] = "text",
) -> int:  # fmt: skip
    """Check each file by itself and the log as a whole."""
    if form != "text" and form not in FORMATS:
        raise UnknownWordError("format", form, ["text", *FORMATS])
    log = ctx.obj.log()
    index = log.index()
    wanted = [inside(log, path) for path in paths or ()]
    found = [*rules.findings(log, index, ctx.obj.today), *leftovers.findings(log.root)]
    kept = [f for f in found if not wanted or any(_under(f.path, path) for path in wanted)]
    kept = ctx.obj.located(log, kept)
    if form == "text":
        ctx.obj.emit_findings(kept)
        ctx.obj.say(told.summary(kept) or "no findings")
    else:
        ctx.obj.emit(told.sheet_of(kept), form)
    return 1 if any(strict or finding.level == ERROR for finding in kept) else 0


def inside(log: Log, path: Path) -> str:
    """Give a path of the command line as a path of the log. Raises BadValueError."""
    whole = path.absolute()
    real = whole.parent.resolve() / whole.name
    if not real.exists() and not real.is_symlink():
        raise BadValueError(str(path), "no such file or folder")
    if not real.is_relative_to(log.root):
        if log.root.is_relative_to(real.resolve()):
            return "."
        raise BadValueError(str(path), "is not in the log", f"the log is {log.root}")
    return real.relative_to(log.root).as_posix()


def _under(path: str, wanted: str) -> bool:
    return wanted == "." or path == wanted or path.startswith(wanted + "/")
