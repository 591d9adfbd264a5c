"""Runs rexctl on another version of Typer: `python -m tests.smoke_typer 0.29`.

Makes a virtual environment in a temporary folder, installs rexctl and then that version of Typer,
whatever pyproject.toml says, and runs the help of every command, `add` and `list`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from rexctl.app import COMMANDS
from rexctl.model.tables import TYPES

ROOT = Path(__file__).resolve().parents[1]
SWINE = [
    "add", "tariff", "Norway charges 10% on live swine", "--actor", "NO", "--product", "hs:0103",
    "--date", "2025-10-09", "--rate", "10", "--status", "adopted", "--source",
    "https://example.org/x", "clauses.1(1).effective.from=2025-12-01",
]  # fmt: skip
SWINE_ID = "2025-10-09-no-charges-10-live-swine"


def main(version: str) -> None:
    """Run the smoke set. Raises SystemExit where a command does not answer as it should."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / "bin" / "python"
        _pip(python, str(ROOT))
        _pip(python, "--no-deps", f"typer=={version}.*")
        shown = subprocess.run(
            [python, "-c", "import typer; print(typer.__version__)"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        commands = [[one, "--help"] for one in COMMANDS] + [["add", one, "--help"] for one in TYPES]
        for words in [[], *commands]:
            _run(python, folder, words, code=0, begins="Usage: rexctl")
        _run(python, folder, ["init", "."], code=0, begins="made data/rexctl.yaml")
        _run(python, folder, SWINE, code=0, begins=SWINE_ID)
        _run(python, folder, ["list", "-f", "id"], code=0, begins=SWINE_ID)
        _run(
            python,
            folder,
            ["--color", "never", "list", "-n", "1", "-f", "id"],
            code=0,
            begins=SWINE_ID,
        )
        _run(python, folder, ["set", SWINE_ID, "tags+=x", "--dry-run"], code=0, begins=SWINE_ID)
        for words in (["list", "-n", "x"], ["list", "--statsu", "x"], ["list", "-n"], ["mv"], ["lst"],
                      ["version", "x"], ["list", "--count=3"]):  # fmt: skip
            _run(python, folder, words, code=2, begins="error[")
        print(f"typer {shown.stdout.strip()}: {len(commands) + 13} commands ran")


def _pip(python: Path, *words: str) -> None:
    subprocess.run([python, "-m", "pip", "install", "-q", *words], check=True)


def _run(python: Path, folder: Path, words: list[str], *, code: int, begins: str) -> None:
    env = {**os.environ, "HOME": str(folder), "REXCTL_CACHE": str(folder / "cache"),
           "REXCTL_STATE": str(folder / "state"), "COLUMNS": "100"}  # fmt: skip
    done = subprocess.run([python, "-m", "rexctl", *words], cwd=folder, env=env,
                          capture_output=True, text=True)  # fmt: skip
    shown = done.stdout if code == 0 else done.stderr
    if done.returncode != code or not shown.startswith(begins):
        sys.exit(f"rexctl {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "0.29")
