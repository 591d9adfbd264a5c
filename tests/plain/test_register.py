from __future__ import annotations

from pathlib import Path

import pytest

from rexctl import registry

HOUSE = Path(registry.__file__).parents[1]
LISTS = ["COMMANDS", "TYPES", "FORMATS", "CHECKS", "FINDING_FORMATS", "READERS"]


def modules(name: str) -> dict[str, str]:
    entries = getattr(registry, name)
    return {word: getattr(entry, "module", entry) for word, entry in entries.items()}


@pytest.mark.parametrize("name", LISTS)
def test_every_name_leads_to_a_module_that_is_there(name: str) -> None:
    for module in modules(name).values():
        assert registry.load(module).__name__ == module


def test_every_command_has_a_sentence_for_the_list_of_all() -> None:
    for word, entry in registry.COMMANDS.items():
        assert entry.summary.endswith("."), word
        assert entry.group in ("Start", "Log", "Read", "Change", "Trust", "Git", "Meta")


def test_an_unknown_module_is_an_import_error() -> None:
    with pytest.raises(ImportError):
        registry.load("rexctl.nowhere")


def test_a_module_of_the_standard_library_is_given_whole() -> None:
    assert registry.standard("zoneinfo").ZoneInfo("UTC").key == "UTC"
