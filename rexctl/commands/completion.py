"""Print a completion script for a shell: bash, zsh or fish.

The script runs rexctl at each key, and so offers the ids, codes, tags and types of the log.

Examples:
  rexctl completion bash > ~/.local/share/bash-completion/completions/rexctl
  rexctl completion zsh > "${fpath[1]}/_rexctl"
  rexctl completion fish > ~/.config/fish/completions/rexctl.fish
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import argument
from rexctl.errors import require_name

# The scripts read words line by line, never split or globbed: a log may hold any character. bash takes
# words as they are, so they come with backslashes; zsh and fish quote them themselves.
_FOLDER = Path(__file__).parent.parent / "resources" / "completion"
SHELLS = ("bash", "zsh", "fish")


def run(
    context: Context,
    shell: Annotated[str, argument("SHELL", "bash, zsh or fish.", words=SHELLS)],
) -> None:
    """Write the script."""
    require_name("shell", shell, SHELLS)
    context.emit_text((_FOLDER / f"rexctl.{shell}").read_text(encoding="utf-8").rstrip("\n"))
