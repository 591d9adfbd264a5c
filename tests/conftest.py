"""The fixture that runs rexctl in this process, with a home and a cache of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests import run as runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Two workers share the cores: how long one example takes says nothing.
settings.register_profile("suite", deadline=None, max_examples=50)
settings.load_profile("suite")


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., runner.Result]:
    """Run rexctl; `cwd` is the test's folder and `env` adds to an environment without a user."""

    def in_this_process(*words: str, env: dict[str, str] | None = None, **more: Any) -> Any:
        own = {"PATH": os.environ["PATH"], "HOME": str(tmp_path),
               "REXCTL_CACHE": str(tmp_path / "cache")}  # fmt: skip
        return runner.run(*words, env=own | (env or {}), **{"cwd": tmp_path} | more)

    return in_this_process
