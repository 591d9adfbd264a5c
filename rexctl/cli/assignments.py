"""Assignments of the command line: `FIELD=VALUE`, `FIELD+=VALUE` and `FIELD-=VALUE`.

A field is a path in an event: `effective.until`, `clauses.1(1).effective.from`, `sources.0.accessed`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model import shorthand
from rexctl.model.tables import ALIASES, FIELDS, HEADS, SHAPES, TYPES, each, part
from rexctl.query.parse import OPERATORS
from rexctl.values.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    ReadItems = Callable[[str, str], list[Any]]

_WORD = re.compile(r"([A-Za-z][\w-]*?(?:\.[^=]+?)?)(\+=|-=|=)(.*)", re.DOTALL)
_STEP = re.compile(r"(?:\\.|[^.\\])+")
_EXTRA = "extra"  # the kind of a project's own field (`x-...`), which may have any keys


class Assignment(NamedTuple):
    """The path of a field, the operator (`=`, `+=` or `-=`), and the value."""

    steps: tuple[str, ...]
    op: str
    value: str

    @property
    def field(self) -> str:
        """The path as it was written."""
        return format_path(self.steps)


def parse(word: str) -> Assignment | None:
    """Return the assignment that a word is, or None.

    A term of a query is none, although it may hold a `=`: `title.re:a=b`.
    """
    match = _WORD.fullmatch(word)
    if match is None or (":" in match[1] and _is_term_name(match[1].partition(":")[0])):
        return None
    try:
        return Assignment(parse_path(match[1]), match[2], match[3])
    except ValueError:
        return None


def _is_term_name(name: str) -> bool:
    """Return whether a name before a colon is a field of a query, with or without an operator."""
    field, _, operator = name.rpartition(".")
    if operator in OPERATORS and (field in FIELDS or field in ALIASES):
        return True
    return name in FIELDS or name in ALIASES


def parse_path(text: str) -> tuple[str, ...]:
    r"""Return the steps of a path: keys, and for lists the chief field of an item or its number.

    A dot within a step is written with a backslash.

    >>> parse_path("clauses.1(1).effective.from")
    ('clauses', '1(1)', 'effective', 'from')
    >>> parse_path(r"clauses.1\.2.text")
    ('clauses', '1.2', 'text')

    :raises ValueError: a step is empty.
    """
    steps = tuple(re.sub(r"\\(.)", r"\1", step) for step in _STEP.findall(text))
    if not steps or format_path(steps) != text:
        raise ValueError(f"{text}: a step of the path is empty")
    return steps


def format_path(steps: Iterable[str]) -> str:
    r"""Return the text of a path.

    >>> format_path(("clauses", "1.2", "text"))
    'clauses.1\\.2.text'
    """
    return ".".join(step.replace("\\", "\\\\").replace(".", "\\.") for step in steps)


def item_number(step: str, length: int) -> int | None:
    """Return the position that a step names in a list of this length, or None where it names none.

    >>> item_number("0", 2), item_number("2", 2), item_number("1(1)", 2)
    (0, None, None)
    """
    if step.isascii() and step.isdigit() and len(step) < 10 and int(step) < length:
        return int(step)
    return None


def apply(
    event: dict[str, Any], assignment: Assignment, *, add_items: bool = False,
    read_items: ReadItems | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the event with the assignment done; an empty value removes the field.

    A step into a list is the chief field of an item (`clauses.1(1)`), else its number from 0.

    :param add_items: a step that names no item of a list adds one with this chief field.
    :param read_items: returns the items of a list in the stored form for a text and their kind, so
        that `actors-=China` removes CN. Without it the text is one item, to be read later.
    :raises UsageError: no such field.
    :raises UsageError: no such item, or an operator that the field does not have. The value
        is not checked.
    """
    type_name = str(event.get("type", ""))
    assignment = _by_flag_name(assignment, type_name)
    editor = _Editor(assignment, type_name, add_items=add_items, read_items=read_items)
    return editor.changed(event, type_name, assignment.steps) or {}


