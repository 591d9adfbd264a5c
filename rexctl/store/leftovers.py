"""Files in the log that are no events: what a killed program left, or what stands in the wrong place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.plain.finding import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


def findings(root: Path) -> Iterator[Finding]:
    """Tell each file under `events/` that no reader looks at."""
    top = root / "events"
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        linked = [f for f in folders if (Path(folder) / f).is_symlink()]  # nobody goes into them
        for name in sorted([*names, *linked]):
            path = (Path(folder) / name).relative_to(root).as_posix()
            if name.startswith(".") and name.endswith(".tmp"):
                yield Finding("leftover", f"{name} is what a killed write left", path,
                              level=WARNING, hint="it can be deleted")  # fmt: skip
            elif not name.startswith(".") and (not name.endswith(".yaml") or path.count("/") != 2):
                yield Finding("stray-file", f"{name} is read by nobody", path, level=WARNING,
                              hint="events lie in events/YEAR/ID.yaml")  # fmt: skip
