"""All rules over the whole log, and the place in a file of whatever they tell."""

from __future__ import annotations

from importlib import import_module
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rexctl.checks import CHECKS
from rexctl.checks.rule import Case, Told
from rexctl.checks.slim import Slimmer
from rexctl.index import select
from rexctl.model.codes import check_codes, finder
from rexctl.query import Query
from rexctl.records import Finding
from rexctl.store import crew
from rexctl.store.safe_open import read_bytes
from rexctl.store.wording import vocabulary_of
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.parse import locate, located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rexctl.index.tables import Index
    from rexctl.store.log import Log
    from rexctl.vocabulary.vocabulary import Vocabulary

_MANY = 20_000  # events: with fewer, the rules are done before another process has begun


def found(log: Log, index: Index, today: date) -> list[Finding]:
    """Find all there is to tell: of each file by itself, and between events."""
    with crew.uncollected():
        case = case_of(log, index, today)
        told = select.findings(index)
        told += placed(log, case, between(case))
        told += _codes_of_unparsed(
            log, case.vocabulary, {one.path for one in select.bad_files(index)}
        )
    return sorted(told, key=lambda finding: finding.sort_key)


def case_of(log: Log, index: Index, today: date) -> Case:
    """Give the whole log as the rules see it."""
    slim = Slimmer().slim
    events: dict[str, dict[str, Any]] = {}
    paths: dict[str, str] = {}
    twins: list[tuple[str, str]] = []
    vocabulary = vocabulary_of(log.root)[0]
    find, codes = finder(vocabulary), []
    for row in select.rows(index, Query(), retracted=True):
        name = str(row.data["id"])
        if name in events:
            twins.append((name, row.path))
        else:
            events[name], paths[name] = slim(row.data), row.path
            codes += [(name, one) for one in check_codes(row.data, vocabulary, find)]
    former = {str(a): name for name, event in events.items() for a in event.get("aliases", ())}
    bad = frozenset(PurePosixPath(one.path).stem for one in select.bad_files(index))
    return Case(today, vocabulary, events, paths, tuple(twins), former, bad, tuple(codes))


def _codes_of_unparsed(log: Log, vocabulary: Vocabulary, paths: Iterable[str]) -> Iterator[Finding]:
    """Yield the unknown codes in files that do not parse, so that all is reported in one run."""
    for path in paths:
        data = read_bytes(log.root / path, path)
        document = read_document(data, path) if isinstance(data, bytes) else None
        if document is not None and document.value is not None:
            yield from located(document, check_codes(document.value, vocabulary))


def between(case: Case) -> Iterator[Told]:
    """Give what the rules tell, without what an event allows; of a large log, by several processes."""

    def ask(codes: Sequence[str]) -> list[tuple[Any, ...]]:
        return [tuple(told) for code in codes for told in _told(case, code)]

    codes = list(CHECKS)
    few = 2 if len(case.events) >= _MANY else len(codes) + 1
    return (Told(*values) for values in crew.each(ask, codes, share=1, few=few))


def _told(case: Case, code: str) -> Iterator[Told]:
    """Give what one rule tells."""
    for told in import_module(CHECKS[code]).check(case):
        allowed = case.events.get(told.event, {}).get("allow", ())
        if code not in {str(part["check"]) for part in allowed}:
            yield told._replace(code=told.code or code)


def placed(log: Log, case: Case, told: Iterable[Told]) -> Iterator[Finding]:
    """Find the line and column of each thing told, file by file; only files with findings are read."""
    homes = ((one.path or case.paths[one.event], one) for one in told)
    for path, several in groupby(sorted(homes, key=itemgetter(0)), itemgetter(0)):
        found = [
            Finding(one.code, one.message, path, level=one.level, hint=one.hint, event=one.event,
                    loc=one.loc, on=one.on) for _, one in several
        ]  # fmt: skip
        data = read_bytes(log.root / path, path)
        yield from locate(data, found, path) if isinstance(data, bytes) else found
