"""What all tests share: where their files are, and a run of rexctl with a home of its own."""

from __future__ import annotations

import gc
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests import run as runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Two workers share the cores: how long one example takes says nothing. The suite draws the same
# examples each time, so that none of its tests fails by chance; `thorough` draws others.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "suite", deadline=None, max_examples=25, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("quick", settings.get_profile("suite"), max_examples=8)
settings.register_profile("thorough", deadline=None, max_examples=500, suppress_health_check=_SLOW)
settings.load_profile("suite")  # or that of --hypothesis-profile

_MEMORY, _ROOM = "/dev/shm", 2 << 30  # where files are kept in memory; bytes that must be free
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    # Thousands of small logs are flushed to the disk, which takes longer than what is tested.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _MEMORY)

# Neither git's settings of whoever runs the tests, nor their terminal and folders reach a test.
os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TERM": "xterm"}
for _name in ("NO_COLOR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "REXCTL_LOG", "REXCTL_TODAY"):
    os.environ.pop(_name, None)

gc.disable()  # until all tests are collected: next to nothing of them is garbage


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where the slow tests are left out, unless a profile is named."""
    if "not slow" in config.option.markexpr:
        settings.load_profile("quick")


def pytest_collection_finish() -> None:
    """Keep the collected tests out of garbage collections: each would walk through all of them."""
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., runner.Result]:
    """Run rexctl; `cwd` is the test's folder and `env` adds to an environment without a user."""

    def in_this_process(*words: str, env: dict[str, str] | None = None, **more: Any) -> Any:
        own = {"PATH": os.environ["PATH"], "HOME": str(tmp_path),
               "REXCTL_CACHE": str(tmp_path / "cache")}  # fmt: skip
        return runner.run(*words, env=own | (env or {}), **{"cwd": tmp_path} | more)

    return in_this_process
