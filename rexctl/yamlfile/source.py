"""The bytes of a file as text, and what is wrong with them before any YAML is parsed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from rexctl.records import ERROR, Finding

_SENTENCE = 400
EXCERPT = 200  # characters of a line that a finding shows
MOST_FINDINGS = 1000  # findings of one sort in one file: a binary file is not reported byte by byte


# Besides what YAML itself forbids: line separators that only some readers take for a line end
# (NEL, U+2028, U+2029), a lone carriage return, a mark in the middle, and noncharacters.
_PLANES = "".join(chr(n + 0xFFFE) + chr(n + 0xFFFF) for n in range(0, 0x110000, 0x10000))
_NOT_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef{_PLANES}]+")
_SEPARATORS = "\x85\u2028\u2029\r"
CONFLICT_CODE = "conflict-markers"
CONFLICT_HINT = "write what is right in place of the marked lines, then run git add"
CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)


class Source:
    """A file's text with LF line ends, its name, and the findings that its bytes gave.

    Characters that are no text are U+FFFD in `text`, so that all positions stay; `is_readable` is
    False where parsing would only report consequences.
    """

    __slots__ = ("_starts", "findings", "is_readable", "name", "text")

    def __init__(self, name: str, text: str, *, is_readable: bool = True) -> None:
        self.name = name
        self.text = text
        self.is_readable = is_readable
        self.findings: list[Finding] = []
        self._starts: list[int] = []

    def line(self, number: int) -> str:
        """Return a line by its number from 1; empty beyond the end."""
        start = self.offset(number)
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else None]

    def offset(self, number: int) -> int:
        """Return the offset at which a line begins; that of the end for a line beyond it."""
        starts = self._line_starts()
        return starts[number - 1] if number <= len(starts) else len(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of the character at an offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return self._starts

    def fault(
        self, code: str, message: str, line: int, column: int, width: int = 0, *,
        hint: str = "", level: str = ERROR,
    ) -> Finding:  # fmt: skip
        """Return a finding; without a width it covers the rest of the line."""
        return self.locate(Finding(code, message, level=level, hint=hint), line, column, width)

    def locate(self, finding: Finding, line: int, column: int, width: int = 0) -> Finding:
        """Return a finding at a position, with the text of its line."""
        text = self.line(line)
        # Past the end of a line there is nothing to underline but its end.
        width = width or max(1, len(text.rstrip()) - column + 1)
        return finding._replace(message=shortened(finding.message), path=self.name, line=line,
                                column=column, width=width, text=excerpt(text, column))  # fmt: skip


def shortened(message: str) -> str:
    """Return a message without the middle of a text that makes it too long to read."""
    if len(message) <= _SENTENCE:
        return message
    return f"{message[: _SENTENCE // 4]}…{message[-_SENTENCE * 3 // 4 :]}"


def excerpt(line: str, column: int) -> str:
    """Return at most 200 characters of a line around `column`; `…` replaces a cut beginning."""
    if len(line) <= EXCERPT or column <= EXCERPT - 20:
        return line[:EXCERPT]
    start = column - 1 - EXCERPT // 2
    return "…" + line[start : start + EXCERPT - 1]


def read(data: bytes, name: str, *, most: int = 0) -> Source:
    """Return the text of bytes with its findings; `most` is the greatest size, 0 for any."""
    if most and len(data) > most:
        return _unreadable(name, "too-large", f"holds {len(data)} bytes, and {most} is the most",
                           hint="an event is one file; split it")  # fmt: skip
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unreadable(name, "not-utf8", "is UTF-16", hint="save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _not_utf8(data, name, fault.start)
    # A mark at the start is allowed; it is no part of the text.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    source = Source(name, text)
    if conflicts := list(_conflicts(source)):
        source.findings += conflicts
        source.is_readable = False
    # What is printable is text, and that is known ten times as soon.
    elif not text.replace("\n", "").isprintable() and (bad := _NOT_TEXT.search(text)):
        source.findings += _not_text(source)
        source.text = text[: bad.start()] + _NOT_TEXT.sub(
            lambda run: "\ufffd" * len(run[0]), text[bad.start() :]
        )
    return source


def _unreadable(name: str, code: str, message: str, *, hint: str) -> Source:
    source = Source(name, "", is_readable=False)
    source.findings.append(Finding(code, message, name, hint=hint))
    return source


def _not_utf8(data: bytes, name: str, start: int) -> Source:
    before = data[:start].decode("utf-8").removeprefix("\ufeff")
    rest = data[start : start + EXCERPT].decode("utf-8", "replace")
    source = Source(name, (before + rest).replace("\r\n", "\n"), is_readable=False)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"byte 0x{data[start]:02X} is not UTF-8"
    source.findings.append(
        source.fault("not-utf8", message, line, column, 1, hint="save the file as UTF-8")
    )
    return source


def _not_text(source: Source) -> Iterator[Finding]:
    """Yield a finding for each run of characters that are no text."""
    for run in islice(_NOT_TEXT.finditer(source.text), MOST_FINDINGS):
        sign = run[0][0]
        what = (
            "ends a line for some readers and not for others" if sign in _SEPARATORS
            else "is a mark that belongs at the start of a file" if sign == "\ufeff"
            else "is not text"
        )  # fmt: skip
        line, column = source.position(run.start())
        yield source.fault("control-character", f"U+{ord(sign):04X} {what}", line, column,
                           len(run[0]), hint="take it out")  # fmt: skip


def _conflicts(source: Source) -> Iterator[Finding]:
    """Yield a finding for each merge conflict, at its first line, with the lines of both sides."""
    matches = list(islice(CONFLICT.finditer(source.text), MOST_FINDINGS))
    lines = [source.position(match.start())[0] for match in matches]
    for complete in re.finditer(r"<\|?=>|.", "".join(match[1][0] for match in matches)):
        first, *rest = lines[complete.start() : complete.end()]
        message = "half of a merge conflict"
        if rest:
            ours, theirs = _lines(first, rest[0]), _lines(*rest[-2:])
            message = f"a merge conflict: one side in {ours}, the other in {theirs}"
        yield source.fault(CONFLICT_CODE, message, first, 1,
                           hint=CONFLICT_HINT)  # fmt: skip


def _lines(before: int, after: int) -> str:
    """Return the words for the lines between two marker lines."""
    first, last = before + 1, after - 1
    if first > last:
        return f"no line (after line {before})"
    return f"line {first}" if first == last else f"lines {first}-{last}"
