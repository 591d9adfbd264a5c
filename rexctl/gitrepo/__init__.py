"""Trees, blobs, revisions and commits, read from git."""
