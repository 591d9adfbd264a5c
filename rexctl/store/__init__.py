"""The files of a log: layout, safe reading, atomic writing, lock, undo, editor, settings."""
