"""Print a completion script for a shell: bash, zsh or fish.

The script runs rexctl at each key, and so offers the ids, codes, tags and types of the log.

Examples:
  rexctl completion bash > ~/.local/share/bash-completion/completions/rexctl
  rexctl completion zsh > "${fpath[1]}/_rexctl"
  rexctl completion fish > ~/.config/fish/completions/rexctl.fish
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.errors import unknown_name

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context

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
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def run(
    context: Context,
    shell: Annotated[str, options.argument("SHELL", help="bash, zsh or fish.")],
) -> None:
    """Write the script."""
    if shell not in SCRIPTS:
        raise unknown_name("shell", shell, SCRIPTS, see=", ".join(SCRIPTS))
    context.emit_text(SCRIPTS[shell].rstrip("\n"))
