from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

UGLY = f"""# seen in the gazette
type:   tariff
id: {SWINE_ID}
title: 'Norway charges 10% on live swine'
date: '2025-10-09'
time: 13:01
tz: Europe/Oslo
status: adopted
actors: ["NO"]   # the ministry
products: [hs:0103]
rates: [{{value: 10, unit: percent}}]
effective: {{from: 2025-11-01}}
sources: [{{url: https://example.org/x}}]
"""


def test_a_file_gets_its_one_form_and_keeps_its_comments(filled: Door) -> None:
    canonical = filled.files[f"{SWINE_ID}.yaml"]
    filled.put(f"{SWINE_ID}.yaml", UGLY)
    path = f"data/events/2025/{SWINE_ID}.yaml\n"
    assert filled("fmt", "--check") == (1, path, "1 would change\n")
    assert filled.files[f"{SWINE_ID}.yaml"] == UGLY
    assert filled("fmt") == (0, path, "1 rewritten\n")
    text = filled.files[f"{SWINE_ID}.yaml"]
    assert "# seen in the gazette\n" in text
    assert "# the ministry\n" in text
    bare = [
        line.partition(" #")[0].rstrip() for line in text.splitlines() if not line.startswith("#")
    ]
    assert [line for line in bare if line.strip() != ""] == canonical.splitlines()
    assert filled("fmt") == (0, "", "0 rewritten\n")


def test_what_add_writes_is_canonical(filled: Door) -> None:
    assert filled("fmt", "--check") == (0, "", "0 would change\n")


def test_a_file_with_faults_is_named_and_left_and_the_others_are_written(filled: Door) -> None:
    bad = filled.put("2025-10-09-bad.yaml", "type: [\n")
    filled.put(f"{SWINE_ID}.yaml", UGLY)
    said = filled("fmt")
    assert said.code == 3
    assert "2025-10-09-bad.yaml" in said.err
    assert said.err.endswith("1 rewritten, 1 error in 1 file\n")
    assert bad.read_text(encoding="utf-8") == "type: [\n"


def test_only_the_paths_asked_for_are_written(filled: Door) -> None:
    filled.put(f"{SWINE_ID}.yaml", UGLY)
    (other,) = [name for name in filled.files if "again" in name]
    assert filled("fmt", f"data/events/2025/{other}").out == ""
    assert filled("fmt", "nowhere").code == 2
    assert filled("fmt", "/etc/passwd").code == 2


def test_an_earlier_code_of_a_check_is_written_as_the_present_one(filled: Door) -> None:
    name = f"{SWINE_ID}.yaml"
    before = filled.files[name]
    allow = "allow:\n  # two of one day\n  - check: {}\n    reason: |\n      It is right.\n"
    filled.put(name, before + allow.format("near-duplicates"))
    assert filled("fmt").code == 0
    assert filled.files[name] == before + allow.format("near-duplicate")
    assert filled("check", "--strict") == (0, "", "no findings\n")
