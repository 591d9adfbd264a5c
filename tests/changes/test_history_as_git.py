"""For a file that is never renamed, git itself knows which commits its past is made of."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING

import pytest

from rexctl.changes.history import describe_commit
from rexctl.gitrepo.run import Git
from rexctl.store.layout import path_of
from rexctl.store.log import Log
from tests.changes.test_history import open_history
from tests.gitrepo.repository import ALONE
from tests.store.logs import event, text_of

if TYPE_CHECKING:
    from pathlib import Path

NAMES = tuple(f"2025-10-09-cn-{letter}" for letter in "abc")
State = dict[str, int]


class Tangle:
    """A past at random: branches, merges of two and three, what a merge throws away or makes."""

    def __init__(self, seed: int) -> None:
        self.dice, self.states, self.stream = random.Random(seed), [State()], ""
        self.tips = [self.commit([], {NAMES[0]: 0, NAMES[1]: 0})]
        for _ in range(40):
            self.step()
        while len(self.tips) > 1:
            one, other, *rest = self.tips
            self.tips = [
                *rest,
                self.commit([one, other], self.states[self.dice.choice([one, other])]),
            ]
        self.stream += f"reset refs/heads/main\nfrom :{self.tips[0]}\n\n"

    def step(self) -> None:
        if self.dice.random() < 0.3 and len(self.tips) > 1:
            parents = self.dice.sample(self.tips, min(len(self.tips), self.dice.choice([2, 2, 3])))
            made = {name: self.dice.choice([self.states[parent].get(name) for parent in parents])
                    if self.dice.random() < 0.8 else self.dice.randint(0, 3) for name in NAMES}  # fmt: skip
            state = {name: value for name, value in made.items() if value is not None}
            self.tips = [
                *(tip for tip in self.tips if tip not in parents),
                self.commit(parents, state),
            ]
            return
        parent = self.dice.choice(self.tips)
        state = {**self.states[parent], self.dice.choice(NAMES): self.dice.randint(0, 3)}
        if self.dice.random() < 0.2:
            state.popitem()
        if self.dice.random() < 0.6:
            self.tips.remove(parent)
        self.tips.append(self.commit([parent], state))

    def commit(self, parents: list[int], state: State) -> int:
        mark = len(self.states)
        self.states.append(state)
        # Clocks go wrong: a child may be older than its parent.
        when = 1_700_000_000 + mark * 60 + self.dice.randint(-300, 300)
        self.stream += (
            f"commit refs/heads/b{mark}\nmark :{mark}\ncommitter A <a@b> {when} +0000\ndata 0\n"
        )
        for word, parent in zip(["from", "merge", "merge"], parents, strict=False):
            self.stream += f"{word} :{parent}\n"
        files = {
            path_of(name): text_of(event(name, title=f"T{value}")) for name, value in state.items()
        }
        self.stream += "deleteall\n"
        for path, text in {"rexctl.yaml": "format: 1\n", **files}.items():
            self.stream += f"M 100644 inline data/{path}\ndata {len(text)}\n{text}\n"
        return mark


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_the_commits_told_are_those_of_git(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ALONE.items():
        monkeypatch.setenv(name, value)

    def git(*words: str, given: str = "") -> str:
        done = subprocess.run(["git", *words], cwd=tmp_path, input=given.encode(), check=True,
                              capture_output=True)  # fmt: skip
        return done.stdout.decode()

    git("init", "-q", "-b", "main")
    git("fast-import", "--quiet", given=Tangle(seed).stream)
    git("reset", "-q", "--hard", "main")
    root = tmp_path / "data"
    log = Log(root, tmp_path / "cache")
    history = open_history(Git(root), log)
    every = set()
    for name in NAMES:
        wanted = set(git("log", "--format=%H", "--", f"data/{path_of(name)}").split())
        found = {commit.hash for commit, sides, names, _ in history.walk({path_of(name)}, lambda one: True)
                 if describe_commit(sides, renamed=names)}  # fmt: skip
        assert found == wanted
        every |= {(commit, name) for commit in wanted}
    assert {(commit.hash, change.event) for commit, sides, names, _ in history.walk(None, lambda one: True)
            for change in describe_commit(sides, renamed=names)} == every  # fmt: skip
