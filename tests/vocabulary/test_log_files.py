from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.snapshot.snapshot import Snapshot
from rexctl.vocabulary.vocabulary import parse_vocabulary, read_files
from tests.store.logs import log_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_words_of_the_log_are_added_to_the_shipped_ones(tmp_path: Path) -> None:
    root = log_of(tmp_path).root
    (root / "vocabulary").mkdir()
    (root / "vocabulary/tags.yaml").write_text("ports: Of ships.\n")
    (root / "vocabulary/.draft.yaml").write_text("[")
    files = read_files(root)
    assert set(files) == {"vocabulary/tags.yaml", "rexctl.yaml"}
    vocabulary, findings = parse_vocabulary(files)
    assert findings == []
    assert "ports" in vocabulary.tags
    assert vocabulary.actor("CN/mofcom") == "CN/mofcom"


def test_a_file_that_cannot_be_read_is_left_out_and_is_a_finding(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    (log.root / "vocabulary").mkdir()
    (log.root / "vocabulary/tags.yaml").symlink_to("/dev/zero")
    (log.root / "rexctl.yaml").write_text("format: 9\n")
    assert set(read_files(log.root)) == {"rexctl.yaml"}
    with Snapshot.open(log) as snapshot:
        assert {(f.code, f.path) for f in snapshot.findings()} == {
            ("not-a-file", "vocabulary/tags.yaml"), ("newer-format", "rexctl.yaml"),
        }  # fmt: skip