def _by_flag_name(assignment: Assignment, type_name: str) -> Assignment:
    """Return the assignment with its field, where it is named as the flag of `add` is named."""
    first, *rest = assignment.steps
    if first in SHAPES.get(type_name, {}) or type_name not in TYPES:
        return assignment
    from rexctl.cli.add_flags import flags_of

    name = f"--{first.replace('_', '-')}"
    for flag in flags_of(type_name):
        if name in flag.names and flag.top == "links":
            if name == "--asserted-by":
                return assignment._replace(steps=("links", "asserted_by", *rest))
            value, op = f"{first} {assignment.value}", assignment.op.replace("-", "+")
            return Assignment(("links", *rest), "+=" if op == "=" else assignment.op, value)
        if name in flag.names:
            return assignment._replace(steps=(*flag.path.split("."), *rest))
    return assignment


def refuse_repeated(assignments: Sequence[Assignment]) -> None:
    """Raise UsageError where a field is set twice: the later value would replace the earlier one."""
    fields = [one.steps for one in assignments if one.op == "="]
    for one in assignments:
        if one.op == "=" and fields.count(one.steps) > 1:
            raise bad_value(f"{one.field}=", "is given twice", "give it once; += adds to a list")


def replaced_field(old: Any, new: Any, path: str = "") -> str:
    """Return the path of a value that is in old data and not in the new, or an empty text."""
    if isinstance(old, dict):
        pairs = [(f"{path}.{key}" if path else key, one, new.get(key) if isinstance(new, dict) else None)
                 for key, one in old.items()]  # fmt: skip
    elif isinstance(old, list):
        rest = [*new, *[None] * len(old)] if isinstance(new, list) else [None] * len(old)
        pairs = [(path, one, other) for one, other in zip(old, rest, strict=False)]
    elif isinstance(new, dict):  # a text became a part, whose chief field it is
        return "" if old in new.values() else path
    else:
        return "" if old == new else path
    return next((lost for where, one, other in pairs
                 if (lost := replaced_field(one, other, where))), "")  # fmt: skip


def path_in(data: Any, loc: Sequence[str | int]) -> str:
    """Return the path of a place in an event, as a person writes it: clauses by their ids.

    >>> path_in({"clauses": [{"id": "2"}]}, ("clauses", 0, "title"))
    'clauses.2.title'
    """
    steps: list[str] = []
    for step in loc:
        try:
            data = data[step]
        except (LookupError, TypeError):
            data = None
        is_named = isinstance(step, int) and isinstance(data, dict) and "id" in data
        steps.append(str(data["id"]) if is_named else str(step))
    return format_path(steps)


