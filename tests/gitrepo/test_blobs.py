from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.blobs import read_blobs
from rexctl.values import limits
from tests.gitrepo.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path


def stored(repository: Repository, data: bytes) -> str:
    """Put a blob into the repository and give its hash."""
    path = repository.folder / "blob"
    path.write_bytes(data)
    return repository("hash-object", "-w", "--no-filters", "blob")


def test_blobs_come_back_to_the_byte_whatever_is_in_them(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    contents = (b"", b"\n", b"a\n\n", b"no line end", b"\0\xff", b"x" * limits.MAX_SIZE)
    wanted = {stored(repository, data): data for data in (*contents, bytes(range(256)) * 999)}
    assert read_blobs(repository.git, [*wanted, *wanted]) == wanted
    assert read_blobs(repository.git, []) == {}


def test_more_than_a_pipe_holds_goes_both_ways(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    name = stored(repository, b"y" * 200_000)
    missing = [hashlib.sha1(str(n).encode()).hexdigest() for n in range(5000)]
    blobs = [name, *missing, name]
    assert read_blobs(repository.git, blobs) == {name: b"y" * 200_000}


def test_a_blob_that_is_too_large_is_none_and_a_missing_one_is_left_out(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    large, small = stored(repository, b"x" * (limits.MAX_SIZE + 1)), stored(repository, b"x")
    blobs = [large, "1" * 40, small]
    assert read_blobs(repository.git, blobs) == {large: None, small: b"x"}


def test_a_store_of_git_that_is_spoiled_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    good, name, other = (stored(repository, data) for data in (b"good", b"x" * 5000, b"x"))
    path = repository.folder / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 5000\0" + b"x" * 100))
    with pytest.raises(EnvironmentFaultError, match="git cat-file wrote 1 of 3 files"):
        read_blobs(repository.git, [good, name, other])
