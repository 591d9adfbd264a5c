from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.vocabulary.vocabulary import load_vocabulary
from tests.store.logs import log_of

if TYPE_CHECKING:
    from pathlib import Path


def test_words_of_the_log_lie_over_ours_and_every_file_is_given(tmp_path: Path) -> None:
    root = log_of(tmp_path).root
    (root / "vocabulary").mkdir()
    (root / "vocabulary/tags.yaml").write_text("ports: Of ships.\n")
    (root / "vocabulary/.draft.yaml").write_text("[")
    vocabulary, findings, files = load_vocabulary(root)
    assert findings == []
    assert set(files) == {"vocabulary/tags.yaml", "rexctl.yaml"}
    assert "ports" in vocabulary.tags
    assert vocabulary.actor("CN/mofcom") == "CN/mofcom"


def test_what_cannot_be_read_is_told_by_name(tmp_path: Path) -> None:
    root = log_of(tmp_path).root
    (root / "vocabulary").mkdir()
    (root / "vocabulary/tags.yaml").symlink_to("/dev/zero")
    (root / "rexctl.yaml").write_text("format: 9\n")
    _, findings, files = load_vocabulary(root)
    assert {(f.code, f.path) for f in findings} == {
        ("not-a-file", "vocabulary/tags.yaml"), ("newer-format", "rexctl.yaml"),
    }  # fmt: skip
    assert set(files) == {"rexctl.yaml"}
