"""The courtyard: one SQLite file between the log and its readers."""
