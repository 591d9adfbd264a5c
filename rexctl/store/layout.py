"""The path of an event in the log, its id, and files under `events/` that are no event."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from rexctl.records import WARNING, Finding
from rexctl.values.codes import explain_bad_id, is_id

EVENTS = "events"
SETTINGS = "rexctl.yaml"
SCHEMA = "schema/event.schema.json"
# Nothing but these two: a textconv would start a Python for each file of a diff.
GIT_ATTRIBUTES = "merge=rexctl diff=rexctl"
_PATH = re.compile(r"events/([0-9]{4})/([^/]+)\.yaml", re.ASCII)


def path_of(event_id: str) -> str:
    """Return the path in the log: `events/2025/2025-10-09-cn-mofcom-61.yaml`.

    Raises ValueError for a text that cannot be an id, so that no path is built from it.
    """
    if reason := explain_bad_id(event_id):
        raise ValueError(f"{event_id}: {reason}")
    return f"{EVENTS}/{event_id[:4]}/{event_id}.yaml"


def id_of(path: str) -> str | None:
    """Return the id of the event file at a path in the log (forward slashes); None for others."""
    match = _PATH.fullmatch(path)
    if not match or not is_id(match[2]) or match[1] != match[2][:4]:
        return None
    return match[2]


def find_stray_files(root: Path) -> Iterator[Finding]:
    """Yield a finding for each file under `events/` that no command reads; no link is followed."""
    top = f"{root}/{EVENTS}"
    for folder, folders, names in os.walk(top):
        within = folder[len(f"{root}/") :]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name[0] != ".")
        is_year = within.count("/") == 1
        for name in sorted([*names, *links]):
            path = f"{within}/{name}"
            if name.startswith("."):
                if name.endswith(".tmp"):
                    yield Finding("leftover", f"{name} is left from an interrupted write", path,
                                  level=WARNING, hint="delete it")  # fmt: skip
            elif not (is_year and name.endswith(".yaml")):
                yield Finding("stray-file", f"{name} is not read by any command", path, level=WARNING,
                              hint="event files are events/YEAR/ID.yaml")  # fmt: skip
