"""Codes of actors, goods, laws and countries, and the names that people use for them."""
