"""Dates, ranges, codes, ids and text. Standard library only."""
