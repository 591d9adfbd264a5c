"""Make a log in a folder, or complete one; what is there already is left as it is.

With --ci and --hooks, what runs rexctl by itself is written to the root of the repository around.

Examples:
  rexctl init
  rexctl init ~/trade-log --demo
  rexctl init --ci github --hooks
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, option
from rexctl.errors import ConflictError, bad_value, unknown_name
from rexctl.store import automation, repository, starting, writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.cli.context import Call


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
    if ci is not None and ci not in automation.HOSTS:
        raise unknown_name("CI host", ci, automation.HOSTS, see=", ".join(automation.HOSTS))
    if refresh:
        _refresh(call)
        return
    if folder.exists() and not folder.is_dir():
        raise bad_value(str(folder), "is a file, not a folder")
    folder.mkdir(parents=True, exist_ok=True)
    made = [*_made(call, folder, folder, starting.files(demo=demo))]
    root = repository.root_of(folder) or folder.resolve()
    within = "/".join(folder.resolve().relative_to(root).parts)
    made += _made(call, root, folder, automation.files(within, ci=ci or "", hooks=hooks))
    (folder / "data" / "events").mkdir(parents=True, exist_ok=True)
    for path in made:
        call.emit_text(f"made {path}")
    where = folder if str(folder) != "." else "this folder"
    if "data/rexctl.yaml" in made:
        call.say(f"{where} holds a log now; rexctl add logs an event")
    else:
        call.say(f"{where} holds a log already" + ("" if made else "; nothing to do"))


def _made(
    call: Call, root: Path, folder: Path, files: Iterable[tuple[str, str]]
) -> Iterator[str]:  # fmt: skip
    """Write what is missing below a root, tell what a person wrote, and give what was made."""
    for path, text in files:
        shown = os.path.relpath(root.resolve() / path, folder.resolve())
        if not (root / path).exists():
            try:
                writer.create(root, path, text.encode())
            except ConflictError:  # somebody made it at this very moment: it is there
                continue
            yield shown
        elif not path.startswith("data/") and _differs(root / path, text):
            call.say(f"left {shown}, which is there and not as init writes it")


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_bytes() != text.encode()


def _refresh(call: Call) -> None:
    """Write the generated files of the log anew, where they differ."""
    log = call.log()
    new = [p for p, text in starting.generated() if writer.overwrite(log.root, p, text.encode())]
    for path in new:
        call.emit_text(f"made {log.shown(path)}")
    if not new:
        call.say("schema and codebook are as they should be; nothing to do")
