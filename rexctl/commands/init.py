"""Make a log in a folder, or complete one; what is there already is left as it is.

Examples:
  rexctl init
  rexctl init ~/trade-log --demo
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.commands.options import argument, option
from rexctl.plain.errors import BadValueError, ConflictError, UnknownWordError
from rexctl.store import starting, writer

if TYPE_CHECKING:
    from rexctl.commands.call import Call


def run(
    call: Call,
    folder: Annotated[
        Path, argument("[DIR]", help="The project's folder; data/ is made inside.")
    ] = Path(),
    demo: Annotated[bool, option("--demo", help="With one example event of each type.")] = False,
    ci: Annotated[
        str | None, option("--ci", metavar="HOST", help="A workflow that checks: github.")
    ] = None,
    hooks: Annotated[bool, option("--hooks", help="A pre-commit hook that checks.")] = False,
    refresh: Annotated[
        bool, option("--refresh", help="Write schema and codebook of the log here anew.")
    ] = False,
) -> None:  # fmt: skip
    """Write what is missing, and say what was made."""
    if ci not in (None, "github"):
        raise UnknownWordError("CI host", ci, ["github"], see="github")
    if refresh:
        _refresh(call)
        return
    if folder.exists() and not folder.is_dir():
        raise BadValueError(str(folder), "is a file, not a folder")
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for path, text in starting.files(demo=demo, ci=ci or "", hooks=hooks):
        if not (folder / path).exists():
            try:
                writer.create(folder, path, text.encode())
            except ConflictError:  # somebody made it at this very moment: it is there
                continue
            made.append(path)
    (folder / "data" / "events").mkdir(parents=True, exist_ok=True)
    for path in made:
        call.emit_text(f"made {path}")
    where = folder if str(folder) != "." else "this folder"
    call.say(f"{where} holds a log now; rexctl add logs an event"
                if made else f"{where} holds a log already; nothing to do")  # fmt: skip


def _refresh(call: Call) -> None:
    """Write the generated files of the log anew, where they differ."""
    log = call.log()
    new = [p for p, text in starting.generated() if writer.overwrite(log.root, p, text.encode())]
    for path in new:
        call.emit_text(f"made {log.shown(path)}")
    if not new:
        call.say("schema and codebook are as they should be; nothing to do")
