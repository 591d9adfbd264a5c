from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from rexctl.records import Finding
from rexctl.store import safe_open
from rexctl.store.safe_open import read_bytes
from rexctl.values import limits

NAME = "events/2025/2025-10-09-a.yaml"


def refusal(path: Path) -> tuple[str, str]:
    found = read_bytes(path, NAME)
    assert isinstance(found, Finding)
    assert found.path == NAME
    return found.code, found.message


def test_a_file_is_given_byte_by_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a\r\n\x00\xff")
    assert read_bytes(path, NAME) == b"a\r\n\x00\xff"


def test_a_pipe_is_refused_by_name_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    assert refusal(tmp_path / "a") == ("not-a-file", "2025-10-09-a.yaml is a pipe, not a file")


def test_a_device_is_refused_by_name_and_not_touched() -> None:
    assert refusal(Path("/dev/zero")) == ("not-a-file", "2025-10-09-a.yaml is a device, not a file")


def test_a_folder_and_a_socket_are_refused_by_name(tmp_path: Path) -> None:
    assert refusal(tmp_path) == ("not-a-file", "2025-10-09-a.yaml is a folder, not a file")
    with socket.socket(socket.AF_UNIX) as ear:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket must be short
        try:
            ear.bind("s")
        finally:
            os.chdir(here)
        assert refusal(tmp_path / "s")[1].endswith("is a socket, not a file")


@pytest.mark.parametrize("target", ["good", "nowhere", "self"])
def test_a_link_is_refused_by_name_wherever_it_leads(tmp_path: Path, target: str) -> None:
    (tmp_path / "good").write_text("x")
    (tmp_path / "self").symlink_to(target)
    assert refusal(tmp_path / "self") == (
        "not-a-file",
        "2025-10-09-a.yaml is a symbolic link, not a file",
    )


@pytest.mark.parametrize("trick", ["pipe", "link"])
def test_what_is_swapped_between_the_look_and_the_opening_is_refused_too(
    tmp_path: Path, trick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    real = os.lstat

    def swapped(given: Path) -> os.stat_result:
        about = real(given)
        given.unlink()
        os.mkfifo(given) if trick == "pipe" else given.symlink_to("/etc/hostname")
        return about

    monkeypatch.setattr(safe_open.os, "lstat", swapped)
    code, message = refusal(path)
    wanted = {
        "pipe": ("not-a-file", "is a pipe, not a file"),
        "link": ("unreadable", "symbolic links"),
    }
    assert code == wanted[trick][0]
    assert message.endswith(wanted[trick][1])


def test_two_mebibytes_are_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * limits.MAX_SIZE)
    assert read_bytes(path, NAME) == b"x" * limits.MAX_SIZE
    path.write_bytes(b"x" * (limits.MAX_SIZE + 1))
    assert refusal(path) == ("too-large", "2025-10-09-a.yaml is larger than 2 MiB")


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert refusal(path)[0] == "too-large"


def test_a_file_that_vanished_is_told_plainly(tmp_path: Path) -> None:
    code, message = refusal(tmp_path / "gone")
    assert (code, message) == (
        "unreadable", "2025-10-09-a.yaml cannot be read: no such file or directory",
    )  # fmt: skip


def test_a_file_without_rights_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").write_text("x")
    monkeypatch.setattr(safe_open.os, "open", refused)
    assert refusal(tmp_path / "a")[1].endswith("cannot be read: permission denied")


def test_what_is_named_on_the_command_line_is_given_whole_and_a_device_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * (limits.MAX_SIZE + 5))
    assert len(safe_open.read_argument(str(path))) == limits.MAX_SIZE + 5
    assert safe_open.read_argument("/dev/null") == b""
    with pytest.raises(OSError, match="device"):
        safe_open.read_argument("/dev/zero")


@pytest.mark.parametrize("size", [0, 1, 5000])
def test_a_file_that_comes_in_small_pieces_or_grows_meanwhile_is_read_to_its_end(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * size + b"grown")
    real_read, real_stat = os.read, os.fstat

    def smaller(handle: int) -> os.stat_result:
        about = list(real_stat(handle))
        about[6] = size
        return os.stat_result(about)

    monkeypatch.setattr(safe_open.os, "fstat", smaller)
    monkeypatch.setattr(
        safe_open.os, "read", lambda handle, most: real_read(handle, min(most, 700))
    )
    assert read_bytes(path, NAME) == read_bytes(str(path), NAME) == b"x" * size + b"grown"
