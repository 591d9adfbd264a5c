"""Rewrite event files in the canonical form; comments stay, or the file is left and reported.

Examples:
  rexctl fmt
  rexctl fmt data/events/2025 --check
  rexctl fmt --upgrade
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from rexctl.checks.unknown_check import rename_old_codes
from rexctl.cli.context import Context
from rexctl.cli.options import Paths, option
from rexctl.cli.selection import is_selected, path_in_log
from rexctl.records import ERROR, Finding, summarize_findings
from rexctl.store import writer
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.format import canonical
from rexctl.yamlfile.parse import parse, parse_earlier


def run(
    context: Context,
    paths: Paths = None,
    check: Annotated[bool, option("Write nothing; exit 1 where a file would change.")] = False,
    upgrade: Annotated[
        bool, option("Rewrite fields that an earlier version had otherwise.")
    ] = False,
) -> int:
    """Format each file; one that does not change is not written."""
    log = context.log()
    if not check:
        log.require_writable()
    selection = [path_in_log(log, Path(path)) for path in paths or ()]
    findings: list[Finding] = []
    changed: list[tuple[str, bytes, str]] = []
    for path in _list_paths(log.root, selection):
        before = read_bytes(log.root / path, path)
        if isinstance(before, Finding):
            findings.append(before)
            continue
        after = _format(before, path, upgrade=upgrade)
        if isinstance(after, list):
            findings += after
        elif after != before:
            changed.append((path, after, writer.digest(before)))
    if not check:
        writer.change_batch(log.root, changed)
    for path, _, _ in changed:
        context.emit_result(log.shown(path), dry_run=check)
    context.report(findings, log)
    action = "would change" if check else "rewritten"
    context.note(
        f"{len(changed)} {action}" + (f", {summarize_findings(findings)}" if findings else "")
    )
    if findings:
        return 3
    return 1 if check and changed else 0


def _list_paths(root: Path, selection: Sequence[str]) -> Iterator[str]:
    """Yield the path of every event file under the wanted ones; none means all."""
    for file in sorted((root / "events").glob("*/*.yaml")):
        path = file.relative_to(root).as_posix()
        if is_selected(path, selection) and not file.name.startswith("."):
            yield path


def _format(data: bytes, path: str, *, upgrade: bool) -> bytes | list[Finding]:
    """Return the canonical bytes of a file, or the errors for which there are none."""
    event, findings, _ = parse_earlier(data) if upgrade else parse(data)
    if event is None:
        return [one._replace(path=path) for one in findings if one.level == ERROR]
    text = canonical(data, rename_old_codes(event), path)
    return [text] if isinstance(text, Finding) else text
