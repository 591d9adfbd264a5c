"""The vocabulary with which each side of a comparison was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.gitrepo.events import read_files
from rexctl.gitrepo.revisions import STAGED, WORKING_TREE
from rexctl.gitrepo.trees import list_settings
from rexctl.store.wording import vocabulary_in, vocabulary_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.gitrepo.revisions import Comparison
    from rexctl.gitrepo.run import Git
    from rexctl.vocabulary.vocabulary import Vocabulary


def of_sides(git: Git, root: Path, sides: Comparison) -> tuple[Vocabulary, Vocabulary]:
    """Give both, as one where their files are alike: each remembers what was judged by it.

    What is staged, and a commit without words of its own, is judged by those of the working tree.
    """
    vocabulary, _, files = vocabulary_of(root)
    known = [(files, vocabulary)]
    for side in sides:
        then = {} if side in (WORKING_TREE, STAGED) else read_files(git, list_settings(git, side))
        known.append((then, _alike(then or files, known) or vocabulary_in(then)[0]))
    return known[1][1], known[2][1]


def _alike(
    files: dict[str, bytes], known: list[tuple[dict[str, bytes], Vocabulary]]
) -> Vocabulary | None:
    return next((vocabulary for others, vocabulary in known if others == files), None)
