"""The questions of `add -i`, in the order in which one knows things, and the file before it is written.

No claim has a default: an answer that was not typed is not written. Each answer is judged when it is
given, and kept in a draft.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from prompt_toolkit import PromptSession
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from rexctl.cli import add_flags, assignments, form
from rexctl.cli.selection import resolve_event
from rexctl.errors import RexctlError, UsageError
from rexctl.model.event import Event
from rexctl.model.relations import CAUSAL, RELATIONS
from rexctl.model.types import example_of
from rexctl.query import Query
from rexctl.records import pick
from rexctl.store import drafts
from rexctl.values.suggest import did_you_mean
from rexctl.yamlfile.parse import read_value
from rexctl.yamlfile.serialize import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document as Line

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.add_flags import Flag
    from rexctl.cli.context import Context
    from rexctl.records import Finding
    from rexctl.store.drafts import Draft

Plain = dict[str, Any]
Offer = tuple[str, str]  # a text to complete with, and what it means
MOST = 200
_WORD = re.compile(r"\w{3,}")
_ADDRESS = re.compile(r"https?://\S*|[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)
_DAY_AND_TIME = re.compile(r"(\S+)[ T]+([0-9]{1,2}:[0-9]{2})")
# The ends of a window, and the keys of their times of day.
_TIMES = {"effective.from": "time", "effective.until": "until_time"}
# Words of a status or an act with which one asks for a condition and a deadline.
_THREATS = frozenset({"threatened", "threaten", "demand"})
_KEYS = "Tab completes, ? explains, Ctrl-C stops and keeps a draft"
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

    `event` is the valid event of the answers `data`. Who writes the event deletes the draft.
    """

    choice: str
    event: Plain
    data: Plain
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
        return _Interview(context, type_name, flags, batch, event_id).run(data)


def most_similar(snapshot: Any, type_name: str, title: str, actors: Sequence[str]) -> Plain:
    """Return the event that shares an actor or words with a new one, the latest of the most similar.

    An event of the type counts more than one of another. One that shares less than two is none.
    """
    words = _words(title)
    best: tuple[tuple[int, bool, str], Plain] = ((0, False, ""), {})
    for row in snapshot.select(Query()):
        event = row.data
        shared = len(words & _words(event["title"])) + len({*actors} & {*event["actors"]})
        rank = (shared, event["type"] == type_name, event["id"])
        if shared > 1 and rank > best[0]:
            best = (rank, event)
    return best[1]


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.casefold()))


