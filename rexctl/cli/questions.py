"""The questions of `add -i`, in the order in which one knows things, as they follow from the answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rexctl.cli.typed import added_rates
from rexctl.model import tables
from rexctl.model.tables import FIELDS, HEADS, SHAPES, Field, each, part, shape_at
from rexctl.model.types import example_of
from rexctl.records import pick
from rexctl.yamlfile.parse import read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.cli.add_events import Plain
    from rexctl.cli.add_flags import Flag
    from rexctl.model.tables import Loc

# Fields that other questions ask for: those of every type, the window and the clauses.
_SHARED = {"effective", "clauses"}.union(
    set.intersection(*(set(SHAPES[one]) for one in tables.TYPES))
)
# Words of a status or an act with which one asks for a condition and a deadline.
_THREATS = frozenset({"threatened", "threaten", "demand"})
_COMBINE = "needed: the sum, one of them, or clauses of their own"
_ENDS, _NO_ADDRESS = "Enter: no more", "needed for what has no address"
# Fields that are asked for of each part of a list; of a clause also the terms of the type.
_OF_PARTS = {"clauses": ("title", "effective.from", "effective.until"),
             "commitments": ("what", "by", "due"), "claims": ("by", "attribution")}  # fmt: skip
# By the field: what is asked (else what the field means), and what `?` says besides; by the kind of
# a value: what may be typed.
_TABLE = Path(__file__).parents[1] / "resources" / "questions.json"
_ASKED, _MORE_HELP, _FORMS = json.loads(_TABLE.read_text(encoding="utf-8")).values()


class Question(NamedTuple):
    """One prompt: the place that its answer fills, and what it asks.

    The number of one that follows from the answer to another has a letter: 5a. The place of the
    question for any other field is `()`.
    """

    loc: Loc
    text: str
    needed: str = ""
    note: str = ""  # shown above it
    words: Sequence[str] = ()  # the legal ones
    number: str = ""

    @property
    def path(self) -> str:
        """The dotted name of the field."""
        return ".".join(step for step in self.loc if isinstance(step, str))

    @property
    def is_item(self) -> bool:
        """Whether it asks for an item of a list, or its id; an empty answer is no item."""
        return len(self.loc) > 1 and isinstance(self.loc[1], int) and self.loc[2:] in ((), ("id",))

    @property
    def is_counted(self) -> bool:
        """Whether it does not follow from the answer to another one."""
        return "/" in self.number


class Questions:
    """The questions about an event of a type; `data` has the answers so far.

    `flags` are those of the type: its own fields are asked for as far as its example has them.
    """

    def __init__(self, type_name: str, flags: Sequence[Flag]) -> None:
        self.type_name, self.shape = type_name, SHAPES[type_name]
        self.info = tables.TYPES[type_name]
        self.example = read_value(example_of(type_name).encode())
        self.takes_clauses = False  # whether rates are taken apart into clauses
        self.own: dict[str, list[str]] = {}
        for flag in flags:
            if flag.top not in _SHARED and pick(self.example, flag.path) is not None:
                self.own.setdefault(flag.top, []).append(flag.inner)

    def numbered(self, data: Plain) -> list[Question]:
        """Return the questions with their numbers: 5/12, and 5a, 5b for those that follow from it."""
        goods = bool(data.get("clauses")) and all("products" in one for one in data["clauses"])
        tops = ["title", "date", "actors", *["status"] * (len(self.info.status) > 1), "effective",
                "affected", *self.own, *["products"] * (self.info.measure and not goods), "commitments", "links",
                "sources", "episode"]  # fmt: skip
        groups = [self.of_field(top, data) for top in dict.fromkeys(tops) if top in self.shape]
        result: list[Question] = []
        for number, (first, *rest) in enumerate(groups, 1):
            name = f" ({first.path.replace('.', '-').replace('_', '-')})" * ("(" not in first.text)
            total = f"{number}/{len(groups) + 1}"
            result.append(first._replace(number=total, text=first.text + name))
            result += [one._replace(number=f"{number}{chr(min(letter, 122))}")
                       for letter, one in enumerate(rest, 97)]  # fmt: skip
        number = len(groups) + 1
        return [*result, Question((), f"another field ({_ENDS})", number=f"{number}/{number}")]

    def of_field(self, top: str, data: Plain) -> list[Question]:
        """Return the question for a field, with those that follow from its answer."""
        return list(self._of_field(top, data))

    def _of_field(self, top: str, data: Plain) -> Iterator[Question]:
        kind, threat = self.shape[top], ""
        if top == "effective":
            yield from self._of_window(data.get(top, {}))
            threat = data.get("status", "")
        elif top == "sources":
            yield from self._of_source("" if pick(data, "sources.url") else _NO_ADDRESS)
        elif each(kind) in (*HEADS, "prose", "text"):
            yield from self._of_items(top, data)
        elif top in self.own and part(kind) in HEADS:
            inner = self.own[top][: None if top in data else 1]
            yield from (self.question((top, one)) for one in inner)
        else:
            yield self.question((top,))
        match top:
            case "actors" if "time" in data:
                yield self.question(("tz",))
            case "act":
                threat = data.get("act", "")
            case "rates":
                yield from self._of_sum(data)
            case "episode":
                yield self.question(("tags",))
        fields = ("condition", "deadline") if threat in _THREATS else ()
        yield from (self.question((one,)) for one in fields if one in self.shape)

    def _of_items(self, top: str, data: Plain) -> Iterator[Question]:
        """Yield a question for each item of a list, with those for its fields, and for a further one."""
        shape, items = part(each(self.shape[top])), data.get(top, ())
        head = ("id",) if HEADS.get(shape) == "id" else ()
        terms = (*self.own, "products", "entities") if top == "clauses" else ()
        paths = [path for path in dict.fromkeys((*_OF_PARTS.get(top, ()), *terms))
                 if path.partition(".")[0] in SHAPES[shape]]  # fmt: skip
        for number, item in enumerate([*items, None]):
            another = f"another one ({_ENDS})" if number and not head else ""
            yield self.question((top, number, *head), another)
            if item is not None:
                yield from (self.question((top, number, *path.split("."))) for path in paths)
            if top == "links" and item and item.get("rel") in tables.CAUSAL:
                yield self.question((top, number, "asserted_by"))

    def _of_sum(self, data: Plain) -> Iterator[Question]:
        """Yield how several rates are charged, and the clauses that they are taken apart into."""
        if said := added_rates({"rates": data.get("rates", ())}):
            words = (*tables.CHOICES[self.type_name]["combine"], "clauses")
            yield self.question(("combine",))._replace(words=words, note=said, needed=_COMBINE)
        yield from self._of_items("clauses", data) if self.takes_clauses else ()

    def _of_window(self, window: Plain) -> Iterator[Question]:
        yield self.question(("effective", "from"))
        if "from" in window:
            yield self.question(("effective", "until"))
            end = window.get("through") or window.get("until")
            if end and "until_time" not in window:
                text = f"does it still apply on {end}?"
                yield self.question(("effective", "through"), text)._replace(words=("y", "n"))

    def _of_source(self, needed: str) -> Iterator[Question]:
        first = self.question(("sources", 0, "url"))
        yield first._replace(needed=f"needed: {FIELDS['sources'].help}")
        for key in ("publisher", "published"):
            yield self.question(("sources", 0, key))._replace(needed=needed)

    def question(self, loc: Loc, text: str = "") -> Question:
        """Return the question for a place in the event."""
        around, key = shape_at(loc[:-1], self.type_name), str(loc[-1])
        asked = Question(loc, text, words=tables.CHOICES.get(around, {}).get(key, ()))
        needed = tables.REQUIRED.get(around, {}).get(key, "") if not asked.is_item else ""
        path = asked.path
        names = (f"measure.{path}" * self.info.measure, path, path.partition(".")[2])
        text = text or next((_ASKED[one] for one in names if one in _ASKED), self.field(asked).help)
        return asked._replace(text=text, needed=f"needed: {needed}" if needed else "")

    def field(self, question: Question) -> Field:
        """Return what the schema says of the field of a question; of a part, of its chief field."""
        path, head = question.path, HEADS.get(shape_at(question.loc, self.type_name), "")
        return FIELDS.get(path) or FIELDS.get(f"{path}.{head}") or Field("", False, (), (), "")

    def explanation(self, question: Question) -> str:
        """Return what a field is, what it may hold, and an example."""
        field, path, words = self.field(question), question.path, ", ".join(question.words)
        example = pick(self.example, path)
        if isinstance(example, list):
            example = ", ".join(str(one) for one in example if not isinstance(one, dict))
        example = "" if isinstance(example, dict) else example
        lines = [f"{path}: {field.help}", _MORE_HELP.get(path, ""),
                 f"one of {words}" if words else _FORMS.get(field.kind, ""),
                 f"such as {example}" if example else "",
                 "needed" if question.needed else "Enter leaves it out"]  # fmt: skip
        return "\n".join(line for line in lines if line)
