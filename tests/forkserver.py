"""A process that has all of rexctl loaded, and forks a run of it for whoever asks: Python starts once.

`call` runs rexctl in a process of its own and returns what it showed and used. `CLIENT` is the
command for a shell script, a driver of git or a terminal. Tests of the start itself, of signals, of
locales and of memory below that of the loaded modules start Python instead.
"""

from __future__ import annotations

import ast
import atexit
import functools
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
TIMEOUT = 60  # seconds

# Asks for a run over the socket and ends with its exit code. It imports built-in modules only.
_CLIENT = """\
import _socket, posix, sys
opened = []
for number in range(3):
    try:
        posix.fstat(number)
        opened.append(number)
    except OSError:
        pass
link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
link.connect({address!r})
descriptors = b"".join(number.to_bytes(4, sys.byteorder) for number in opened)
link.sendmsg([b"+"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, descriptors)])
link.sendall(repr((opened, sys.argv[1:], posix.getcwd(), posix.environ)).encode())
link.shutdown(_socket.SHUT_WR)
code = int(link.recv(100).split()[0])
if code < 0:
    posix.kill(posix.getpid(), -code)
sys.exit(code)
"""


class Ended(NamedTuple):
    """A run: its exit code (negative for a signal), output, most bytes of memory, CPU seconds."""

    code: int
    out: bytes
    err: bytes
    peak: int
    seconds: float


def call(
    *words: str, cwd: Path, env: Mapping[str, str], stdin: bytes = b"", stdout: int | None = None
) -> Ended:
    """Run rexctl in a process of its own.

    :param env: its whole environment.
    :param stdin: at most 64 KiB.
    :param stdout: a descriptor to use for stdout, so that `Ended.out` is empty; the caller has to
        read from its other end in another thread where much is written.
    """
    pipes = [os.pipe() for _ in range(3)]
    (stdin_read, stdin_write), *outputs = pipes
    os.write(stdin_write, stdin)
    os.close(stdin_write)
    out_write = outputs[0][1] if stdout is None else stdout
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(TIMEOUT)
        link.connect(str(_folder() / "s"))
        socket.send_fds(link, [b"+"], [stdin_read, out_write, outputs[1][1]])
        environ = {os.fsencode(name): os.fsencode(value) for name, value in env.items()}
        link.sendall(repr(([0, 1, 2], list(words), os.fsencode(cwd), environ)).encode())
        link.shutdown(socket.SHUT_WR)
        for number in (stdin_read, outputs[0][1], outputs[1][1]):
            os.close(number)
        shown = _read([reading for reading, _ in outputs])
        code, peak, seconds = link.recv(100).split()
    return Ended(int(code), *shown, int(peak), float(seconds))


def _read(numbers: list[int]) -> list[bytes]:
    """Read descriptors to their ends, and close them."""
    texts, until = dict.fromkeys(numbers, b""), time.monotonic() + TIMEOUT
    with selectors.DefaultSelector() as selector:
        for number in numbers:
            selector.register(number, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(until - time.monotonic())
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                part = os.read(key.fd, 1 << 16)
                texts[key.fd] += part
                if not part:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return list(texts.values())


def client() -> list[str]:
    """Return the command that runs rexctl in a process forked from the loaded one."""
    return [sys.executable, "-ISE", str(_folder() / "client.py")]


@functools.cache
def _folder() -> Path:
    """Start the process, and return the folder of its socket `s` and of its client."""
    folder = Path(tempfile.mkdtemp(prefix="rexctl-"))  # a socket's path has at most 107 bytes
    (folder / "client.py").write_text(_CLIENT.format(address=str(folder / "s")), encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder),
           "LC_ALL": "C.UTF-8", "REXCTL_CACHE": str(folder / "cache")}  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "tests.forkserver", folder], cwd=ROOT, env=env,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               start_new_session=True)  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"

    def stop() -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with what has not ended
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return folder


def serve(folder: Path) -> None:
    """Fork a run for each connection, until stdin is closed."""
    _load(folder)
    links: dict[int, socket.socket] = {}  # by the process whose end a client waits for
    listening, (woken, waker) = socket.socket(socket.AF_UNIX), socket.socketpair()
    waker.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno())
    with selectors.DefaultSelector() as selector:
        listening.bind(str(folder / "s"))
        listening.listen(100)
        for one in (sys.stdin, listening, woken):
            selector.register(one, selectors.EVENT_READ)
        print("ready", flush=True)
        while sys.stdin not in (ready := [key.fileobj for key, _ in selector.select()]):
            if listening in ready:
                link, _ = listening.accept()
                links[_fork(link, (listening, woken, waker, *links.values()))] = link
            if woken in ready:
                woken.recv(100)
                _send_ends(links)


def _load(folder: Path) -> None:
    """Load all modules, the models, the vocabulary and Typer's commands."""
    import gc
    import importlib
    import pkgutil

    import rexctl
    from rexctl.app import COMMANDS, parser
    from rexctl.model.types import TYPES
    from tests.run import run

    for module in pkgutil.walk_packages(rexctl.__path__, "rexctl."):
        importlib.import_module(module.name)
    shutil.copytree(ROOT / "data", folder / "data")
    assert run("check", cwd=folder).code in (0, 1)
    for name in COMMANDS:
        command = parser.root().load(name)
        if isinstance(command, parser.AddGroup):
            for kind in TYPES:
                command.load(kind)
    gc.collect()
    gc.freeze()


def _fork(link: socket.socket, ours: Iterable[socket.socket]) -> int:
    """Fork the run that a client asks for, without the sockets of this process; return its number."""
    _, descriptors, _, _ = socket.recv_fds(link, 1, 3)
    request = b"".join(iter(lambda: link.recv(65536), b""))
    opened, words, folder, environ = ast.literal_eval(request.decode())
    child = os.fork()
    if not child:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for one in (link, *ours):
            one.close()
        _prepare(dict(zip(opened, descriptors, strict=True)), folder, environ)
        _run(words)
    for number in descriptors:
        os.close(number)
    return child


def _send_ends(links: dict[int, socket.socket]) -> None:
    """Send each client whose run has ended its exit code and what it used."""
    while links:
        child, status, used = os.wait4(-1, os.WNOHANG)
        if not child:
            break
        peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        code = os.waitstatus_to_exitcode(status)
        with closing(links.pop(child)) as link, suppress(OSError):  # a client that was killed
            link.sendall(f"{code} {peak} {used.ru_utime + used.ru_stime}".encode())


def _prepare(descriptors: dict[int, int], folder: bytes, environ: dict[bytes, bytes]) -> None:
    """Take over the streams, folder and environment of the client."""
    for number in {0, 1, 2} - set(descriptors):
        os.close(number)
    for number, descriptor in descriptors.items():
        os.dup2(descriptor, number)
    for descriptor in descriptors.values():
        os.close(descriptor)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update({os.fsdecode(k): os.fsdecode(v) for k, v in environ.items()})
    time.tzset()
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        stream = os.fdopen(number, mode, closefd=False) if number in descriptors else None
        setattr(sys, name, stream)


def _run(words: Sequence[str]) -> None:
    """Run rexctl, and end the process as Python would, without taking all modules apart."""
    from rexctl.__main__ import main

    code: object = 70
    try:
        sys.argv = ["rexctl", *words]
        main()
    except SystemExit as end:
        code = end.code or 0
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
