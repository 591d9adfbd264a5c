"""Lint, format and types are part of the tests: what CI asks, a person can ask at home."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.run import ROOT

RUFF, TYPES = ["ruff check .", "ruff format --check ."], "mypy --strict rexctl"


@pytest.mark.parametrize("command", [*RUFF, pytest.param(TYPES, marks=pytest.mark.slow)])
def test_the_tree_is_clean(command: str) -> None:
    words = [sys.executable, "-m", *command.split()]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
