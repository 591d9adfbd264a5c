from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE_ID
from tests.commands.test_diff import Committed
from tests.gitrepo.test_calling import traces, trap

if TYPE_CHECKING:
    from tests.commands.door import Door
    from tests.run import Result

NEW_ID = "2025-10-09-no-duty-on-swine"


class Past(Committed):
    """A log whose duty was raised by Bob, and then renamed."""

    def __init__(self, door: Door) -> None:
        super().__init__(door)
        self.edit("value: 10\n", "value: 12.5\n")
        self.by("Bob", "2025-11-20T14:03:09+01:00", "Raise the duty")
        assert door("mv", SWINE_ID, NEW_ID).code == 0
        self.by("Ann", "2025-11-21T09:00:00+08:00", "A shorter name")

    def by(self, author: str, day: str, subject: str) -> None:
        self.git("add", "-A", "data")
        who = f"{author} <{author.lower()}@example.org>"
        self.git("commit", "-q", "--author", who, "--date", day, "-m", subject)

    def short(self, revision: str) -> str:
        return self.git("rev-parse", revision)[:10]


@pytest.fixture
def past(filled: Door) -> Past:
    return Past(filled)


def rows(said: Result) -> list[dict[str, str]]:
    return [json.loads(line) for line in said.lines]


def test_who_changed_which_field_when(past: Past) -> None:
    said = past.door("log", NEW_ID)
    assert (said.code, said.err) == (0, "3 changes in 3 commits\n")
    title = "Norway charges 10% on live swine"
    assert said.lines[:7] == [
        f"{past.short('HEAD')}  2025-11-21 09:00 +08:00  Ann  A shorter name",
        f"  {NEW_ID}  {title}",
        f"    renamed from {SWINE_ID} to {NEW_ID}",
        "",
        f"{past.short('HEAD~1')}  2025-11-20 14:03 +01:00  Bob  Raise the duty",
        f"  {SWINE_ID}  {title}",
        "    rate raised: 10 -> 12.5 percent",
    ]
    assert said.lines[-1].startswith("    added: adopted tariff by NO, 9 October 2025; 10 percent")
    for other in (SWINE_ID, "2025-10-09"):
        assert past.door("log", other) == said


def test_one_field_is_one_line_for_a_script(past: Past) -> None:
    for field in ("rates.value", "rate", "rates"):
        first, last = rows(past.door("log", NEW_ID, "--field", field, "-f", "jsonl"))
        assert (first["author"], first["date"], first["event"], first["field"], first["old"], first["new"]) == (
            "Bob", "2025-11-20T14:03:09+01:00", SWINE_ID, "rates.value", "10", "12.5")  # fmt: skip
        assert (last["kind"], last["author"], last["sentence"]) == (
            "added",
            "A",
            "with the event: rate added: 10 percent",
        )
    assert first["commit"] == past.git("rev-parse", "HEAD~1")
    said = past.door("log", NEW_ID, "--field", "tags")
    assert (said.code, said.out, said.err) == (0, "", "no change\n")
    assert past.door("log", NEW_ID, "--field", "tags", "-f", "json").out == "[]\n"


def test_a_query_asks_of_what_it_finds_now_and_nothing_of_all(past: Past) -> None:
    assert past.door("log", "type:tariff").out == past.door("log", NEW_ID).out
    assert past.door("log", "type:statement").err == "2 changes in 1 commit\n"
    assert past.door("log").err == "5 changes in 3 commits\n"
    both = past.door("log", NEW_ID, "2025-10-11-se-speaks-again", "-f", "jsonl")
    assert len(both.lines) == 4


def test_a_retracted_event_is_in_a_query_where_that_is_asked(past: Past) -> None:
    assert past.door("retract", NEW_ID, "--reason", "It was a draft.").code == 0
    assert past.door("log", "type:tariff").out == ""
    told = past.door("log", "type:tariff", "--retracted", "-n", "1")
    assert told.lines == ["not committed yet", f"  {NEW_ID}  Norway charges 10% on live swine",
                          "    retracted: “It was a draft.”"]  # fmt: skip
    assert told.err == "1 change, not committed yet\n"
    assert past.door("log", NEW_ID).out.startswith(told.out)
    assert past.door("log", NEW_ID).err.endswith(" in 3 commits, and what is not committed yet\n")