class _Interview:
    """The questions about one event: `data` holds the answers, as the fields of an event."""

    def __init__(
        self, context: Context, type_name: str, flags: Sequence[Flag], batch: EventBatch,
        event_id: str,
    ) -> None:  # fmt: skip
        self.context, self.type_name, self.flags, self.batch = context, type_name, flags, batch
        self.event_id = event_id
        self.data: Plain = {}
        self.given: frozenset[str] = frozenset()  # fields that are not asked for
        self.draft: Draft | None = None
        self.offers = Offers(batch)
        self.number = 0
        self.asked: set[str] = set()

    def run(self, data: Plain) -> Answers:
        """Ask everything, and what to do with the event."""
        command = f"add {self.type_name}"
        self.draft = form.offer_draft(self.context, self.batch.log, command, self._ask_plainly)
        earlier = form.answers_of(drafts.read(self.draft.path)) if self.draft else {}
        self.data = {**earlier, **data}
        self.given = frozenset(self.data)
        if self.draft is None:
            self.draft = drafts.create(self.batch.log, command, "")
        try:
            self.context.note(_KEYS)
            self._ask_all()
            choice, event = self._confirm()
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
        return Answers(choice, event, self.data, self.draft)

    def _ask_all(self) -> None:
        self._ask("what", "title", self._plain("title", "what happened, on one line"))
        self._ask_field("when", "date")
        self._ask_field("who", "actors")
        if "time" in self.data and "tz" not in self.data:
            self._ask_field("", "tz", note=self._default_zone())
        self._ask_field("status", "status")
        self._ask_window()
        self._ask_condition()
        self._ask_field("against whom", "affected")
        for number, flag in enumerate(self._what()):
            label = flag.names[0][2:]
            answer = self._ask("" if number else "how much or what", label, flag)
            while answer and flag.chief:
                answer = self._ask("", f"another {label}", flag)
        self._ask_condition()
        self._ask_links()
        self._ask_source()
        self._offer_defaults()
        self._ask_more()

    # One question.

    def _line(
        self, label: str, *, history: str = "", default: str = "",
        offers: Callable[[str], Iterable[Offer]] | None = None, commas: bool = False,
    ) -> str:  # fmt: skip
        """Return the line that is typed at a prompt."""
        session: PromptSession[str] = PromptSession(history=self._history(history))
        completer = _Completer(offers, commas) if offers else None
        return session.prompt(
            f"{label}: ", default=default, completer=completer, complete_while_typing=True,
            reserve_space_for_menu=6 if offers else 0,
        ).strip()  # fmt: skip

    def _ask_plainly(self, question: str) -> str:
        return self._line(question.rstrip(": "))

    def _history(self, name: str) -> History:
        log = self.batch.log
        if not name or not log.state:
            return InMemoryHistory()
        folder = log.state / log.key / "history"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / name).touch(mode=0o600)
        except OSError:  # a state folder that cannot be written costs only the history
            return InMemoryHistory()
        return FileHistory(folder / name)

    def _ask(self, topic: str, label: str, flag: Flag, *, note: str = "", default: str = "") -> str:
        """Ask until an answer has no error; return it, or "" where an optional one is empty."""
        if flag.top in self.given and (not flag.inner or pick(self.data, flag.path) is not None):
            return ""
        if topic:
            self.number += 1
            label = f"{self.number} {topic}" + (f" ({label})" if label != topic else "")
        words = f" [{'|'.join(flag.values)}]" if 1 < len(flag.values) < 9 else ""
        needed = flag.group == "needed"
        if note:
            self.context.note(note)
        several = flag.many or flag.chief
        while True:
            answer = self._line(
                f"{label}{words}", history=flag.path.replace(".", "-"), default=default,
                offers=self.offers.of(flag), commas=several and flag.kind not in ("text", "prose"),
            )  # fmt: skip
            if answer == "?":
                self._explain(flag)
            elif not answer:
                if not needed:
                    return ""
                self.context.note(f"needed: {flag.help}")
            elif error := self._take(flag, _whole_word(answer, flag.values)):
                self.context.note(error)
            else:
                return answer

    def _ask_field(self, topic: str, path: str, *, note: str = "") -> None:
        """Ask for a field of this path, where the type has it."""
        flag = next((one for one in self.flags if one.path == path), None)
        if flag is not None:
            self._ask(topic, flag.names[0][2:], flag, note=note)

    def _ask_window(self) -> None:
        """Ask from when a measure applies; where that is known, until when."""
        self._ask_field("from when", "effective.from")
        ends = ("until", "through")
        if any(key in self.data.get("effective", {}) for key in ends):
            return
        if "from" in self.data.get("effective", {}):
            flag = next(one for one in self.flags if one.path == "effective.until")
            if self._ask("", "until when (Enter: no end is known)", flag):
                self._ask_last_day()

    def _ask_last_day(self) -> None:
        """Ask whether the day on which a measure ends is its last, which sources leave open."""
        window = dict(self.data["effective"])
        if "until_time" in window:
            return
        while True:
            answer = self._line(f"does it still apply on {window['until']}? [y/n]").casefold()
            if answer in ("n", "no"):
                return
            if answer in ("y", "yes"):
                window["through"] = window.pop("until")
                if error := self._take_fields({"effective": window}, "effective"):
                    self.context.note(error)
                return
            self.context.note("y: that day is the last one (through); n: it ends as that day "
                              "begins (until)")  # fmt: skip

    def _ask_condition(self) -> None:
        """Ask what a threat or a demand depends on, and by when the other side must act."""
        words = {self.data.get("status"), self.data.get("act")}
        if words & _THREATS and "condition" not in self.asked:
            self.asked.add("condition")
            self._ask_field("", "condition")
            self._ask_field("", "deadline")

    def _plain(self, top: str, about: str, kind: str = "text") -> Flag:
        return add_flags.Flag((f"--{top}",), top, kind, "needed", about)

    def _take(self, flag: Flag, answer: str) -> str:
        """Take over an answer; return what is wrong with it, or an empty text."""
        if match := _DAY_AND_TIME.fullmatch(answer):
            day, time = match[1], match[2].zfill(5)
            if flag.top == "date":
                return self._take_fields({"date": day, "time": time}, "date", "time")
            if flag.path in _TIMES:
                more = {flag.inner: day, _TIMES[flag.path]: time}
                window = {**self.data.get("effective", {}), **more}
                return self._take_fields({"effective": window}, "effective", inner=flag.inner)
        try:
            fields = self._fields(flag, answer)
        except RexctlError as error:
            return _sentence(error.message.partition(": ")[2] or error.message, error.hint)
        return self._take_fields(fields, flag.top, inner=flag.inner)

    def _fields(self, flag: Flag, answer: str) -> Plain:
        """Return the fields of an answer, joined with what is known of the same part."""
        if flag.top == "title":
            return {"title": answer}
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
        """Take over fields where those named `tops` are right; else return what is wrong."""
        _, faults = self.batch.validate({**self.data, **fields})
        for fault in faults:
            mine = fault.loc[:1] in [(top,) for top in tops]
            if mine and (fault.code != "missing-field" or not inner):
                return _sentence(fault.message, fault.hint)
        # In the stored form, since `today` in a draft would be another day tomorrow.
        record, _ = self.batch.read_typed({**self.data, **fields})
        self.data.update({top: record[top] for top in fields})
        self._save()
        return ""

    def _explain(self, flag: Flag) -> None:
        """Say what a field is, what it may hold, and an example."""
        lines = [f"{flag.path}: {flag.help}"]
        if flag.values:
            lines.append(f"one of {', '.join(flag.values)}")
        elif flag.kind in _FORMS:
            lines.append(_FORMS[flag.kind])
        example = pick(read_value(example_of(self.type_name).encode()), flag.path)
        if isinstance(example, list):
            example = ", ".join(str(one) for one in example if not isinstance(one, dict))
        if example and not isinstance(example, dict):
            lines.append(f"such as {example}")
        lines.append("needed" if flag.group == "needed" else "Enter leaves it out")
        self.context.note("\n".join(lines))

    # The questions that are more than one field.

    def _what(self) -> Iterator[Flag]:
        """Yield the flags of what the type is about: fields that its example has, then goods.

        The further fields of a part are asked only where the first was answered.
        """
        example = read_value(example_of(self.type_name).encode())
        shared = {*Event.model_fields, "effective", "clauses"}
        parts: dict[str, Flag] = {}
        for flag in self.flags:
            if flag.top in shared or not flag.top or pick(example, flag.path) is None:
                continue
            if flag.inner and parts.setdefault(flag.top, flag) is not flag \
                    and flag.top not in self.data:  # fmt: skip
                continue
            yield flag
        if "products" not in self.data and any(
            flag.path == "effective.from" for flag in self.flags
        ):
            yield next(flag for flag in self.flags if flag.path == "products")

    def _default_zone(self) -> str:
        actor = next(iter(self.data.get("actors", ())), "")
        try:
            zone = self.batch.vocabulary.zone(self.batch.vocabulary.actor(actor))
        except RexctlError:
            zone = ""
        return f"Enter: {zone or 'UTC'}, the zone of the first actor" if actor else ""

    def _ask_links(self) -> None:
        """Ask what the event answers, and who says so."""
        if "links" in self.given:
            return
        self.number += 1
        while True:
            label = "and to" if "links" in self.data else f"{self.number} in answer to"
            answer = self._line(f"{label} (an event, or RELATION EVENT)",
                                history="links", offers=self.offers.links)  # fmt: skip
            if answer == "?":
                self.context.note(
                    "the event that this one responds to: its id, the beginning of it, or an "
                    "instrument (MOFCOM 61/2025); EVENT#CLAUSE for a part of it\n"
                    f"another relation stands before it: {', '.join(RELATIONS)}\n"
                    "Enter: nothing, or nothing more"
                )
            elif not answer:
                return
            elif error := self._take_link(answer):
                self.context.note(error)
                continue
            else:
                link = self.data["links"][-1]
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
        flag = next(one for one in self.flags if one.names == ("--asserted-by",))
        others = self.data["links"][:-1]
        while answer := self._line("who says so", history="asserted-by",
                                   offers=self.offers.of(flag), commas=True):  # fmt: skip
            if answer == "?":
                self.context.note("the actors that call this event an answer to the other one, "
                                  "or press; Enter: nobody yet")  # fmt: skip
                continue
            codes = [code.strip() for code in answer.split(",") if code.strip()]
            error = self._take_fields({"links": [*others, {**link, "asserted_by": codes}]}, "links")
            if not error:
                return
            self.context.note(error)

    def _ask_source(self) -> None:
        """Ask for an address, or for title, publisher and date."""
        if "sources" in self.given:
            return
        self.number += 1
        while True:
            answer = self._line(f"{self.number} source (an address, or a title)", history="source")
            if answer == "?":
                self.context.note("where it stands: an address (https://...); or the title of what "
                                  "has no address, then publisher and date")  # fmt: skip
            elif not answer:
                self.context.note("needed: where the information comes from")
            elif not _ADDRESS.fullmatch(answer):
                if self._complete_source({"title": answer}, needed=True):
                    return
            elif error := self._take_fields({"sources": [{"url": answer}]}, "sources"):
                self.context.note(error)
            else:
                self._complete_source({"url": answer}, self.offers.publisher(answer))
                return

    def _complete_source(self, source: Plain, publisher: str = "", *, needed: bool = False) -> bool:
        """Ask who published a source, and when; return False where a needed answer is missing."""
        for key, default in (("publisher", publisher), ("published", "")):
            flag = next(one for one in self.flags if one.path == f"sources.{key}")
            label = f"{key}, needed for what has no address" if needed else key
            while answer := self._line(label, history=f"sources-{key}", default=default,
                                       offers=self.offers.of(flag)):  # fmt: skip
                if answer == "?":
                    self._explain(flag)
                    continue
                tried = {**source, key: answer}
                # A source without an address can be judged when it has its date too.
                error = ""
                if not needed or key == "published":
                    error = self._take_fields({"sources": [tried]}, "sources")
                if not error:
                    source = tried
                    break
                self.context.note(error)
            if needed and not answer:
                return False
        return True

    def _offer_defaults(self) -> None:
        """Offer episode and tags of the most similar event; Enter takes what stands there."""
        actors = [str(one) for one in self.data.get("actors", ())]
        past = most_similar(self.batch.snapshot, self.type_name, str(self.data["title"]), actors)
        for path in ("episode", "tags"):
            flag = next(one for one in self.flags if one.path == path)
            value = past.get(path, "")
            if value and path not in self.given:
                self._ask("", path, flag, note=f"as in {past['id']}; delete it to leave it out",
                          default=", ".join(value) if isinstance(value, list) else value)  # fmt: skip

    def _ask_more(self) -> None:
        """Ask for further fields by their names, until Enter."""
        names = {name[2:]: flag for flag in self.flags for name in flag.names
                 if flag.top != "links" and flag.top}  # fmt: skip
        self.given = frozenset()
        while answer := self._line("another field (Enter: no more)", history="fields",
                                   offers=lambda _: ((n, f.help) for n, f in names.items())):  # fmt: skip
            if answer == "?":
                self.context.note(f"the name of a field: {', '.join(names)}; or FIELD=VALUE")
                continue
            flag = names.get(answer.replace("_", "-").removeprefix("--"))
            if flag is not None:
                self._ask("", answer, flag._replace(group="more"))
            elif assignment := assignments.parse(answer):
                self._assign(assignment)
            else:
                self.context.note(
                    _sentence(f"{answer}: no such field", did_you_mean(answer, names))
                )

    def _assign(self, assignment: assignments.Assignment) -> None:
        try:
            changed = assignments.apply({"type": self.type_name, **self.data}, assignment,
                                        add_items=True)  # fmt: skip
        except RexctlError as error:
            self.context.note(_sentence(error.message, error.hint))
            return
        top = assignment.steps[0]
        if top in changed and (fault := self._take_fields({top: changed[top]}, top)):
            self.context.note(fault)

    # The end.

    def _confirm(self) -> tuple[str, Plain]:
        """Show the file and return `y`, `n` or `e`, with the event."""
        while True:
            event, faults = self.batch.validate(self.data)
            if event is None:
                self._ask_again(faults)
                continue
            # In a batch of its own, for an id is made only once in a batch.
            preview = type(self.batch)(self.batch.log, self.batch.snapshot, self.batch.vocabulary)
            new = preview.add(event, self.event_id)
            self.context.note(f"\n{new.data.decode().rstrip()}\n")
            while True:
                answer = self._line("write? [Y/n/e]").casefold()
                word = {"": "y", "yes": "y", "no": "n", "edit": "e"}.get(answer, answer)
                if word in ("y", "n", "e"):
                    return word, event
                self.context.note("Enter or y writes it, n keeps it as a draft, e opens it in "
                                  "your editor")  # fmt: skip

    def _ask_again(self, faults: Sequence[Finding]) -> None:
        """Ask again for the first field that contradicts others, or that is missing."""
        fault = faults[0]
        keys = ".".join(step for step in fault.loc if isinstance(step, str))
        self.context.note(_sentence(fault.message, fault.hint))
        by_path = {flag.path: flag for flag in reversed(self.flags)}
        top = str(fault.loc[0]) if fault.loc else "title"
        old = self.data.pop(top, None)
        flag = by_path.get(keys) or next((f for f in self.flags if f.top == top), None)
        if flag is None:
            self._ask("", "title", self._plain("title", "what happened, on one line"))
        elif top == "sources":
            self._ask_source()
        else:
            if flag.inner and isinstance(old, dict):
                self.data[top] = {key: one for key, one in old.items() if key != flag.inner}
            self._ask("", flag.names[0][2:], flag)

    def _save(self) -> None:
        if self.draft is not None:
            drafts.replace(self.draft.path, write(self.data, self.type_name))

    def _stop(self) -> None:
        """Keep what was typed as a draft, and say so."""
        assert self.draft is not None  # noqa: S101
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


