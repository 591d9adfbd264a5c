"""The machine fails, is killed or interrupted at every single call: whole, or not at all."""

from __future__ import annotations

import errno
import os
import signal
import tempfile
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from rexctl.errors import EnvironmentFaultError, RexctlError
from rexctl.store import writer
from rexctl.store.log import display_path
from tests.store import saboteur
from tests.store.logs import create, create_batch, replace
from tests.store.saboteur import at_work, failing, in_child, signalling, tree, visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes it has forked")
A, B, C = (f"events/2025/2025-10-0{n}-x.yaml" for n in (1, 2, 3))
NEW_YEAR = "events/2026/2026-01-01-x.yaml"
OLD, TEXT = b"title: old\n", b"title: new\n" * 1000


class Deed(NamedTuple):
    """One thing that a writer does, and the log when it is done."""

    do: Callable[[Path], Any]
    after: dict[str, bytes]


def _replaced(root: Path) -> None:
    old = writer.digest(OLD)
    writer.change_batch(root, [(A, TEXT, old), (B, TEXT, old)])


DEEDS = {
    "create": Deed(lambda root: create(root, C, TEXT), {C: TEXT}),
    "create-batch": Deed(
        lambda root: create_batch(root, [(C, TEXT), (NEW_YEAR, TEXT)]),
        {C: TEXT, NEW_YEAR: TEXT},
    ),
    "replace": Deed(lambda root: replace(root, A, TEXT, writer.digest(OLD)), {A: TEXT}),
    "replace-batch": Deed(_replaced, {A: TEXT, B: TEXT}),
}
ERRNOS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENOENT)


@pytest.fixture
def new_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    (tmp_path / "locks").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "locks"))
    count = iter(range(100_000))

    def made() -> Path:
        root = tmp_path / str(next(count))
        (root / "events" / "2025").mkdir(parents=True)
        for name in (A, B):
            (root / name).write_bytes(OLD)
        return root

    return made


def calls_of(deed: Deed, new_log: Callable[[], Path], no_links: bool = False) -> int:
    """How many calls an undisturbed run makes, once all that is loaded once is loaded."""
    deed.do(new_log())
    machine = failing(errno.EPERM, lambda _, name: no_links and name == "link")
    root = new_log()
    with at_work(machine):
        deed.do(root)
    return len(machine.seen)


def finished(deed: Deed, root: Path) -> bool:
    return all((root / name).is_file() and (root / name).read_bytes() == data
               for name, data in deed.after.items())  # fmt: skip


@pytest.mark.parametrize("no_links", [False, True], ids=["links", "no-links"])
@pytest.mark.parametrize("name", DEEDS)
def test_any_error_at_any_call_leaves_all_done_or_nothing(
    name: str, no_links: bool, new_log: Callable[[], Path]
) -> None:
    deed = DEEDS[name]
    calls = calls_of(deed, new_log, no_links)
    for number in ERRNOS:
        for at in range(1, calls + 1):
            root = new_log()
            before = tree(root)

            def when(count: int, name: str, at: int = at) -> bool:
                return count == at or (no_links and name == "link")

            machine = failing(number if not no_links else errno.EPERM, when)
            try:
                with at_work(machine):
                    deed.do(root)
            except RexctlError as error:
                assert error.hint, (machine.seen, at)
                assert visible(tree(root)) == visible(before), (machine.seen, at, number)
            else:
                assert finished(deed, root), (machine.seen, at, number)
            strays = set(tree(root)) - set(visible(tree(root)))
            struck = machine.seen[at - 1] if at <= len(machine.seen) else ""
            assert not strays or struck == "unlink", (machine.seen, at, number)
        if no_links:  # the number plays no part there
            break


@pytest.mark.parametrize("name", DEEDS)
def test_a_disk_that_fills_up_at_any_call_changes_nothing(
    name: str, new_log: Callable[[], Path]
) -> None:
    deed = DEEDS[name]
    for at in range(1, calls_of(deed, new_log) + 1):
        root = new_log()
        before = tree(root)
        machine = failing(
            errno.ENOSPC, lambda count, call, at=at: count >= at and call in saboteur.TAKES_ROOM
        )
        try:
            with at_work(machine):
                deed.do(root)
        except EnvironmentFaultError as error:
            assert "the disk is full" in error.message
            assert "nothing was changed" in error.hint
            assert tree(root) == before
        else:
            assert finished(deed, root)


