"""What ought to be true of a log."""
