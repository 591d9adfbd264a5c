"""A query, from the words on the command line to terms that an index can answer.

The rooms: `terms` (what it is made of), `names` (before the colon), `values` and `windows`
(after it), `words` (the whole line) and `saying` (told again in words).
"""

from rexctl.query.explain import explain
from rexctl.query.parse import hides_retracted, parse, with_ids, with_texts
from rexctl.query.terms import FieldLike, Lexicon, Query, Term, Value, fold

__all__ = [
    "FieldLike",
    "Lexicon",
    "Query",
    "Term",
    "Value",
    "explain",
    "fold",
    "hides_retracted",
    "parse",
    "with_ids",
    "with_texts",
]
