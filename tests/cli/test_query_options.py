from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.cli.query_options import QueryOptions, field_named, value_field_named
from rexctl.errors import UsageError
from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_flags_say_the_same_as_terms() -> None:
    asked = QueryOptions(words=["x"], type_=["tariff"], actor=["US", "CN"], since="2025-10")
    assert asked.query_words() == ["x", "type:tariff", "actors:US,CN", "date.within:2025-10.."]


@pytest.mark.parametrize(
    ("flag", "term"),
    [
        (["-t", "tariff"], "type:tariff"), (["-a", "NO"], "actor:NO"),
        (["--status", "adopted"], "status:adopted"), (["--product", "hs:01"], "product:hs:01"),
        (["--since", "2025-10-10"], "date:2025-10-10.."), (["--until", "2025-10-10"], "date:..2025-10-10"),
        (["--text", "swine"], "swine"),
    ],
)  # fmt: skip
def test_a_flag_gives_what_its_term_gives(flag: list[str], term: str, filled: Door) -> None:
    one, two = filled("list", *flag, "-f", "id"), filled("list", term, "-f", "id")
    assert one == two
    assert len(one.lines) > 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["tipe:tariff"], "did you mean type?"), (["type:tarif"], "did you mean tariff?"),
        (["-t", "tarif"], "did you mean tariff?"), (["actor:Norwya"], "did you mean NO (Norway)?"),
        (["-a", "Norwya"], "did you mean NO (Norway)?"), (["status:adoptd"], "did you mean adopted?"),
        (["date:2025-13"], "months run from 01 to 12"), (["date:2025-10..2025-09"], "write 2025-09..2025-10"),
        (["--since", "2025-11", "--until", "2025-10"], "runs backwards"),
        (["--since", "yesterda"], "did you mean yesterday?"), (["rates:50..10"], "write 10..50"),
        (["-f", "tabel"], "did you mean table?"), (["-F", "id,titel"], "did you mean title?"),
        (["--sort", "dat"], "did you mean date?"), (["--explode", "actrs"], "did you mean actors?"),
        (["--limt", "3"], "did you mean --limit?"), (["-n", "many"], "not a whole number"),
        (["-n", "-1"], "write 0 or more"), (["--offset", "-2"], "write 0 or more"),
        (["-n", "9" * 20], "not a number of rows"), (["--offset", "9" * 20], "not a number of rows"),
        (["-j", "-f", "csv"], "keep one"), (["-o", "x.xyz"], "use -f"), (["--ids", "nowhere"], "no such file"),
        (["actor.in:G77"], "did you mean G7?"), (["@mine"], "no such saved query"), (["type:"], "a value is missing"),
        (["https://example.org"], "no such field"), (["title.re:["], "["), (["type.gt:tariff"], "has no operator gt"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_never_an_empty_nor_a_full_answer(
    words: list[str], hint: str, filled: Door
) -> None:
    said = filled("list", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("error[")
    assert hint in said.err


def test_ids_come_from_a_file_or_a_stream(filled: Door) -> None:
    said = filled("list", "--ids", "-", "-f", "id", stdin=f"{SWINE_ID}\r\n\n".encode())
    assert said.lines == [SWINE_ID]
    (filled.folder / "ids").write_text(SWINE_ID, encoding="utf-8")
    assert filled("list", "--ids", "ids", "-f", "id").lines == [SWINE_ID]
    assert filled("list", "--ids", "-", stdin=None).code == 2
    unknown = filled("list", "--ids", "-", stdin=b"2025-01-01-no-such\n")
    assert (unknown.code, unknown.out) == (4, "")
    assert "2025-01-01-no-such: no such event" in unknown.err


def test_names_are_taken_short_and_given_whole() -> None:
    assert (field_named("actor"), field_named("x-mine"), field_named("_latest")) == (
        "actors",
        "x-mine",
        "_latest",
    )
    assert value_field_named("tag") == "tags"
    with pytest.raises(UsageError):
        field_named("titel")
    with pytest.raises(UsageError, match="holds no value itself"):
        value_field_named("effective")


@pytest.mark.parametrize("flag", ["--explain", "-c"])
def test_a_file_for_no_rows_is_refused(flag: str, filled: Door) -> None:
    refused = filled("list", flag, "-o", "x.csv")
    assert (refused.code, refused.out) == (2, "")
    assert f"{flag} writes no rows for -o" in refused.err
    assert filled("list", "-n", "0", flag).code == 0


def test_what_is_no_id_is_refused_and_not_taken_for_one_that_nothing_has(filled: Door) -> None:
    (filled.folder / "ids").write_text('{"id": "x"}\n', encoding="utf-8")
    refused = filled("list", "--ids", "ids")
    assert (refused.code, refused.out) == (2, "")
    assert "not an id" in refused.err
