"""The difference of two versions of the log, and the history of a field, in words."""
