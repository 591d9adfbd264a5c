"""The ground on which the tools run: a made log in git, its peers' files, and caches."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
_MAKERS = (
    "generator.py",
    "maker.py",
    "scene.py",
    "kinds.py",
    "forms.py",
    "words.yaml",
    "ground.py",
)
_GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_YOUNG = 2.5  # seconds after which a file is no longer racily young
_PARQUET = "import duckdb; duckdb.sql(\"copy (from read_csv('{0}/events.csv', all_varchar=true)) to '{0}/events.parquet'\")"  # noqa: E501


class Ground(NamedTuple):
    """Where everything lies, and the environment in which the tools run."""

    root: Path
    environ: dict[str, str]
    duckdb: str  # a python that has DuckDB, or an empty text

    @property
    def log(self) -> Path:
        """The made log."""
        return self.root / "log"

    @property
    def measures(self) -> Path:
        """The made log of measures and acts on them."""
        return self.root / "measures"

    @property
    def peers(self) -> Path:
        """The folder of what other tools read."""
        return self.root / "peers"

    @property
    def cold(self) -> Path:
        """A cache of its own for what starts cold."""
        return self.root / "cold"


def environ(cache: Path, folders: list[str]) -> dict[str, str]:
    """Give the environment: a cache of our own, bytecode on, the peers' folders looked in first."""
    given = {**os.environ, "REXCTL_CACHE": str(cache), **_GIT}
    given["PATH"] = os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
        given.pop(name, None)
    return given


def duckdb(folders: list[str]) -> str:
    """Give the first python that has DuckDB: our own, or one in the peers' folders."""
    for python in (sys.executable, *(str(Path(folder, "python")) for folder in folders)):
        if Path(python).exists():
            asked = [python, "-c", "import duckdb"]
            if not subprocess.run(asked, check=False, stderr=subprocess.DEVNULL).returncode:
                return python
    return ""


def made(ground: Ground, count: int) -> None:
    """Make the log and the peers' files, unless the same makers made them here before."""
    mark = ground.root / "made"
    by = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _MAKERS)).hexdigest()
    by += " with DuckDB" if ground.duckdb else ""
    if mark.exists() and mark.read_text(encoding="utf-8") == by:
        return
    shutil.rmtree(ground.root, ignore_errors=True)
    words = [sys.executable, "-m", "tests.benchmarks.generator", str(count)]
    # A process of its own: what it holds would be the least that any later child seems to hold.
    subprocess.run([*words, str(ground.log), str(ground.peers)], check=True)
    subprocess.run([*words, str(ground.measures), "--measures"], check=True)
    if ground.duckdb:
        code = _PARQUET.format(ground.peers)
        subprocess.run([ground.duckdb, "-c", code], check=True)
    if shutil.which("git"):
        _commit(ground)
    time.sleep(_YOUNG)
    mark.write_text(by, encoding="utf-8")


def _commit(ground: Ground) -> None:
    """Put the log under git, packed as an old repository is."""
    name = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org"]
    # Of itself git would pack in the background after the commit, in the way of our own packing.
    alone = ["config", "gc.auto", "0"]
    commit = [*name, "commit", "-qm", "The log"]
    for words in (["init", "-q"], alone, ["add", "."], commit, ["gc", "-q"]):
        subprocess.run(["git", "-C", str(ground.log), *words], check=True, env=ground.environ)


def without_cold(ground: Ground) -> None:
    """Take the cache away that a cold run would find."""
    shutil.rmtree(ground.cold, ignore_errors=True)


class Touched:
    """One file of the log that changes before each run, and is put back at the end."""

    def __init__(self, log: Path) -> None:
        folder = log / "data" / "events" / "2020"
        self.path = sorted(folder.iterdir())[0]
        self.text = self.path.read_bytes()

    def change(self, run: int) -> None:
        """Give it a comment that it did not have."""
        self.path.write_bytes(self.text + f"# run {run}\n".encode())

    def restore(self) -> None:
        """Put back what it said, and wait until it is no longer young."""
        self.path.write_bytes(self.text)
        time.sleep(_YOUNG)


def new_file(ground: Ground, run: int) -> None:
    """Write a file that git does not know yet."""
    (ground.log / f"new-{run}.txt").write_text(f"A new file, {run}.\n", encoding="utf-8")


def take_back_new(ground: Ground) -> None:
    """Remove what the runs added: events of rexctl, files of git."""
    if shutil.which("git"):
        subprocess.run(
            ["git", "-C", str(ground.log), "reset", "-q"], check=True, env=ground.environ
        )
    for pattern in ("new-*.txt", "data/events/2020/*benchmark*.yaml"):
        for path in ground.log.glob(pattern):
            path.unlink()
    time.sleep(_YOUNG)