def test_days_and_a_limit_of_commits(past: Past) -> None:
    (one,) = rows(past.door("log", "--since", "2025-11-20", "--until", "2025-11-20", "-f", "jsonl"))
    assert one["author"] == "Bob"
    (one,) = rows(past.door("log", "--since=2025-11-21", "--until=2025-11-30", "-f", "jsonl"))
    assert one["author"] == "Ann"
    assert past.door("log", "-n", "1").err == "1 change in 1 commit\n"
    assert past.door("log", "-n", "0").err == "no change\n"


def test_an_event_that_is_there_no_more_has_a_past(past: Past) -> None:
    (past.door.folder / "data" / "events" / "2025" / f"{NEW_ID}.yaml").unlink()
    past.by("Cid", "2025-11-22T09:00:00Z", "Take it out")
    said = past.door("log", NEW_ID)
    assert said.lines[0].endswith("2025-11-22 09:00 +00:00  Cid  Take it out")
    assert said.lines[2].startswith("    removed: adopted tariff by NO")
    assert said.err == "4 changes in 4 commits\n"
    assert past.door("log", NEW_ID[:-3]).out == said.out


def test_a_file_that_does_not_read_is_told_with_who_made_it_so(past: Past) -> None:
    past.door.put(f"{NEW_ID}.yaml", "id: x\ntitle: [\n")
    past.by("Dan", "2025-11-23T09:00:00Z", "Break it")
    said = past.door("log", NEW_ID, "-n", "1")
    assert said.code == 0
    assert "Dan" in said.lines[0]
    assert said.lines[2].startswith("    does not read: line 3: ")
    assert past.door("log", "type:tariff").code == 6


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--field", "rtes"], 2, "error[unknown-field] rtes: no such field; did you mean rates?"),
        (["--field", ""], 2, "error[unknown-field]"),
        (["--field", "_latest"], 2, "error[bad-value] _latest: is computed, and nobody changes it"),
        (["--field", "_date"], 2, "error[unknown-field] _date: no such field"),
        (["-f", "csv"], 2, "error[unknown-format] csv: no such format"),
        (["-n", "-1"], 2, "error[bad-value] -n -1: not a number of rows"),
        (["-n", "9" * 20], 2, "error[bad-value] -n 99999999999999999999: not a number"),
        (
            ["--since", "yesteday"],
            2,
            "error[bad-value] yesteday: not a date; did you mean yesterday?",
        ),
        (["type:tarif"], 2, "error[unknown-type]"),
        (["2025-12"], 4, "error[no-such-event] 2025-12: no such event"),
        (["2025-10-11"], 4, "error[ambiguous-id] 2025-10-11: matches 2 events"),
        (["--", "--output=x"], 4, "error[no-such-event] --output=x: no such event"),
        (["HEAD"], 4, "error[no-such-event] HEAD: no such event"),
    ],
)
def test_what_is_asked_wrongly_is_told(past: Past, words: list[str], code: int, told: str) -> None:
    said = past.door("log", *words)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(told)


def test_a_log_in_no_repository_is_told(filled: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(filled.folder.parent))
    said = filled("log")
    assert (said.code, said.out) == (7, "")
    assert "not in a git repository; git init makes one" in said.err


def test_before_the_first_commit_all_is_not_committed_yet(filled: Door) -> None:
    Committed(filled).git("update-ref", "-d", "HEAD")
    said = filled("log", SWINE_ID)
    assert said.lines[0] == "not committed yet"
    assert said.err == (
        "1 change, not committed yet\n"
        "nothing is committed yet: the history begins with the first git commit\n"
    )


