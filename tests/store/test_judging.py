from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rexctl.store.judging import packed_file
from tests.store.logs import event, log_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

PATH = "events/2025/2025-10-09-x.yaml"


def test_a_good_file_is_packed_with_its_digest(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-x"))
    digest = hashlib.sha256(text_of(event("2025-10-09-x")).encode()).hexdigest()
    path, found, told, packed = packed_file(str(log.root), PATH, "")
    assert (path, found, told, packed[0]) == (PATH, digest, None, "2025-10-09-x")
    assert packed_file(str(log.root), PATH, digest) == (PATH,)


def test_a_bad_file_is_packed_as_its_findings(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-x"))
    (log.root / PATH).write_text("[")
    *_, told, packed = packed_file(str(log.root), PATH, "")
    assert packed is None
    assert "yaml-syntax" in told
    (log.root / PATH).unlink()
    assert "unreadable" in packed_file(str(log.root), PATH, "")[2]
