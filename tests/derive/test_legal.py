from __future__ import annotations

import ast
from typing import Any

from rexctl.model import legal_generator
from rexctl.model.schema import fields, heads, identities, shapes
from rexctl.model.types import TYPES
from rexctl.vocabulary.vocabulary import shipped


def run(text: str) -> dict[str, Any]:
    """What the generated module holds."""
    found: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text, "generated", "exec"), found)
    return found


def test_the_text_holds_what_the_models_say() -> None:
    found = run(legal_generator.legal_fields())
    assert found["SHAPES"] == shapes()
    assert found["HEADS"] == heads()
    assert found["IDENTITIES"] == identities()
    assert list(found["SHAPES"]["tariff"]) == list(shapes()["tariff"])
    assert {k: tuple(v) for k, v in found["FIELDS"].items()} == {
        k: tuple(v) for k, v in fields().items()
    }
    assert list(found["TYPES"]) == list(TYPES)


def test_writing_it_twice_gives_the_same_text() -> None:
    assert legal_generator.legal_fields() == legal_generator.legal_fields()
    assert legal_generator.legal_codes(shipped()) == legal_generator.legal_codes(shipped())


def test_the_version_changes_with_the_tables_alone() -> None:
    text = legal_generator.legal_fields()
    head, _, body = text.partition("VERSION = ")
    version = ast.literal_eval(body.splitlines()[0])
    assert len(version) == 16
    assert version not in head


def test_a_short_name_never_hides_a_field() -> None:
    found = run(legal_generator.legal_fields())
    assert not set(found["ALIASES"]) & set(found["FIELDS"])
    assert set(found["ALIASES"].values()) <= set(found["FIELDS"])


def test_the_codes_are_those_of_the_vocabulary_but_for_hs_and_words() -> None:
    found = run(legal_generator.legal_codes(shipped()))
    wanted = {(kind, code) for kind, code, _ in shipped().codes() if not code.startswith("hs:")}
    assert {(kind, code) for kind, codes in found["CODES"].items() for code in codes} == wanted
    assert found["MEMBERS"] == tuple(shipped().members())
