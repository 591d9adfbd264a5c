"""All findings of a log: those of each file, and those of the rules."""

from __future__ import annotations

from importlib import import_module
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from rexctl import __version__
from rexctl.checks import CHECKS
from rexctl.index import keeping
from rexctl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from rexctl.checks.context import RuleContext
    from rexctl.index.tables import Index
    from rexctl.store.log import Log


def check_log(log: Log, index: Index, today: date) -> list[Finding]:
    """Return every finding of a log, sorted by path, line and column.

    The result is cached until a file, the day or the version of rexctl changes. After a change in
    the code of a rule, set REXCTL_CACHE to an empty folder.
    """
    state = f"{today} {__version__} {' '.join(CHECKS)}"
    findings = keeping.kept(index, "check", state)
    if findings is None:
        turn = keeping.turn(index)
        findings = _check(log, index, today)
        keeping.keep(index, "check", state, findings, turn)
    return findings


def _check(log: Log, index: Index, today: date) -> list[Finding]:
    # Imported here: a check whose result is cached loads neither rules nor vocabulary.
    from rexctl.checks.context import build_context
    from rexctl.index import select
    from rexctl.query import Query
    from rexctl.store import crew
    from rexctl.store.safe_open import read_bytes
    from rexctl.store.wording import vocabulary_of

    with crew.uncollected():
        rows = select.rows(index, Query(), retracted=True)
        context = build_context(rows, select.bad_files(index), vocabulary_of(log.root)[0], today)
        found = locate_findings(
            apply_rules(context), lambda path: read_bytes(log.root / path, path)
        )
        return sorted([*select.findings(index), *found], key=lambda finding: finding.sort_key)


def apply_rules(context: RuleContext) -> Iterator[Finding]:
    """Yield what the rules find and no event allows, with path and `loc`; lines are not known yet."""
    for module in CHECKS.values():
        for finding in import_module(module).check(context):
            if not context.is_allowed(finding):
                yield finding._replace(path=finding.path or context.paths[finding.event])


def locate_findings(
    findings: Iterable[Finding], read: Callable[[str], bytes | Finding]
) -> Iterator[Finding]:
    """Yield findings with line and column; `read` returns the bytes of a path, once for each path."""
    from rexctl.yamlfile.parse import locate

    by_path = attrgetter("path")
    for path, group in groupby(sorted(findings, key=by_path), by_path):
        data, located = read(path), list(group)
        if not isinstance(data, Finding):
            located = locate(data, located, path)
        yield from (finding._replace(loc=()) for finding in located)
