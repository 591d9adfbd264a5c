"""The questions of `add -i`, in the order in which one knows things, as they follow from the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cli.add_events import added_rates
from rexctl.model.tables import (
    CAUSAL,
    CHOICES,
    FIELDS,
    HEADS,
    RELATIONS,
    REQUIRED,
    SHAPES,
    TYPES,
    Field,
    each,
    part,
    shape_at,
)
from rexctl.model.types import example_of
from rexctl.records import pick
from rexctl.yamlfile.parse import read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.cli.add_flags import Flag
    from rexctl.model.tables import Loc

Plain = dict[str, Any]
# Fields that other questions ask for: those of every type, the window and the clauses.
_SHARED = {"effective", "clauses"}.union(set.intersection(*(set(SHAPES[one]) for one in TYPES)))
# Words of a status or an act with which one asks for a condition and a deadline.
_THREATS = frozenset({"threatened", "threaten", "demand"})
_ENDS = "Enter: no more"
# What is asked for a field; for another one it is what the field means.
_TOPICS = {
    "title": "what happened", "date": "when", "tz": "in which time zone", "actors": "who",
    "status": "how far it has come", "affected": "whom it concerns", "effective.from": "from when",
    "effective.until": "until when (Enter: no end is known)",
    "condition": "what it depends on (unless, if)", "deadline": "by when the other side must act",
    "products": "which goods", "mode": "how they met", "participants": "who took part",
    "rates": "how much", "combine": "which of them is charged", "controls": "what kind of control",
    "list": "which list", "change": "what is done to the list", "entities": "which names",
    "category": "what kind of measure", "charge.currency": "how much", "speaker.name": "who spoke",
    "act": "to what end", "text_public": "is the text public", "authority": "which authority",
    "kind": "what kind of case", "forum": "which court", "relief": "with what effect",
    "holding": "what it held", "clauses.id": f"clause: its number or a short name ({_ENDS})",
    "clauses.title": "what it covers", "commitments.by": "by whom", "commitments.due": "by when",
    "commitments.id": f"who committed to what: a short name of a commitment ({_ENDS})",
    "commitments.what": "what is to be done",
    "links": "in answer to (an event, or RELATION EVENT)", "links.asserted_by": "who says so",
    "sources.url": "source (an address, or a title)", "sources.publisher": "who published it",
    "sources.published": "when it was published", "episode": "which episode", "tags": "which tags",
}  # fmt: skip
# Fields that are asked for of each part of a list; of a clause also the terms of the type.
_OF_PARTS = {"clauses": ("title", "effective.from", "effective.until"),
             "commitments": ("what", "by", "due"), "claims": ("by", "attribution")}  # fmt: skip
# What `?` says of a field besides what it means.
_MORE_HELP = {
    "links": "the event that this one responds to: its id, the beginning of it, or an instrument "
             "(MOFCOM 61/2025); EVENT#CLAUSE for a part of it\n"
             f"write another relation before it: {', '.join(RELATIONS)}",
    "links.asserted_by": "the actors that call this event an answer to the other one, or press",
    "sources.url": "an address (https://...); or the title of what has no address, then publisher "
                   "and date",
    "effective.through": "y: that day is the last one (through); n: it ends as that day begins (until)",
}  # fmt: skip
# What may be typed for a value of a kind.
_FORMS = {
    "date": "2025-10-09, 9 October 2025, today, monday, -2d, 2025-10, 2025-Q4, 2025-10-09~ for about, "
            "A/B for a span",
    "day": "a day: 2025-10-09, 9 October 2025, today, -2d",
    "time": "a time of day: 20:30",
    "actor": "a code or a name: CN/mofcom, China; several with commas",
    "country": "a code or a name: MY, Malaysia",
    "product": "a scheme and a code: hs:2846, material:gallium; several with commas",
    "law": "a code: us/ieepa/fentanyl; several with commas",
    "number": "a number, with its unit where it has one: 25, 30%, 24pp, 80 USD/kg",
    "integer": "a whole number",
    "url": "an address that begins with http:// or https://",
    "slug": "a word of a-z, 0-9 and hyphens",
    "zone": "a time zone: Asia/Shanghai, -05:00",
}  # fmt: skip


class Question(NamedTuple):
    """One prompt: the place that its answer fills, and what it asks.

    `is_counted` where it does not follow from the answer to another one. The place of the question
    for any other field is `()`.
    """

    loc: Loc
    text: str
    is_counted: bool
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


class Questions:
    """The questions about an event of a type; `data` has the answers so far.

    `flags` are those of the type: its own fields are asked for as far as its example has them.
    """

    def __init__(self, type_name: str, flags: Sequence[Flag]) -> None:
        self.type_name, self.shape = type_name, SHAPES[type_name]
        self.example = read_value(example_of(type_name).encode())
        self.takes_clauses = False  # whether rates are taken apart into clauses
        self.own: dict[str, list[str]] = {}
        for flag in flags:
            if flag.top not in _SHARED and pick(self.example, flag.path) is not None:
                self.own.setdefault(flag.top, []).append(flag.inner)

    def numbered(self, data: Plain) -> list[Question]:
        """Return the questions with their numbers: 5/12, and 5a, 5b for those that follow from it."""
        result: list[Question] = []
        plan = list(self._plan(data))
        total, number, letter = sum(one.is_counted for one in plan), 0, 96
        for one in plan:
            number, letter = (number + 1, 96) if one.is_counted else (number, letter + 1)
            label = f"{number}/{total}" if one.is_counted else f"{number}{chr(min(letter, 122))}"
            result.append(one._replace(number=label))
        return result

    def _plan(self, data: Plain) -> Iterator[Question]:
        is_measure = TYPES[self.type_name].measure
        yield self.question(("title",), is_counted=True)
        yield self.question(("date",), is_counted=True)
        yield self.question(("actors",), is_counted=True)
        if "time" in data:
            yield self.question(("tz",))
        if len(TYPES[self.type_name].status) > 1:
            yield self.question(("status",), is_counted=True)
        if "effective" in self.shape:
            yield from self.of_field("effective", data, is_counted=True)
            yield from self._of_threat(data.get("status"))
        topic = "against whom" if is_measure else ""
        yield self.question(("affected",), topic, is_counted=True)
        for top in self.own:
            yield from self.of_field(top, data, is_counted=True)
        if is_measure and "products" not in self.own:
            yield self.question(("products",), is_counted=True)
        for top in ("commitments", "links", "sources"):
            yield from self.of_field(top, data, is_counted=True) if top in self.shape else ()
        yield self.question(("episode",), is_counted=True)
        yield self.question(("tags",))
        yield Question((), f"another field ({_ENDS})", is_counted=True)

    def of_field(self, top: str, data: Plain, *, is_counted: bool = False) -> Iterator[Question]:
        """Yield the questions for a field of the event: also for each item of a list, or of a part."""
        kind = self.shape[top]
        if top == "effective":
            yield from self._of_window(data.get(top, {}), is_counted=is_counted)
        elif top == "sources":
            yield from self._of_source(data, is_counted=is_counted)
        elif each(kind) in (*HEADS, "prose", "text"):
            yield from self._of_items(top, data, is_counted=is_counted)
        elif top in self.own and part(kind) in HEADS:
            first, *rest = self.own[top]
            yield self.question((top, first), is_counted=is_counted)
            yield from (self.question((top, one)) for one in rest if top in data)
        else:
            yield self.question((top,), is_counted=is_counted)
        if top == "act":
            yield from self._of_threat(data.get("act"))
        if top == "rates" and (said := added_rates(data.get("rates", ()))):
            words = (*CHOICES[self.type_name]["combine"], "clauses")
            yield self.question(("combine",))._replace(words=words, note=said)
        if top == "rates" and self.takes_clauses:
            yield from self._of_items("clauses", data)

    def _of_items(self, top: str, data: Plain, *, is_counted: bool = False) -> Iterator[Question]:
        """Yield a question for each item of a list, with those for its fields, and for a further one."""
        shape, items = part(each(self.shape[top])), data.get(top, ())
        head = ("id",) if HEADS.get(shape) == "id" else ()
        terms = (*self.own, "products", "entities") if top == "clauses" else ()
        paths = [path for path in dict.fromkeys((*_OF_PARTS.get(top, ()), *terms))
                 if path.partition(".")[0] in SHAPES[shape]]  # fmt: skip
        for number in range(len(items) + 1):
            another = f"another one ({_ENDS})" if number and not head else ""
            yield self.question((top, number, *head), another, is_counted=is_counted and not number)
            if number < len(items):
                yield from (self.question((top, number, *path.split("."))) for path in paths)
                if top == "links" and items[number].get("rel") in CAUSAL:
                    yield self.question((top, number, "asserted_by"))

    def _of_window(self, window: Plain, *, is_counted: bool) -> Iterator[Question]:
        yield self.question(("effective", "from"), is_counted=is_counted)
        if "from" in window:
            yield self.question(("effective", "until"))
        end = window.get("through") or window.get("until")
        if end and "from" in window and "until_time" not in window:
            text = f"does it still apply on {end}?"
            yield self.question(("effective", "through"), text)._replace(words=("y", "n"))

    def _of_source(self, data: Plain, *, is_counted: bool) -> Iterator[Question]:
        url = pick(data, "sources.url")
        needed = "" if url else "needed for what has no address"
        first = self.question(("sources", 0, "url"), is_counted=is_counted)
        yield first._replace(needed=f"needed: {FIELDS['sources'].help}")
        for key in ("publisher", "published"):
            yield self.question(("sources", 0, key))._replace(needed=needed)

    def _of_threat(self, word: Any) -> Iterator[Question]:
        """Yield what a threat or a demand depends on, and by when to act."""
        if word in _THREATS:
            yield from (self.question((one,)) for one in ("condition", "deadline") if one in self.shape)  # fmt: skip

    def question(self, loc: Loc, text: str = "", *, is_counted: bool = False) -> Question:
        """Return the question for a place in the event."""
        around, key = shape_at(loc[:-1], self.type_name), str(loc[-1])
        asked = Question(loc, text, is_counted, words=CHOICES.get(around, {}).get(key, ()))
        needed = REQUIRED.get(around, {}).get(key, "")
        if not text:
            own = asked.path.partition(".")[2]  # of a clause
            text = _TOPICS.get(asked.path) or _TOPICS.get(own) or self.field(asked).help
        if is_counted and "(" not in text:
            text += f" ({asked.path.replace('.', '-').replace('_', '-')})"
        needed = f"needed: {needed}" if needed and not asked.is_item else ""
        return asked._replace(text=text, needed=needed)

    def field(self, question: Question) -> Field:
        """Return what the schema says of the field of a question; of a part, of its chief field."""
        path, head = question.path, HEADS.get(shape_at(question.loc, self.type_name), "")
        return FIELDS.get(path) or FIELDS.get(f"{path}.{head}") or Field("", False, (), (), "")

    def explanation(self, question: Question) -> str:
        """Return what a field is, what it may hold, and an example."""
        field, path = self.field(question), question.path
        lines = [f"{path}: {field.help}", _MORE_HELP.get(path, "")]
        if question.words:
            lines.append(f"one of {', '.join(question.words)}")
        else:
            lines.append(_FORMS.get(field.kind, ""))
        example = pick(self.example, path)
        if isinstance(example, list):
            example = ", ".join(str(one) for one in example if not isinstance(one, dict))
        if example and not isinstance(example, dict):
            lines.append(f"such as {example}")
        lines.append("needed" if question.needed else "Enter leaves it out")
        return "\n".join(line for line in lines if line)
