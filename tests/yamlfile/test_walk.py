"""The door to YAML: what it gives, what it refuses, and that nothing can hurt it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rexctl.records import ERROR
from rexctl.yamlfile import documents as door
from rexctl.yamlfile.documents import read_document, read_documents

SUITE = Path(__file__).parents[3] / "shared" / "yaml-test-suite-2022-01-17.jsonl"
# What libyaml reads otherwise than the standard has it, and cannot be told it should not.
MISREAD = {"652Z", "HM87/01", "JEF9/02", "L24T/01"}
# What the standard forbids and libyaml bears; each can only mean what it is read as.
BORNE = {"9C9N", "9JBA", "CVW2", "DK95/01", "G5U8", "QB6E", "S98Z", "SU5Z", "X4QW", "YJV2"}


def loaders() -> list[str]:
    return [name for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]


def cases() -> list[dict[str, Any]]:
    if not SUITE.is_file():
        pytest.skip(f"the suite of YAML cases is not at {SUITE}")
    return [json.loads(line) for line in SUITE.read_text(encoding="utf-8").splitlines()]


def same(value: Any, wanted: Any) -> bool:
    """Compare as text: a number or a truth must be the very word of the source."""
    if isinstance(wanted, dict):
        return (
            isinstance(value, dict)
            and value.keys() == wanted.keys()
            and all(same(value[key], wanted[key]) for key in wanted)
        )
    if isinstance(wanted, list):
        return (
            isinstance(value, list) and len(value) == len(wanted) and all(map(same, value, wanted))
        )
    if wanted is None:
        return value in ("", "~", "null")
    return bool(str(value) == (str(wanted).lower() if isinstance(wanted, bool) else wanted))


def answers(text: str) -> list[Any]:
    decoder, found = json.JSONDecoder(parse_float=str, parse_int=str), []
    while text := text.strip():
        value, end = decoder.raw_decode(text)
        found.append(value)
        text = text[end:]
    return found


@pytest.mark.parametrize("loader", loaders())
def test_the_suite_of_yaml_cases_is_not_misread(loader: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(door, "LOADER", getattr(yaml, loader))
    borne, misread, compared = set(), set(), 0
    for case in cases():
        documents = read_documents(base64.b64decode(case["yaml"]), case["id"])
        codes = {f.code for d in documents for f in d.findings if f.level == ERROR}
        if case["bad"]:
            borne |= set() if codes else {case["id"]}
        elif case["json"] is not None and not codes - {"empty-value"}:
            # A document that holds nothing is left out of a stream.
            wanted = [answer for answer in answers(case["json"]) if answer is not None]
            compared += 1
            good = len(wanted) == len(documents)
            if not good or not all(map(same, (d.value for d in documents), wanted)):
                misread.add(case["id"])
    assert borne <= BORNE
    assert misread <= MISREAD
    assert compared > 150


def test_a_file_is_one_document() -> None:
    document = read_document(b"---\na: b\n---\nc: d\n", "f")
    assert [(f.code, f.line, f.column) for f in document.findings] == [("second-document", 3, 1)]
    assert document.value == {"a": "b"}


def test_a_stream_gives_each_document_and_leaves_out_the_empty_ones() -> None:
    found = read_documents(b"a: b\n---\n# nothing\n---\n---\nc: d\n...\n", "f")
    assert [document.value for document in found] == [{"a": "b"}, {"c": "d"}]
    assert found[1].position(("c",), "key").line == 6
    assert read_documents(b"", "f") == []


def test_a_directive_is_refused() -> None:
    document = read_document(b"%YAML 1.1\n---\na: b\n", "f")
    assert [f.code for f in document.findings] == ["yaml-directive"]


def test_the_walk_goes_on_after_a_fault_of_grammar() -> None:
    text = b"title: a: b\ndate: *x\nlinks: [a\nstatus: 'x\nnote: ~\n"
    document = read_document(text, "f")
    found = [(f.line, f.code) for f in document.findings]
    assert found == [
        (1, "yaml-syntax"), (2, "yaml-alias"), (3, "yaml-syntax"), (4, "yaml-syntax"),
        (5, "empty-value"),
    ]  # fmt: skip
    assert document.value is None


def test_a_broken_document_of_a_stream_does_not_hide_the_next() -> None:
    found = read_documents(b"a: b\n---\nc: d: e\n---\nf: [g\n---\nh: i\n", "f")
    assert [document.value for document in found] == [{"a": "b"}, None, None, {"h": "i"}]
    assert [[f.line for f in d.findings] for d in found] == [[], [3], [5], []]


def test_bytes_that_are_no_text_do_not_hide_the_other_faults() -> None:
    found = read_documents(b"a: x\x00\n---\nb: y\x07\nc: ~\n", "f")
    codes = [[f.code for f in document.findings] for document in found]
    assert codes == [["control-character"], ["control-character", "empty-value"]]


def test_an_empty_value_that_only_a_fault_of_grammar_made_is_not_told() -> None:
    found = read_document(b'{"a"\n: b}\n', "f").findings
    assert [f.code for f in found] == ["yaml-syntax"]


def test_a_long_text_of_bad_characters_is_told_so_far_and_no_further() -> None:
    document = read_document(b"\x00a" * 5000, "f")
    assert len([f for f in document.findings if f.code == "control-character"]) == 1000


MIB = 1 << 20
HOSTILE = {
    "brackets": b"[" * (MIB - 1),
    "braces": b"{" * (MIB - 1),
    "dashes": b"- " * (MIB // 2 - 1),
    "questions": b"? " * (MIB // 2 - 1),
    "indents": b"".join(b" " * n + b"a:\n" for n in range(1000)),
    "laughs": b"a: &a [x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 122)),
    "aliases": b"[" + b"*a," * (MIB // 3 - 2) + b"]",
    "nulls": b"- \n" * (MIB // 3),
    "doubles": b"a: x\n" * (MIB // 5),
    "comments": b"a: x\n" + b"#\n" * (MIB // 2 - 3),
    "tabs": b"\ta: b\n" * (MIB // 6),
    "conflicts": b"<<<<<<< \n" * (MIB // 9),
    "faults": b"a: b: c\n" * (MIB // 8),
    "quote": b'"' * (MIB - 1),
    "key": b"a" * (MIB - 10) + b": x",
    "tag": b"!" * (MIB - 1),
    "zeros": b"\0" * (MIB - 1),
    "returns": b"\r" * (MIB - 1),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits are the operating system's")
def test_hostile_files_stay_within_memory_and_time() -> None:
    # The operating system ends it after 20 s of work for all of them; most of that is leeway.
    script = (
        "import re, resource, sys\n"
        "from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "from rexctl.yamlfile.documents import read_document\n"
        "from tests.yamlfile.test_walk import HOSTILE\n"
        "for data in HOSTILE.values(): read_document(data, 'f')\n"
        # ru_maxrss outlives an exec: it would tell the peak of the tests themselves.
        "status = Path('/proc/self/status')\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', status.read_text()) if status.exists() else None\n"
        "print(peak[1] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    kib = int(done.stdout) // (1024 if sys.platform == "darwin" else 1)
    assert kib < 200 * 1024


@given(st.binary(max_size=60))
def test_no_bytes_at_all_make_it_stumble(data: bytes) -> None:
    for many in (False, True):
        read = read_documents(data, "f") if many else [read_document(data, "f")]
        for document in read:
            assert document.value is not None or document.findings
            assert isinstance(document.comments, tuple)


@given(st.text(st.sampled_from("ab:-#'\"[]{},&*!|>%@?\n\n  \t"), max_size=40))
def test_both_parsers_tell_the_same_value_of_what_both_accept(text: str) -> None:
    given = []
    for name in loaders():
        door.LOADER = getattr(yaml, name)
        given.append(read_document(text.encode(), "f"))
    door.LOADER = getattr(yaml, loaders()[0])
    if all(document.value is not None for document in given):
        assert given[0].value == given[-1].value
        assert given[0].comments == given[-1].comments
