"""Input formats: from YAML, JSON, JSON lines and CSV to records."""
