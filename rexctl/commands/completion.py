"""Print a completion script for a shell: bash, zsh or fish.

The script asks rexctl itself at each key, so that ids, codes, tags and types are those of the log.

Examples:
  rexctl completion bash > ~/.local/share/bash-completion/completions/rexctl
  rexctl completion zsh > "${fpath[1]}/_rexctl"
  rexctl completion fish > ~/.config/fish/completions/rexctl.fish
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TextIO

from rexctl.cli.options import argument
from rexctl.errors import unknown_name
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.cli.complete import Offer
    from rexctl.cli.context import Call

# Words are read line by line, never split or globbed. What stands in a log may be anything: bash
# takes words as they are, so they come with backslashes; zsh and fish quote them themselves.
_BASH = r"""_rexctl() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
        _REXCTL_COMPLETE=bash _REXCTL_LINE="${COMP_LINE:0:COMP_POINT}" \
            _REXCTL_BREAKS="$COMP_WORDBREAKS" rexctl 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:,/=] ]]; then compopt -o nospace; fi
}
complete -o default -F _rexctl rexctl
"""
_ZSH = r"""#compdef rexctl
_rexctl() {
    local -a found words_shown
    local line
    while IFS= read -r line; do
        found+=("${line%%$'\t'*}")
        words_shown+=("${line/$'\t'/  -- }")
    done < <(_REXCTL_COMPLETE=zsh _REXCTL_LINE="${(j: :)words[1,CURRENT-1]} $PREFIX" rexctl 2>/dev/null)
    if (( ${#found} )); then
        if [[ ${#found} -eq 1 && ${found[1]} == *[:,/=] ]]; then
            compadd -S '' -U -- "${found[@]}"
        else
            compadd -U -l -d words_shown -- "${found[@]}"
        fi
    else
        _files
    fi
}
if [ "$funcstack[1]" = "_rexctl" ]; then _rexctl "$@"; else compdef _rexctl rexctl; fi
"""
_FISH = r"""function __rexctl_complete
    set -lx _REXCTL_COMPLETE fish
    set -lx _REXCTL_LINE (commandline -cp)
    set -l found (rexctl 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete --command rexctl --no-files --arguments '(__rexctl_complete)'
"""
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")  # what means something to bash, and more
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def run(
    call: Call,
    shell: Annotated[str, argument("SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print the script."""
    if shell not in SCRIPTS:
        raise unknown_name("shell", shell, SCRIPTS, see=", ".join(SCRIPTS))
    call.emit_text(SCRIPTS[shell].rstrip("\n"))


def show(shell: str, offers: Sequence[Offer], typed: str, breaks: str, out: TextIO) -> None:
    """Write offers as the script of a shell reads them, one a line."""
    # bash cuts a word at : and =, so the part before the last of them must not come back.
    cut = max((typed.rfind(sign) + 1 for sign in breaks if sign in ":="), default=0)
    for offer in offers:
        word = clean_line(offer.word)
        if shell == "bash":
            out.write(_SPECIAL.sub(r"\\\g<0>", word[cut:]) + "\n")
        else:
            about = clean_line(offer.about)
            out.write(f"{word}\t{about}\n" if about else f"{word}\n")
