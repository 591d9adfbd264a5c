"""The generated files of legal fields and codes: what a query must know, without the models."""

from __future__ import annotations

import hashlib
import pprint
from typing import TYPE_CHECKING, Any

from rexctl.model.measure import Measure
from rexctl.model.schema import fields, heads, identities, leaves, shapes, singular
from rexctl.model.types import TYPES
from rexctl.model.validate import model_of

if TYPE_CHECKING:
    from rexctl.model.schema import Legal
    from rexctl.vocabulary.vocabulary import Vocabulary

_FIELDS_HEAD = '''\
"""The legal fields, generated from the models: `python -m tests.regenerate` writes it anew."""

from __future__ import annotations

from typing import Any, NamedTuple


class Field(NamedTuple):
    """A name that a query may ask for: its kind, closed values, and the types that have it."""

    kind: str
    many: bool
    values: tuple[str, ...]
    types: tuple[str, ...]
    help: str


class TypeInfo(NamedTuple):
    """A type: what it is, its statuses, its columns in a list, whether it is a measure."""

    caption: str
    status: tuple[str, ...]
    columns: tuple[str, ...]
    span: tuple[str, ...]
    measure: bool

'''
_CODES_HEAD = '''\
"""The shipped codes, generated from the vocabulary: `python -m tests.regenerate` writes it anew."""

from __future__ import annotations

'''


def legal_fields() -> str:
    """Give the text of `plain/legal.py`."""
    known = fields()
    tables: dict[str, tuple[str, Any]] = {
        "SHAPES": ("dict[str, dict[str, Any]]", shapes()),
        "HEADS": ("dict[str, str]", heads()),
        "IDENTITIES": ("dict[str, tuple[str, ...]]", identities()),
        "ALIASES": ("dict[str, str]", _aliases(known)),
    }
    body = "".join(
        f"{name}: {hint} = {_literal(value)}\n" for name, (hint, value) in tables.items()
    )
    everywhere = tuple(TYPES)
    rows = "".join(_field_row(name, field) for name, field in known.items())
    body += f"_ALL = {everywhere!r}\nFIELDS: dict[str, Field] = {{\n{rows}}}\n"
    body += "TYPES: dict[str, TypeInfo] = {\n" + "".join(map(_type_row, TYPES)) + "}\n"
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    return f"{_FIELDS_HEAD}\n# fmt: off\n# ruff: noqa: E501\nVERSION = {digest!r}\n{body}"


def legal_codes(vocabulary: Vocabulary) -> str:
    """Give the text of `plain/legal_codes.py`; HS codes are asked of their own package."""
    codes: dict[str, dict[str, str]] = {}
    for kind, code, name in vocabulary.codes():
        if not code.startswith("hs:") and kind not in ("tags", "episode"):
            codes.setdefault(kind, {})[code] = name
    body = f"CODES: dict[str, dict[str, str]] = {_literal(codes)}\n"
    members = tuple(vocabulary.members())
    body += f"MEMBERS: tuple[tuple[str, str, str, str], ...] = {_literal(members)}\n"
    return f"{_CODES_HEAD}# fmt: off\n# ruff: noqa: E501\n{body}"


def _field_row(name: str, field: Legal) -> str:
    types = "_ALL" if field.types == tuple(TYPES) else repr(field.types)
    return (
        f"    {name!r}: Field({field.kind!r}, {field.many}, {field.values!r}, {types}, "
        f"{field.help!r}),\n"
    )


def _type_row(name: str) -> str:
    model = model_of(name)
    status = next(leaf.values for dotted, leaf, _ in leaves(model) if dotted == "status")
    return (
        f"    {name!r}: TypeInfo({model.caption!r}, {status!r}, {model.columns!r}, "
        f"{model.span!r}, {issubclass(model, Measure)}),\n"
    )


def _aliases(known: dict[str, Any]) -> dict[str, str]:
    found = {}
    for name, field in known.items():
        one = singular(name)
        if field.many and one not in known:
            found[one] = name
    return found


def _literal(value: Any) -> str:
    return pprint.pformat(value, width=100, sort_dicts=False, compact=True)
