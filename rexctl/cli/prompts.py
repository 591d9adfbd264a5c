"""Prompts: a line that is typed with completion and history, and asked for again until it is right."""

from __future__ import annotations

import sys
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings

from rexctl.cli.answers import Wrong
from rexctl.errors import RexctlError
from rexctl.model.codes import METHODS
from rexctl.model.tables import RELATIONS
from rexctl.output import terminal
from rexctl.query import Query
from rexctl.values.clock import timezone_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from prompt_toolkit.document import Document as Line
    from prompt_toolkit.key_binding import KeyPressEvent

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.context import Context
    from rexctl.store.log import Log

Offer = tuple[str, str]  # a text to complete with, and what it means
MOST = 200
_WIDTH = 80  # columns of a terminal whose size is not known
_ROOM = 20  # columns for an answer behind its label


class GoBack(Exception):
    """Raised where a person asks for the question before."""


class Prompts:
    """The prompts of one command in one log."""

    def __init__(self, context: Context, log: Log, *, can_go_back: bool = False) -> None:
        self.context, self.log, self.can_go_back = context, log, can_go_back

    def line(
        self, label: str, *, history: str = "", default: str = "",
        offers: Callable[[str], Iterable[Offer]] | None = None, commas: bool = False,
    ) -> str:  # fmt: skip
        """Return the line that is typed at a prompt.

        :param history: the name of the history, which later commands go on with.
        :param offers: returns what completes a text, or with `commas` its part after the last one.
        """
        session: PromptSession[str] = PromptSession(history=self._history(history))
        completer = _Completer(offers, commas) if offers else None
        prompt = f"{label}: "
        if len(prompt) + _ROOM > (terminal.terminal_width(sys.stderr) or _WIDTH):
            self.context.note(prompt)
            prompt = "> "
        return session.prompt(
            prompt, default=default, completer=completer, complete_while_typing=True,
            reserve_space_for_menu=6 if offers else 0, key_bindings=_key_bindings(),
        ).strip()  # fmt: skip

    def reply(self, question: str) -> str:
        """Return the reply to a question, which may be a long one."""
        return self.line(question.rstrip(": "))

    def ask(
        self, label: str, take: Callable[[str], Wrong | None], *, explanation: str,
        needed: str = "", default: str = "", is_date: bool = False, **options: Any,
    ) -> str:  # fmt: skip
        """Ask until `take`, which returns what is wrong with an answer, returns None.

        Return the answer. One without text is taken too, unless `needed` says why it is needed.
        `explanation` answers a `?`, also behind a `default` that is no date, where it means
        uncertain. `options` are those of `line`. Raises GoBack for a `<`.
        """
        while True:
            answer = self.line(label, default=default, **options)
            typed = answer.removeprefix(default).strip()
            if typed == "<" and self.can_go_back:
                raise GoBack
            if answer == "?" or (typed == "?" and not is_date):
                wrong: Wrong | None = Wrong(explanation, default)
            else:
                wrong = take(answer) if answer or not needed else Wrong(needed)
            if wrong is None:
                return answer
            if wrong.message:
                self.context.note(wrong.message)
            default = wrong.text

    def _history(self, name: str) -> History:
        if not name or not self.log.state:
            return InMemoryHistory()
        folder = self.log.state / self.log.key / "history"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / name).touch(mode=0o600)
        except OSError:  # a state folder that cannot be written costs only the history
            return InMemoryHistory()
        return FileHistory(folder / name)


@cache
def _key_bindings() -> KeyBindings:
    """Return the keys that differ from the usual ones: Tab takes the only candidate there is."""
    bindings = KeyBindings()

    @bindings.add("tab")
    def complete(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        asked = CompleteEvent(completion_requested=True)
        found = list(islice(buffer.completer.get_completions(buffer.document, asked), 2))
        if buffer.complete_state and len(buffer.complete_state.completions) > 1:
            buffer.complete_next()
        elif len(found) == 1:
            buffer.cancel_completion()
            buffer.apply_completion(found[0])
        elif found:
            buffer.start_completion(insert_common_part=True)

    return bindings


class Offers:
    """What completion offers: codes with their names, ids with their titles, words, tags."""

    def __init__(self, batch: EventBatch) -> None:
        self.batch = batch

    @cached_property
    def codes(self) -> dict[str, list[Offer]]:
        """The codes of each kind with their names."""
        codes: dict[str, list[Offer]] = {}
        for kind, code, name in self.batch.vocabulary.codes():
            codes.setdefault(kind, []).append((code, name))
        return codes

    @cached_property
    def events(self) -> list[Offer]:
        """The ids with their titles, the newest first."""
        return list(self.batch.snapshot.names.complete("id", "", "", 5000))

    def of(
        self, path: str, kind: str, words: Iterable[str] = ()
    ) -> Callable[[str], Iterable[Offer]] | None:
        """Return the function that offers values of a field, or None where there are none."""
        if kind in ("slug", "text") and path != "title":
            return lambda start: self.batch.snapshot.names.complete("", path, start, MOST)
        offers = self.codes.get(kind, []) if kind in METHODS else [(word, "") for word in words]
        if kind == "zone":
            offers = [(zone, "") for zone in sorted(timezone_names())]
        return (lambda start: matching(start, offers)) if offers else None

    def links(self, start: str) -> Iterator[Offer]:
        """Offer relations, and events whose id or title has what is typed."""
        word, space, rest = start.partition(" ")
        before = f"{word} " if space and word in RELATIONS else ""
        if not before:
            yield from ((f"{rel} ", "relation") for rel in RELATIONS if rel.startswith(start))
        text = (rest if before else start).casefold()
        name, sign, clause = text.partition("#")
        if sign and (row := self._event(name)):
            clauses = (one for key in ("clauses", "commitments") for one in row.get(key, ()))
            yield from ((f"{before}{name}#{one['id']}", str(one.get("title", ""))) for one in clauses
                        if str(one["id"]).startswith(clause))  # fmt: skip
        elif text:
            for name, title in self.events:
                if text in name or text in title.casefold():
                    yield f"{before}{name}", title

    def _event(self, text: str) -> Mapping[str, Any]:
        """Return the event that a text names, or no fields."""
        try:
            row = self.batch.snapshot.event(self.batch.resolve_id(text.strip()))
        except RexctlError:
            row = None
        return row.data if row else {}

    def publisher(self, url: str) -> str:
        """Return the publisher of the latest source at the host of an address."""
        host = urlsplit(url).netloc
        for row in reversed(list(self.batch.snapshot.select(Query()))):
            for source in row.data["sources"]:
                if urlsplit(str(source.get("url", ""))).netloc == host and "publisher" in source:
                    return str(source["publisher"])
        return ""


def matching(start: str, offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yield the offers whose code has what is typed, or a word of whose name begins so."""
    key = start.casefold()
    return ((code, name) for code, name in offers
            if key in code.casefold() or f" {key}" in f" {name.casefold()}")  # fmt: skip


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
