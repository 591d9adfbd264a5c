_rexctl() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
        _REXCTL_COMPLETE=bash _REXCTL_LINE="${COMP_LINE:0:COMP_POINT}" \
            _REXCTL_BREAKS="$COMP_WORDBREAKS" rexctl 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:,/=] ]]; then compopt -o nospace; fi
}
complete -o default -F _rexctl rexctl
