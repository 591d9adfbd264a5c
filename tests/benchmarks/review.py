"""Times what a reviewer waits for: `python -m tests.benchmarks.review [EVENTS] [CHANGED]`.

Of a made log in git, so many events are changed in one commit: `diff` of it, and `list --at` the
commit before, first and again. Then one field of each event of the shipped log is changed, in
memory, and the lines that this touches are counted.
"""

from __future__ import annotations

import difflib
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from rexctl.cli import assignments, edit_events
from rexctl.errors import InputRefusedError
from rexctl.vocabulary.vocabulary import load_vocabulary
from tests.benchmarks.generator import write
from tests.benchmarks.ground import environ
from tests.benchmarks.past import timed
from tests.benchmarks.works import script

SHIPPED = Path(__file__).parents[2] / "data"
EDITS = ("title=Another title", "date=2025", "confidence=likely", "note=One sentence. And two.",
         "episode=", "sources.0.accessed=2025-10-18", "tags+=zzz", "status=withdrawn")  # fmt: skip


def main() -> None:
    """Make, change, time, count."""
    events, changed = (int(word) for word in (*sys.argv[1:], "10000", "300")[:2])
    with tempfile.TemporaryDirectory() as name:
        folder, env = Path(name, "log"), environ(Path(name, "cache"), [])
        write(events, folder)
        _commit(folder, env, "init", "-q", "-b", "main")
        files = sorted((folder / "data" / "events").rglob("*.yaml"))
        for file in files[:: max(events // changed, 1)][:changed]:
            file.write_text(
                re.sub(r'^title: ("?)', r"title: \1Again ", file.read_text(), flags=re.M)
            )
        _commit(folder, env, "status", "-s")
        rexctl = [*script(), "-C", str(folder)]
        print(f"{events} events, {changed} changed; load {os.getloadavg()[0]:.2f}")
        for title, words in {
            "diff HEAD~1..HEAD": ["diff", "HEAD~1..HEAD"],
            "list -c": ["list", "-c"],
            "list -c --at HEAD~1, again": ["list", "-c", "--at", "HEAD~1"],
        }.items():
            wall, cpu, lines = timed([*rexctl, *words], env)
            print(f"{title:28} {wall:6.3f} s  {cpu:6.3f} s of processors  {lines:6} lines")
    touched, refused = _lines()
    print(f"{len(touched)} edits of one field, lines gone and come: median "
          f"{statistics.median(touched):g}, most {max(touched)}; {refused} refused")  # fmt: skip


def _commit(folder: Path, env: dict[str, str], *first: str) -> None:
    who = ["-c", "user.name=n", "-c", "user.email=e@example.org"]
    for words in ([*first], ["add", "data"], [*who, "commit", "-q", "-m", "one more"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True, env=env, capture_output=True)


def _lines() -> tuple[list[int], int]:
    """Give, for each edit of each shipped event, the lines that it touches; and how many are refused."""
    vocabulary, touched, refused = load_vocabulary(SHIPPED)[0], [], 0
    for file in sorted(SHIPPED.glob("events/*/*.yaml")):
        for text in EDITS:
            asked = assignments.parse(text)
            try:
                found = edit_events.edit_event(
                    SHIPPED, file.relative_to(SHIPPED).as_posix(),
                    lambda event, asked=asked: assignments.apply(event, asked), vocabulary,
                )  # fmt: skip
            except (InputRefusedError, edit_events.InvalidEventError):
                refused += 1
                continue
            if found.has_changed:
                old, new = found.old.decode().splitlines(), found.new.decode().splitlines()
                told = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
                touched.append(sum(line[0] in "+-" for line in told))
    return touched, refused


if __name__ == "__main__":
    main()
