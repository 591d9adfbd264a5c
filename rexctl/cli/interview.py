"""`add -i`: asks the questions about an event, and shows the file before it is written.

No claim has a default: an answer that was not typed is not written. Each answer is validated when it
is typed, and kept in a draft. `<` goes back to the question before.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import create_app_session

from rexctl.cli import add_flags, assignments, form
from rexctl.cli.answers import EventAnswers, Wrong
from rexctl.cli.guesses import ask_choice, choice_of
from rexctl.cli.prompts import GoBack, Offers, Prompts, matching
from rexctl.cli.questions import Question, Questions
from rexctl.errors import RexctlError, UsageError
from rexctl.model.codes import METHODS
from rexctl.model.shorthand import parse_text
from rexctl.model.tables import HEADS, RELATIONS, TYPES, part
from rexctl.query import Query
from rexctl.records import Finding
from rexctl.store import drafts
from rexctl.values.suggest import did_you_mean
from rexctl.yamlfile.serialize import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rexctl.cli.add_events import EventBatch, Plain
    from rexctl.cli.add_flags import Flag
    from rexctl.cli.context import Context
    from rexctl.cli.prompts import Offer
    from rexctl.model.tables import Loc

_WORD = re.compile(r"\w{3,}")
_ADDRESS = re.compile(r"https?://\S*|[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)
_FIELD_AND_VALUE = re.compile(r"(?P<name>[A-Za-z][\w -]*?)\s*[:=]\s*(?P<value>\S.*)")
_BETWEEN_CLAUSES = re.compile(r",\s*|\s+and\s+(?=#)")
_UNTIL: Loc = ("effective", "until")
_THROUGH: Loc = ("effective", "through")
_KEYS = "Tab completes, ? explains, < goes back, Ctrl-C stops and keeps a draft"
_A_THREAT = ("a threat or a plan is the measure itself, such as tariff: its status says how far it "
             "has come")  # fmt: skip
_WRITE = "Enter or y writes it, n keeps it as a draft, e opens it in your editor, < goes back"


def ask_type(context: Context) -> str:
    """Ask for a type of event. Raises UsageError without a terminal."""
    _require_terminal(context)
    captions = "\n".join(
        f"{name}: {info.caption}" + f" ({', '.join(info.status)})" * (len(info.status) > 1)
        for name, info in TYPES.items()
    )

    def take(text: str) -> Wrong | None:
        if whole_word(text, TYPES) in TYPES:
            return None
        return Wrong(f"{text}: no such type; {did_you_mean(text, TYPES) or _A_THREAT}")

    streams_in, streams_out = context.prompt_streams()
    with create_app_session(input=streams_in, output=streams_out):
        context.note(f"{captions}\n{_A_THREAT}")
        return whole_word(Prompts(context, context.log()).ask(
            "type", take, explanation=captions, needed="needed: the type of event", history="type",
            offers=lambda start: matching(start, ((name, TYPES[name].caption) for name in TYPES)),
        ), TYPES)  # fmt: skip


def _require_terminal(context: Context) -> None:
    if not context.interactive:
        raise UsageError("-i needs a terminal", "give flags, or --from - for a stream")


def ask_missing(
    context: Context, type_name: str, flags: Sequence[Flag], data: Plain, batch: EventBatch,
    event_id: str = "",
) -> tuple[str, Plain, EventAnswers]:  # fmt: skip
    """Ask for what is missing; return whether to write it, the event that results, and the answers.

    It is written for a `y`, not for an `n`, and edited for an `e`. `event_id` is the id that was given
    for it, if any. Who writes it deletes the draft of the answers.

    Raises UsageError without a terminal, KeyboardInterrupt where the person stops.
    """
    _require_terminal(context)
    streams_in, streams_out = context.prompt_streams()
    with create_app_session(input=streams_in, output=streams_out):
        command, prompts = f"add {type_name}", Prompts(context, batch.log)
        draft = form.offer_draft(context, batch.log, command, prompts.reply)
        number, earlier = 0, {}
        if draft is not None:
            text = drafts.read(draft.path)
            number, earlier = form.stopped_at(text), form.answers_of(text)
            event_id = event_id or str(earlier.pop("id", ""))
        else:
            draft = drafts.create(batch.log, command, "")
        answers = EventAnswers(type_name, batch, {**earlier, **data}, draft, event_id, context.note,
                               prompts.reply)  # fmt: skip
        return *_Interview(context, answers, flags).run(number), answers


def most_similar(snapshot: Any, type_name: str, title: str, actors: Sequence[str]) -> Plain:
    """Return the event that shares an actor or words with a new one, the latest of the most similar.

    An event of the type counts more than one of another. One that shares less than two is none.
    """
    words = _words(title)

    def rank(event: Plain) -> tuple[int, bool, str]:
        shared = len(words & _words(event["title"])) + len({*actors} & {*event["actors"]})
        return shared, event["type"] == type_name, event["id"]

    best = max((row.data for row in snapshot.select(Query())), key=rank, default=None)
    return best if best and rank(best)[0] > 1 else {}


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.casefold()))


class _Interview:
    """The questions about one event."""

    def __init__(self, context: Context, answers: EventAnswers, flags: Sequence[Flag]) -> None:
        self.context, self.answers, self.batch = context, answers, answers.batch
        self.questions = Questions(answers.type_name, flags)
        self.prompts = Prompts(context, self.batch.log, can_go_back=True)
        self.offers = Offers(self.batch)
        self.given = set(answers.data)  # the fields that are not asked for
        self.fixed = add_flags.fixed_fields(flags)
        self.has_listed = False  # whether the names of the fields were shown
        self.wrong: dict[str, str] = {}  # the texts of flags that were wrong, by field

    def run(self, number: int) -> tuple[str, Plain]:
        """Ask everything, from the question of a number on where it is not 0, and what to do then."""
        answers = self.answers
        try:
            self._check_given()
            plan = self.questions.numbered(answers.data)
            counted = [place for place, one in enumerate(plan) if one.is_counted]
            self.context.note(f"add {answers.type_name}: {len(counted)} questions; {_KEYS}")
            place = counted[min(number, len(counted)) - 1] if number else 0
            if number:
                self.context.note(write(answers.data, answers.type_name).rstrip())
                self._reopen(plan[place])
                answers.stopped_at = number
            answers.save()
            result = None
            while result is None:  # the last question again, if the person goes back from the end
                self._ask_plan(lambda: self.questions.numbered(answers.data), place)
                place = len(self.questions.numbered(answers.data)) - 1
                with suppress(GoBack):
                    result = self._confirm()
        except (KeyboardInterrupt, EOFError):
            self._stop()
            raise KeyboardInterrupt from None
        except BaseException:
            answers.save()
            drafts.release(answers.draft)
            raise
        if result[0] == "n":
            answers.save()
            self.context.note(f"nothing written; {self._where()}")
            drafts.release(answers.draft)
        return result

    def _check_given(self) -> None:
        """Take the stored form of what was given; what is wrong is asked for, with the text there.

        Raises UsageError for a wrong field that no question asks for.
        """
        data = self.answers.data
        record, _, faults = self.batch.validate_typed({"type": self.answers.type_name, **data})
        asked = {one.loc[0] for one in self.questions.numbered(data) if one.loc}
        self.answers.data = {key: record.get(key, one) for key, one in data.items()}
        for fault in faults:
            top = str(fault.loc[0]) if fault.loc else ""
            if top in data and top not in asked:
                raise UsageError(fault.message, fault.hint, fault.code)
            if top in self.answers.data:
                self.context.note(fault.sentence)
                self.wrong[top] = self.answers.text((top,))
                del self.answers.data[top]
                self.given.discard(top)

    def _ask_plan(
        self, plan: Callable[[], list[Question]], place: int = 0, *, can_leave: bool = False
    ) -> None:
        """Ask the questions of a plan, which is made anew after each answer, from a place on.

        Raises GoBack at the first one, where the person `can_leave` so.
        """
        while place < len(questions := plan()):
            question = questions[place]
            if self._is_given(question.loc):
                place += 1
                continue
            if question.is_counted and not can_leave:
                self.answers.stopped_at = int(question.number.partition("/")[0])
            items = len(self.answers.value(question.loc[:1]) or ()) if question.is_item else 0
            try:
                answer = self._ask(question)
            except GoBack:
                if place == 0 and can_leave:
                    raise
                place = max(place - 1, 0)
                self._reopen(questions[place])
            else:
                place = self._next(question, answer, items, plan(), place)

    def _next(
        self, question: Question, answer: str, items: int, plan: Sequence[Question], place: int
    ) -> int:
        """Return the place of the question after one; its list had a number of items before."""
        locs = [one.loc for one in plan]
        if question.loc == ("combine",) and self.questions.takes_clauses:
            return locs.index(("clauses", 0, "id"))
        if not question.loc and answer:
            return len(locs) - 1
        if question.is_item:
            top, number = question.loc[0], int(question.loc[1])
            more = len(self.answers.value((top,)) or ()) - items
            if answer and not self.answers.value((top,)):  # it became clauses
                return next(n for n, one in enumerate(locs) if n > place and one[:1] != (top,))
            if more > 1:  # one answer gave several
                return locs.index((top, number + more))
            if more < 0 or (not more and answer and number == items):
                return (
                    place  # it was taken away, or was there already: the next one is in its place
                )
        return locs.index(question.loc) + 1 if question.loc in locs else place

    def _is_given(self, loc: Loc) -> bool:
        """Return whether a flag said what a question asks for; of a part, this very field."""
        is_part = len(loc) == 2 and isinstance(loc[1], str) and loc[1] != "through"
        has_value = not is_part or self.answers.value(loc) is not None
        return bool(loc) and loc[0] in self.given and has_value

    def _reopen(self, question: Question) -> None:
        """Let the field of a question be asked for again, with its value standing there."""
        self.given -= {*question.loc[:1], *(("tags",) if question.loc == ("episode",) else ())}

    # One question.

    def _ask(self, question: Question) -> str:
        """Ask until an answer has no error; return it, or "" where an optional one is empty."""
        loc, answers, field = question.loc, self.answers, self.questions.field(question)
        note, default = question.note, answers.text(loc)
        help_ = self.questions.explanation(question)
        take: Callable[[str], Wrong | None] = partial(self._take, question)
        offers = self.offers.of(question.path, field.kind, question.words)
        match loc:
            case ():
                help_, default, take = self._describe_fields(), "", self._take_more
                note, self.has_listed = "" if self.has_listed else help_, True
                offers = partial(_first, [*self._names(), *RELATIONS], None)
            case ("tz",):
                note = self._default_zone()
            case ("effective", "until"):
                default = default or answers.text(_THROUGH)
            case ("effective", "through"):
                default, take = "y" * bool(default), self._take_last_day
            case ("combine",):
                take = self._take_combine
            case ("links", int()):
                offers, take = self.offers.links, partial(self._take_link, loc)
                default = default and answers.text(loc, without="asserted_by")
            case ("sources", _, "url"):
                default, take = default or answers.text((*loc[:-1], "title")), self._take_source
            case ("sources", _, "publisher"):
                url = answers.text((*loc[:-1], "url"))
                default = default or (self.offers.publisher(url) if url else "")
            case ("episode" | "tags" as path,):
                note, first = self._describe_similar(path)
                offers = partial(_first, first, offers)
        if note:
            self.context.note(note)
        is_list = field.many or part(field.kind) in HEADS
        return self.prompts.ask(
            f"{question.number} {question.text}{add_flags.choices(question.words)}".lstrip(), take,
            explanation=help_, needed=question.needed,
            history=question.path.replace(".", "-") or "fields", offers=offers,
            default=default or self.wrong.pop(question.path, ""), is_date=field.kind == "date",
            commas=is_list and field.kind not in ("text", "prose"),
        )  # fmt: skip

    def _take(self, question: Question, answer: str) -> Wrong | None:
        """Take an answer as the value of the place of its question; a time may follow a day."""
        loc = question.loc
        is_listed = question.is_item or self.questions.field(question).kind in ("slug", *METHODS)
        if is_listed and (wrong := self._take_other_field(answer)):
            return wrong
        taken: dict[Loc, str] = {loc: whole_word(answer, question.words)}
        if loc == _UNTIL:
            taken[_THROUGH] = ""
        return self.answers.take_all(taken)

    def _take_other_field(self, answer: str) -> Wrong | None:
        """Set another field where an answer is an assignment to one and the person agrees."""
        assignment = self._assignment(answer)
        name = assignment.partition("=")[0]
        question = f"{answer}: {name} is another field; set it?"
        if not assignment or ask_choice(self.prompts.reply, question) == "n":
            return None
        return self._take_more(assignment) or Wrong(f"set {name}")

    def _take_last_day(self, answer: str) -> Wrong | None:
        """Take whether the day on which a measure ends is its last, which sources leave open."""
        day = self.answers.text(_THROUGH) or self.answers.text(_UNTIL)
        if not answer or not (choice := choice_of(answer)):
            return Wrong("y or n")
        until, through = ("", day) if choice == "y" else (day, "")
        return self.answers.take_all({_UNTIL: until, _THROUGH: through})

    def _take_combine(self, answer: str) -> Wrong | None:
        """Take which of several rates is charged; `clauses` makes each a clause of its own."""
        if not answer or not "clauses".startswith(answer.casefold()):
            return self._take(self.questions.question(("combine",)), answer)
        self.questions.takes_clauses = True
        clauses = [{"id": str(number), "rates": [rate]}
                   for number, rate in enumerate(self.answers.data["rates"], 1)]  # fmt: skip
        return self.answers.take_all({("rates",): "", ("clauses",): clauses})

    def _take_link(self, loc: Loc, answer: str) -> Wrong | None:
        """Take a link, or one to each of several clauses, as far as the log has no error in it."""
        if _ADDRESS.fullmatch(answer):
            return Wrong(f"{answer}: no event; the source is asked for next, Enter goes on")
        if wrong := self._take_other_field(answer):
            return wrong
        has_relation, before = answer.partition(" ")[0] in RELATIONS, self.answers.data
        text = answer if has_relation else f"responds-to {answer}"
        target, sign, clauses = text.partition("#")
        texts = [f"{target}{sign}{one.lstrip('#')}" for one in _BETWEEN_CLAUSES.split(clauses)]
        first = int(loc[1])
        places: dict[Loc, Any] = {("links", n): one for n, one in enumerate(texts, first)}
        if (wrong := self.answers.take_all(places if answer else {loc: ""})) or not answer:
            return wrong
        links = [one for one in self.answers.data["links"] if one not in before.get("links", ())]
        if (fault := self._link_fault()) and fault.code == "effect-before-cause":
            self.context.note(fault.sentence)  # one of the dates may be wrong
        elif fault:
            self.answers.data = before
            begun = f"{answer}#" if fault.code == "ambiguous-target" else ""
            return Wrong(re.sub(r"^--\S+ ", "", fault.sentence), begun)
        for link in links:
            row = self.batch.snapshot.event(link["to"]) if "to" in link else None
            clause = f"#{link['clause']}" if "clause" in link else ""
            title = f": {row.data['title']}" if row else ""
            self.context.note(
                f"{link['rel']} {link['to']}{clause}{title}" if "to" in link else text
            )
        return None

    def _link_fault(self) -> Finding | None:
        """Return what is wrong with the links that were typed last, in the log as it would be."""
        try:
            self.batch.check_links(self.answers.data)
        except RexctlError as error:
            return Finding(error.code, error.message, hint=error.hint)
        data = {"sources": [{"title": "not typed yet"}], **self.answers.data}
        event, _ = self.batch.validate({"type": self.answers.type_name, **data})
        _, faults = self.batch.preview(event, today=self.context.today) if event else (None, [])
        return next((one for one in faults if one.loc[:1] == ("links",)), None)

    def _take_source(self, answer: str) -> Wrong | None:
        """Take an address, a title with its address behind it, or the title of what has none."""
        url: Loc = ("sources", 0, "url")
        title: Loc = ("sources", 0, "title")
        if both := parse_text("Source", answer):
            return self.answers.take_all({url: both["url"], title: both["title"]})
        if not _ADDRESS.fullmatch(answer):
            return self.answers.take_all({url: "", title: answer})
        kept = self.answers.text(title) if self.answers.text(url) else ""
        return self.answers.take_all({url: answer, title: kept})

    def _default_zone(self) -> str:
        actor = next(iter(self.answers.data.get("actors", ())), "")
        try:
            zone = self.batch.vocabulary.zone(self.batch.vocabulary.actor(actor))
        except RexctlError:
            zone = ""
        return f"Enter: {zone or 'UTC'}, the zone of the first actor"

    def _describe_similar(self, path: str) -> tuple[str, Sequence[str]]:
        """Return what the most similar event has of episode or tags, and a note on it."""
        data = self.answers.data
        actors = [str(one) for one in data.get("actors", ())]
        past = most_similar(self.batch.snapshot, self.answers.type_name, str(data["title"]), actors)
        value = past.get(path, [])
        first = [value] if isinstance(value, str) else value
        return f"Tab offers that of {past['id']}: {', '.join(first)}" if first else "", first

    # Any other field.

    def _names(self) -> list[str]:
        return [key for key in self.questions.shape if key not in ("id", "type", "aliases")]

    def _describe_fields(self) -> str:
        known = [one for one in self._names() if one in self.answers.data]
        other = [one for one in self._names() if one not in known]
        return (f"set: {', '.join(known)}\nnot set: {', '.join(other)}\n"
                "write the name of one to set or change it, FIELD=VALUE, or RELATION EVENT")  # fmt: skip

    def _assignment(self, answer: str, *, loose: bool = False) -> str:
        """Return the assignment to a field that an answer is, or ""; a `loose` one may have no sign.

        A blank may stand for the `_` of a name, and a colon for the `=`.
        """
        match, words = _FIELD_AND_VALUE.fullmatch(answer.strip("'")), answer.split()
        pairs = [(match["name"], match["value"])] if match else []
        pairs += [(" ".join(words[:end]), " ".join(words[end:]))
                  for end in (range(len(words) - 1, 0, -1) if loose else ())]  # fmt: skip
        for name, value in pairs:
            path = add_flags.find_field(
                self.answers.type_name, re.sub(r"[_ ]", "-", name.casefold())
            )
            if path in self._names():
                return f"{path}={value}"
        return ""

    def _take_more(self, answer: str) -> Wrong | None:
        """Ask for the field or the link that an answer names, or do the assignment that it is."""
        word, _, rest = answer.partition(" ")
        name = re.sub(r"[_. ]", "-", answer.removeprefix("--"))
        path = "links" if word in RELATIONS else add_flags.find_field(self.answers.type_name, name)
        if word in RELATIONS and rest:
            loc = ("links", len(self.answers.data.get("links", ())))
            if not (wrong := self._take_link(loc, answer)):
                self._ask_more(("links",), behind=loc)
            return wrong
        if path:
            self._ask_more(tuple(int(one) if one.isdecimal() else one for one in path.split(".")))
        elif assignment := assignments.parse(
            self._assignment(answer, loose=True) or answer.strip("'")
        ):
            return self.answers.assign(assignment)
        elif answer:
            near = did_you_mean(name, self._names())
            return Wrong(UsageError(f"{answer}: no such field", near).sentence)
        return None

    def _ask_more(self, loc: Loc, behind: Loc = ()) -> None:
        """Ask for a field of the event, or for one of a part of it; of a list what is `behind` an item."""
        top = str(loc[0])

        def plan() -> list[Question]:
            if len(loc) > 1 and top not in ("clauses", "commitments"):
                return [self.questions.question(loc)]
            return self.questions.of_field(top, self.answers.data)

        self.given.discard(top)
        place = [one.loc for one in plan()].index(behind) + 1 if behind else 0
        with suppress(GoBack):
            self._ask_plan(plan, place, can_leave=True)

    # The end.

    def _confirm(self) -> tuple[str, Plain]:
        """Show the file and return `y`, `n` or `e`, with the event."""
        answers = self.answers
        while True:
            event, faults = self.batch.validate({"type": answers.type_name, **answers.data})
            if event is not None:
                break
            self.context.note(faults[0].sentence)
            loc = faults[0].loc or ("title",)
            self._ask_more(loc[: 2 if isinstance(loc[1:] and loc[1], str) else 1])
        new, errors = self.batch.preview(event, answers.event_id, today=self.context.today)
        if new is None:  # it may lie in several fields: the person says in which
            self.context.note("\n".join(one.sentence for one in errors))
            raise GoBack
        self.context.note(f"\n{new.data.decode().rstrip()}\n")
        if new.data.count(b"\n") + 5 > get_terminal_size().lines:  # its beginning has scrolled away
            self.context.note(f"{event['title']}; {event['date']}; {', '.join(event['actors'])}")
        answer = self.prompts.ask(
            "write? [Y/n/e]", lambda text: None if choice_of(text, "yne") else Wrong(_WRITE),
            explanation=_WRITE,
        )  # fmt: skip
        return choice_of(answer, "yne"), event

    def _stop(self) -> None:
        """Keep what was typed as a draft, and say so."""
        if self.answers.data.keys() <= {"type", *self.fixed}:
            drafts.delete(self.answers.draft)
            self.context.note("nothing written")
            return
        self.answers.save()
        self.context.note(f"stopped; {self._where()}")
        drafts.release(self.answers.draft)

    def _where(self) -> str:
        return f"your answers are kept: `rexctl add {self.answers.type_name} -i` goes on from them"


def _first(
    values: Sequence[str], offers: Callable[[str], Iterable[Offer]] | None, start: str
) -> Iterator[Offer]:
    """Yield the values that begin as typed, then what else is offered."""
    yield from ((one, "") for one in values if one.startswith(start))
    yield from (one for one in (offers(start) if offers else ()) if one[0] not in values)


def whole_word(answer: str, words: Iterable[str]) -> str:
    """Return the one of the words that begins with an answer, else the answer."""
    begun = [word for word in words if answer and word.startswith(answer.casefold())]
    return begun[0] if len(begun) == 1 else answer
