"""How the index is proved right: every file that may bear on an answer is looked at before it is given."""
