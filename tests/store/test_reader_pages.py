"""The examples of the pages of `rexctl explain`, run through the readers that tell their codes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rexctl.checks import CHECKS
from rexctl.checks.run import check_snapshot
from rexctl.importers import csv, json
from rexctl.model.codes import check_codes
from rexctl.output import help_pages
from rexctl.records import Finding
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.log import Log, parse_settings
from rexctl.vocabulary.vocabulary import parse_vocabulary
from rexctl.yamlfile.format import canonical
from rexctl.yamlfile.parse import locate, parse
from tests.code_reader import used
from tests.page_examples import examples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.page_examples import Example

BASE = """\
id: 2025-10-09-cn-mofcom-61
type: export-control
title: Announcement 61 puts rare-earth items made abroad under Chinese export licence
date: 2025-10-09
status: adopted
actors:
  - CN/mofcom
sources:
  - url: https://example.org/61
"""
# What no page can show: bytes that are no text, and files that are too long to print.
MAX_MADE = {
    "not-utf8": "title: Türkiye\n".encode("cp1252"),
    "empty-file": b"# nothing yet\n",
    "too-many-values": b"x-table:\n" + b"  - 1\n" * 200_001,
}
# Of all codes of a file: those that are told of its place on the disk, not of what it holds.
OF_THE_DISK = {"too-large"}
# What rexctl says of its own doing, of a change, or of what is given to add: no file alone provokes it.
OF_OURSELVES = {"bad-value", "not-restyled", "not-spliced"}
VOCABULARY = parse_vocabulary({})[0]


def whole(text: str) -> str:
    """Put the event of this file around an example that begins with `...`."""
    if not text.startswith("...\n"):
        return text
    own = text.removeprefix("...\n")
    keys = {line.partition(":")[0] for line in own.splitlines()}
    kept, keep = [], True
    for line in BASE.splitlines(keepends=True):
        if line[0] not in " -":
            keep = line.partition(":")[0] not in keys
        kept += [line] if keep else []
    return "".join(kept) + own


def in_a_log(data: bytes, path: str, folder: Path) -> Sequence[Finding]:
    """What is found in a file at its path in a log of its own."""
    (folder / "rexctl.yaml").write_text("format: 1\n")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    with Snapshot.open(Log(folder, None)) as snapshot:
        return check_snapshot(snapshot, date(2025, 11, 10))


def findings(code: str, example: Example, folder: Path) -> Sequence[Finding]:
    """What the reader of such a file finds in an example; a path may stand in its first line."""
    data = whole(example.text).encode()
    if example.text.startswith("# events/"):
        return in_a_log(data, example.text.partition("\n")[0].removeprefix("# "), folder)
    if example.language == "json":
        return [f for record in json.records(data, "x.json") for f in record.findings]
    if example.language == "csv":
        return [f for record in csv.records(data, "x.csv") for f in record.findings]
    if code == "broken-query":
        return in_a_log(b"format: 1\n" + data, "rexctl.yaml", folder)
    if code == "newer-format":
        return parse_settings(data, "rexctl.yaml")[1]
    if code == "code-twice":
        return parse_vocabulary({"vocabulary/actors.yaml": data})[1]
    event, found, _ = parse(data)
    if event is not None:
        found = (*found, *locate(data, check_codes(event, VOCABULARY)))
    if code == "comment-lost":
        assert event is not None
        written = canonical(data, event)
        return [written] if isinstance(written, Finding) else []
    return found


def shown(verdict: str) -> list[object]:
    return [
        pytest.param(page.code, example, id=page.code)
        for page in help_pages.pages()
        for example in examples(page)
        if example.verdict == verdict and page.code not in CHECKS
    ]


def test_the_event_around_the_examples_is_good() -> None:
    event, found, _ = parse(BASE.encode())
    assert event is not None
    assert found == ()


@pytest.mark.parametrize(("code", "example"), shown("FAIL"))
def test_the_fail_example_of_a_page_has_a_finding_of_its_code(
    code: str, example: Example, tmp_path: Path
) -> None:
    found = findings(code, example, tmp_path)
    assert {finding.code for finding in found} == {code}
    for finding in found:
        line, column = finding.start
        assert 1 <= line <= len(whole(example.text).splitlines()) + 1
        assert column >= 1
        assert finding.message


@pytest.mark.parametrize(("code", "example"), shown("PASS"))
def test_the_pass_example_of_a_page_has_no_finding(
    code: str, example: Example, tmp_path: Path
) -> None:
    assert list(findings(code, example, tmp_path)) == []


@pytest.mark.parametrize("code", MAX_MADE)
def test_what_no_page_can_show_is_told_by_its_code(code: str) -> None:
    found = parse(MAX_MADE[code]).findings
    assert code in {finding.code for finding in found}


def test_every_code_of_what_a_file_holds_has_an_example() -> None:
    of_a_file = {
        code
        for code, paths in used().items()
        if any(path.split("/")[1] in ("yamlfile", "model") for path in paths)
    }
    assert "too-deep" in of_a_file
    with_examples = {page.code for page in help_pages.pages() if examples(page)}
    assert of_a_file - with_examples - set(MAX_MADE) - OF_THE_DISK - OF_OURSELVES == set()