class _Editor:
    """Applies one assignment, step by step; `kind` is what SHAPES says of the value at a step."""

    def __init__(
        self, assignment: Assignment, type_name: str, *, add_items: bool,
        read_items: ReadItems | None,
    ) -> None:  # fmt: skip
        self.assignment, self.add_items, self.type_name = assignment, add_items, type_name
        self.read_items = read_items or (lambda text, kind: [_value(kind, text)])

    def changed(self, value: Any, kind: Any, steps: Sequence[str]) -> Any:
        """Return the new value; None removes it."""
        if not steps:
            if isinstance(kind, list):
                return self._list(value, kind[0])
            return self._single(value, kind)
        if isinstance(kind, list):
            return self._item(value or [], kind[0], steps)
        shape, key = part(kind), steps[0]
        keys = SHAPES.get(shape, {})
        if kind != _EXTRA and key not in keys and key[:2] != "x-":
            raise self._unknown_field(keys, steps)
        old = value if isinstance(value, dict) else {HEADS[shape]: value} if value else {}
        new = self.changed(old.get(key), keys.get(key, _EXTRA), steps[1:])
        rest = {name: one for name, one in old.items() if name != key}
        return old | {key: new} if new is not None else rest or None

    def _item(self, values: list[Any], kind: Any, steps: Sequence[str]) -> Any:
        head = HEADS.get(part(kind), "")
        names = [str(one.get(head, "")) if isinstance(one, dict) else one for one in values]
        if steps[0] in names:
            number: int | None = names.index(steps[0])
        else:
            number = item_number(steps[0], len(values))
        if number is None and steps[0] in SHAPES.get(part(kind), {}):
            return self._only_item(values, kind, steps)
        if number is None and self.add_items and head:
            # `sources.0.title=` begins the first source; `clauses.1.title=` names a clause.
            is_next = head != "id" and steps[0] == str(len(values))
            if is_next or head == "id" or not steps[0].isdecimal():
                values = [*values, {} if is_next else {head: steps[0]}]
                number = len(values) - 1
        if number is None:
            items = f"0 to {len(values) - 1}" if values else "none"
            raise bad_value(self.assignment.field, f"there is no {steps[0]}",
                                f"there are {items}")  # fmt: skip
        new = self.changed(values[number], kind, steps[1:])
        return [*values[:number], *([] if new is None else [new]), *values[number + 1 :]] or None

    def _only_item(self, values: list[Any], kind: Any, steps: Sequence[str]) -> Any:
        """Change a field of the only item of a list, which the path need not name."""
        head, field = HEADS[part(kind)], self.assignment.field
        if len(values) > 1 or (not values and (head == "id" or not self.add_items)):
            name = field.removesuffix("." + format_path(steps))
            first = "ID" if head == "id" else "0"
            which = f"there are {len(values)}" if values else "there is none yet"
            raise bad_value(field, which, f"write {name}.{first}.{format_path(steps)}=")
        return [self.changed(values[0] if values else None, kind, steps)]

    def _single(self, value: Any, kind: str) -> Any:
        field, op, text = self.assignment.field, self.assignment.op, self.assignment.value
        if op != "=":
            raise bad_value(f"{field}{op}", "is no list", f"{field}= sets it")
        return _value(kind, text, value) if text else None

    def _list(self, values: Any, kind: str) -> Any:
        field, op, text = self.assignment.field, self.assignment.op, self.assignment.value
        values = values if isinstance(values, list) else []
        items = self.read_items(text, kind) if text else []
        if op == "=":
            return items or None
        if not items:
            raise bad_value(f"{field}{op}", "has no value")
        if op == "+=":
            return [*values, *(one for one in items if one not in values)]
        head = HEADS.get(part(kind), "")
        names = [_name(one, head) for one in items]
        rest = [one for one in values if one not in items and _name(one, head) not in names]
        if len(rest) == len(values):
            raise bad_value(field, f"has no {text}")
        return rest or None

    def _unknown_field(self, keys: Iterable[str], steps: Sequence[str]) -> UsageError:
        before = self.assignment.steps[: len(self.assignment.steps) - len(steps)]
        near = nearest(steps[0], keys)  # what follows this step may be right
        path = format_path([*before, near or steps[0], *steps[1:]])
        return unknown_name("field", self.assignment.field, [path] if near else (),
                            see=self._see(keys, steps))  # fmt: skip

    def _see(self, keys: Iterable[str], steps: Sequence[str]) -> str:
        """Return what to write for a field that a part does not have."""
        top, type_name = self.assignment.steps[0], self.type_name
        if len(steps) == len(self.assignment.steps):
            return (
                f"rexctl schema {type_name} lists them" if type_name in TYPES else "rexctl schema"
            )
        see = f"its fields are {', '.join(keys)}"
        of_clause = SHAPES.get(part(each(SHAPES.get(type_name, {}).get("clauses", ""))), {})
        if top != "clauses" and steps[0] in of_clause:
            return f"{see}; of a clause it is clauses.ID.{format_path(steps)}"
        return see


def _name(item: Any, head: str) -> Any:
    """Return the chief field of an item, by which `-=` removes it."""
    return item.get(head) if isinstance(item, dict) else item


def _value(kind: str, text: str, old: Any = None) -> Any:
    """Return a text as a value of a kind: that of a mapping is its chief field, or all it means."""
    bare, bar, shape = kind.partition("|")
    if not bar and bare in SHAPES:
        fields = shorthand.parse_object(bare, text)
        fields = fields or shorthand.parse_text(bare, text) or shorthand.part_of(bare, text)
        return {**(old if isinstance(old, dict) else {}), **fields}
    if shape and isinstance(old, dict):
        return {**old, HEADS[shape]: text}
    return text
