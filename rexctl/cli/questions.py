"""The questions of `add -i`, in the order in which one knows things, and the file before it is written.

No claim has a default: an answer that was not typed is not written. Each answer is validated when it
is typed, and kept in a draft. `<` goes back to the question before.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from prompt_toolkit.application import create_app_session

from rexctl.cli import add_flags, assignments, form
from rexctl.cli.add_flags import Flag
from rexctl.cli.answers import EventAnswers, sentence
from rexctl.cli.assignments import Assignment
from rexctl.cli.prompts import GoBack, Offers, Prompts
from rexctl.cli.selection import resolve_event
from rexctl.errors import RexctlError, UsageError
from rexctl.model.tables import (
    CAUSAL,
    FIELDS,
    RELATIONS,
    REQUIRED,
    SHAPES,
    TYPES,
    each,
    part,
)
from rexctl.model.types import example_of
from rexctl.query import Query
from rexctl.records import pick
from rexctl.store import drafts
from rexctl.values.suggest import did_you_mean
from rexctl.yamlfile.parse import read_value
from rexctl.yamlfile.serialize import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.context import Context
    from rexctl.cli.prompts import Offer
    from rexctl.records import Finding
    from rexctl.store.drafts import Draft

Plain = dict[str, Any]
_TITLE = Flag(("--title",), "title", "text", "needed", "what happened, on one line")
# Fields that other questions ask for: those of every type, the window and the clauses.
_SHARED = {"effective", "clauses"}.union(set.intersection(*(set(SHAPES[one]) for one in TYPES)))
_WORD = re.compile(r"\w{3,}")
_ADDRESS = re.compile(r"https?://\S*|[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)
# Words of a status or an act with which one asks for a condition and a deadline.
_THREATS = frozenset({"threatened", "threaten", "demand"})
# What a question asks, by the field of the answer; for another field it is the name of the flag.
_TOPICS = {
    "title": "what happened", "date": "when", "actors": "who", "effective": "from when",
    "status": "how far it has come", "products": "which goods", "mode": "how they met",
    "participants": "who took part", "rates": "how much", "controls": "what is controlled",
    "list": "which list", "change": "what is done to the list", "entities": "which names",
    "category": "what kind of measure", "charge": "how much", "speaker": "who spoke",
    "act": "to what end", "text_public": "is the text public", "authority": "which authority",
    "kind": "what kind of case", "forum": "which court", "relief": "with what effect",
    "holding": "what it held", "commitments": "who committed to what", "links": "in answer to",
    "sources": "source",
}  # fmt: skip
# Fields that are asked for of each part of a list whose parts have ids; of a clause also the terms.
_PARTS = {"clauses": ("title", "effective.from", "effective.until"),
          "commitments": ("what", "by", "due")}  # fmt: skip
_KEYS = "Tab completes, ? explains, < goes back, Ctrl-C stops and keeps a draft"
_LAST_DAY = "y: that day is the last one (through); n: it ends as that day begins (until)"
_LINKS = (
    "the event that this one responds to: its id, the beginning of it, or an instrument "
    "(MOFCOM 61/2025); EVENT#CLAUSE for a part of it\n"
    f"write another relation before it: {', '.join(RELATIONS)}\n"
    "Enter: nothing, or nothing more"
)
_WHO_SAYS_SO = (
    "the actors that call this event an answer to the other one, or press; Enter: nobody yet"
)
_SOURCE = (
    "where it is from: an address (https://...); or the title of what has no address, then "
    "publisher and date"
)
_WRITE = "Enter or y writes it, n keeps it as a draft, e opens it in your editor, < goes back"
_CHOICES = {"": "y", "y": "y", "yes": "y", "n": "n", "no": "n", "e": "e", "edit": "e"}
# What may be typed for a value of a kind, as `?` says it.
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


class Answers(NamedTuple):
    """What was answered: whether to write it (`y`), not (`n`), or to edit it (`e`); and the draft.

    `event` is the valid event of the answers, and `event_id` the id that was given for it, if any.
    Who writes it deletes the draft.
    """

    choice: str
    event: Plain
    draft: Draft
    event_id: str


class Step(NamedTuple):
    """One question with those that follow from its answer: what it asks, and the fields it fills."""

    topic: str
    fields: tuple[str, ...]
    ask: Callable[[str], None]  # with the label of the question


def ask_type(context: Context) -> str:
    """Ask for a type of event. Raises UsageError without a terminal."""
    _require_terminal(context)
    streams_in, streams_out = context.prompt_streams()
    with create_app_session(input=streams_in, output=streams_out):
        captions = "\n".join(f"{name}: {info.caption}" for name, info in TYPES.items())
        context.note(captions)
        return whole_word(Prompts(context, context.log()).ask(
            "type", lambda text: "" if whole_word(text, TYPES) in TYPES else
            sentence(f"{text}: no such type", did_you_mean(text, TYPES)),
            explanation=captions, needed="needed: the type of event", history="type",
            offers=lambda start: ((name, info.caption) for name, info in TYPES.items()
                                  if name.startswith(start.casefold())),
        ), TYPES)  # fmt: skip


def _require_terminal(context: Context) -> None:
    if not context.interactive:
        raise UsageError("-i needs a terminal", "give flags, or --from - for a stream")


def ask_missing(
    context: Context, type_name: str, flags: Sequence[Flag], data: Plain, batch: EventBatch,
    event_id: str = "",
) -> Answers:  # fmt: skip
    """Ask for what is missing, and whether to write the event that results.

    `event_id` is the id that was given for it, if any.

    Raises UsageError without a terminal, KeyboardInterrupt where the person stops.
    """
    _require_terminal(context)
    streams_in, streams_out = context.prompt_streams()
    with create_app_session(input=streams_in, output=streams_out):
        command, prompts = f"add {type_name}", Prompts(context, batch.log)
        draft = form.offer_draft(context, batch.log, command, lambda text: prompts.line(text.rstrip(": ")))  # fmt: skip
        number, earlier = 1, {}
        if draft is not None:
            text = drafts.read(draft.path)
            number, earlier = form.stopped_at(text), form.answers_of(text)
            event_id = event_id or str(earlier.pop("id", ""))
        else:
            draft = drafts.create(batch.log, command, "")
        interview = _Interview(
            context, type_name, flags, batch, {**earlier, **data}, draft, event_id
        )
        return interview.run(number, is_resumed=bool(earlier))


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

    def __init__(
        self, context: Context, type_name: str, flags: Sequence[Flag], batch: EventBatch,
        data: Plain, draft: Draft, event_id: str,
    ) -> None:  # fmt: skip
        self.context, self.type_name, self.batch = context, type_name, batch
        self.answers = EventAnswers(type_name, flags, batch, data, draft, event_id, context.note)
        self.flags = flags
        self.by_path = {flag.path: flag for flag in reversed((_TITLE, *flags))}
        self.prompts, self.offers = Prompts(context, batch.log, can_go_back=True), Offers(batch)
        self.example = read_value(example_of(type_name).encode())
        self.steps = list(self._steps())

    def run(self, number: int, *, is_resumed: bool) -> Answers:
        """Ask everything from the question of this number on, and what to do with the event."""
        try:
            self._check_given()
            self.context.note(f"add {self.type_name}: {len(self.steps)} questions; {_KEYS}")
            if is_resumed:
                self.context.note(write(self.answers.data, self.type_name).rstrip())
                self.answers.number = min(number, len(self.steps))
                self.answers.reopen(self.steps[self.answers.number - 1].fields)
            self.answers.save()
            choice, event = self._ask_all()
        except (KeyboardInterrupt, EOFError):
            self._stop()
            raise KeyboardInterrupt from None
        except BaseException:
            self.answers.save()
            drafts.release(self.answers.draft)
            raise
        if choice == "n":
            self.answers.save()
            self.context.note(f"nothing written; {self._where()}")
            drafts.release(self.answers.draft)
        return Answers(choice, event, self.answers.draft, self.answers.event_id)

    def _check_given(self) -> None:
        """Take the stored form of what was given; what is wrong is asked for, with the text there.

        Raises UsageError for a wrong field that no question asks for.
        """
        record, _, faults = self.batch.validate_typed({"type": self.type_name, **self.answers.data})
        asked = {field for step in self.steps for field in step.fields}
        self.answers.data = {key: record.get(key, one) for key, one in self.answers.data.items()}
        for fault in faults:
            top = str(fault.loc[0]) if fault.loc else ""
            if top in self.answers.data and top not in asked:
                raise UsageError(fault.message, fault.hint, fault.code)
            if top in self.answers.data:
                self.context.note(sentence(fault.message, fault.hint))
                self.answers.earlier[top] = self.answers.data.pop(top)
                self.answers.skipped.discard(top)

    def _ask_all(self) -> tuple[str, Plain]:
        """Ask question after question, or the one before where the person goes back."""
        while True:
            try:
                while self.answers.number <= len(self.steps):
                    self._ask_step(self.steps[self.answers.number - 1])
                return self._confirm()
            except GoBack:
                self.answers.number = len(self.steps)
                self.answers.reopen(self.steps[-1].fields)

    def _ask_step(self, step: Step) -> None:
        asked = self.prompts.asked
        try:
            step.ask(f"{self.answers.number}/{len(self.steps)} {step.topic}")
        except GoBack:
            # At its first prompt the question before is asked, at a further one the same again.
            if self.prompts.asked == asked + 1:
                self.answers.number = max(self.answers.number - 1, 1)
            self.answers.reopen(self.steps[self.answers.number - 1].fields)
        else:
            self.answers.number += 1
            for field in step.fields:
                self.answers.earlier.pop(field, None)

    def _steps(self) -> Iterator[Step]:
        """Yield the questions about an event of this type."""
        shape, is_measure = SHAPES[self.type_name], TYPES[self.type_name].measure
        yield self._step("title")
        yield self._step("date", "time")
        yield self._step("actors", "tz")
        if len(TYPES[self.type_name].status) > 1:
            yield self._step("status")
        if "effective" in shape:
            yield Step(
                _TOPICS["effective"], ("effective", "condition", "deadline"), self._ask_window
            )
        topic = "against whom" if is_measure else "whom it concerns"
        yield Step(topic, ("affected",), partial(self._ask_fields, [self.by_path["affected"]]))
        by_top: dict[str, list[Flag]] = {}
        for flag in self.flags:
            if flag.top not in _SHARED and pick(self.example, flag.path) is not None:
                by_top.setdefault(flag.top, []).append(flag)
        for top, flags in by_top.items():
            fields = (top, "condition", "deadline") if top == "act" else (top,)
            yield Step(_TOPICS.get(top, flags[0].label), fields, partial(self._ask_fields, flags))
        if is_measure and "products" not in by_top:
            yield self._step("products")
        if "commitments" in shape:
            yield Step(
                _TOPICS["commitments"], ("commitments",), partial(self._ask_parts, "commitments")
            )
        yield Step(_TOPICS["links"], ("links",), self._ask_links)
        yield Step(_TOPICS["sources"], ("sources",), self._ask_source)
        yield Step("episode", ("episode", "tags"), self._ask_tags)
        yield Step("another field", (), self._ask_more)

    def _step(self, field: str, *more: str) -> Step:
        """Return the question for a field, and for others that follow from its answer."""
        flags = [self.by_path[field]]
        return Step(_TOPICS[field], (field, *more), partial(self._ask_fields, flags))

    # One question.

    def _ask_fields(self, flags: Sequence[Flag], label: str) -> None:
        """Ask for a field, and for what follows from its answer."""
        first = flags[0]
        answer = self._ask(first, label)
        while answer and first.chief:
            answer = self._ask(first, f"another {first.label}")
        for flag in flags[1:]:  # the further fields of a part, where it has a first one
            if first.top in self.answers.data:
                self._ask(flag)
        if first.top == "actors" and "time" in self.answers.data and "tz" not in self.answers.data:
            self._note_default_zone()
            self._ask(self.by_path["tz"])
        if first.top == "act":
            self._ask_condition()

    def _ask(self, flag: Flag, label: str = "", *, default: str = "", offers: Any = None) -> str:
        """Ask until an answer has no error; return it, or "" where an optional one is empty."""
        if flag.top in self.answers.skipped and (
            not flag.inner or pick(self.answers.data, flag.path) is not None
        ):
            return ""
        name = f" ({flag.label})" if label[:1].isdigit() and flag.label not in label else ""
        return self.prompts.ask(
            f"{label or flag.label}{name}{flag.choices}",
            lambda answer: self.answers.take(flag, whole_word(answer, flag.values)),
            explanation=self._explanation(flag), needed=f"needed: {flag.help}" * flag.needed,
            history=flag.path.replace(".", "-"), default=default or self.answers.earlier_text(flag),
            offers=offers or self.offers.of(flag),
            commas=(flag.many or flag.chief) and flag.kind not in ("text", "prose"),
            is_date=flag.kind == "date",
        )  # fmt: skip

    def _ask_window(self, label: str) -> None:
        """Ask from when a measure applies, and until when; of a threat what it depends on."""
        self._ask(self.by_path["effective.from"], label)
        window = self.answers.data.get("effective", {})
        if "from" in window and "until" not in window and "through" not in window:
            flag = self.by_path["effective.until"]
            if self._ask(flag, "until when (Enter: no end is known)"):
                self._ask_last_day()
        self._ask_condition()

    def _ask_last_day(self) -> None:
        """Ask whether the day on which a measure ends is its last, which sources leave open."""
        window = dict(self.answers.data["effective"])
        if "until_time" in window:
            return

        def take(answer: str) -> str:
            choice = _CHOICES.get(answer.casefold(), "e")
            if choice == "y":
                last = {**window, "through": window["until"]}
                del last["until"]
                return self.answers.take_fields({"effective": last}, "effective")
            return "" if choice == "n" else _LAST_DAY

        self.prompts.ask(f"does it still apply on {window['until']}? [y/n]", take,
                         explanation=_LAST_DAY, needed=_LAST_DAY)  # fmt: skip

    def _ask_condition(self) -> None:
        """Ask what a threat or a demand depends on, and by when to act."""
        if not _THREATS.isdisjoint((self.answers.data.get("status"), self.answers.data.get("act"))):
            for path in ("condition", "deadline"):
                if path in self.by_path:
                    self._ask(self.by_path[path])

    def _explanation(self, flag: Flag) -> str:
        """Return what a field is, what it may hold, and an example."""
        lines = [f"{flag.path}: {flag.help}"]
        if flag.values:
            lines.append(f"one of {', '.join(flag.values)}")
        elif flag.kind in _FORMS:
            lines.append(_FORMS[flag.kind])
        example = pick(self.example, flag.path)
        if isinstance(example, list):
            example = ", ".join(str(one) for one in example if not isinstance(one, dict))
        if example and not isinstance(example, dict):
            lines.append(f"such as {example}")
        return "\n".join([*lines, "needed" if flag.needed else "Enter leaves it out"])

    # The questions that are more than one field.

    def _ask_parts(self, top: str, label: str) -> None:
        """Ask for the parts of a list that have ids, the fields of one after the other."""
        if top in self.answers.skipped:
            return
        name = top.removesuffix("s")
        shape = part(each(SHAPES[self.type_name][top]))
        terms = [step.fields[0] for step in self.steps if step.fields[:1] != ("affected",)
                 and step.fields and step.fields[0] not in _SHARED]  # fmt: skip
        paths = [path for path in (*_PARTS[top], *terms)
                 if path.partition(".")[0] in SHAPES[shape]]  # fmt: skip
        head = f"{name} (its number or a short name; Enter: no more)"
        while key := self.prompts.ask(
            f"{label} - {head}" if label else head, lambda _: "",
            explanation=FIELDS[f"{top}.id"].help, history=top, default=self.answers.earlier_id(top),
        ):  # fmt: skip
            label = ""
            for path in paths:
                self._ask_of_part(top, shape, key, path)

    def _ask_of_part(self, top: str, shape: str, key: str, path: str) -> None:
        """Ask for a field of the part of a list that has this id."""
        steps = (top, key, *path.split("."))
        field = FIELDS.get(f"{top}.{path}") or FIELDS.get(path)
        words = field.values if field else ()

        def take(answer: str) -> str:
            word = whole_word(answer, words)
            return self.answers.assign(Assignment(steps, "=", word), inner=steps[-1])

        self.prompts.ask(
            f"{top.removesuffix('s')} {key}: {path}" + (f" [{', '.join(words)}]" if words else ""),
            take, explanation=field.help if field else path,
            needed=REQUIRED.get(shape, {}).get(path, ""),
            default=self.answers.earlier_part(top, key, path),
        )  # fmt: skip

    def _note_default_zone(self) -> None:
        actor = next(iter(self.answers.data.get("actors", ())), "")
        try:
            zone = self.batch.vocabulary.zone(self.batch.vocabulary.actor(actor))
        except RexctlError:
            zone = ""
        if actor:
            self.context.note(f"Enter: {zone or 'UTC'}, the zone of the first actor")

    def _ask_links(self, label: str) -> None:
        """Ask what the event answers, and who says so."""
        if "links" in self.answers.skipped:
            return
        while self.prompts.ask(
            f"{label} (an event, or RELATION EVENT)", self._take_link, explanation=_LINKS,
            history="links", offers=self.offers.links, default=self.answers.earlier_link(),
        ):  # fmt: skip
            label, link = "and to", self.answers.data["links"][-1]
            row = self.batch.snapshot.event(link["to"])
            title = f": {row.data['title']}" if row else ""
            self.context.note(f"{link['rel']} {link['to']}{title}")
            if link["rel"] in CAUSAL:
                self._ask_who_says_so(link)

    def _take_link(self, answer: str) -> str:
        if _ADDRESS.fullmatch(answer):
            return f"{answer}: no event; the source is asked for next, Enter goes on"
        word, _, rest = answer.partition(" ")
        rel, text = (word, rest.strip()) if word in RELATIONS else ("responds-to", answer)
        text, _, clause = text.partition("#")
        try:
            link = {"rel": rel, "to": resolve_event(self.batch.snapshot, text)}
            link |= {"clause": clause} if clause else {}
            self.batch.check_links({"links": [link]})
        except RexctlError as error:
            return sentence(error.message.removeprefix(f"--{rel} "), error.hint)
        return self.answers.take_fields(
            {"links": [*self.answers.data.get("links", ()), link]}, "links"
        )

    def _ask_who_says_so(self, link: Plain) -> None:
        others = self.answers.data["links"][:-1]

        def take(answer: str) -> str:
            codes = [code.strip() for code in answer.split(",") if code.strip()]
            return self.answers.take_fields(
                {"links": [*others, {**link, "asserted_by": codes}]}, "links"
            )

        earlier = [
            one for one in self.answers.earlier.get("links", ()) if one.get("to") == link["to"]
        ]
        self.prompts.ask("who says so", take, explanation=_WHO_SAYS_SO, history="asserted-by",
                         default=", ".join(earlier[0].get("asserted_by", ())) if earlier else "",
                         offers=self.offers.of(self.by_path["links"]), commas=True)  # fmt: skip

    def _ask_source(self, label: str) -> None:
        """Ask for an address, or for title, publisher and date."""
        if "sources" in self.answers.skipped:
            return

        def take(answer: str) -> str:
            key = "url" if _ADDRESS.fullmatch(answer) else "title"
            return self.answers.take_fields({"sources": [{key: answer}]}, "sources", inner=key)

        old: Plain = next(iter(self.answers.earlier.get("sources", ())), {})
        complete = False
        while not complete:
            self.prompts.ask(
                f"{label} (an address, or a title)", take, explanation=_SOURCE,
                needed="needed: where the information comes from", history="source",
                default=old.get("url") or old.get("title") or "",
            )  # fmt: skip
            url = self.answers.data["sources"][0].get("url", "")
            suffix = "" if url else ", needed for what has no address"
            defaults = {"publisher": self.offers.publisher(url) if url else "", "published": ""}
            for key, default in defaults.items():
                answer = self._ask(self.by_path[f"sources.{key}"], key + suffix,
                                   default=old.get(key, default))  # fmt: skip
                complete = bool(url or answer)
                if not complete:
                    break

    def _ask_tags(self, label: str) -> None:
        """Ask for episode and tags; Tab offers those of the most similar event first."""
        actors = [str(one) for one in self.answers.data.get("actors", ())]
        past = most_similar(
            self.batch.snapshot, self.type_name, str(self.answers.data["title"]), actors
        )
        for path in ("episode", "tags"):
            value = past.get(path, [])
            first = [value] if isinstance(value, str) else value
            if first and path not in self.answers.skipped:
                self.context.note(f"Tab offers that of {past['id']}: {', '.join(first)}")
            offers = self.offers.of(self.by_path[path])
            number = label.partition(" ")[0] + " " if path == "episode" else ""
            self._ask(self.by_path[path], number + path, offers=partial(_first, first, offers))

    def _ask_more(self, label: str) -> None:
        """Ask for further fields by their names, until Enter."""
        names = {name[2:]: flag for flag in self.flags for name in flag.names
                 if flag.top != "links"}  # fmt: skip
        fields = {name: flag for flag in reversed(self.flags) if flag.top != "links"
                  for name in (flag.path, flag.top)}  # fmt: skip
        parts = {name: top for top in _PARTS if top in SHAPES[self.type_name]
                 for name in (top, top.removesuffix("s"))}  # fmt: skip
        self.answers.skipped.clear()

        def take(answer: str) -> str:
            name = answer.removeprefix("--")
            flag = names.get(name.replace("_", "-")) or fields.get(name)
            if name in parts:
                self._ask_parts(parts[name], "")
            elif name in ("link", "links") or name in RELATIONS:
                self._ask_links("link")
            elif flag is not None:
                self._ask(flag._replace(group="more"), name)
            elif assignment := assignments.parse(answer):
                return self.answers.assign(assignment)
            else:
                return sentence(f"{answer}: no such field", did_you_mean(answer, names))
            return ""

        while self.prompts.ask(
            f"{label} (Enter: no more)", take, history="fields",
            explanation=f"the name of a field: {', '.join([*parts, *names])}; or FIELD=VALUE",
            offers=lambda start: ((name, flag.help) for name, flag in names.items()
                                  if name.startswith(start)),
        ):  # fmt: skip
            pass

    # The end.

    def _confirm(self) -> tuple[str, Plain]:
        """Show the file and return `y`, `n` or `e`, with the event."""
        while True:
            event, faults = self.batch.validate({"type": self.type_name, **self.answers.data})
            if event is not None:
                break
            self._ask_again(faults[0])
        # In a batch of its own, for an id is made only once in a batch.
        preview = type(self.batch)(self.batch.log, self.batch.snapshot, self.batch.vocabulary)
        new = preview.add(event, self.answers.event_id)
        self.context.note(f"\n{new.data.decode().rstrip()}\n")
        answer = self.prompts.ask(
            "write? [Y/n/e]", lambda text: "" if text.casefold() in _CHOICES else _WRITE,
            explanation=_WRITE,
        )  # fmt: skip
        return _CHOICES[answer.casefold()], event

    def _ask_again(self, fault: Finding) -> None:
        """Ask again for a field that contradicts others, or that is missing."""
        path = ".".join(step for step in fault.loc if isinstance(step, str))
        self.context.note(sentence(fault.message, fault.hint))
        top = str(fault.loc[0]) if fault.loc else "title"
        old = self.answers.data.pop(top, None)
        self.answers.skipped.discard(top)
        if top == "sources":
            self._ask_source("source")
            return
        flag = self.by_path.get(path) or next((f for f in self.flags if f.top == top), _TITLE)
        if flag.inner and isinstance(old, dict):
            self.answers.data[top] = {key: one for key, one in old.items() if key != flag.inner}
        self._ask(flag)

    def _stop(self) -> None:
        """Keep what was typed as a draft, and say so."""
        fixed = {"type", *add_flags.fixed_fields(self.flags)}
        if {**self.answers.earlier, **self.answers.data}.keys() <= fixed:
            drafts.delete(self.answers.draft)
            self.context.note("nothing written")
            return
        self.answers.save()
        self.context.note(f"stopped; {self._where()}")
        drafts.release(self.answers.draft)

    def _where(self) -> str:
        return f"your answers are kept: `rexctl add {self.type_name} -i` goes on from them"


def _first(
    values: Sequence[str], offers: Callable[[str], Iterable[Offer]] | None, start: str
) -> Iterator[Offer]:
    """Yield the values that begin as typed, then what else is offered."""
    yield from ((one, "") for one in values if one.startswith(start))
    yield from (one for one in (offers(start) if offers else ()) if one[0] not in values)


def whole_word(answer: str, words: Iterable[str]) -> str:
    """Return the one of the words that begins with an answer, else the answer."""
    begun = [word for word in words if word.startswith(answer.casefold())]
    return begun[0] if len(begun) == 1 else answer
