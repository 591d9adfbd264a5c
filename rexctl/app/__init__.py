"""Entry point: exit codes, lazily loaded commands, fast path, crash report."""
