"""Make a log in a folder, or add what a log lacks; existing files stay as they are.

Settings of editors, and with --ci and --hooks what runs rexctl by itself, are written to the root of
the repository around. The workflow installs rexctl from the git commit that this rexctl was installed
from, or from SPEC.

Examples:
  rexctl init
  rexctl init ~/trade-log --demo
  rexctl init --ci github --hooks
  rexctl init --ci github --install git+https://example.org/rexctl@v1
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import argument, option
from rexctl.commands.git import set_up
from rexctl.errors import ConflictError, EnvironmentFaultError, UsageError, bad_value, require_name
from rexctl.gitrepo.run import Git
from rexctl.store import init_files, writer
from rexctl.store.log import find_repository
from rexctl.store.safe_open import read_bytes
from rexctl.vocabulary.vocabulary import read_vocabulary


def run(
    context: Context,
    target: Annotated[str, argument("[DIR]", "The folder in which data/ is made.")] = ".",
    demo: Annotated[bool, option("Add one example event of each type.")] = False,
    git: Annotated[bool, option("Set up git to merge events by field (git setup).")] = False,
    ci: Annotated[
        str | None, option("Add a workflow that checks: github.", "HOST", words=("github",))
    ] = None,
    install: Annotated[str | None, option("With --ci: what pip installs.", "SPEC")] = None,
    hooks: Annotated[bool, option("Add a pre-commit hook.")] = False,
    refresh: Annotated[bool, option("Rewrite schema and codebook of the log.")] = False,
) -> None:
    """Write what is missing, and report what was made."""
    folder = Path(target)
    _check_options(ci, install)
    if git and not refresh and find_repository(folder) is None:
        raise EnvironmentFaultError(f"{folder}: is in no git repository",
                                    f"git init {shlex.quote(target)} makes one; nothing was made")  # fmt: skip
    if refresh:
        _refresh(context)
        return
    if folder.exists() and not folder.is_dir():
        raise bad_value(str(folder), "is a file, not a folder")
    folder.mkdir(parents=True, exist_ok=True)
    codes = read_vocabulary(folder / "data").by_kind()
    files = init_files.project_files(context.environ, codes, demo=demo)
    new_paths = list(_write_missing(context, folder, folder, files))
    new_paths += _write_top(context, folder, ci or "", install or "", hooks=hooks)
    (folder / "data" / "events").mkdir(parents=True, exist_ok=True)
    context.emit_result("\n".join(f"made {path}" for path in new_paths))
    if git:
        set_up(Context(str(folder), context.today, environ=context.environ))
    where = folder if str(folder) != "." else "this folder"
    steps = list(_next_steps(folder, new_paths, git=git))
    when = "now" if "data/rexctl.yaml" in new_paths else "already"
    ending = "; next:" if steps else "" if new_paths else "; nothing to do"
    for line in (f"{where} holds a log {when}{ending}", *steps):
        context.note(line)


def _next_steps(folder: Path, new_paths: list[str], *, git: bool) -> Iterator[str]:
    """Yield a line for each command that follows; each works where `init` was run."""
    name, new = shlex.quote(str(folder)), "data/rexctl.yaml" in new_paths
    at, log = (f" {name}", f"rexctl -C {name}") if name != "." else ("", "rexctl")
    if new and find_repository(folder) is None:
        yield f"`git init{at}` keeps its history in git"
    if new and not git:
        yield f"`{log} git setup` makes git merge events by field"
    if any(path.endswith(init_files.HOOKS) for path in new_paths):
        yield f"`{f'cd{at} && ' if at else ''}pre-commit install` runs the hooks at each commit"
    if new:
        yield f"`{log} add -i` asks for the first event"


def _check_options(ci: str | None, install: str | None) -> None:
    """Raise UsageError for an unknown host, and for an --install that cannot be used."""
    if ci is not None:
        require_name("CI host", ci, ("github",))
    if install is not None and ci is None:
        raise UsageError("--install needs --ci", "rexctl init --ci github --install SPEC")
    if install is not None and (not install.strip() or install.startswith("-")):
        raise bad_value(install or "''", "is nothing that pip installs",
                            "write a requirement such as git+https://HOST/OWNER/REPOSITORY@TAG")  # fmt: skip


def _write_top(context: Context, folder: Path, ci: str, install: str, *, hooks: bool) -> list[str]:
    """Write what is missing at the root of the repository, and return the paths."""
    root = find_repository(folder) or folder.resolve()
    within = "/".join(folder.resolve().relative_to(root).parts)
    source = install or (init_files.installation_source() if ci else "")
    texts = init_files.repository_files(
        within, ci=ci, install=source, branches=_default_branch(root), hooks=hooks)  # fmt: skip
    new_paths = [*_write_missing(context, root, folder, texts)]
    for path in new_paths:
        if path.endswith(init_files.WORKFLOW) and not source:
            context.note(f"{path} does not install rexctl yet: replace FILL IN by its git source, "
                         "or delete the file and use --install SPEC")  # fmt: skip
    return new_paths


def _write_missing(
    context: Context, root: Path, folder: Path, files: Iterable[tuple[str, str]]
) -> Iterator[str]:  # fmt: skip
    """Write what is missing below a root; report files that differ, and yield what was made."""
    for path, text in files:
        display_path = os.path.relpath(root.resolve() / path, folder.resolve())
        if not (root / path).exists():
            try:
                writer.change_batch(root, [(path, text.encode(), None)])
            except ConflictError:  # somebody made it at this very moment: it is there
                continue
            yield display_path
        elif not path.startswith("data/") and (
            lacking := init_files.find_lacking(text, read_bytes(root / path, display_path))
        ):
            context.note(f"left {display_path} as it is; {lacking}")


def _default_branch(root: Path) -> str:
    """Return the default branch as a clone of it knows, else the usual names, separated by a comma."""
    try:
        name = Git(root).output("rev-parse", "--abbrev-ref", "origin/HEAD").decode()
    except EnvironmentFaultError:  # no repository, or one that is no clone
        return "main,master"
    return name.strip().removeprefix("origin/")


def _refresh(context: Context) -> None:
    """Rewrite the generated files of the log, where they differ."""
    log = context.log()
    log.require_writable()
    codes = read_vocabulary(log.root).by_kind()
    new = [path for path, text in init_files.generated_files(codes)
           if writer.overwrite(log.root, path, text.encode())]  # fmt: skip
    context.emit_result("\n".join(f"made {log.shown(path)}" for path in new))
    if not new:
        context.note("schema and codebook are as they should be; nothing to do")
