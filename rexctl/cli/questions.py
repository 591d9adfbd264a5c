"""The questions of `add -i`, in the order in which one knows things, and the file before it is written.

No claim has a default: an answer that was not typed is not written. Each answer is validated when it
is typed, and kept in a draft.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from prompt_toolkit.application import create_app_session

from rexctl.cli import add_flags, assignments, form
from rexctl.cli.add_flags import Flag
from rexctl.cli.prompts import Offers, Prompts
from rexctl.cli.selection import resolve_event
from rexctl.errors import RexctlError, UsageError
from rexctl.model.tables import CAUSAL, RELATIONS, SHAPES, TYPES
from rexctl.model.types import example_of
from rexctl.query import Query
from rexctl.records import pick
from rexctl.store import drafts
from rexctl.values.suggest import did_you_mean
from rexctl.yamlfile.parse import read_value
from rexctl.yamlfile.serialize import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.context import Context
    from rexctl.records import Finding
    from rexctl.store.drafts import Draft

Plain = dict[str, Any]
_TITLE = Flag(("--title",), "title", "text", "needed", "what happened, on one line")
# Fields that other questions ask for: those of every type, the window and the clauses.
_SHARED = {"effective", "clauses"}.union(set.intersection(*(set(SHAPES[one]) for one in TYPES)))
_WORD = re.compile(r"\w{3,}")
_ADDRESS = re.compile(r"https?://\S*|[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)
_DAY_AND_TIME = re.compile(r"(\S+)[ T]+([0-9]{1,2}:[0-9]{2})")
# Fields that a time of day may follow, and the keys of these times.
_TIMES = {"date": "time", "effective.from": "time", "effective.until": "until_time"}
# Words of a status or an act with which one asks for a condition and a deadline.
_THREATS = frozenset({"threatened", "threaten", "demand"})
_KEYS = "Tab completes, ? explains, Ctrl-C stops and keeps a draft"
_LAST_DAY = "y: that day is the last one (through); n: it ends as that day begins (until)"
_LINKS = (
    "the event that this one responds to: its id, the beginning of it, or an instrument "
    "(MOFCOM 61/2025); EVENT#CLAUSE for a part of it\n"
    f"another relation stands before it: {', '.join(RELATIONS)}\n"
    "Enter: nothing, or nothing more"
)
_WHO_SAYS_SO = (
    "the actors that call this event an answer to the other one, or press; Enter: nobody yet"
)
_SOURCE = (
    "where it stands: an address (https://...); or the title of what has no address, then "
    "publisher and date"
)
_WRITE = "Enter or y writes it, n keeps it as a draft, e opens it in your editor"
_CHOICES = {"": "y", "y": "y", "yes": "y", "n": "n", "no": "n", "e": "e", "edit": "e"}
# What may be typed for a value of a kind, as `?` says it.
_FORMS = {
    "date": "2025-10-09, today, monday, -2d, 2025-10, 2025-Q4, 2025-10-09~ for about, A/B for a span",
    "day": "a day: 2025-10-09, today, -2d",
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
}


class Answers(NamedTuple):
    """What was answered: whether to write it (`y`), not (`n`), or to edit it (`e`); and the draft.

    `event` is the valid event of the answers. Who writes it deletes the draft.
    """

    choice: str
    event: Plain
    draft: Draft


def ask_missing(
    context: Context, type_name: str, flags: Sequence[Flag], data: Plain, batch: EventBatch,
    event_id: str = "",
) -> Answers:  # fmt: skip
    """Ask for what is missing, and whether to write the event that results.

    `event_id` is the id that was given for it, if any.

    Raises UsageError without a terminal, KeyboardInterrupt where the person stops.
    """
    if not context.interactive:
        raise UsageError("-i needs a terminal", "give flags, or --from - for a stream")
    streams_in, streams_out = context.prompt_streams()
    with create_app_session(input=streams_in, output=streams_out):
        command, prompts = f"add {type_name}", Prompts(context, batch.log)
        draft = form.offer_draft(context, batch.log, command, lambda text: prompts.line(text.rstrip(": ")))  # fmt: skip
        if draft is not None:
            data = {**form.answers_of(drafts.read(draft.path)), **data}
        else:
            draft = drafts.create(batch.log, command, "")
        interview = _Interview(context, type_name, flags, batch, data, draft)
        return interview.run(event_id)


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
    """The questions about one event: `data` holds the answers, as the fields of an event."""

    def __init__(
        self, context: Context, type_name: str, flags: Sequence[Flag], batch: EventBatch,
        data: Plain, draft: Draft,
    ) -> None:  # fmt: skip
        self.context, self.type_name, self.batch = context, type_name, batch
        self.data, self.draft = data, draft
        self.skipped = frozenset(data)  # fields that are not asked for
        self.flags = flags
        self.by_path = {flag.path: flag for flag in reversed((_TITLE, *flags))}
        self.prompts, self.offers = Prompts(context, batch.log), Offers(batch)
        self.example = read_value(example_of(type_name).encode())
        self.number = 0

    def run(self, event_id: str) -> Answers:
        """Ask everything, and what to do with the event."""
        try:
            self.context.note(_KEYS)
            self._ask_all()
            choice, event = self._confirm(event_id)
        except (KeyboardInterrupt, EOFError):
            self._stop()
            raise KeyboardInterrupt from None
        except BaseException:
            self._save()
            drafts.release(self.draft)
            raise
        if choice == "n":
            self.context.note(f"nothing written; {self._where()}")
            drafts.release(self.draft)
        return Answers(choice, event, self.draft)

    def _ask_all(self) -> None:
        self._ask_field("title", "what")
        self._ask_field("date", "when")
        self._ask_field("actors", "who")
        if "time" in self.data and "tz" not in self.data:
            self._note_default_zone()
            self._ask_field("tz")
        self._ask_field("status", "status")
        self._ask_window()
        is_threat = self._ask_condition()
        self._ask_field("affected", "against whom")
        for number, flag in enumerate(self._what()):
            answer = self._ask(flag, "" if number else "how much or what")
            while answer and flag.chief:
                answer = self._ask(flag, label=f"another {flag.label}")
        if not is_threat:  # an act that was asked for meanwhile may be one
            self._ask_condition()
        self._ask_links()
        self._ask_source()
        self._offer_defaults()
        self._ask_more()

    # One question.

    def _ask(self, flag: Flag, topic: str = "", *, label: str = "", default: str = "") -> str:
        """Ask until an answer has no error; return it, or "" where an optional one is empty."""
        if flag.top in self.skipped and (not flag.inner or pick(self.data, flag.path) is not None):
            return ""
        label = label or flag.label
        if topic:
            self.number += 1
            label = f"{self.number} {topic}" + (f" ({label})" if label != topic else "")
        commas = (flag.many or flag.chief) and flag.kind not in ("text", "prose")
        return self.prompts.ask(
            label + flag.choices, lambda answer: self._take(flag, _whole_word(answer, flag.values)),
            explanation=self._explanation(flag), needed=f"needed: {flag.help}" * flag.needed,
            history=flag.path.replace(".", "-"), default=default, offers=self.offers.of(flag),
            commas=commas,
        )  # fmt: skip

    def _ask_field(self, path: str, topic: str = "") -> None:
        """Ask for a field of this path, where the type has it."""
        if path in self.by_path:
            self._ask(self.by_path[path], topic)

    def _ask_window(self) -> None:
        """Ask from when a measure applies; where that is known, until when."""
        self._ask_field("effective.from", "from when")
        window = self.data.get("effective", {})
        if "from" in window and "until" not in window and "through" not in window:
            flag = self.by_path["effective.until"]
            if self._ask(flag, label="until when (Enter: no end is known)"):
                self._ask_last_day()

    def _ask_last_day(self) -> None:
        """Ask whether the day on which a measure ends is its last, which sources leave open."""
        window = dict(self.data["effective"])
        if "until_time" in window:
            return

        def take(answer: str) -> str:
            choice = _CHOICES.get(answer.casefold(), "e")
            if choice == "y":
                last = {**window, "through": window["until"]}
                del last["until"]
                return self._take_fields({"effective": last}, "effective")
            return "" if choice == "n" else _LAST_DAY

        self.prompts.ask(f"does it still apply on {window['until']}? [y/n]", take,
                         explanation=_LAST_DAY, needed=_LAST_DAY)  # fmt: skip

    def _ask_condition(self) -> bool:
        """Ask what a threat or a demand depends on, and by when to act; return whether it is one."""
        if _THREATS.isdisjoint((self.data.get("status"), self.data.get("act"))):
            return False
        self._ask_field("condition")
        self._ask_field("deadline")
        return True

    def _take(self, flag: Flag, answer: str) -> str:
        """Take over an answer; return what is wrong with it, or an empty text."""
        if (match := _DAY_AND_TIME.fullmatch(answer)) and flag.path in _TIMES:
            parts = {flag.inner or flag.top: match[1], _TIMES[flag.path]: match[2].zfill(5)}
            if flag.inner:
                parts = {flag.top: {**self.data.get(flag.top, {}), **parts}}
            return self._take_fields(parts, *parts, inner=flag.inner)
        try:
            fields = self._fields(flag, answer)
        except RexctlError as error:
            return _sentence(error.message.partition(": ")[2] or error.message, error.hint)
        return self._take_fields(fields, flag.top, inner=flag.inner)

    def _fields(self, flag: Flag, answer: str) -> Plain:
        """Return the fields of an answer, joined with what is known of the same part."""
        old = self.data.get(flag.top)
        new = add_flags.fields_of([flag], {flag.key: [answer]})[flag.top]
        if flag.many and not flag.inner and isinstance(old, list):
            new = [*old, *(one for one in new if one not in old)]
        elif flag.listed and isinstance(old, list):
            new = [*old, *new] if flag.chief else [*old[:-1], {**old[-1], **new[0]}]
        elif isinstance(old, dict) and isinstance(new, dict):
            new = {**old, **new}
        return {flag.top: new}

    def _take_fields(self, fields: Plain, *tops: str, inner: str = "") -> str:
        """Take over fields where those named `tops` are right; else return what is wrong.

        A part of which one field (`inner`) was asked for may lack others.
        """
        record, _, faults = self.batch.validate_typed({**self.data, **fields})
        for fault in faults:
            mine = fault.loc[:1] in [(top,) for top in tops]
            if mine and not (inner and fault.code in ("missing-field", "source-not-found")):
                return _sentence(fault.message, fault.hint)
        # In the stored form, since `today` in a draft would be another day tomorrow.
        self.data.update({top: record[top] for top in fields})
        self._save()
        return ""

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

    def _what(self) -> Iterator[Flag]:
        """Yield the flags of what the type is about: fields that its example has, then goods.

        The further fields of a part are asked only where the first was answered.
        """
        first: dict[str, Flag] = {}
        for flag in self.flags:
            if flag.top in _SHARED or pick(self.example, flag.path) is None:
                continue
            if not flag.inner or first.setdefault(flag.top, flag) is flag or flag.top in self.data:
                yield flag
        if "products" not in self.data and "effective.from" in self.by_path:
            yield self.by_path["products"]

    def _note_default_zone(self) -> None:
        actor = next(iter(self.data.get("actors", ())), "")
        try:
            zone = self.batch.vocabulary.zone(self.batch.vocabulary.actor(actor))
        except RexctlError:
            zone = ""
        if actor:
            self.context.note(f"Enter: {zone or 'UTC'}, the zone of the first actor")

    def _ask_links(self) -> None:
        """Ask what the event answers, and who says so."""
        if "links" in self.skipped:
            return
        self.number += 1
        label = f"{self.number} in answer to"
        while self.prompts.ask(f"{label} (an event, or RELATION EVENT)", self._take_link,
                               explanation=_LINKS, history="links", offers=self.offers.links):  # fmt: skip
            label, link = "and to", self.data["links"][-1]
            row = self.batch.snapshot.event(link["to"])
            title = f": {row.data['title']}" if row else ""
            self.context.note(f"{link['rel']} {link['to']}{title}")
            if link["rel"] in CAUSAL:
                self._ask_who_says_so(link)

    def _take_link(self, answer: str) -> str:
        word, _, rest = answer.partition(" ")
        rel, text = (word, rest.strip()) if word in RELATIONS else ("responds-to", answer)
        text, _, clause = text.partition("#")
        try:
            link = {"rel": rel, "to": resolve_event(self.batch.snapshot, text)}
            link |= {"clause": clause} if clause else {}
            self.batch.check_links({"links": [link]})
        except RexctlError as error:
            return _sentence(error.message.removeprefix(f"--{rel} "), error.hint)
        return self._take_fields({"links": [*self.data.get("links", ()), link]}, "links")

    def _ask_who_says_so(self, link: Plain) -> None:
        others = self.data["links"][:-1]

        def take(answer: str) -> str:
            codes = [code.strip() for code in answer.split(",") if code.strip()]
            return self._take_fields({"links": [*others, {**link, "asserted_by": codes}]}, "links")

        self.prompts.ask("who says so", take, explanation=_WHO_SAYS_SO, history="asserted-by",
                         offers=self.offers.of(self.by_path["links"]), commas=True)  # fmt: skip

    def _ask_source(self) -> None:
        """Ask for an address, or for title, publisher and date."""
        if "sources" in self.skipped:
            return
        self.number += 1

        def take(answer: str) -> str:
            key = "url" if _ADDRESS.fullmatch(answer) else "title"
            return self._take_fields({"sources": [{key: answer}]}, "sources", inner=key)

        complete = False
        while not complete:
            answer = self.prompts.ask(
                f"{self.number} source (an address, or a title)", take, explanation=_SOURCE,
                needed="needed: where the information comes from", history="source",
            )  # fmt: skip
            url = self.data["sources"][0].get("url", "")
            suffix = "" if url else ", needed for what has no address"
            defaults = {"publisher": self.offers.publisher(url) if url else "", "published": ""}
            for key, default in defaults.items():
                answer = self._ask(self.by_path[f"sources.{key}"], label=key + suffix, default=default)  # fmt: skip
                complete = bool(url or answer)
                if not complete:
                    break

    def _offer_defaults(self) -> None:
        """Offer episode and tags of the most similar event; Enter takes what is offered."""
        actors = [str(one) for one in self.data.get("actors", ())]
        past = most_similar(self.batch.snapshot, self.type_name, str(self.data["title"]), actors)
        for path in ("episode", "tags"):
            if path in past and path not in self.skipped:
                self.context.note(f"as in {past['id']}; delete it to leave it out")
                value = past[path]
                default = ", ".join(value) if isinstance(value, list) else value
                self._ask(self.by_path[path], default=default)

    def _ask_more(self) -> None:
        """Ask for further fields by their names, until Enter."""
        names = {name[2:]: flag for flag in self.flags for name in flag.names
                 if flag.top != "links"}  # fmt: skip
        self.skipped = frozenset()

        def take(answer: str) -> str:
            flag = names.get(answer.replace("_", "-").removeprefix("--"))
            if flag is not None:
                self._ask(flag._replace(group="more"), label=answer)
                return ""
            if assignment := assignments.parse(answer):
                return self._assign(assignment)
            return _sentence(f"{answer}: no such field", did_you_mean(answer, names))

        while self.prompts.ask(
            "another field (Enter: no more)", take, history="fields",
            explanation=f"the name of a field: {', '.join(names)}; or FIELD=VALUE",
            offers=lambda _: ((name, flag.help) for name, flag in names.items()),
        ):  # fmt: skip
            pass

    def _assign(self, assignment: assignments.Assignment) -> str:
        try:
            changed = assignments.apply({"type": self.type_name, **self.data}, assignment,
                                        add_items=True)  # fmt: skip
        except RexctlError as error:
            return _sentence(error.message, error.hint)
        top = assignment.steps[0]
        return self._take_fields({top: changed[top]}, top) if top in changed else ""

    # The end.

    def _confirm(self, event_id: str) -> tuple[str, Plain]:
        """Show the file and return `y`, `n` or `e`, with the event."""
        while True:
            event, faults = self.batch.validate(self.data)
            if event is not None:
                break
            self._ask_again(faults[0])
        # In a batch of its own, for an id is made only once in a batch.
        preview = type(self.batch)(self.batch.log, self.batch.snapshot, self.batch.vocabulary)
        new = preview.add(event, event_id)
        self.context.note(f"\n{new.data.decode().rstrip()}\n")
        answer = self.prompts.ask(
            "write? [Y/n/e]", lambda text: "" if text.casefold() in _CHOICES else _WRITE,
            explanation=_WRITE,
        )  # fmt: skip
        return _CHOICES[answer.casefold()], event

    def _ask_again(self, fault: Finding) -> None:
        """Ask again for a field that contradicts others, or that is missing."""
        path = ".".join(step for step in fault.loc if isinstance(step, str))
        self.context.note(_sentence(fault.message, fault.hint))
        top = str(fault.loc[0]) if fault.loc else "title"
        old = self.data.pop(top, None)
        if top == "sources":
            self._ask_source()
            return
        flag = self.by_path.get(path) or next((f for f in self.flags if f.top == top), _TITLE)
        if flag.inner and isinstance(old, dict):
            self.data[top] = {key: one for key, one in old.items() if key != flag.inner}
        self._ask(flag)

    def _save(self) -> None:
        drafts.replace(self.draft.path, write(self.data, self.type_name))

    def _stop(self) -> None:
        """Keep what was typed as a draft, and say so."""
        if self.data.keys() <= {"type", *add_flags.fixed_fields(self.flags)}:
            drafts.delete(self.draft)
            self.context.note("nothing written")
            return
        self._save()
        self.context.note(f"stopped; {self._where()}")
        drafts.release(self.draft)

    def _where(self) -> str:
        return f"your answers are kept: `rexctl add {self.type_name} -i` goes on from them"


def _whole_word(answer: str, words: Sequence[str]) -> str:
    """Return the one of the words that begins with an answer, else the answer."""
    begun = [word for word in words if word.startswith(answer.casefold())]
    return begun[0] if len(begun) == 1 else answer


def _sentence(message: str, hint: str) -> str:
    return f"{message}; {hint}" if hint else message
