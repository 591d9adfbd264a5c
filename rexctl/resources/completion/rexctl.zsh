#compdef rexctl
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
            compadd -U -V rexctl -l -d words_shown -- "${found[@]}"
        fi
    else
        _files
    fi
}
if [ "$funcstack[1]" = "_rexctl" ]; then _rexctl "$@"; else compdef _rexctl rexctl; fi