class Offers:
    """What completion offers: codes with their names, ids with their titles, words, tags."""

    def __init__(self, batch: EventBatch) -> None:
        self.batch = batch

    @cached_property
    def codes(self) -> dict[str, list[Offer]]:
        """The codes of each kind with their names."""
        found: dict[str, list[Offer]] = {}
        for kind, code, name in self.batch.vocabulary.codes():
            found.setdefault(kind, []).append((code, name))
        return found

    @cached_property
    def events(self) -> list[Offer]:
        """The ids with their titles, the newest first."""
        return list(self.batch.snapshot.complete("id", "", "", 5000))

    def of(self, flag: Flag) -> Callable[[str], Iterable[Offer]] | None:
        """Return the function that offers values of a field, or None where there are none."""
        if flag.values:
            return lambda start: _matching(start, ((word, "") for word in flag.values))
        if flag.kind in ("actor", "country", "product", "law"):
            return lambda start: _matching(start, self.codes.get(flag.kind, ()))
        if flag.kind == "zone":
            return self._zones
        if flag.kind in ("slug", "text") and flag.path != "title":
            return lambda start: self.batch.snapshot.complete("", flag.path, start, MOST)
        return None

    def links(self, start: str) -> Iterator[Offer]:
        """Offer relations, and events whose id or title has what is typed."""
        word, space, rest = start.partition(" ")
        before = f"{word} " if space and word in RELATIONS else ""
        if not before:
            yield from ((f"{rel} ", "relation") for rel in RELATIONS if rel.startswith(start))
        text = (rest if before else start).casefold()
        if text:
            for name, title in self.events:
                if name.startswith(text) or text in title.casefold() or text in name:
                    yield f"{before}{name}", title

    def publisher(self, url: str) -> str:
        """Return the publisher of the latest source at the host of an address."""
        host = urlsplit(url).netloc
        for row in reversed(list(self.batch.snapshot.select(Query()))):
            for source in row.data["sources"]:
                if urlsplit(str(source.get("url", ""))).netloc == host and "publisher" in source:
                    return str(source["publisher"])
        return ""

    def _zones(self, start: str) -> Iterator[Offer]:
        from zoneinfo import available_timezones

        return _matching(start, ((zone, "") for zone in sorted(available_timezones())))


def _matching(start: str, offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yield the offers whose code, or a word of whose name, begins as typed."""
    key = start.casefold()
    if not key:
        yield from offers
        return
    for code, name in offers:
        folded = name.casefold()
        if key in code.casefold() or folded.startswith(key) or f" {key}" in folded:
            yield code, name


class _Completer(Completer):
    """Completes what is typed, or with `commas` what is typed after the last comma."""

    def __init__(self, offers: Callable[[str], Iterable[Offer]], commas: bool) -> None:
        self.offers, self.commas = offers, commas

    def get_completions(
        self, document: Line, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Yield what may stand in the place of what is typed."""
        typed = document.text_before_cursor
        start = typed.rpartition(",")[2].lstrip() if self.commas else typed
        # While typing nothing, a list of all would only be in the way; Tab shows it.
        if not start and not complete_event.completion_requested:
            return
        for number, (text, about) in enumerate(self.offers(start)):
            if number == MOST:
                return
            if text != start:
                yield Completion(text, start_position=-len(start), display_meta=about)