def test_a_shallow_clone_says_so(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = past.door.folder.parent / "clone"
    past.git("clone", "-q", "--depth", "1", f"file://{past.door.folder}", str(clone))
    monkeypatch.chdir(clone)
    said = past.door("log", NEW_ID)
    assert "    there already: adopted tariff by NO" in said.out
    assert said.err.endswith("git fetch --unshallow fetches it\n")


def test_nothing_that_a_repository_names_is_run(past: Past) -> None:
    folder = past.door.folder.parent
    for key, name in {
        "core.fsmonitor": "fsmonitor", "core.pager": "pager", "diff.external": "external",
        "diff.x.textconv": "textconv", "filter.x.clean": "clean", "gpg.program": "gpg",
        "core.sshCommand": "ssh",
    }.items():  # fmt: skip
        past.git("config", key, trap(folder, name))
    past.git("config", "log.showSignature", "true")
    (past.door.folder / ".gitattributes").write_text("* filter=x diff=x\n")
    past.door.put(f"{NEW_ID}.yaml", past.door.files[f"{NEW_ID}.yaml"].replace("12.5", "13.5"))
    index = past.door.folder / ".git" / "index"
    before = index.read_bytes()
    assert "raised: 12.5 -> 13.5" in past.door("log", NEW_ID).out
    assert traces(folder) == []
    assert index.read_bytes() == before


def test_a_commit_in_the_log_of_a_day_is_in_the_history_until_that_day(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-11-01T00:30:00+09:00")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2025-11-01T00:30:00+09:00")
    Committed(filled)
    assert SWINE_ID in filled("list", "--at", "2025-10-31", "-f", "id").lines
    assert filled("log", "--until", "2025-10-31").err.endswith(" in 1 commit\n")
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(settings.read_text() + "timezone: Asia/Tokyo\n")
    assert filled("list", "--at", "2025-10-31", "-f", "id").code == 2
    assert filled("log", "--until", "2025-10-31").err == "no change\n"


def test_a_blob_that_git_lacks_is_named_and_hides_nothing_else(past: Past) -> None:
    path = f"data/events/2025/{SWINE_ID}.yaml"
    blob = past.git("rev-parse", f"HEAD~1:{path}")
    (past.door.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    said = past.door("log", NEW_ID)
    assert said.code == 6
    assert f"git lacks the blob {blob}" in said.err
    assert "2025-11-21" in said.lines[0]
    assert said.lines[-1].startswith("    added: adopted tariff by NO")


def test_ids_keep_the_history_of_these_events(past: Past) -> None:
    whole = past.door("log", NEW_ID, "-j")
    for name in (NEW_ID, SWINE_ID):
        assert past.door("log", "--ids", "-", "-j", stdin=name.encode()) == whole
    both = f"{NEW_ID}\n2024-no-such\n".encode()
    said = past.door("log", "--ids", "-", stdin=both)
    assert (said.code, said.out) == (4, "")
    assert past.door("log", "--ids", "-", "-j", "--lenient", stdin=both) == whole
    assert past.door("log", "type:statement", "--ids", "-", stdin=NEW_ID.encode()).out == ""


def test_a_code_of_the_past_is_known_to_log_and_diff_and_at(past: Past) -> None:
    door = past.door
    vocabulary = door.folder / "data" / "vocabulary"
    assert door("codes", "add", "firm/acme", "Acme Corporation", "--country", "US").code == 0
    said = door("add", "statement", "Acme speaks", "--actor", "firm/acme", *STATEMENT[2:])
    assert said.code == 0, said.err
    name = said.out.strip()
    past.by("Ann", "2025-11-22T09:00:00Z", "Log Acme")
    file = door.folder / "data" / "events" / "2025" / f"{name}.yaml"
    for path in (vocabulary / "actors.yaml", file):
        text = path.read_text().replace("firm/acme", "firm/acme-corp")
        path.write_text(text.replace("Acme Corporation", "Acme Corp"))
    past.by("Ann", "2025-11-23T09:00:00Z", "Acme has another name")
    for then, now in (("firm/acme", "firm/acme-corp"), ("Acme Corporation", "Acme Corp")):
        assert door("list", "--at", "HEAD~1", f"actor:{then}", "-f", "id").out == f"{name}\n"
        for word in (then, now):
            assert door("diff", "HEAD~1", f"actor:{word}", "--stat").out.count(name) == 1, word
            told = door("log", f"actor:{word}")
            assert "firm/acme removed from actors" in told.out, told.err
    assert door("diff", "HEAD~1", "actor:firm/no-such").code == 2
    assert door("log", "actor:firm/no-such").code == 2
    assert (
        "these events matched until commit " + past.short("HEAD~1")
        in door("log", "actor:firm/acme").err
    )
