"""All findings of a version of the log: those of each file, and those of the rules.

A check whose result is cached loads neither rules nor vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from zlib import crc32

from rexctl import __version__
from rexctl.cache.cache import dump_findings, load_findings
from rexctl.checks import RULES
from rexctl.errors import UsageError
from rexctl.records import WARNING, Finding
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.layout import SCHEMA, SETTINGS
from rexctl.values.codes import is_id


def check_snapshot(snapshot: Snapshot, today: date, schema: bytes = b"") -> list[Finding]:
    """Return every finding of a version of the log, sorted by path, line and column.

    `schema` is the log's JSON Schema for editors, where it is to be compared with the vocabulary.
    The result for the working tree is cached until a file, the day or the version of rexctl changes.
    After a change in the code of a rule, set REXCTL_CACHE to an empty folder.
    """
    state = f"{today} {__version__} {crc32(schema)} {' '.join(RULES)}"
    text = snapshot.cached(
        "check", state, lambda: dump_findings(_check(snapshot, today, schema)) or ""
    )
    return load_findings(text)


def _check(snapshot: Snapshot, today: date, schema: bytes) -> list[Finding]:
    from rexctl.checks.context import build_context, locate_findings

    _check_layouts(snapshot)
    misplaced = list(_misplaced(snapshot))
    copies = {one.path for one in misplaced if snapshot.path_of(one.event) != one.path}
    rows = (row for row in snapshot.events() if row.path not in copies)
    context = build_context(rows, partial(_complete_event, snapshot), _invalid(snapshot),
                            snapshot.vocabulary, today)  # fmt: skip
    found = locate_findings([*misplaced, *context.findings()], snapshot.read)
    broken = _broken_queries(snapshot, today)
    every = [*snapshot.findings(), *snapshot.layout_findings(), *found, *broken]
    if schema:
        every += _old_schema(snapshot, schema)
    return sorted(every, key=lambda finding: finding.sort_key)


def _old_schema(snapshot: Snapshot, schema: bytes) -> Iterator[Finding]:
    """Yield a finding where the schema for editors is not made from the codes and fields of today."""
    from rexctl.model.json_schema import file_schema_text

    if schema != file_schema_text(snapshot.vocabulary.by_kind()).encode():
        yield Finding("old-schema", "editors offer other codes or fields than the log has", SCHEMA,
                      level=WARNING, hint="rexctl init --refresh rewrites it")  # fmt: skip


def _broken_queries(snapshot: Snapshot, today: date) -> Iterator[Finding]:
    """Yield a warning for each saved query that cannot be used."""
    if not snapshot.stored.settings.queries:
        return
    from rexctl.yamlfile.documents import read_document

    data = snapshot.read(SETTINGS)
    document = read_document(data if isinstance(data, bytes) else b"", SETTINGS)
    for name in snapshot.stored.settings.queries:
        try:
            snapshot.parse_query([f"@{name}"], today)
        except UsageError as error:
            yield document.fault("broken-query", f"@{name}: {error.message}", ("queries", name),
                                 hint=error.hint, level=WARNING)  # fmt: skip


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
        yield Finding("path-mismatch", f"id: {name} belongs in events/{name[:4]}/{name}.yaml", path,
                      event=name, loc=("id",), hint=_where_to(snapshot, path, name))  # fmt: skip


def _where_to(snapshot: Snapshot, path: str, name: str) -> str:
    """Return what to do with a file that is not where its id belongs."""
    file_name = path.rpartition("/")[2].removesuffix(".yaml")
    if snapshot.has_file(f"events/{name[:4]}/{name}.yaml"):
        if file_name == name or not is_id(file_name):
            return (
                "remove this file if it is a copy; another event needs an id and a name of its own"
            )
        return f"remove this file if it is a copy, or set id: {file_name} if it is another event"
    if file_name == name:
        return f"move it to events/{name[:4]}/: rexctl mv {name} {name} does that"
    if is_id(file_name) and snapshot.event(file_name) is None:
        return f"rexctl mv {file_name} {name} renames it and its links, or set id: {file_name}"
    return f"rexctl mv {name} {name} renames the file"


def _check_layouts(snapshot: Snapshot) -> None:
    """Find files in another form than the canonical one, and store that by blob."""
    from rexctl.cache import workers
    from rexctl.values import json_text
    from rexctl.values.codes import blob_id
    from rexctl.yamlfile.format import not_canonical

    def work(chunk: Sequence[tuple[str, str, bytes]]) -> list[tuple[str, Sequence[Finding]]]:
        layouts: list[tuple[str, Sequence[Finding]]] = []
        for blob, path, line in chunk:
            data = snapshot.read(path)
            if isinstance(data, bytes) and blob_id(data, like=blob) == blob:
                event = {k: v for k, v in json_text.loads(line.decode()).items() if k[:1] != "_"}
                layouts.append((blob, not_canonical(data, event)))
        return layouts

    files = snapshot.without_layout()
    if files:
        snapshot.put_layouts(dict(workers.map_chunks(work, files)))
