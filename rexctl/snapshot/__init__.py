"""One version of the log: the working tree, the staged files, a commit, or a stream of events."""
