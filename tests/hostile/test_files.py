"""Files made to break a reader: each refused by name, at its line, in bounded time and memory."""

from __future__ import annotations

import json
import os
import re
import socket
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hostile.arena import (
    Seen,
    assert_harmless,
    good,
    on_a_terminal,
    put,
    run,
    scratch,
    within,
)

MIB = 1 << 20
NAME = "2025-10-10-us-x"


class Case(NamedTuple):
    """A hostile file: its bytes, and the finding that must be among those told of it."""

    name: str
    data: bytes
    code: str
    line: int
    column: int


def fields(*lines: str, name: str = NAME) -> bytes:
    """A good file with lines added at its end; those begin in line 13."""
    return good(name) + "".join(line + "\n" for line in lines).encode()


def titled(title: str) -> bytes:
    """A good file with another title, which stands in line 3."""
    return good(NAME).replace(b"A duty", title.encode("utf-8", "surrogatepass"))


LAUGHS = "\n".join(
    ["x-a: &a [lol, lol, lol]"]
    + [
        f"x-{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)
LINE = 13  # the first line behind a good file
SMALL = [
    Case("laughs", fields(LAUGHS), "yaml-anchor", LINE, 6),
    Case("laughs-alias", fields(LAUGHS), "yaml-alias", LINE + 1, 10),
    Case("self-anchor", fields("x-a: &a [*a]"), "yaml-alias", LINE, 10),
    Case("alias", fields("x-a: *nobody"), "yaml-alias", LINE, 6),
    Case("merge", fields("<<: {x-a: b}"), "yaml-merge-key", LINE, 1),
    Case("python", fields("x-a: !!python/object/apply:os.system [id]"), "yaml-tag", LINE, 6),
    Case("python-new", fields("x-a: !!python/object/new:os.system [id]"), "yaml-tag", LINE, 6),
    Case("python-name", fields("x-a: !!python/name:os.system ''"), "yaml-tag", LINE, 6),
    Case("tag-uri", fields("x-a: !<tag:yaml.org,2002:binary> aGk="), "yaml-tag", LINE, 6),
    Case("tag-undefined", fields("x-a: !e!b c"), "yaml-tag", LINE, 6),
    Case("directive", b"%YAML 1.1\n---\n" + good(NAME), "yaml-directive", 1, 1),
    Case("duplicate", fields("title: B"), "duplicate-key", LINE, 1),
    Case("unescaped", fields('"t\\x69tle": B'), "duplicate-key", LINE, 1),
    Case("duplicate-deep", fields("x-a:", "  b: 1", "  'b': 2"), "duplicate-key", LINE + 2, 3),
    Case("nul", fields("x-a: a\0b"), "control-character", LINE, 7),
    Case("c0", fields("x-a: a\x1b[2Jb"), "control-character", LINE, 7),
    Case("bell", fields("x-a: \x07"), "control-character", LINE, 6),
    Case("del", fields("x-a: a\x7fb"), "control-character", LINE, 7),
    Case("c1", fields("x-a: a\x9b2Jb"), "control-character", LINE, 7),
    Case("nel", fields("x-a: a\x85b: c"), "control-character", LINE, 7),
    Case("line-separator", fields("x-a: a\u2028b: c"), "control-character", LINE, 7),
    Case("escaped-c0", fields('x-a: "a\\e]0;owned\\a"'), "control-character", LINE, 6),
    Case("escaped-nul", fields('x-a: "\\0"'), "control-character", LINE, 6),
    Case("escaped-key", fields('"x-\\e[2J": a'), "control-character", LINE, 1),
    Case("bidi", titled("a\u202egnp.exe"), "bidi-control", 3, 8),
    Case("isolate", titled("a\u2066b\u2069"), "bidi-control", 3, 8),
    Case("escaped-bidi", titled('"a\\u202eb"'), "bidi-control", 3, 8),
    Case("surrogate", titled('"a\\ud800b"'), "yaml-syntax", 3, 12),
    Case("raw-surrogate", titled("a\ud800b"), "not-utf8", 3, 9),
    Case("noncharacter", titled("a\ufffeb"), "control-character", 3, 9),
    Case("noncharacter-far", titled("a\U0010ffffb"), "control-character", 3, 9),
    Case("escaped-noncharacter", titled('"a\\uffffb"'), "control-character", 3, 8),
    Case("late-mark", titled("a\ufeffb"), "control-character", 3, 9),
    Case("conflict", fields("<<<<<<< ours", "note: a", "=======", "note: b", ">>>>>>> theirs"),
         "conflict-markers", LINE, 1),
    Case("conflict-diff3", fields("<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"),
         "conflict-markers", LINE, 1),
    Case("conflict-half", fields(">>>>>>> theirs"), "conflict-markers", LINE, 1),
    Case("utf16", "id: a\n".encode("utf-16"), "not-utf8", 1, 1),
    Case("utf16-be", "\ufeffid: a\n".encode("utf-16-be"), "not-utf8", 1, 1),
    Case("utf16-bare", "id: a\n".encode("utf-16-le"), "control-character", 1, 2),
    Case("latin-1", titled("a").replace(b"title: a", b"title: caf\xe9"), "not-utf8", 3, 11),
    Case("overlong", titled("a").replace(b"title: a", b"title: a\xc0\xaf"), "not-utf8", 3, 9),
    Case("tab", fields("x-a:", "\tb: c"), "tab-indent", LINE + 1, 1),
    Case("second", good(NAME) + b"---\n" + good(NAME), "second-document", LINE, 1),
    Case("empty", b"", "empty-file", 1, 1),
    Case("comments", b"# nothing\n# here\n", "empty-file", 1, 1),
    Case("bare", b"just a text\n", "wrong-shape", 1, 1),
    Case("list", b"- id: a\n", "wrong-shape", 1, 1),
    Case("null", fields("note:"), "empty-value", LINE, 1),
    Case("null-word", fields("note: null"), "empty-value", LINE, 7),
    Case("complex-key", fields("? [a]", ": b"), "bad-key", LINE, 3),
    Case("levels", fields("x-a: " + "[" * 17 + "]" * 17), "too-deep", LINE, 21),
    Case("up-id", good("../../../../tmp/x"), "bad-id", 1, 5),
    Case("absolute-id", good("/etc/passwd"), "bad-id", 1, 5),
    Case("device-id", good("con"), "bad-id", 1, 5),
    Case("device-id-lpt", good("lpt1"), "bad-id", 1, 5),
    Case("dashes-id", good("-rf"), "bad-id", 1, 5),
    Case("long-id", good("a" * 81), "bad-id", 1, 5),
    Case("steering-id", good('"a\\e[2J"'), "", 1, 5),
    Case("other-id", good("2025-10-10-us-other"), "path-mismatch", 1, 5),
    Case("script-url", fields("x-a: b").replace(b"https://example.org/a", b"javascript:alert(1)"),
         "bad-url", 11, 10),
    Case("steering-field", fields('"titel\\e[31m": a'), "", LINE, 1),
    Case("brace-value", good(NAME).replace(b"threatened", b"'{0.__class__}%s%n'"),
         "unknown-value", 5, 9),
    Case("long-value", good(NAME).replace(b"threatened", b"z" * 900_000), "unknown-value", 5, 9),
    Case("number", fields("rates:", "  - value: 1e999999999", "    unit: percent"),
         "bad-number", LINE + 1, 12),
    Case("digits", fields("rates:", "  - value: " + "9" * 100_000, "    unit: percent"),
         "", LINE + 1, 12),
    Case("inf", fields("rates:", "  - value: .inf", "    unit: percent"), "bad-number", LINE + 1, 12),
    Case("arabic-digits", fields("rates:", "  - value: ١٠٠", "    unit: percent"),
         "bad-number", LINE + 1, 12),
    Case("date-huge", good(NAME).replace(b"2025-10-10\n", b"99999999999-01-01\n", 2),
         "bad-date", 4, 7),
]  # fmt: skip


def many(item: str, count: int) -> bytes:
    return (item * count).encode()[: MIB - 64]


START = f"id: {NAME}\ntype: tariff\n".encode()
BIG = {
    "brackets": (many("[", MIB), "too-deep"),
    "braces": (many("{", MIB), "too-deep"),
    "dashes": (many("- ", MIB), "too-deep"),
    "questions": (many("? ", MIB), "too-deep"),
    "colons": (many("a: ", MIB), "yaml-syntax"),
    "quotes": (many('"', MIB), "yaml-syntax"),
    "single-quotes": (many("'", MIB), "wrong-shape"),
    "stairs": ("".join(" " * n + "a:\n" for n in range(1400)).encode(), "too-deep"),
    "values": (b"x-a:\n" + b"  - a\n" * 210_000, "too-many-values"),
    "keys": ("".join(f"x-{n}: a\n" for n in range(60_000)).encode(), "missing-field"),
    "same-keys": (b"a: b\n" * 200_000, "duplicate-key"),
    "two-megabytes": (b"a" * (2 * MIB + 1), "too-large"),
    "returns": (many("\r", MIB), "control-character"),
    "nuls": (many("\0", MIB), "control-character"),
    "nul-lines": (many("\0\n", MIB), "control-character"),
    "not-utf8": (b"\xff" * (MIB - 64), "not-utf8"),
    "tags": (b"a: !x b\n" * 120_000, "yaml-tag"),
    "anchors": (b"a: &x b\n" * 120_000, "yaml-anchor"),
    "aliases": (b"- *x\n" * 200_000, "yaml-alias"),
    "bangs": (many("!", MIB), "yaml-tag"),
    "tabs": (b"\ta\n" * 300_000, "tab-indent"),
    "conflicts": (b"<<<<<<< a\n" * 100_000, "conflict-markers"),
    "documents": (b"---\na\n" * 150_000, "wrong-shape"),
    "comments": (b"#\n" * 500_000, "empty-file"),
    "cuts": (b"- a #b\n" * 140_000, "wrong-shape"),
    "syntax": (b"a: b: c\n" * 120_000, "yaml-syntax"),
    "prose": (START + b"summary: |\n  " + many("a. ", MIB - 4096), "missing-field"),
    "sentences": (START + b"summary: |\n  " + many("Ab! Cd. ", MIB - 4096), "missing-field"),
    "actors": (START + b"actors:\n" + b"".join(b"  - zz%d\n" % n for n in range(19_000)),
               "unknown-actor"),
    "products": (START + b"products:\n" + b"".join(b"  - hs:%06d\n" % n for n in range(19_000)),
                 "unknown-product"),
    "long-actor": (START + b"actors: [" + b"q" * 900_000 + b"]\n", "unknown-actor"),
    "unknown-fields": (START + b"".join(b"titlx%d: a\n" % n for n in range(19_000)),
                       "unknown-field"),
    "long-title": (START + b"title: " + many("é", MIB - 4096), "too-long"),
    "long-id": (b"id: " + many("a-", MIB), "bad-id"),
    "long-date": (START + b"date: " + many("9", MIB - 4096), "bad-date"),
    "long-number": (START + b"rates:\n  - value: " + many("9", MIB - 4096), "bad-number"),
    "long-url": (START + b"sources:\n  - url: https://" + many("a.", MIB - 4096), "missing-field"),
    "long-key": (many("a", MIB - 64) + b": b\n", ""),
    "folds": (START + b"title: " + many("ﷺ", MIB - 4096), "too-long"),
}  # fmt: skip


def names_in(log: Path) -> list[str]:
    return sorted(path.name for path in (log / "events" / "2025").iterdir())


def lines_of(seen: Seen, path: str) -> list[str]:
    return [line for line in seen.all.splitlines() if line.startswith(f"{path}:")]


@pytest.mark.slow
@pytest.mark.parametrize("some", [list(BIG)[n::5] for n in range(5)], ids=range(5))
def test_a_megabyte_of_anything_is_refused_without_time_or_memory(
    some: list[str], tmp_path: Path
) -> None:
    log = scratch(tmp_path)
    for name in some:
        put(log, f"hostile-{name}", BIG[name][0])
    checked = run(log, "check")
    assert checked.code == 1
    assert_harmless(checked)
    for name in some:
        told = "".join(lines_of(checked, f"events/2025/hostile-{name}.yaml"))
        assert f"error[{BIG[name][1]}" in told, (name, told[:500])
        assert len(told) < MIB, f"{name}: more than anyone reads"


# A stream is parsed as files are; one of each stage: bytes, YAML, limits, fields, codes, texts.
@pytest.mark.slow
@pytest.mark.parametrize("name", ["not-utf8", "nuls", "brackets", "aliases", "syntax", "comments",
                                  "two-megabytes", "values", "same-keys", "unknown-fields", "actors",
                                  "long-title", "prose"])  # fmt: skip
def test_a_stream_with_a_megabyte_of_anything_is_refused_whole(name: str, log: Path) -> None:
    (log / "in.yaml").write_bytes(BIG[name][0])
    added = within(log, "add", "--from", "in.yaml")
    assert_harmless(added)
    assert len(added.all) < 2 * MIB
    assert (added.code == 3 and "error[" in added.err) or name == "comments", added.err[:500]
    assert names_in(log) == ["2025-10-10-us-good.yaml"]


@pytest.mark.slow
def test_all_the_large_ones_in_one_log_are_passed_over_by_the_readers(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    names = ["brackets", "values", "same-keys", "two-megabytes", "nuls", "not-utf8", "long-title"]
    for name in names:
        put(log, f"2025-10-10-us-{name}", BIG[name][0])
    for words, code in ((("list", "-f", "id"), 6), (("fmt", "--check"), 3)):
        seen = run(log, *words)
        assert seen.code == code
        assert all(f"us-{name}.yaml" in seen.err for name in names)
        assert_harmless(seen)
        assert words[0] == "fmt" or seen.out == "2025-10-10-us-good\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One log for all that is refused: nothing is ever written to it."""
    return scratch(tmp_path_factory.mktemp("refused"))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """All small hostile files in one log, and what each command says of it."""
    log = scratch(tmp_path_factory.mktemp("crowd"))
    for case in SMALL:
        put(log, f"hostile-{case.name}", case.data)
    words = {"check": ["check"], "list": ["list", "-f", "table"], "fmt": ["fmt", "--check"]}
    return {name: run(log, *given) for name, given in words.items()}


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_each_hostile_file_is_refused_by_name_line_and_column(
    case: Case, crowd: dict[str, Seen]
) -> None:
    path = f"events/2025/hostile-{case.name}.yaml"
    place = f"{path}:{case.line}:{case.column}: error[{case.code}"
    told = lines_of(crowd["check"], path)
    assert any(line.startswith(place) for line in told), told
    # A reading command names the file once, with its first error, and goes on. A wrong path hides
    # no event.
    assert len(lines_of(crowd["list"], path)) == int(case.code != "path-mismatch")
    # A file in the wrong place has a right form all the same.
    assert lines_of(crowd["fmt"], path) or case.code == "path-mismatch"


@pytest.mark.parametrize("command", ["check", "list", "fmt"])
def test_nothing_of_a_hostile_file_reaches_the_terminal_raw(
    command: str, crowd: dict[str, Seen]
) -> None:
    assert_harmless(crowd[command])
    assert crowd[command].code == {"check": 1, "list": 6, "fmt": 3}[command]


def test_the_good_event_among_hostile_ones_is_still_listed(crowd: dict[str, Seen]) -> None:
    assert "2025-10-10-us-good" in crowd["list"].out
    assert "hostile" not in crowd["list"].out


@pytest.mark.parametrize("case", [c for c in SMALL if c.code not in ("path-mismatch", "second-document", "empty-file")],
                         ids=lambda case: case.name)  # fmt: skip
def test_a_stream_with_a_hostile_document_is_refused_whole(case: Case, log: Path) -> None:
    (log / "in.yaml").write_bytes(case.data)
    seen = within(log, "add", "--from", "in.yaml")
    assert seen.code == 3, seen.err
    assert f"in.yaml:{case.line}:{case.column}: error[{case.code}" in seen.err
    assert_harmless(seen)
    assert names_in(log) == ["2025-10-10-us-good.yaml"]


def test_line_ends_and_a_mark_of_windows_are_read_and_restyled(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    put(log, NAME, b"\xef\xbb\xbf" + good(NAME).replace(b"\n", b"\r\n"))
    assert within(log, "check").code == 0
    assert NAME in within(log, "list", "-f", "id").out
    seen = within(log, "fmt", "--check")
    assert (seen.code, seen.out) == (1, f"events/2025/{NAME}.yaml\n")
    assert within(log, "fmt").code == 0
    assert (log / "events" / "2025" / f"{NAME}.yaml").read_bytes() == good(NAME)


def test_a_sign_that_cuts_a_text_is_told_and_quoted_when_written(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    put(log, NAME, good(NAME, "Notice #61"))
    seen = within(log, "check")
    assert f"events/2025/{NAME}.yaml:3:15: warning[comment-cut]" in seen.out
    added = within(log, "add", "tariff", "Notice #62: more", "--date", "2025-10-11", "--status",
                "threatened", "--actor", "US", "--affected", "CN", "--source", "https://example.org/b")  # fmt: skip
    assert added.code == 0, added.err
    written = (log / "events" / "2025" / f"{added.out.strip()}.yaml").read_text()
    assert 'title: "Notice #62: more"' in written


class TestWhatIsNoFile:
    """Pipes, devices, links and sockets under the name of an event."""

    def test_each_is_named_and_none_is_waited_for(self, tmp_path: Path) -> None:
        log = scratch(tmp_path)
        folder = log / "events" / "2025"
        secret = tmp_path / "secret.yaml"
        secret.write_bytes(good("2025-10-10-us-link").replace(b"A duty", b"SECRET"))
        os.mkfifo(folder / "a-pipe.yaml")
        (folder / "b-zero.yaml").symlink_to("/dev/zero")
        (folder / "2025-10-10-us-link.yaml").symlink_to(secret)
        (folder / "d-folder.yaml").mkdir()
        (folder / "e-loop.yaml").symlink_to("e-loop.yaml")
        (folder / "f-gone.yaml").symlink_to("nowhere")
        listening = socket.socket(socket.AF_UNIX)
        here = Path.cwd()
        os.chdir(folder)  # the name of a socket may be no longer than 108 bytes
        listening.bind("g-socket.yaml")
        os.chdir(here)
        (log / "events" / "2024").symlink_to(tmp_path)
        (log / "events" / "2023").symlink_to("/proc/self")
        try:
            for words, code in ((["check"], 1), (["list", "-f", "id"], 6), (["fmt", "--check"], 3)):
                seen = run(log, *words)
                assert seen.code == code, seen
                assert "SECRET" not in seen.all
                for name in ("a-pipe", "b-zero", "2025-10-10-us-link", "d-folder", "e-loop",
                             "f-gone", "g-socket"):  # fmt: skip
                    assert f"events/2025/{name}.yaml:1:1: error[not-a-file]" in seen.all, (
                        name,
                        seen,
                    )
        finally:
            listening.close()

    def test_links_in_place_of_settings_and_vocabulary_are_not_followed(
        self, tmp_path: Path
    ) -> None:
        log = scratch(tmp_path)
        (log / "vocabulary").mkdir()
        (log / "vocabulary" / "tags.yaml").symlink_to("/dev/zero")
        os.mkfifo(log / "vocabulary" / "actors.yaml")
        seen = run(log, "check")
        assert seen.code == 1
        assert "vocabulary/tags.yaml:1:1: error[not-a-file]" in seen.out
        assert "vocabulary/actors.yaml:1:1: error[not-a-file]" in seen.out

    def test_a_stream_may_be_a_pipe_but_not_an_endless_device(self, tmp_path: Path) -> None:
        log = scratch(tmp_path)
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(good("2025-10-11-us-b"),))
        writer.start()
        seen = run(log, "add", "--from", str(pipe))
        writer.join(timeout=10)
        assert seen.code == 0, seen.err
        assert run(log, "add", "--from", "/dev/zero").code == 2
        assert run(log, "add", "--from", str(log)).code == 2

    def test_names_that_steer_a_terminal_are_spelled_out(self, tmp_path: Path) -> None:
        log = scratch(tmp_path)
        folder = log / "events" / "2025"
        for name in ("a\nb.yaml", "a\x1b[2J\x1b]0;owned\x07.yaml", "a\u202eb.yaml", "-rf.yaml", "con.yaml",
                     "a b.yaml", "'; touch x;'.yaml", "$(touch x).yaml", "a:1:2: error.yaml", "{0}.yaml",
                     "[red]a.yaml", "UPPER.yaml"):  # fmt: skip
            (folder / name).write_bytes(good(NAME))
            (folder / f"{name}.txt").write_bytes(b"")  # a stray, told by its name
        (folder / os.fsdecode(b"\xff\xfe.yaml")).write_bytes(good(NAME))
        for words, code in ((["check"], 1), (["list", "-f", "table"], 6), (["fmt", "--check"], None),
                            (["check", "-f", "md"], 1), (["doctor"], None)):  # fmt: skip
            seen = within(log, *words)
            assert code is None or seen.code == code, seen
            assert_harmless(seen)
        for form in ("json", "jsonl", "csv", "github", "gitlab", "sarif"):
            assert_harmless(on_a_terminal(log, "check", "-f", form))
        assert not list(tmp_path.rglob("x"))


SHOWN = "a\u200bb\U000e0041c\u00add\u115fe"


# Variation selectors have no width; Chinese and Mongolian texts may need them.
HIDING = "\u4e2d\U000e0100\u1820\u180b"


@pytest.mark.parametrize("form", ["table", "md", "csv", "tsv", "card", "yaml", "json", "jsonl"])
def test_a_text_that_hides_something_is_spelled_out_on_a_terminal(
    form: str, tmp_path: Path
) -> None:
    log = scratch(tmp_path)
    hiding = fields(f'x-odd: "{HIDING}"', f'"x-{HIDING}": b', f"note: {HIDING}")
    put(log, NAME, hiding.replace(b"A duty", HIDING.encode()))
    shown = on_a_terminal(log, "list", f"id:{NAME}", "-f", form)
    assert shown.code == 0, shown
    assert "180b" in shown.out.lower()
    assert_harmless(shown)
    if form in ("table", "md", "card", "yaml"):  # what only people read, in a pipe too
        assert_harmless(within(log, "list", f"id:{NAME}", "-f", form))
        assert_harmless(within(log, "show", NAME, "-f", form))


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(a*)*b", "(a|aa)+$", "(.*)(.*)(.*)x$",
                                     "a{1,99999}{1,9999}",
                                     "(?=a+)+b", r"(a)\1+",
                                     "((((a*)*)*)*)*$", "x" * 5000, "[", "(?P<n>a", "(a?){64}a{64}"])  # fmt: skip
def test_a_regular_expression_answers_at_once_or_is_refused(pattern: str, tmp_path: Path) -> None:
    log = scratch(tmp_path)
    put(log, NAME, good(NAME, "a" * 139 + "!"))
    seen = within(log, "list", f"title.re:{pattern}", "-f", "id")
    assert seen.code in (0, 2), seen
    assert seen.code == 0 or seen.err.startswith("error["), seen.err


HOSTILE_SETTINGS = {
    "laughs": b"format: 1\n" + LAUGHS.encode(),
    "brackets": many("[", MIB),
    "python": b"!!python/object/apply:os.system [touch x]\n",
    "list": b"- a\n",
    "empty": b"",
    "nul": b"format: 1\0\n",
    "steering": b'format: "1\\e[2J"\n"title\\e[2J": x\n',
    "newer": b"format: 99\n",
    "huge-format": b"format: " + b"9" * 900_000,
    "queries": b"format: 1\nqueries:\n  a: '@b'\n  b: '@a'\n",
    "queries-many": b"format: 1\nqueries:\n" + b"".join(
        b"  q%d: '@q%d @q%d'\n" % (n, n + 1, n + 1) for n in range(5000)),
    "queries-shape": b"format: 1\nqueries: [[a]]\ntitle: {a: b}\n",
    "not-utf8": b"format: 1 # \xff\n",
    "no-newline": b"format: 1",
    "conflict": b"<<<<<<< a\nformat: 1\n=======\nformat: 2\n>>>>>>> b\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_SETTINGS)
def test_hostile_settings_are_told_and_harm_nobody(name: str, tmp_path: Path) -> None:
    log = scratch(tmp_path)
    (log / "rexctl.yaml").write_bytes(HOSTILE_SETTINGS[name])
    checked = (run if len(HOSTILE_SETTINGS[name]) > 10_000 else within)(log, "check")
    right = name in ("no-newline", "queries", "queries-many")
    assert checked.code == (0 if right else 1), checked
    assert right or "rexctl.yaml:" in checked.out
    assert len(checked.all) < MIB
    for words in (["list", "@a", "-f", "id"], ["list", "@q0"]):
        seen = within(log, *words)
        assert seen.code in (0, 2, 6), seen
        assert_harmless(seen)
        assert len(seen.all) < MIB
    assert_harmless(checked)
    assert not (log / "x").exists()


HOSTILE_WORDS = {
    "laughs": LAUGHS.encode(),
    "brackets": many("[", MIB),
    "scalar": b"hello\n",
    "list-of-nothing": b"- \n- ~\n- {}\n",
    "steering": b'- code: "CN/\\e[2J"\n  name: "a\\e[2J"\n',
    "bidi": '- code: CN/x\n  name: "a\u202eb"\n'.encode(),
    "takes-over": b"- code: CN\n  name: United States\n  aliases: [US, USA, EU]\n",
    "zone": b"- code: CN/x\n  name: X\n  tz: ../../../etc/passwd\n",
    "absolute-zone": b"- code: CN/x\n  name: X\n  tz: /etc/passwd\n",
    "twice": b"- code: CN/x\n  name: X\n- code: CN/x\n  name: Y\n",
    "path": b"- code: ../../x\n  name: X\n",
    "unknown-keys": b"- code: CN/x\n  name: X\n  __class__: y\n",
    "many": b"".join(b"- code: CN/x %d\n  name: X%d\n" % (n, n) for n in range(500)),
    "mapping": b"CN/x: X\nUS/y: Y\n",
    "nul": b"- code: CN/x\0\n",
}


@pytest.mark.parametrize("name", HOSTILE_WORDS)
def test_hostile_vocabularies_are_told_and_harm_nobody(name: str, tmp_path: Path) -> None:
    log = scratch(tmp_path)
    (log / "vocabulary").mkdir()
    for file in ("actors", "materials", "laws", "tags", "episodes"):
        (log / "vocabulary" / f"{file}.yaml").write_bytes(HOSTILE_WORDS[name])
    checked = (run if len(HOSTILE_WORDS[name]) > 10_000 else within)(log, "check")
    assert checked.code == 1, checked
    assert all(f"vocabulary/{file}.yaml:" in checked.out for file in ("actors", "materials"))
    assert_harmless(checked)
    assert len(checked.all) < MIB
    for words in (["list", "actor:CN"], ["values", "actors"]):
        seen = within(log, *words)
        assert seen.code in (0, 2, 6), seen
        assert_harmless(seen)


TWELVE = """\
id: 2025-10-10-US-twelve
type: tariff
titel: One
title: Two
date: 10 Octember 2025
status: threatend
actors:
  - XX
affected: CN
rates:
  - value: ten
    unit: percent
    unitt: x
sources:
  - url: example.org
    kind: prss
note:
tags: [Bad Tag]
links:
  - rel: amendz
    to: nobody
"""


def test_a_file_with_twelve_faults_tells_the_twelve_in_one_run(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    put(log, "2025-10-10-us-twelve", TWELVE.encode())
    put(log, "2025-10-10-us-other", b"id: a\n\ttype: b\n")
    put(log, "2025-10-10-us-third", b"&a b\n")
    seen = within(log, "check", "-f", "json")
    told = [f for f in json.loads(seen.out) if f["path"].endswith("us-twelve.yaml")]
    assert {(f["code"], f["line"], f["column"]) for f in told} >= {
        ("bad-id", 1, 5), ("unknown-field", 3, 1), ("bad-date", 5, 7), ("unknown-value", 6, 9),
        ("unknown-actor", 8, 5), ("wrong-shape", 9, 11), ("bad-number", 11, 12),
        ("unknown-field", 13, 5), ("bad-url", 15, 10), ("unknown-value", 16, 11),
        ("empty-value", 17, 1), ("bad-slug", 18, 8), ("unknown-value", 20, 10), ("bad-id", 21, 9),
    }, [(f["code"], f["line"], f["column"]) for f in told]  # fmt: skip
    assert {Path(f["path"]).stem for f in json.loads(seen.out)} == {
        "2025-10-10-us-twelve", "2025-10-10-us-other", "2025-10-10-us-third"}  # fmt: skip
    # The same through a stream: exit 3, everything on stderr, nothing written.
    (log / "in.yaml").write_bytes(TWELVE.encode())
    added = within(log, "add", "--from", "in.yaml")
    assert (added.code, added.out) == (3, "")
    lines = {int(line) for line in re.findall(r"^in\.yaml:(\d+):", added.err, re.MULTILINE)}
    # What people write for a list, an address or a tag is understood.
    assert lines >= {1, 3, 5, 6, 8, 13, 16, 17, 20, 21}
