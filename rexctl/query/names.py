"""Names before the colon: which field is meant, of which kind, and with which operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.query.windows import BESIDE

if TYPE_CHECKING:
    from rexctl.query.terms import Lexicon

_ALWAYS = ("any", "all", "eq", "ne", "has", "missing")
# `within` asks as `:` does, but beside it: `date:2025-10 date.within:90d` wants both.
_DAYS = (*BESIDE, "certain", "within")
_MORE = {
    "number": BESIDE, "integer": BESIDE, "date": _DAYS, "day": _DAYS,
    "word": (), "actor": ("in", "re"),
}  # fmt: skip
_TEXTUAL = ("re",)
OPERATORS = tuple(dict.fromkeys((*_ALWAYS, *_DAYS, "in", "re")))
_THERE = ("has", "missing")
_SEE = "rexctl fields lists them; --text takes words with a colon"


class Name(NamedTuple):
    """A name understood. The kind is empty for a group of fields, which can only be there."""

    field: str
    kind: str
    op: str


def named(name: str, lexicon: Lexicon) -> Name:
    """Understand `FIELD` or `FIELD.OP`; the longest known field wins.

    Raises UsageError for an unknown field or operator, UsageError for an operator that
    the field's kind has not.
    """
    if whole := _field(name, lexicon):
        return Name(whole, _kind(whole, lexicon), "any")
    head, dot, op = name.rpartition(".")
    whole = _field(head, lexicon) if dot else ""
    if whole and op in OPERATORS:
        return _checked(Name(whole, _kind(whole, lexicon), op))
    if dot and op in _THERE and (group := _group(head, lexicon)):
        return Name(group, "", op)
    raise _unknown(name, whole, lexicon)


def there(name: str, op: str, lexicon: Lexicon) -> Name:
    """Understand the field in `has:FIELD` or `missing:FIELD`. Raises UsageError."""
    if whole := _field(name, lexicon):
        return Name(whole, _kind(whole, lexicon), op)
    if group := _group(name, lexicon):
        return Name(group, "", op)
    raise _unknown(name, "", lexicon)


def _field(name: str, lexicon: Lexicon) -> str:
    """Give the whole name of a field, or an empty text."""
    for whole in _spelled(name, lexicon):
        if whole in lexicon.fields:
            return whole
    own = name.startswith("x-") and len(name) > 2 and name.rpartition(".")[2] not in OPERATORS
    return name if own else ""


def _group(name: str, lexicon: Lexicon) -> str:
    """Give the whole name of a group, such as `effective`, or an empty text."""
    for whole in _spelled(name, lexicon):
        if any(field.startswith(f"{whole}.") for field in lexicon.fields):
            return whole
    return ""


def _spelled(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Give what a name may stand for: itself, or with a short form made whole."""
    first, dot, rest = name.partition(".")
    return name, lexicon.aliases.get(name, name), lexicon.aliases.get(first, first) + dot + rest


def _kind(field: str, lexicon: Lexicon) -> str:
    info = lexicon.fields.get(field)
    return info.kind if info else "extra"


def _checked(name: Name) -> Name:
    legal = (*_ALWAYS, *_MORE.get(name.kind, _TEXTUAL))
    if name.op not in legal:
        why = f"{name.field} is a {name.kind}, which has no {name.op}"
        raise bad_value(f"{name.field}.{name.op}", why, f"it takes {', '.join(legal)}")
    return name


def _unknown(name: str, whole: str, lexicon: Lexicon) -> UsageError:
    """Make the error of a name that is none, with what was meant where that is near."""
    if group := _group(name, lexicon):
        parts = [field for field in lexicon.fields if field.startswith(f"{group}.")]
        return bad_value(name, "is a group of fields", f"such as {', '.join(parts[:3])}")
    op = name.rpartition(".")[2]
    if whole:
        inner = [field for field in lexicon.fields if field.startswith(f"{whole}.")]
        kind = _MORE.get(_kind(whole, lexicon), _TEXTUAL)
        choices = [*inner, *(f"{whole}.{one}" for one in (*_ALWAYS, *kind))]
        return unknown_name("field", name, choices, see=f"such as {', '.join(choices[:4])}")
    names = [*lexicon.fields, *lexicon.aliases, *_THERE]
    if op in OPERATORS and op != name:
        names = [f"{one}.{op}" for one in names]
    return unknown_name("field", name or "''", names, see=_SEE)
