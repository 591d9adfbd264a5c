"""Tables in memory for events that come from elsewhere: they know codes, and hold no event yet."""

from __future__ import annotations

from importlib import import_module
from itertools import chain

from rexctl.index import put, tables


def bare(log: tables.Index | None = None) -> tables.Index:
    """Give an index that knows the shipped codes, and those of a log where there is one."""
    index = tables.open_index(None, "")
    shipped = import_module("rexctl.vocabulary.shipped").codes()
    codes = {
        (kind, code): (kind, code, name)
        for kind, known in shipped.names.items()
        for code, name in known.items()
    }
    if log is None:
        put.put_codes(index, codes.values())
        put.put_members(index, shipped.members)
        return index
    own = ((str(k), str(c), str(n)) for k, c, n in log.ask("SELECT kind, code, name FROM codes"))
    put.put_codes(index, chain(codes.values(), (row for row in own if row[:2] not in codes)))
    for table in ("members", "queries"):
        for row in log.ask(f"SELECT * FROM {table}"):
            index.db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    return index
