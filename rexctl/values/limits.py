"""How much one document may hold, for whoever reads or writes it."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Bytes, levels of nesting, and values of one document."""

    size: int = 2 << 20
    depth: int = 16
    values: int = 200_000


LIMITS = Limits()
