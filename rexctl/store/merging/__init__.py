"""Merging the work of two people: what git asks of us, and what it must be told for that."""
