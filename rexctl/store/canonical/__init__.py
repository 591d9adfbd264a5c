"""Canonical files, read line by line, judged and told to the index in one pass."""
