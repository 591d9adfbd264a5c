from __future__ import annotations

from datetime import date
from pathlib import Path

from rexctl.vocabulary import shipped
from tests import regenerate

ROOT = Path(regenerate.ROOT)
CODES, MEMBERS = shipped.codes()


def test_it_is_fresh() -> None:
    text = shipped.CODES_FILE.read_text(encoding="utf-8")
    assert text == regenerate.wanted()["rexctl/resources/codes.json"], "python -m tests.regenerate"


def test_what_is_generated_beside_the_log_is_fresh() -> None:
    for path, text in regenerate.wanted().items():
        if path.startswith("data/"):
            assert (ROOT / path).read_text(encoding="utf-8") == text, path


def test_every_code_has_a_name() -> None:
    assert all(code and name for codes in CODES.values() for code, name in codes.items())
    assert {"actor", "country", "product", "law"} <= set(CODES)


def test_codes_of_hs_are_asked_of_their_own_package() -> None:
    assert not any(code.startswith("hs:") for code in CODES["product"])


def test_every_bloc_and_every_member_is_an_actor_and_every_window_has_days() -> None:
    for bloc, member, since, until in MEMBERS:
        assert bloc in CODES["actor"]
        assert member in CODES["actor"]
        days = [date.fromisoformat(day) for day in (since, until) if day]
        assert days == sorted(days)
