function __rexctl_complete
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
