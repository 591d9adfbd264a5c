"""The contents of files in a commit, for the index of a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.gitrepo.blobs import read_blobs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.gitrepo.run import Git


def read_files(git: Git, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """Return the content of each path, given its blob; a file that is too large is left out.

    Raises EnvironmentFaultError for a blob that the repository lacks.
    """
    contents = read_blobs(git, blobs.values())
    return {path: data for path, blob in blobs.items() if (data := contents[blob]) is not None}
