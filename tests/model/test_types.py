"""What holds of every event type: its example, any event that is valid, a field of another type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.tables import TYPES
from tests.model import made
from tests.model.made import codes, plain_of

pytestmark = pytest.mark.parametrize("name", TYPES)


def test_the_example_of_a_type_is_canonical_and_valid(name: str) -> None:
    made.is_a_good_example(name)


@given(data=st.data())
def test_every_valid_event_comes_back_as_it_was_written(name: str, data: st.DataObject) -> None:
    made.comes_back(data.draw(made.events(name)))


def test_a_field_of_another_type_is_unknown_here(name: str) -> None:
    other = {"speaker": "x"} if name != "statement" else {"rates": "100"}
    assert codes(plain_of(name) | other) == {next(iter(other)): "unknown-field"}
