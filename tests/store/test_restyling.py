from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.records import WARNING
from rexctl.store import restyling
from rexctl.store.reader import Reading, read
from rexctl.vocabulary.vocabulary import shipped
from tests.store.logs import event, log_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = event("2025-10-09-one"), event("2024-10-09-two")
PATH = "events/2025/2025-10-09-one.yaml"
ODD = "# Kept.\n" + text_of(ONE).replace("status: adopted", "status:   'adopted' # here") + "\n\n"


def test_every_file_stands_beside_its_canonical_form(tmp_path: Path) -> None:
    log = log_of(tmp_path, ONE, TWO)
    (log.root / PATH).write_text(ODD)
    two, one = restyling.of_log(log.root, shipped(), ())
    assert (two.path, two.before, two.data) == ("events/2024/2024-10-09-two.yaml",) + (
        text_of(TWO).encode(),
    ) * 2
    assert (one.path, one.before, one.findings) == (PATH, ODD.encode(), ())
    assert (
        one.data
        == (
            "# Kept.\n" + text_of(ONE).replace("status: adopted", "status: adopted  # here")
        ).encode()
    )


def test_a_canonical_form_is_its_own(tmp_path: Path) -> None:
    log = log_of(tmp_path, ONE)
    (log.root / PATH).write_text(ODD)
    (first,) = restyling.of_log(log.root, shipped(), ())
    assert first.data is not None
    (log.root / PATH).write_bytes(first.data)
    (again,) = restyling.of_log(log.root, shipped(), ())
    assert again.data == again.before == first.data


@pytest.mark.parametrize(
    ("wanted", "found"),
    [([], 2), (["."], 2), (["events"], 2), (["events/2025"], 1), ([PATH], 1), (["events/20"], 0),
     (["events/2024", PATH], 2)],
)  # fmt: skip
def test_only_the_paths_that_are_wanted_are_looked_at(
    tmp_path: Path, wanted: list[str], found: int
) -> None:
    log = log_of(tmp_path, ONE, TWO)
    (log.root / "events/2025/.draft.yaml").write_text("[")
    assert len(list(restyling.of_log(log.root, shipped(), wanted))) == found


def test_a_file_that_does_not_read_is_left_with_its_errors(tmp_path: Path) -> None:
    log = log_of(tmp_path, ONE)
    (log.root / PATH).write_text(text_of(ONE).replace("adopted", "adoptd"))
    (one,) = restyling.of_log(log.root, shipped(), ())
    assert one.data is None
    assert [f.line for f in one.findings] == [5]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    log = log_of(tmp_path, ONE)
    (log.root / PATH).rename(tmp_path / "x.yaml")
    (log.root / PATH).symlink_to(tmp_path / "x.yaml")
    (one,) = restyling.of_log(log.root, shipped(), ())
    assert (one.data, [f.code for f in one.findings]) == (None, ["not-a-file"])


def test_what_was_not_read_has_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="read"):
        restyling.canonical(Reading(None, ()), PATH)


@pytest.mark.parametrize(
    ("text", "codes"),
    [(text_of(ONE), []), ("# Said.\n" + text_of(ONE), []), (ODD, ["not-canonical"]),
     (text_of(ONE).replace("\n", "\r\n"), ["not-canonical"])],
)  # fmt: skip
def test_another_spelling_is_told_as_a_warning(text: str, codes: list[str]) -> None:
    reading = read(text.encode(), PATH, shipped())
    assert reading.event is not None
    found = restyling.uncanonical(reading, text.encode(), PATH)
    assert [f.code for f in found] == codes
    assert {f.level for f in found} <= {WARNING}
