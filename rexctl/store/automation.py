"""What runs rexctl by itself: a workflow of the host, and a hook before each commit."""

from __future__ import annotations

import json
import re
import shlex
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS = ("github",)
WORKFLOW = ".github/workflows/rexctl.yml"
# In place of a source that is not known: pip refuses it, so no package of a registry is installed.
_UNKNOWN = "FILL IN git+https://HOST/OWNER/REPOSITORY@TAG"
# An event's text never reaches a shell here: the revisions come by the environment, and they are
# hashes. The day is asked again each morning, since what is due turns red without a push.
# There is no `fmt --check`: `check` reports not-canonical.
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
{install}      - name: Check the log
        if: ${{ github.event_name == 'push' }}
        run: rexctl check -f github
      - name: Check the log, warnings and what is due included
        if: ${{ github.event_name == 'schedule' }}
        run: rexctl check --strict -f github
      - name: Check the files that the pull request changes
        if: ${{ github.event_name == 'pull_request' }}
        env:
          BASE: ${{ github.event.pull_request.base.sha }}
        run: rexctl check --changed-since "$BASE" -f github
      - name: Check the other files, in which a link may lead to what is changed or deleted
        if: ${{ !cancelled() && github.event_name == 'pull_request' }}
        run: rexctl check
      - name: Describe the change in words
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


def files(within: str, *, ci: str, hooks: bool, install: str = "") -> Iterator[tuple[str, str]]:
    """Give each file asked for: its path from the repository's root, and its text.

    `within` is the project's folder as seen from there; empty where it is the root. `install` is
    the requirement by which pip installs rexctl; empty, the workflow has a line to fill in.
    """
    if ci == "github":
        yield WORKFLOW, _workflow(within, install)
    if hooks:
        yield ".pre-commit-config.yaml", _hooks(within)


def installed_from() -> str:
    """Return the pip requirement for the git commit that rexctl was installed from.

    It is read from `direct_url.json` of the installed distribution (PEP 610). Empty where rexctl
    was installed otherwise, or from a repository on this machine, which no other machine can reach.
    """
    try:
        text = metadata.distribution("rexctl").read_text("direct_url.json")
        origin = json.loads(text or "{}")
        url, commit = origin["url"], origin["vcs_info"]["commit_id"]
        is_git = origin["vcs_info"]["vcs"] == "git"
    except (metadata.PackageNotFoundError, ValueError, KeyError):
        return ""
    if not is_git or url.startswith("file:"):
        return ""
    folder = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
    return f"rexctl @ git+{url}@{commit}{folder}"


def _workflow(within: str, install: str) -> str:
    run = _quoted(f"python -m pip install {shlex.quote(install or _UNKNOWN)}")
    step = (
        ""
        if install
        else "      # Replace FILL IN ... by the git source of rexctl: no package registry has it.\n"
    )
    step += f"      - run: {_literal(run)}\n"
    defaults = _DEFAULTS.format(folder=_literal(_quoted(within))) if within else ""
    return _WORKFLOW.replace("{defaults}", defaults).replace("{install}", step)


def _literal(text: str) -> str:
    """Escape what the host evaluates: whatever lies between `${{` and `}}`."""
    return text.replace("${{", "${{ '${{' }}")


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
