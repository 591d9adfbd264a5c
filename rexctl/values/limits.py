"""How much one document may hold, for whoever reads or writes it."""

MAX_SIZE = 2 << 20  # bytes
MAX_DEPTH = 16  # levels of lists and mappings
MAX_VALUES = 200_000
