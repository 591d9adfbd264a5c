"""The SQLite cache of parsed files."""
