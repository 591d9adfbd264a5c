"""Make a log in a folder, or complete one; what is there already is left as it is.

With --ci and --hooks, what runs rexctl by itself is written to the root of the repository around.
The workflow installs rexctl from the git commit that this rexctl was installed from, or from SPEC.

Examples:
  rexctl init
  rexctl init ~/trade-log --demo
  rexctl init --ci github --hooks
  rexctl init --ci github --install git+https://example.org/rexctl@v1
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, option
from rexctl.errors import AskedWronglyError, BadValueError, ConflictError, UnknownWordError
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
    install: Annotated[
        str | None, option("--install", metavar="SPEC", help="With --ci: what pip installs.")
    ] = None,
    hooks: Annotated[bool, option("--hooks", help="A pre-commit hook that checks.")] = False,
    refresh: Annotated[
        bool, option("--refresh", help="Write schema and codebook of the log here anew.")
    ] = False,
) -> None:  # fmt: skip
    """Write what is missing, and say what was made."""
    _check_options(ci, install)
    if refresh:
        _refresh(call)
        return
    if folder.exists() and not folder.is_dir():
        raise BadValueError(str(folder), "is a file, not a folder")
    folder.mkdir(parents=True, exist_ok=True)
    made = [*_made(call, folder, folder, starting.files(demo=demo))]
    made += _automate(call, folder, ci or "", install or "", hooks=hooks)
    (folder / "data" / "events").mkdir(parents=True, exist_ok=True)
    for path in made:
        call.emit_text(f"made {path}")
    where = folder if str(folder) != "." else "this folder"
    if "data/rexctl.yaml" in made:
        call.say(f"{where} holds a log now; rexctl add logs an event")
    else:
        call.say(f"{where} holds a log already" + ("" if made else "; nothing to do"))


def _check_options(ci: str | None, install: str | None) -> None:
    """Raise AskedWronglyError for an unknown host, and for an --install that cannot be used."""
    if ci is not None and ci not in automation.HOSTS:
        raise UnknownWordError("CI host", ci, automation.HOSTS, see=", ".join(automation.HOSTS))
    if install is not None and ci is None:
        raise AskedWronglyError("--install needs --ci", "rexctl init --ci github --install SPEC")
    if install is not None and (not install.strip() or install.startswith("-")):
        raise BadValueError(install or "''", "is nothing that pip installs",
                            "write a requirement such as git+https://HOST/OWNER/REPOSITORY@TAG")  # fmt: skip


def _automate(call: Call, folder: Path, ci: str, install: str, *, hooks: bool) -> list[str]:
    """Write the workflow and the hooks, and return the paths of those that were missing."""
    root = repository.root_of(folder) or folder.resolve()
    within = "/".join(folder.resolve().relative_to(root).parts)
    source = install or (automation.installed_from() if ci else "")
    texts = dict(automation.files(within, ci=ci, hooks=hooks, install=source))
    made = [*_made(call, root, folder, texts.items())]
    for path in made:
        if path.endswith(automation.WORKFLOW) and not source:
            call.say(f"{path} does not install rexctl yet: replace FILL IN by its git source, "
                     "or delete the file and use --install SPEC")  # fmt: skip
    return made


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
