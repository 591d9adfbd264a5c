"""Tables in memory that know the shipped codes and nothing of any log."""

from __future__ import annotations

from rexctl.index import put, tables
from rexctl.plain import register


def bare() -> tables.Index:
    """Give an index for events that come from elsewhere."""
    index = tables.open_index(None, "")
    codes = register.load("rexctl.plain.legal_codes")
    rows = (
        (kind, code, name) for kind, known in codes.CODES.items() for code, name in known.items()
    )
    put.put_codes(index, rows)
    put.put_members(index, codes.MEMBERS)
    return index
