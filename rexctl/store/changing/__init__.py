"""Changes of events that are in the log: what is asked, what becomes of the file, and the writing."""
