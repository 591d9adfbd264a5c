"""Codes and the names people use for them."""