@pytest.mark.parametrize("name", DEEDS)
def test_a_disk_that_goes_away_for_good_is_never_called_nothing_changed_wrongly(
    name: str, new_log: Callable[[], Path]
) -> None:
    deed = DEEDS[name]
    for at in range(1, calls_of(deed, new_log) + 1):
        root = new_log()
        before = visible(tree(root))
        try:
            with at_work(failing(errno.EIO, lambda count, _, at=at: count >= at)):
                deed.do(root)
        except RexctlError as error:
            files = {path: data for path, data in visible(tree(root)).items() if data is not None}
            changed = [path for path, data in files.items() if before.get(path) != data]
            assert all(path in error.message for path in changed), at
            assert not changed or "nothing was changed" not in error.hint
        else:
            assert finished(deed, root)


@pytest.mark.slow
@pytest.mark.parametrize("name", DEEDS)
def test_a_process_killed_at_any_call_leaves_each_file_old_or_new_and_whole(
    name: str, new_log: Callable[[], Path]
) -> None:
    deed = DEEDS[name]
    for at in range(1, calls_of(deed, new_log) + 1):
        root = new_log()
        before = visible(tree(root))

        def killed(root: Path = root, at: int = at) -> int:
            with at_work(signalling(signal.SIGKILL, at)):
                deed.do(root)
            return 0

        assert in_child(killed) == -signal.SIGKILL
        found = tree(root)
        for path, data in visible(found).items():
            assert data is None or data == before.get(path) or data == deed.after.get(path), at
        done = [visible(found).get(path) == data for path, data in deed.after.items()]
        assert done == sorted(done, reverse=True), "published in the order given"
        strays = set(found) - set(visible(found))
        assert all(path.rsplit("/", 1)[1].startswith(".rexctl-") for path in strays)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("name", DEEDS)
def test_a_signal_at_any_call_leaves_no_stray_and_an_honest_exit(
    name: str, number: signal.Signals, new_log: Callable[[], Path]
) -> None:
    deed = DEEDS[name]
    ends = set()
    for at in range(1, calls_of(deed, new_log) + 1):
        root = new_log()
        before = tree(root)

        def interrupted(root: Path = root, at: int = at) -> int:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with at_work(signalling(number, at)):
                try:
                    deed.do(root)
                except KeyboardInterrupt:
                    return 130
            return 0

        code = in_child(interrupted)
        ends.add(code)
        if code:
            assert code == (130 if number == signal.SIGINT else -number)
            assert tree(root) == before, at
        else:
            assert finished(deed, root), at
            assert tree(root) == visible(tree(root)), at
    assert len(ends) == 2, "early ones are obeyed, late ones let the write end"


def test_short_writes_still_write_everything(
    new_log: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_log()
    monkeypatch.setattr(os, "write", lambda to, data: saboteur.REAL["write"](to, data[:7]))
    create(root, C, TEXT)
    monkeypatch.undo()
    assert (root / C).read_bytes() == TEXT


def test_a_machine_that_writes_nothing_is_a_fault_and_not_a_loop(
    new_log: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_log()
    before = tree(root)
    monkeypatch.setattr(os, "write", lambda to, data: 0)
    with pytest.raises(EnvironmentFaultError):
        create(root, C, TEXT)
    monkeypatch.undo()
    assert tree(root) == before


def test_files_are_taken_back_last_first_and_each_that_cannot_be_is_named(
    new_log: Callable[[], Path],
) -> None:
    root, old = new_log(), writer.digest(OLD)
    names: list[str] = []

    def is_refused(_: int, name: str) -> bool:
        names.append(name)  # nothing works after two files are replaced
        return names.count("replace") > 2 or (names.count("replace") == 2 and name != "replace")

    with pytest.raises(EnvironmentFaultError) as caught, at_work(failing(errno.EIO, is_refused)):
        writer.change_batch(root, [(A, TEXT, old), (B, TEXT, old), (C, TEXT, None)])
    assert (tree(root)[A], tree(root)[B]) == (TEXT, TEXT)
    assert caught.value.message.startswith(display_path(root / C))
    last_first = ", ".join(display_path(root / name) for name in (C, B, A))
    assert caught.value.message.endswith(f"could not be restored: {last_first}")
    assert "nothing was changed" not in caught.value.message + caught.value.hint
