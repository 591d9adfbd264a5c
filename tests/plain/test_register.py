from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rexctl import registry

HOUSE = Path(registry.__file__).parents[1]
LISTS = ["COMMANDS", "TYPES", "CHECKS", "READERS"]


def modules(name: str) -> dict[str, str]:
    entries = getattr(registry, name)
    return {word: getattr(entry, "module", entry) for word, entry in entries.items()}


@pytest.mark.parametrize("name", LISTS)
def test_every_name_leads_to_a_module_that_is_there(name: str) -> None:
    for module in modules(name).values():
        assert registry.load(module).__name__ == module


@pytest.mark.parametrize(
    ("name", "folder"), [("TYPES", "events"), ("CHECKS", "checks"), ("READERS", "exchange")]
)
def test_a_name_is_the_name_of_its_module(name: str, folder: str) -> None:
    for word, module in modules(name).items():
        assert module == f"rexctl.{folder}.{word.replace('-', '_')}"


def test_every_command_has_a_sentence_for_the_list_of_all() -> None:
    for word, entry in registry.COMMANDS.items():
        assert entry.summary.endswith("."), word
        assert entry.group in ("Start", "Log", "Read", "Change", "Trust", "Git", "Meta")


def test_every_check_of_the_folder_is_registered() -> None:
    files = {path.stem for path in (HOUSE / "checks").glob("*.py")} - {
        "__init__",
        "rule",
        "run",
        "slim",
        "whole",
    }
    assert {word.replace("-", "_") for word in registry.CHECKS} == files


def test_the_register_alone_loads_nothing_of_what_it_names() -> None:
    code = (
        "import sys; from rexctl import registry as register; "
        "print([m for m in sys.modules if m.startswith('rexctl.') and 'plain' not in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_module_is_an_import_error() -> None:
    with pytest.raises(ImportError):
        registry.load("rexctl.nowhere")


def test_a_module_of_the_standard_library_is_given_whole() -> None:
    assert registry.standard("zoneinfo").ZoneInfo("UTC").key == "UTC"
