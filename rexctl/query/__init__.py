r"""The query language: from the words on the command line to a `Query`, and from that to SQL.

    term  := ["not:"] FIELD ["." OP] ":" VALUE ("," VALUE)*  |  WORD (full text)  |  "@" SAVED
    OP    := eq ne lt le gt ge any all has missing re in certain within
    VALUE := text | NUMBER? ".." NUMBER? | DATE | DATE? ".." DATE?
    DATE  := 2025 | 2025-10 | 2025-Q4 | 2025-W42 | 2025-10-09 | today | 90d | +30d | last-month ...

A comma means or (`\,` is a comma in a value), the same field again means or, different fields mean
and. The modules: `parse` (the whole command line, and the part of a term before the colon), `terms`
(the parsed query, and the part after the colon), `explain` (a query in words), `sql`, `counts` and
`full_text`.
"""

from rexctl.query.explain import explain
from rexctl.query.parse import hides_retracted, parse, with_ids, with_texts
from rexctl.query.terms import NameResolver, Query, Term, Value

__all__ = ["NameResolver", "Query", "Term", "Value", "explain", "hides_retracted", "parse",
           "with_ids", "with_texts"]  # fmt: skip
