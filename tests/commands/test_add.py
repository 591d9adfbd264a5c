from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rexctl.cli import add_flags
from rexctl.model.types import TYPES
from tests.commands.door import SWINE, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_every_type_is_a_subcommand_with_help_of_its_own(bare: Door) -> None:
    said = bare("add", "--help")
    assert all(f"\n  {name} " in said.out for name in TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_the_help_of_a_type_shows_its_flags_and_an_example(name: str, bare: Door) -> None:
    said = bare("add", name, "--help")
    assert said.code == 0
    assert f"Example:\n  rexctl add {name} " in said.out
    assert "--source" in said.out
    assert "--responds-to" in said.out


def test_an_unknown_type_has_a_suggestion(rexctl: Door) -> None:
    said = rexctl("add", "tarif", "A duty")
    assert (said.code, said.out) == (2, "")
    assert said.err == "error[unknown-type] tarif: no such type; did you mean tariff?\n"


def test_neither_a_type_nor_a_file_is_asked_wrongly(rexctl: Door) -> None:
    said = rexctl("add")
    assert said.code == 2
    assert "missing TYPE, or --from FILE" in said.err


@pytest.mark.parametrize("words", [["--dry-run"], ["--from", "-"], ["--input", "csv"]])
def test_flags_for_many_do_not_stand_before_a_type(words: list[str], rexctl: Door) -> None:
    said = rexctl("add", *words, *SWINE[1:])
    assert said.code == 2
    assert rexctl.files == {}


def test_only_the_id_goes_to_stdout(rexctl: Door) -> None:
    code, out, err = rexctl(*SWINE)
    assert (code, out) == (0, SWINE_ID + "\n")
    assert err.splitlines()[0] == f"wrote data/events/2025/{SWINE_ID}.yaml"


@pytest.mark.parametrize("columns", ["80", "100"])
@pytest.mark.parametrize("name", TYPES)
def test_the_help_of_a_type_fits_sixty_lines_and_names_every_flag(
    name: str, columns: str, bare: Door
) -> None:
    bare.patch.setenv("COLUMNS", columns)
    lines = bare("add", name, "--help").out.splitlines()
    assert len(lines) <= 60
    after_example = lines[lines.index("Needed:") :]  # its title is not cut
    assert max(map(len, after_example)) <= int(columns)
    groups = [line for line in lines if re.match(r"(Needed|Common|More|Links)\b", line)]
    assert [re.split("[:, ]", line)[0] for line in groups] == [
        "Needed",
        "Common",
        "More",
        "Links",
    ]
    needed = lines[lines.index("Needed:") : lines.index("Common:")]
    for flag in add_flags.flags_of(name):
        if flag.needed:
            assert any(line.startswith(f"  {flag.names[0]} ") for line in needed)
        family = re.compile(rf"--{re.escape(flag.top.removesuffix('s').replace('_', '-'))}-\{{")
        text = "\n".join(lines)
        assert flag.names[0] in text or family.search(text), flag.names
