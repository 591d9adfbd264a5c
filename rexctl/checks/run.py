"""All findings of a version of the log: those of each file, and those of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rexctl import __version__
from rexctl.cache.cache import dump_findings, load_findings
from rexctl.checks import RULES
from rexctl.records import Finding, Row
from rexctl.snapshot.snapshot import Snapshot

_MANY = 50  # new events, for which all events are read at once

if TYPE_CHECKING:  # a check whose result is cached loads neither rules nor vocabulary
    from rexctl.checks.context import RuleContext
    from rexctl.vocabulary.vocabulary import Vocabulary


def check_snapshot(snapshot: Snapshot, today: date) -> list[Finding]:
    """Return every finding of a version of the log, sorted by path, line and column.

    The result for the working tree is cached until a file, the day or the version of rexctl changes.
    After a change in the code of a rule, set REXCTL_CACHE to an empty folder.
    """
    state = f"{today} {__version__} {' '.join(RULES)}"
    text = snapshot.cached("check", state, lambda: dump_findings(_check(snapshot, today)) or "")
    return load_findings(text)


def _check(snapshot: Snapshot, today: date) -> list[Finding]:
    from rexctl.checks.context import build_context

    _check_layouts(snapshot)
    misplaced = list(_misplaced(snapshot))
    copies = {one.path for one in misplaced if snapshot.path_of(one.event) != one.path}
    rows = (row for row in snapshot.events() if row.path not in copies)
    context = build_context(rows, partial(_complete_event, snapshot), _invalid(snapshot),
                            snapshot.vocabulary, today)  # fmt: skip
    found = locate_findings([*misplaced, *apply_rules(context)], snapshot.read)
    every = [*snapshot.findings(), *snapshot.layout_findings(), *found]
    return sorted(every, key=lambda finding: finding.sort_key)


def check_new_events(
    snapshot: Snapshot, vocabulary: Vocabulary, events: Sequence[Mapping[str, Any]],
    files: Mapping[str, bytes], today: date,
) -> list[Finding]:  # fmt: skip
    """Return the findings of the rules for events that were added, sorted by path and line.

    Only they and the events that the snapshot relates to them are looked at.

    :param events: the new events, which the snapshot need not have.
    :param files: their contents by path.
    """
    from rexctl.checks.context import build_context

    if not events:
        return []
    rows: dict[str, Row] = {}
    if len(events) > _MANY:
        rows = {str(row.data["id"]): row for row in snapshot.events()}
    else:
        for event in events:
            rows |= snapshot.related(event)
    names = {str(event["id"]): path for event, path in zip(events, files, strict=True)}
    rows |= {str(event["id"]): Row(event, path=names[str(event["id"])]) for event in events}
    unparsed: dict[str, Any] = {one.path: None for one in snapshot.unparsed()}
    context = build_context(
        rows.values(), lambda name: rows[name].data, unparsed, vocabulary, today
    )
    found = [one for one in apply_rules(context)
             if one.event in names or any(name in one.message for name in names)]  # fmt: skip
    read = lambda path: files[path] if path in files else snapshot.read(path)  # noqa: E731
    return sorted(locate_findings(found, read), key=lambda finding: finding.sort_key)


def _complete_event(snapshot: Snapshot, name: str) -> Mapping[str, Any]:
    row = snapshot.event(name)
    return row.data if row else {}


def _invalid(snapshot: Snapshot) -> dict[str, Any]:
    """Return the path and the plain value of each file that is no valid event."""
    from rexctl.yamlfile.parse import read_value

    paths = sorted({finding.path for finding in snapshot.unparsed()})
    files = ((path, snapshot.read(path)) for path in paths)
    return {path: read_value(data) if isinstance(data, bytes) else None for path, data in files}


def _misplaced(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield a finding for each event whose file name or folder disagrees with its id."""
    for path, name in snapshot.misplaced():
        file_name = path.rpartition("/")[2].removesuffix(".yaml")
        yield Finding("path-mismatch", f"id: {name} belongs in events/{name[:4]}/{name}.yaml", path,
                      event=name, loc=("id",),
                      hint=f"set id: {file_name} if this is a copy, else rename the file")  # fmt: skip


def _check_layouts(snapshot: Snapshot) -> None:
    """Find files in another form than the canonical one, and store that by blob."""
    from rexctl.cache import workers
    from rexctl.gitrepo.blobs import blob_id
    from rexctl.values import json_text
    from rexctl.yamlfile.format import not_canonical

    def work(chunk: Sequence[tuple[str, str, bytes]]) -> list[tuple[str, Sequence[Finding]]]:
        found: list[tuple[str, Sequence[Finding]]] = []
        for blob, path, line in chunk:
            data = snapshot.read(path)
            if isinstance(data, bytes) and blob_id(data, like=blob) == blob:
                event = {k: v for k, v in json_text.loads(line.decode()).items() if k[:1] != "_"}
                found.append((blob, not_canonical(data, event)))
        return found

    files = snapshot.without_layout()
    if files:
        snapshot.put_layouts(dict(workers.map_chunks(work, files)))


def apply_rules(context: RuleContext) -> Iterator[Finding]:
    """Yield what the rules find and no event allows, with path and `loc`; lines are not known yet."""
    found = (import_module(module).check(context) for module in RULES.values())
    for finding in chain(context.code_findings, *found):
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
