"""What a wrong value may mean: asked about each fault, and put in the place of the value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.yamlfile.tree import value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rexctl.records import Finding

    Plain = dict[str, Any]
    Ask = Callable[[str], str]

# The suggestions of a hint: one, several codes with their names, or several texts to write.
_ONE = re.compile(r"did you mean (.+?)\?(?=$|[ ;])")
_CODES = re.compile(r"(?:^write one of |(?<=\)), )([^\s,()]+ \(.*?\))(?=, [^\s,()]+ \(|;|$)")
_TEXTS = re.compile(r'"([^"]+)" for (one|several)\b')
_WORDS = re.compile(r"[^\W\d]{2,}(?:[\s-]+\S+)+|[^\W\d]{3,}")  # no code that is misspelled
_REPLIES = ("yes", "no", "edit", "delete")
# Fields that hold any text, which no other field has a place for.
_ANY_TEXT = ("summary", "note")


class Guess(NamedTuple):
    """What a wrong text may mean: it is shown so, and typed as `text`.

    With a `field`, the text is moved to this field of the event.
    """

    shown: str
    text: str
    field: str = ""


class Change(NamedTuple):
    """A wrong text, the field of the event that it was typed in, and what the person says it means."""

    fault: Finding
    top: str
    wrong: str
    guess: Guess

    def applied(self, data: Plain) -> Plain:
        """Return the fields of an event with the change made."""
        field = self.guess.field
        changed = {**data, self.top: self.in_text(data[self.top])}
        return {**changed, field: self.moved(data)} if field else changed

    def in_text(self, value: Any) -> Any:
        """Return a value with the change made."""
        return substitute(value, self.wrong, "" if self.guess.field else self.guess.text)

    def moved(self, data: Plain) -> str:
        """Return what the field has that the text is moved to."""
        old = str(data.get(self.guess.field, "")).strip(" .\n")
        return f"{old}. {self.guess.text}" if old else self.guess.text


class Guesses:
    """The guesses about the values of one command; those that were refused are not offered again."""

    def __init__(self, ask: Ask) -> None:
        self.ask, self.refused = ask, set[str]()

    def ask_next(
        self, faults: Iterable[Finding], record: Any, typed: Mapping[str, Any],
        label: Callable[[Finding], str],
    ) -> Change | None:  # fmt: skip
        """Ask about the first fault that has a guess; return the change, None where there is none.

        :param record: the event that the faults are of.
        :param typed: its fields as they were typed.
        :param label: returns what the question begins with.
        """
        for fault in faults:
            value = value_at(fault.loc, record)
            wrong = value if isinstance(value, str) else fault.message.partition(": ")[0]
            guesses = [] if self.has_refused(fault) else guesses_of(fault, wrong)
            # What was typed may have been put into another field: goods behind a rate into clauses.
            tops = [key for key in (*map(str, fault.loc[:1]), *typed) if key in typed
                    and substitute(typed[key], wrong, "") != typed[key]] if guesses else []  # fmt: skip
            if not tops:
                continue
            if guess := self._ask(label(fault), guesses):
                return Change(fault, tops[0], wrong, guess)
            self.refused.add(fault.message)
        return None

    def has_refused(self, fault: Finding) -> bool:
        """Return whether the person refused what is suggested for a fault."""
        return fault.message in self.refused

    def _ask(self, label: str, guesses: list[Guess]) -> Guess | None:
        """Return the guess that the person chooses, or the text that is typed in its place."""
        if len(guesses) == 1:
            reply = self.ask(f"{label}did you mean {guesses[0].shown}? [Y/n] ")
            choice = choice_of(reply)
        else:
            numbers = "".join(map(str, range(1, len(guesses) + 1)))
            shown = ", ".join(f"{n} {one.shown}" for n, one in zip(numbers, guesses, strict=True))
            reply = self.ask(f"{label}which one? {shown} [{'/'.join(numbers)}/n] ")
            choice = choice_of(reply, f"n{numbers}")
        if choice == "n":
            return None
        if not choice:
            return Guess(reply, reply)
        return guesses[int(choice) - 1 if choice.isdecimal() else 0]


def choice_of(reply: str, letters: str = "yn") -> str:
    """Return the one of the letters that a reply means, the first for Enter, or an empty text.

    >>> choice_of(""), choice_of("No"), choice_of("delete"), choice_of("d", "ynd")
    ('y', 'n', '', 'd')
    """
    word = reply.strip().casefold() or letters[0]
    return word[0] if word[0] in letters and word in (word[0], *_REPLIES) else ""


def ask_choice(ask: Ask, question: str, letters: str = "yn") -> str:
    """Ask until the reply is one of the letters, and return it; Enter is the first one."""
    shown = "/".join((letters[0].upper(), *letters[1:]))
    while not (choice := choice_of(ask(f"{question} [{shown}] "), letters)):
        pass
    return choice


def guesses_of(fault: Finding, wrong: str) -> list[Guess]:
    """Return what the hint of a fault suggests in the place of a text.

    A text that is no product, and near to none, may be moved to a field for any text.
    """
    if match := _ONE.search(fault.hint):
        return [Guess(match[1], match[1].partition(" (")[0])]
    if codes := _CODES.findall(fault.hint):
        return [Guess(one, one.partition(" (")[0]) for one in codes]
    if fault.code == "ambiguous-id":
        return [Guess(one, one) for one in fault.hint.split(", ") if one != "..."]
    if texts := _TEXTS.findall(fault.hint):
        return [Guess(f"{text} ({count})", text) for text, count in texts]
    if fault.loc[:1] == ("products",) and ":" not in wrong and _WORDS.fullmatch(wrong):
        return [Guess(f"{wrong} in the {field}", wrong, field) for field in _ANY_TEXT]
    return []


def substitute(value: Any, wrong: str, text: str) -> Any:
    """Return a value with a text in the place of a wrong one, or without it for "".

    >>> substitute(["lumbr, steel"], "lumbr", "hs:4407"), substitute("lumbr, steel", "lumbr", "")
    (['hs:4407, steel'], 'steel')
    """
    if isinstance(value, list):
        items = (substitute(one, wrong, text) for one in value)
        return [one for one in items if one not in ("", {}, [])]
    if isinstance(value, dict):
        return {key: substitute(one, wrong, text) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    piece = rf"(?<!\w){re.escape(wrong)}(?!\w)"
    if text:
        return re.sub(piece, lambda _: text, value, count=1)
    between = r"\s*(?:[,;&]|\band\b)\s*"
    around = rf"{piece}{between}|(?:{between})?{piece}\s*$|{piece}"
    return re.sub(around, "", value, count=1).rstrip()
