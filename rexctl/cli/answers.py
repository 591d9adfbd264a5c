"""The answers of `add -i`: the fields of an event, validated when they are given, and kept in a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cli import assignments, form
from rexctl.cli.guesses import Guesses
from rexctl.errors import RexctlError
from rexctl.model import shorthand
from rexctl.model.tables import shape_at
from rexctl.store import drafts
from rexctl.yamlfile.tree import value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rexctl.cli.add_events import EventBatch, Plain
    from rexctl.cli.assignments import Assignment
    from rexctl.cli.guesses import Ask, Change
    from rexctl.model.tables import Loc
    from rexctl.records import Finding
    from rexctl.store.drafts import Draft


class Wrong(NamedTuple):
    """What is wrong with an answer, and the `text` that the next answer begins with."""

    message: str
    text: str = ""


class EventAnswers:
    """The answers about one event of a type: `data` has its fields in the stored form.

    A place in it is a `loc`, as in findings: `("rates", 0)`. `stopped_at` is the number of the
    question that is asked, `note` shows a text, and `ask` asks a question.
    """

    def __init__(
        self, type_name: str, batch: EventBatch, data: Plain, draft: Draft, event_id: str,
        note: Callable[[str], None], ask: Ask,
    ) -> None:  # fmt: skip
        self.type_name, self.batch, self.data, self.note = type_name, batch, data, note
        self.draft, self.event_id, self.stopped_at, self.ask = draft, event_id, 1, ask

    def value(self, loc: Loc) -> Any:
        """Return the value at a place, or None."""
        return value_at(loc, self.data)

    def text(self, loc: Loc, without: str = "") -> str:
        """Return the value at a place as it may be typed, or an empty text; a part without a key."""
        value = self.value(loc)
        if without:
            value = {key: one for key, one in value.items() if key != without}
        return _text(value, shape_at(loc, self.type_name))

    def take(self, loc: Loc, answer: Any) -> Wrong | None:
        """Take over an answer, an empty one as no value; return what is wrong with it, if anything."""
        return self.take_all({loc: answer})

    def take_all(self, answers: dict[Loc, Any]) -> Wrong | None:
        """Take over the answers for several places, all or none.

        A part of which one field was asked for may lack others.
        """
        guesses = Guesses(self.ask)
        while True:
            data = self.data
            for loc, answer in answers.items():
                data = _put(data, loc, answer) or {}
            tops = {loc[0]: isinstance(loc[-1], str) and len(loc) > 1 for loc in answers}
            record, _, faults = self.batch.validate_typed({"type": self.type_name, **data})
            made = record.keys() - data.keys()  # fields that an answer is also about
            mine = [one for one in faults if one.loc and one.loc[0] in {*tops, *made} and not (
                tops.get(one.loc[0]) and one.code in ("missing-field", "source-not-found"))]  # fmt: skip
            if not mine:
                break
            change = guesses.ask_next(mine, record, data, lambda fault: f"{fault.message}; ")
            if change is None:
                return self._wrong(mine, next(iter(answers.values())), guesses)
            answers = self._changed(answers, change)
        # In the stored form, since `today` in a draft would be another day tomorrow.
        stored = {key: one for key, one in record.items() if key not in ("id", "type")}
        self.data = stored | {key: one for key, one in data.items() if key not in tops}
        for note in self.batch.notes:
            self.note(note)
        self.save()
        return None

    def _changed(self, answers: dict[Loc, Any], change: Change) -> dict[Loc, Any]:
        """Return answers with a change made in those that it is about."""
        top, field = change.top, change.guess.field
        changed = {
            loc: change.in_text(one) if loc[0] == top else one for loc, one in answers.items()
        }
        return {**changed, (field,): change.moved(self.data)} if field else changed

    def _wrong(self, faults: Sequence[Finding], answer: Any, guesses: Guesses) -> Wrong:
        """Return what is wrong with an answer; a list stays typed, and what a guess was wrong about."""
        sentences = [one.sentence for one in faults if not guesses.has_refused(one)]
        stays = isinstance(answer, str) and ("," in answer or guesses.refused)
        return Wrong("\n".join(dict.fromkeys(sentences)), answer if stays else "")

    def assign(self, assignment: Assignment) -> Wrong | None:
        """Do an assignment; return what is wrong with it, if anything."""
        old: Plain = {"type": self.type_name, **self.data}
        try:
            changed = assignments.apply(old, assignment, add_items=True)
        except RexctlError as error:
            return Wrong(error.sentence)
        return self.take_all({(key,): changed.get(key, "") for key in {**old, **changed}
                              if changed.get(key) != old.get(key)})  # fmt: skip

    def save(self) -> None:
        """Write the draft."""
        answers = {**self.data, "id": self.event_id} if self.event_id else self.data
        text = form.answers_text(answers, self.type_name, self.stopped_at)
        drafts.replace(self.draft.path, text)


def _put(data: Any, loc: Loc, value: Any) -> Any:
    """Return data with a value at a place; without it, and None for what is empty then, for ""."""
    if not loc:
        return None if value in ("", [], {}) else value
    key, rest = loc[0], loc[1:]
    if isinstance(key, int):
        items = list(data or ())
        item = _put(items[key] if key < len(items) else None, rest, value)
        return [*items[:key], *([] if item is None else [item]), *items[key + 1 :]] or None
    data = data if isinstance(data, dict) else {}
    inner = _put(data.get(key), rest, value)
    others = {name: one for name, one in data.items() if name != key}
    return ({**data, key: inner} if inner is not None else others) or None


def _text(value: Any, shape: str) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one, shape) for one in value)
    if isinstance(value, dict):
        return shorthand.part_text(shape, value)
    return "" if value is None else str(value).strip()
