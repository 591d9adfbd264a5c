"""Output formats, one file each, and what is written to stderr."""
