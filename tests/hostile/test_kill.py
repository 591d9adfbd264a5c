"""Writes that are cut off: killed at any moment, on a full disk, in a folder that may not be written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rexctl.yamlfile.documents import read_document
from tests.hostile.arena import command, environment, good, run, scratch
from tests.hostile.nursery import nursery

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIES = 30
forked = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="runs are forked on Linux")
ADD = ("add", "tariff", "A duty on magnets", "--date", "2025-10-11", "--status", "threatened",
       "--actor", "US", "--affected", "CN", "--source", "https://example.org/b", "--id")  # fmt: skip
BATCH = [f"2025-10-12-us-{n:02}" for n in range(20)]


def batch() -> bytes:
    """Twenty events, each linked to the one before it."""
    documents = []
    for n, name in enumerate(BATCH):
        link = f"links:\n  - rel: follows-up\n    to: {BATCH[n - 1]}\n" if n else ""
        # One long text an event: whole or not can be seen.
        text = f"note: |\n  {'Words. ' * 400}\n".encode()
        documents.append(good(name, f"Duty {n}") + link.encode() + text)
    return b"---\n".join(documents)


def seen_by_readers(log: Path) -> set[str]:
    """The events that stand in the log; each must be whole."""
    names = set()
    for path in (log / "events").rglob("*"):
        if path.is_dir() or path.name.startswith("."):
            continue
        assert path.suffix == ".yaml", path
        document = read_document(path.read_bytes(), path.name)
        assert not document.findings, path
        assert document.value["id"] == path.stem
        assert document.value["sources"]
        names.add(path.stem)
    return names


def assert_right(log: Path, names: set[str]) -> None:
    checked = run(log, "check")
    assert checked.code == 0, checked.out
    listed = run(log, "list", "-f", "id")
    assert listed.code == 0, listed.err
    assert set(listed.out.split()) == names


@pytest.mark.slow
@forked
def test_an_add_killed_at_any_moment_leaves_the_event_whole_or_not_at_all(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    chance = random.Random(7)
    done, killed = set(), 0
    with nursery(log, environment(log)) as opened:
        whole = opened.one(*ADD, "2025-10-11-us-first").seconds
        for n in range(TRIES):
            name = f"2025-10-11-us-try-{n}"
            ended = opened.one(*ADD, name, after=whole * chance.uniform(0.1, 1.2))
            killed += ended.code == -signal.SIGKILL
            if ended.code == 0:
                done.add(name)
                whole = min(whole, ended.seconds)  # the first may have been the slowest
    names = seen_by_readers(log)
    assert killed, "no kill came in time"
    assert done <= names, "what ended with 0 is there"
    assert_right(log, names)
    # What a killed run left behind is told as such, and nothing else is amiss.
    assert {p.suffix for p in (log / "events" / "2025").glob(".*")} <= {".tmp"}


@pytest.mark.slow
@forked
def test_a_batch_killed_at_any_moment_leaves_a_beginning_of_it_that_passes_check(
    tmp_path: Path,
) -> None:
    log = scratch(tmp_path)
    (log / "in.yaml").write_bytes(batch())
    chance = random.Random(8)
    folder = log / "events" / "2025"
    seen = set()
    with nursery(log, environment(log)) as opened:
        whole = opened.one("add", "--from", "in.yaml").seconds
        for _ in range(TRIES):
            clear(folder)
            ended = opened.one("add", "--from", "in.yaml", after=whole * chance.uniform(0.1, 1.2))
            names = seen_by_readers(log) - {"2025-10-10-us-good"}
            # In the order of the links, so that each beginning stands by itself.
            assert names == set(BATCH[: len(names)])
            assert ended.code != 0 or len(names) == len(BATCH)
            seen.add(ended.code)
            if ended.code == 0:
                whole = min(whole, ended.seconds)
    assert -signal.SIGKILL in seen, "no kill came in time"
    # What was cut off can be said again: what is there is `same`, the rest is added.
    clear(folder)
    assert run(log, "add", "--from", "in.yaml").code == 0
    (folder / f"{BATCH[-1]}.yaml").unlink()
    again = run(log, "add", "--from", "in.yaml")
    assert again.code == 0
    assert again.out.count("\tsame") == len(BATCH) - 1
    assert_right(log, {"2025-10-10-us-good", *BATCH})


@pytest.mark.slow
@forked
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_nothing_half_done_and_nothing_hidden(
    number: signal.Signals, tmp_path: Path
) -> None:
    log = scratch(tmp_path)
    (log / "in.yaml").write_bytes(batch())
    folder = log / "events" / "2025"
    chance = random.Random(9)
    with nursery(log, environment(log)) as opened:
        whole = opened.one("add", "--from", "in.yaml").seconds
        for _ in range(TRIES // 2):
            clear(folder)
            after = whole * chance.uniform(0.1, 1.2)
            code = opened.one("add", "--from", "in.yaml", after=after, number=number).code
            names = seen_by_readers(log) - {"2025-10-10-us-good"}
            assert names in (set(), set(BATCH))
            assert code != 0 or names
            assert not list(folder.glob(".*"))
            assert code in (0, 130, -number)


def clear(folder: Path) -> None:
    """Take away the batch, and what a killed run has left."""
    for path in (*folder.glob("2025-10-12*"), *folder.glob(".*.tmp")):
        path.unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], check=False,
                          capture_output=True)  # fmt: skip
    if made.returncode:
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def tree(log: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in log.rglob("*") if p.is_file()}


def test_a_full_disk_is_told_and_changes_nothing(small_disk: Path) -> None:
    log = scratch(small_disk)
    (small_disk / "filler").write_bytes(b"")
    with open(small_disk / "filler", "ab", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass
    before = tree(log)
    elsewhere = {"REXCTL_CACHE": str(small_disk.parent / "cache"), "TMPDIR": str(small_disk.parent)}
    for words, stdin in (((*ADD, "2025-10-11-us-full"), b""), (("add", "--from", "-"), batch())):
        done = subprocess.run(command(*words), cwd=log, env=environment(log, **elsewhere), timeout=20,
                              input=stdin, capture_output=True, check=False)  # fmt: skip
        assert done.returncode == 7, done.stderr
        assert b"error[" in done.stderr
        assert b"Traceback" not in done.stderr
        assert tree(log) == before
    # Reading goes on, whether or not the index can be kept.
    for cache in (elsewhere["REXCTL_CACHE"], str(small_disk / "cache")):
        listed = subprocess.run(command("list", "-f", "id"), cwd=log, capture_output=True, timeout=20, check=False,
                                env=environment(log, **elsewhere | {"REXCTL_CACHE": cache}))  # fmt: skip
        assert (listed.returncode, listed.stdout) == (0, b"2025-10-10-us-good\n"), listed.stderr


def test_output_to_a_full_device_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command("schema"), stdout=full, stderr=subprocess.PIPE, timeout=20,
                              env=environment(Path("/nowhere/log")), check=False)  # fmt: skip
    assert done.returncode == 7, done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"error[")


def test_a_folder_that_may_not_be_written_is_told_and_left(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    before = tree(log)
    folder = log / "events" / "2025"
    words = [*ADD, "2025-10-11-us-closed"]
    if os.geteuid() == 0:
        # Rights do not bind root: another user tries.
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv here")
        for path in (tmp_path, *tmp_path.parents):
            if not path.stat().st_mode & 0o001:
                if not str(path).startswith("/tmp/pytest"):
                    pytest.skip(f"{path} is closed to other users")
                path.chmod(path.stat().st_mode | 0o011)
        drop = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
    else:
        drop = []
        folder.chmod(0o555)
    home = tmp_path / "home"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    environ = environment(log, HOME=str(home), TMPDIR=str(home), REXCTL_CACHE=str(home / "cache"))
    try:
        if drop and subprocess.run([*drop, *command("--version")], env=environ, timeout=20, check=False,
                                   capture_output=True, cwd="/").returncode:  # fmt: skip
            pytest.skip("another user cannot run this Python")
        done = subprocess.run([*drop, *command("-C", str(log), *words)], cwd="/", env=environ, timeout=20,
                              capture_output=True, check=False)  # fmt: skip
    finally:
        folder.chmod(0o755)
    assert done.returncode == 7, done
    assert b"error[" in done.stderr
    assert b"Traceback" not in done.stderr
    assert tree(log) == before
