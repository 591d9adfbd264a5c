"""Output to a file (`-o FILE`): written completely or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, cast


@contextmanager
def replace_file(target: str) -> Iterator[TextIO]:
    """Yield a file to write to that takes the name `target` only when everything is written.

    After any exception the old file is unchanged. A device or a pipe is written to directly.
    Line ends are written unchanged. Raises OSError.
    """
    path = Path(target).resolve()  # a symbolic link stays one: its target is replaced
    exists = path.exists()
    if exists and not path.is_file():
        with _open_text(path, "w") as out:
            yield out
        return
    temporary = path.with_name(f".{path.name[:80]}.{os.urandom(4).hex()}.tmp")
    try:
        with _open_text(temporary, "x") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if exists:
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _open_text(path: Path, mode: str) -> TextIO:
    file = path.open(mode, encoding="utf-8", errors="backslashreplace", newline="")
    return cast("TextIO", file)
