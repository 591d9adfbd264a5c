from __future__ import annotations

import re
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rexctl.errors import UsageError
from rexctl.query.pattern import compile_safe

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBJECTS = st.text("abAB01_ -é\n", max_size=12)
ATOMS = st.sampled_from(
    [
        "a",
        "b",
        "é",
        ".",
        r"\d",
        r"\w",
        r"\S",
        r"\b",
        r"\B",
        "^",
        "$",
        "[ab]",
        "[^a]",
        r"[\d_-]",
        "[a-z0]",
        "-",
        r"\-",
    ]
)
COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "{,2}", "*?", "+?"])
CHARACTERS = ["a", "b", "é", ".", r"\d", r"\w", "[ab]", "[^a]", "-"]


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.lists(inner, min_size=1, max_size=4).map("".join)
        | st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})")
        | st.tuples(inner, COUNTS).map(lambda pair: f"(?:{pair[0]}){pair[1]}")
        | st.tuples(st.sampled_from(CHARACTERS), COUNTS).map("".join)
    )


PATTERNS = st.recursive(ATOMS, grown, max_leaves=8)


@contextmanager
def alarmed(seconds: int) -> Iterator[None]:
    """End a test that hangs; Python's own engine looks for signals only now and then."""

    def ring(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@settings(max_examples=400)
@given(PATTERNS, SUBJECTS)
def test_what_is_found_is_what_the_standard_library_finds(pattern: str, subject: str) -> None:
    assume(subject or r"\B" not in pattern)  # whose meaning there changed in Python 3.14
    ours = compile_safe(pattern).search(subject)
    # Its `$` holds before a last line break too; ours holds at the end only.
    theirs = re.compile(pattern.replace("$", r"\Z"), re.IGNORECASE | re.DOTALL).search(subject)
    assert ours == bool(theirs)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a*)*b",
        "(a|a)*b",
        "(a|aa)+$",
        "(.*)*x",
        "(.*.*.*.*)*x",
        "a*a*a*a*a*a*b",
        r"(\w+\s?)+$",
    ],
)
def test_no_pattern_hangs(pattern: str) -> None:
    with alarmed(20):
        assert not compile_safe(pattern).search("a" * 20_000 + "!")


def test_a_pattern_of_many_states_reads_a_page() -> None:
    with alarmed(20):
        assert not compile_safe("(a|b)*a(a|b){100}c").search("ab" * 2_000)


@pytest.mark.parametrize(
    ("pattern", "subject"),
    [
        ("rare.earth", "China's Rare Earth curbs"),
        (r"\bno\. ?6[12]\b", "Announcement No. 61"),
        ("^announcement", "Announcement 61"),
        ("稀土", "对稀土实施出口管制"),
        ("a.b", "a\nb"),
        (r"100\s?%|100 percent", "a 100% duty"),
        ("[]x]", "]"),
        (r"[\]]", "]"),
        ("x{", "x{"),
        ("[a-]", "-"),
        ("", ""),
        ("a||b", ""),
        (r"\{2\}", "{2}"),
        (r"\t", "\t"),
    ],
)
def test_a_pattern_is_found_in_any_case(pattern: str, subject: str) -> None:
    assert compile_safe(pattern).search(subject)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "does not close"),
        ("a)", "not opened"),
        ("*a", "counts nothing"),
        ("a|*", "counts nothing"),
        ("a**", "counts a count"),
        ("a++", "counts a count"),
        ("{2}", "counts nothing"),
        ("a{,}", "counts nothing"),
        ("a{3,2}", "counts backwards"),
        ("[b-a]", "runs backwards"),
        (r"[a-\d]", "runs backwards"),
        ("[", "ends too early"),
        ("\\", "ends too early"),
        ("(?=a)", "look-ahead"),
        ("(?!a)", "look-ahead"),
        ("(?<=a)b", "look-behind"),
        ("(?P<n>a)", "named group"),
        ("(?i)a", "a flag"),
        (r"(a)\1", "refers back"),
        (r"\q", "not known"),
        ("a" * 201, "over 200 characters"),
        ("((a{99}){99}){99}", "steps"),
        ("(" * 30 + ")" * 30, "brackets"),
    ],
)
def test_what_is_not_known_or_could_hang_is_refused_by_name(pattern: str, said: str) -> None:
    with pytest.raises(UsageError) as fault:
        compile_safe(pattern)
    assert said in fault.value.message


@settings(max_examples=300)
@given(st.text("ab()[]{}|*+?^$\\.,-12dwq", max_size=20))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        found = compile_safe(text)
    except UsageError:
        return
    assert found.text == text
    assert found.search("ab1 2") in (True, False)
