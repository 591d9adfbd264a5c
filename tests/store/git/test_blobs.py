from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

import pytest
from rexctl.store.yamlfile.source import LIMITS

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.blobs import contents, held
from tests.store.git.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path


def stored(repository: Repository, data: bytes) -> str:
    """Put a blob into the repository and give its hash."""
    path = repository.folder / "blob"
    path.write_bytes(data)
    return repository("hash-object", "-w", "--no-filters", "blob")


def test_blobs_come_back_to_the_byte_whatever_is_in_them(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    wanted = {stored(repository, data): data for data in
              (b"", b"\n", b"a\n\n", b"no line end", b"\0\xff", b"x" * LIMITS.size, bytes(range(256)) * 999)}  # fmt: skip
    assert contents(repository.git, [*wanted, *wanted]) == wanted
    assert contents(repository.git, []) == {}


def test_more_than_a_pipe_holds_goes_both_ways(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    name = stored(repository, b"y" * 200_000)
    missing = [hashlib.sha1(str(n).encode()).hexdigest() for n in range(5000)]
    found = contents(repository.git, [name, *missing])
    assert len(found) == 5001
    assert found[name] == b"y" * 200_000


def test_what_is_too_large_or_missing_is_none_and_hides_no_other(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    large, small = stored(repository, b"x" * (LIMITS.size + 1)), stored(repository, b"x")
    assert contents(repository.git, [large, "1" * 40, small]) == {
        large: None, "1" * 40: None, small: b"x"
    }  # fmt: skip


def test_a_store_of_git_that_is_spoiled_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    good, name = stored(repository, b"good"), stored(repository, b"x" * 5000)
    path = repository.folder / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 5000\0" + b"x" * 100))
    with pytest.raises(EnvironmentFaultError, match="git cat-file told of 1 of 2 files"):
        contents(repository.git, [good, name])


def test_what_paths_hold_is_given_but_for_what_is_too_large(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    blobs = {name: stored(repository, data) for name, data in (
        ("small", b"a: b"), ("empty", b""), ("large", b"#" * (LIMITS.size + 1)))}  # fmt: skip
    assert held(repository.git, blobs) == {"small": b"a: b", "empty": b""}
