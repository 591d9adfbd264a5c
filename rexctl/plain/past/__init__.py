"""What the past of the log is told in: commits, and which event became which."""
