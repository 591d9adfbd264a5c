r"""Regular expressions that cannot hang: what can be read in one pass, and nothing else.

Known: letters, `.`, `[a-z]`, `[^a-z]`, `\d \w \s \b` and their opposites, `* + ? {2,5}`, `|`,
brackets, and `^ $` for the beginning and the end of the whole text. `.` stands for a line break
too, for lines of prose are only its sentences. Letters match in any case.
"""

from __future__ import annotations

import re

from rexctl.errors import UsageError, bad_value
from rexctl.query.automaton import (
    LARGEST,
    Emit,
    Machine,
    Signs,
    all_of,
    fresh,
    one,
    one_of,
    repeated,
)

LONGEST, DEEPEST = 200, 20
_COUNT = re.compile(r"\{(\d{0,3})(?:(,)(\d{0,3}))?\}", re.ASCII)
_ANY = Signs(negated=True)
_ESCAPES = {"n": "\n", "t": "\t"}
_REFUSED = {
    "?=": "a look-ahead", "?!": "a look-ahead", "?<": "a look-behind or a name",
    "?P": "a named group", "?#": "a comment", "?>": "an atomic group", "?(": "a condition",
}  # fmt: skip


class Pattern:
    """A pattern that is asked of texts; `text` is what was written."""

    def __init__(self, text: str, machine: Machine) -> None:
        self.text = text
        self._machine = machine

    def search(self, subject: str) -> bool:
        """Tell whether the pattern is found somewhere in the subject."""
        return self._machine.found_in(subject)


def compile_safe(text: str) -> Pattern:
    """Read a regular expression. Raises UsageError for what could hang or is not known."""
    if len(text) > LONGEST:
        raise bad_value(text[:20] + "...", f"is a pattern of over {LONGEST} characters")
    reader = _Reader(text)
    emit = reader.alternatives(0)
    if reader.left:
        raise reader.fault("closes a bracket that was not opened", r"write \) for the sign itself")
    machine = Machine()
    try:
        machine.final = emit(machine, fresh(machine, 0))
    except OverflowError:
        raise bad_value(text, f"is a pattern of over {LARGEST} steps", "count less") from None
    return Pattern(text, machine)


class _Reader:
    """Reads a pattern from left to right and gives the parts that build its machine."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    @property
    def left(self) -> str:
        return self.text[self.at :]

    def fault(self, why: str, hint: str = "") -> UsageError:
        return bad_value(self.text, f"{why} (at {self.at + 1})", hint)

    def take(self) -> str:
        if not self.left:
            raise self.fault("ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def taken(self, sign: str) -> bool:
        hit = self.text.startswith(sign, self.at)
        self.at += len(sign) * hit
        return hit

    def alternatives(self, depth: int) -> Emit:
        if depth > DEEPEST:
            raise self.fault(f"holds over {DEEPEST} brackets within each other")
        found = [self.sequence(depth)]
        while self.taken("|"):
            found.append(self.sequence(depth))
        return found[0] if len(found) == 1 else one_of(found)

    def sequence(self, depth: int) -> Emit:
        found: list[Emit] = []
        while self.left and self.left[0] not in "|)":
            found.append(self.counted(self.atom(depth)))
        return all_of(found)

    def counted(self, emit: Emit) -> Emit:
        sign = self.left[:1]
        if sign and sign in "*+?":
            self.at += 1
            low, high = int(sign == "+"), 1 if sign == "?" else None
        elif match := _COUNT.match(self.text, self.at):
            if not (match[1] or match[3]):
                raise self.fault("counts nothing", "write {2}, {2,} or {2,5}")
            self.at = match.end()
            low = int(match[1] or 0)
            high = low if not match[2] else int(match[3]) if match[3] else None
            if high is not None and high < low:
                raise self.fault("counts backwards", f"write {{{high},{low}}}")
        else:
            return emit
        self.taken("?")  # lazy or not, the answer is the same
        if self.left and self.left[0] in "*+?{":
            raise self.fault("counts a count", r"put brackets around the first")
        return repeated(emit, low, high)

    def atom(self, depth: int) -> Emit:
        sign = self.take()
        if sign == "(":
            return self.group(depth)
        if sign in "*+?" or (sign == "{" and _COUNT.match(self.text, self.at - 1)):
            raise self.fault("counts nothing", f"write \\{sign} for the sign itself")
        if sign in "^$":
            return one(sign)
        if sign == "[":
            return one(self.choice())
        if sign == "\\":
            return self.escaped()
        return one(_ANY if sign == "." else Signs(((sign, sign),)))

    def group(self, depth: int) -> Emit:
        if not self.taken("?:") and self.left[:1] == "?":
            what = _REFUSED.get(self.left[:2], "a flag")
            hint = "letters match in any case anyway" if what == "a flag" else ""
            raise self.fault(f"holds {what}, which is not known here", hint)
        emit = self.alternatives(depth + 1)
        if not self.taken(")"):
            raise self.fault(
                "opens a bracket and does not close it", r"write \( for the sign itself"
            )
        return emit

    def escaped(self) -> Emit:
        sign = self.take()
        return one(sign if sign in "bB" else self.sign_or_class(sign))

    def sign_or_class(self, sign: str) -> Signs:
        if sign in "dswDSW":
            return Signs(classes=sign)
        if sign.isdecimal():
            raise self.fault("refers back, which is not known here")
        if sign.isalpha() and sign not in _ESCAPES:
            raise self.fault(f"\\{sign} is not known here")
        sign = _ESCAPES.get(sign, sign)
        return Signs(((sign, sign),))

    def choice(self) -> Signs:
        """Read `[...]` after its first bracket."""
        negated = self.taken("^")
        ranges: list[tuple[str, str]] = []
        classes, first = "", True
        while first or not self.taken("]"):
            first = False
            low = self.member()
            if low.classes or not (self.left[:1] == "-" and self.left[1:2] not in ("]", "")):
                ranges += low.ranges
                classes += low.classes
                continue
            self.at += 1
            high = self.member()
            if high.classes or high.ranges[0][0] < low.ranges[0][0]:
                raise self.fault("holds a range that runs backwards")
            ranges.append((low.ranges[0][0], high.ranges[0][0]))
        return Signs(tuple(ranges), classes, negated)

    def member(self) -> Signs:
        sign = self.take()
        return self.sign_or_class(self.take()) if sign == "\\" else Signs(((sign, sign),))
