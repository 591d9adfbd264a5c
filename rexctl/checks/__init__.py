"""Rules over the whole log, one file each."""
