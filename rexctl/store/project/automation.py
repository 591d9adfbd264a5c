"""What runs rexctl by itself: a workflow of the host, and a hook before each commit."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS = ("github",)
# An event's text never reaches a shell here: the revisions come by the environment, and they are
# hashes. The day is asked again each morning, since what is due turns red without a push.
_WORKFLOW = """\
name: rexctl
on:
  push:
  pull_request:
  schedule:
    - cron: "17 5 * * *"  # a plan, a suspension or a review_by may have passed since the last push
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
{defaults}    steps:
      - uses: actions/checkout@v6
        with:
          fetch-depth: 0  # rexctl diff asks where the branches parted
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - run: python -m pip install rexctl
      - run: rexctl check --strict -f github
      - if: ${{ !cancelled() }}
        run: rexctl fmt --check
      - name: Tell the change in words
        if: ${{ !cancelled() && github.event_name == 'pull_request' }}
        env:
          BASE: ${{ github.event.pull_request.base.sha }}
          HEAD: ${{ github.event.pull_request.head.sha }}
        run: rexctl diff "$BASE...$HEAD" -f md >> "$GITHUB_STEP_SUMMARY"
"""
_DEFAULTS = """\
    defaults:
      run:
        working-directory: {folder}
"""
_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: rexctl-check
        name: rexctl check
        entry: {check}
        language: system
        always_run: true  # deleting an event may break a link to it, and pre-commit passes no deletion
        pass_filenames: false
      - id: rexctl-fmt
        name: rexctl fmt
        entry: {fmt}
        language: system
        files: {files}
        pass_filenames: false
"""


def files(within: str, *, ci: str, hooks: bool) -> Iterator[tuple[str, str]]:
    """Give each file asked for: its path from the repository's root, and its text.

    `within` is the project's folder as seen from there; empty where it is the root.
    """
    if ci == "github":
        yield ".github/workflows/rexctl.yml", _workflow(within)
    if hooks:
        yield ".pre-commit-config.yaml", _hooks(within)


def _workflow(within: str) -> str:
    # What stands between `${{` and `}}` is run by the host, in the name of a folder as well.
    folder = _quoted(within).replace("${{", "${{ '${{' }}")
    return _WORKFLOW.replace("{defaults}", _DEFAULTS.format(folder=folder) if within else "")


def _hooks(within: str) -> str:
    rexctl = f"rexctl -C {shlex.quote(within)}" if within else "rexctl"
    data = f"^{re.escape(within + '/' if within else '')}data/"
    check, fmt = f"{rexctl} check", f"{rexctl} fmt"
    if within:
        check, fmt, data = _quoted(check), _quoted(fmt), _quoted(data)
    return _HOOKS.format(check=check, fmt=fmt, files=data)


def _quoted(text: str) -> str:
    """Give a text as YAML: JSON is YAML, and in it no name of a folder is anything but text."""
    return json.dumps(text, ensure_ascii=False)
