"""The form that `add -e` opens in an editor: made from a type, and read back with its errors."""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.cli.add_events import to_bytes
from rexctl.cli.guesses import Guesses, ask_choice
from rexctl.cli.typed import added_rates
from rexctl.errors import InputRefusedError, UsageError
from rexctl.model.tables import FIELDS, HEADS, SHAPES, TYPES
from rexctl.model.types import example_of
from rexctl.output.terminal import terminal_width, wrap
from rexctl.records import ERROR, WARNING, Finding
from rexctl.store import drafts, editor
from rexctl.values.text import count_of
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from rexctl.cli.add_events import EventBatch, Plain
    from rexctl.cli.context import Context
    from rexctl.cli.guesses import Change
    from rexctl.store.drafts import Draft
    from rexctl.store.log import Log
    from rexctl.yamlfile.documents import Document

# Comments of ours begin so; a person's own comment begins with `# ` and stays.
HINT, ERROR_MARK = "#: ", "#! "
# The first line of a draft of `add -i`, before the number of the question at which it stopped.
_STOPPED = f"{HINT}add -i stopped at question "
_HEADING = ("Save and close to log it; an empty form logs nothing. A line with `#:` is a hint and goes "
            "away. A comment of your own, behind `# `, stays.")  # fmt: skip
_WIDTH = 80  # columns of a terminal whose size is not known
_TABLE = Path(__file__).parents[1] / "resources" / "forms.json"
_COMMENTED_FIELD = re.compile(r"#\s?\s*(?:- )?([a-z_]+):(?:\s|$)")
_TYPE = re.compile(r"^type:\s*(\S+)", re.MULTILINE)
_TEXT_LINE = re.compile(r"(?P<start> *(?:- )?(?P<name>[a-z_]+):[ \t]+)(?P<text>\S.*)")
_BLOCK = re.compile(r"[|>][-+0-9]*")  # the beginning of a text of several lines
_TEXTS = frozenset(path.rpartition(".")[2] for path, field in FIELDS.items()
                   if field.kind in ("text", "prose"))  # fmt: skip
_MOVED = re.compile(r" +[a-z_]+:(?:\s|$)")
_BLOCK_LINE = re.compile(r":\s+[|>][-+0-9]*\s*$")
_CHANGED = "changed-hint"
_EMPTY = frozenset({HINT.strip(), ERROR_MARK.strip()})
_SEVERAL_RATES = "write a clause for each, or combine: sum, if all are charged on the same goods"
_ASIDE = "the field is used if you remove the #; a comment is kept as it is"


def fill_in(
    context: Context, name: str, known: Plain, batch: EventBatch, draft: Draft | None = None
) -> tuple[Plain | None, Document | None, Draft]:
    """Open the form in the editor; return the event, its text, and the draft.

    The event is None where the form stayed empty. An earlier draft of the type is offered first.

    :param draft: the draft that becomes the form, with `known` filled in.
    :raises InputRefusedError: the form has errors; it is kept as a draft.
    """
    require_editor(context, "-e", "give flags, or --from - for a stream")
    width = terminal_width(sys.stderr) or _WIDTH
    untouched = ""
    if draft is not None:
        drafts.replace(draft.path, blank_form(name, known, width))
    elif draft := offer_draft(context, batch.log, f"add {name}"):
        text = drafts.read(draft.path)
        if is_answers(text):
            drafts.replace(draft.path, blank_form(name, {**answers_of(text), **known}, width))
    else:
        untouched = blank_form(name, known, width)
        draft = drafts.create(batch.log, f"add {name}", untouched)
        if "title" in known:  # typed on the command line, and not to be lost
            draft = draft._replace(begun=None)
    form = _Form(context, name, untouched, batch, draft)
    editor.edit(draft, form.check, environ=context.environ,
                ask=form.ask_again if context.interactive else None, mark=ERROR_MARK)  # fmt: skip
    if form.errors:
        drafts.release(draft)
        # On a terminal they were shown before the question whether to edit again.
        shown = () if context.interactive else form.errors
        findings = [one._replace(path=str(draft.path)) for one in shown]
        raise InputRefusedError(findings, f"nothing written; your text is in {draft.path}")
    for note in batch.notes if form.event else ():
        context.note(note)
    return form.event, form.document, draft


class _Form:
    """One form while it is edited: what the last reading of it gave."""

    def __init__(
        self, context: Context, name: str, blank: str, batch: EventBatch, draft: Draft
    ) -> None:
        self.context, self.name, self.batch, self.draft = context, name, batch, draft
        self.blank = blank  # a form that is saved as this logs nothing
        # The lines that are ours: text that is typed in one of them is no comment and no field.
        self.marks = marks_of(drafts.read(draft.path))
        self.typed = ""
        self.event: Plain | None = None
        self.document: Document | None = None
        self.errors: list[Finding] = []
        self.asides: list[Finding] = []
        self.reported: set[str] = set()

    def check(self, typed: str) -> str | None:
        """Return the form with its errors as comments, or None where it has none."""
        self.event, self.document, self.errors, self.asides = None, None, [], []
        self.typed = typed
        text = without_hints(typed)
        # Saved unchanged, or with nothing but its type: there is nothing to log.
        if typed == self.blank or not text.strip() or text.split() == ["type:", self.name]:
            return None
        self.document = read_form(text)
        # A field that cannot be read is not missing.
        broken = _fields_at(text, (one.line for one in self.document.findings))
        event, findings = self.batch.parse_typed(self.document)
        self.errors = [*changed_hints(typed, self.marks),
                       *(one for one in findings if one.level == ERROR
                         and not (one.code == "missing-field" and one.loc[:1] and one.loc[0] in broken))]  # fmt: skip
        # A comment above a field that was left empty belongs to the next one.
        self.document = self.document.with_value(self.document.value)
        if event is not None and not self.errors:
            try:
                to_bytes(event, self.document)
            except InputRefusedError as error:  # a comment that cannot stay where it is
                self.errors = list(error.findings)
            else:
                self._check_in_log(event)
                if not self.errors and (said := added_rates(event)):
                    several = Finding("unpaired-rates", said, loc=("rates",), hint=_SEVERAL_RATES)
                    self.errors = [self.document.locate(several)]
        self.event = None if self.errors else event
        new = [one for one in commented_fields(text, self.name) if one.message not in self.reported]
        self.reported |= {one.message for one in new}
        if not self.context.interactive:
            self.context.report(new)
        else:
            self.asides = new
        if not self.errors and not self.asides:
            return None
        marked = with_errors(typed, [*self.errors, *self.asides])
        self.marks = marks_of(marked) - {one.text for one in self.errors if one.code == _CHANGED}
        return marked

    def _check_in_log(self, event: Plain) -> None:
        """Take what `check` says is an error of the event, in its place in the form."""
        _, errors = self.batch.preview(event, today=self.context.today)
        self.errors = [self.document.locate(one) for one in errors] if self.document else []

    def ask_again(self) -> bool:
        """Ask about each guess, then report the errors, and return whether to edit again.

        What the person agrees to is put into the form. Where no error is left, it is not edited.
        """
        guesses = Guesses(self.context.ask)
        while self.document and (change := self._ask_next(guesses)):
            marked = self.check(_with_change(self.typed, change))
            drafts.replace(self.draft.path, marked or self.typed)
            if marked is None:
                return False
        return ask_again(self.context, [*self.errors, *self.asides])

    def _ask_next(self, guesses: Guesses) -> Change | None:
        """Ask about an error whose field is on one line of the form."""
        value = self.document.value if self.document else None
        if not isinstance(value, dict):
            return None
        record, _, _ = self.batch.validate_typed(value)
        lines = self.typed.split("\n")
        for error in self.errors:
            if not error.loc:
                continue
            typed = {str(error.loc[0]): lines[error.line - 1]}
            if change := guesses.ask_next([error], record, typed, _label):
                return change
        return None


def _label(error: Finding) -> str:
    """Return an error with its field, as the beginning of a question."""
    return f"{'.'.join(step for step in error.loc if isinstance(step, str))}: {error.message}; "


def _with_change(text: str, change: Change) -> str:
    """Return a form with a change in the line of its fault."""
    lines, number = _lines(text), change.fault.line - 1
    lines[number] = change.in_text(lines[number])
    if field := change.guess.field:
        words = change.guess.text
        place = next((n for n, line in enumerate(lines) if line.startswith(f"{field}:")), None)
        old = "" if place is None else lines[place].partition(":")[2].strip()
        if place is None:
            lines.append(f"{field}: {words}")
        elif _BLOCK.fullmatch(old):
            after = lines[place + 1]
            lines.insert(place + 1, after[: len(after) - len(after.lstrip(" "))] + words)
        else:
            lines[place] = f"{field}: {f'{old} ' if old else ''}{words}"
    return "\n".join(lines) + "\n"


def require_editor(context: Context, what: str, instead: str) -> None:
    """Raise UsageError where there is no terminal, and no EDITOR that may need none.

    Raises EnvironmentFaultError where there is no editor: before a draft is made for it.
    """
    if not context.interactive and not editor.has_editor(context.environ):
        raise UsageError(f"{what} needs a terminal", f"{instead}, or set EDITOR")
    editor.editor_command(context.environ)


def ask_again(context: Context, findings: Sequence[Finding]) -> bool:
    """Write findings to stderr, with their number, and ask whether to edit the text again."""
    context.report(sorted(findings, key=lambda one: one.sort_key))
    errors = sum(one.level == ERROR for one in findings)
    what = count_of(errors, "error")
    if errors < len(findings):
        what = f"{what}, " if errors else ""
        what += count_of(len(findings) - errors, "commented field")
    question = f"{what}, marked with {ERROR_MARK.strip()}. Edit again?"
    return ask_choice(context.ask, question) == "y"


def offer_draft(
    context: Context, log: Log, command: str, ask: Callable[[str], str] | None = None
) -> Draft | None:
    """Return the latest draft of a command if the person wants to continue it, else None.

    Without a terminal, a notice says how many there are.
    """
    found = drafts.find(log, command)
    if found and not context.interactive:
        context.note(f"drafts of `{command}` that were not written: {len(found)}; rexctl doctor "
                     "lists them")  # fmt: skip
        return None
    for path in reversed(found):
        draft = drafts.claim(path)
        if draft is None:
            continue
        try:
            title = str(answers_of(drafts.read(path)).get("title", "no title yet"))
            when = drafts.saved_at(path).strftime("%Y-%m-%d %H:%M")
            context.note(f"a draft of {when} was not written: {title}")
            choice = ask_choice(ask or context.ask, "d deletes it; continue it?", "ynd")
        except BaseException:
            drafts.release(draft)
            raise
        if choice == "y":
            return draft
        if choice == "d":
            drafts.delete(draft)
        else:
            drafts.release(draft)
    return None


def answers_text(answers: Plain, name: str, number: int) -> str:
    """Return the text of a draft of `add -i`: its answers, and the question at which it stopped."""
    return f"{_STOPPED}{number}\n{serialize.write(answers, name)}"


def is_answers(text: str) -> bool:
    """Return whether a draft has the answers of `add -i`, and is no form."""
    return text.startswith(_STOPPED)


def stopped_at(text: str) -> int:
    """Return the number of the question at which a draft of `add -i` stopped; 1 for a form."""
    number = text.partition("\n")[0].removeprefix(_STOPPED)
    return int(number) if is_answers(text) and number.isdecimal() else 1


def answers_of(text: str) -> Plain:
    """Return the fields of a draft, as far as it can be read."""
    value = read_form(without_hints(text)).value
    return {key: one for key, one in value.items() if key != "type"} if isinstance(value, dict) else {}  # fmt: skip


def blank_form(name: str, known: Plain, width: int = _WIDTH) -> str:
    """Return the form of a type: needed and common fields first, the others and an example as hints.

    Known fields are filled in. Sentences are wrapped at the width of the terminal.
    """
    lines = [f"{HINT}add {name}: {TYPES[name].caption}.", f"{HINT}{_HEADING}", f"type: {name}"]
    sections: dict[str, list[str]] = {"needed": [], "common": [], "more": []}
    for key, (group, text) in _table()[name].items():
        section = "common" if group == "more" and key in known else group
        # Serialized alone, a key gives the very lines that the file will have.
        sections[section].append(
            serialize.write({key: known[key]}, name).rstrip("\n") if key in known else text
        )
    example = [f"{HINT}  {line}" for line in example_of(name).splitlines()
               if not line.startswith(("id:", "type:"))]  # fmt: skip
    for heading, section_lines in (
        ("NEEDED", sections["needed"]),
        ("COMMON: leave empty what is not known", sections["common"]),
        ("MORE: remove the sign `#:` to use one", sections["more"]),
        ("AN EXAMPLE:", example),
    ):
        lines += ["", f"{HINT}{heading}", *section_lines]
    return "\n".join(_wrapped("\n".join(lines), width)) + "\n"


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a form, the sentences behind our sign wrapped; a field stays on its line."""
    for line in _lines(text):
        sign, _, words = line.partition(HINT)
        if len(line) <= width or sign.strip() or words[:1] == " ":
            yield line
        else:
            yield from (f"{sign}{HINT}{one}" for one in wrap(words, width - len(sign + HINT)))


def _table() -> dict[str, dict[str, tuple[str, str]]]:
    """Return for each type its fields: the group of each, and its lines where it is not known."""
    table: dict[str, dict[str, tuple[str, str]]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table


def read_form(text: str) -> Document:
    """Return the document of a form without hints; a field that was left empty is not in it.

    A text on one line is read as it stands, whatever YAML makes of a colon in it. A field that
    cannot be read is left out, so that the others are read in the same round: its fault stays.
    """
    text = "\n".join(_quoted(_lines(text))) + "\n"
    document = read_document(text.encode(), "form")
    faults = _without_empty(document)
    if document.value is None and faults:
        lines = _lines(text)
        for place in _fields_at(text, (one.line for one in faults)).values():
            lines[place.start : place.stop] = [""] * len(place)
        document = read_document("\n".join(lines).encode(), "form")
        faults = (*faults, *_without_empty(document))
    document.findings = faults
    document.value = _filled(document.value)
    return document


def _without_empty(document: Document) -> tuple[Finding, ...]:
    """Return the findings of a document but those of fields that were left empty."""
    return tuple(one for one in document.findings
                 if one.code != "empty-value" or not one.message.endswith(" is empty"))  # fmt: skip


def _quoted(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a form, with quotes around a text on one line that is no text in YAML."""
    block = -1  # the indentation of a text of several lines
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        match = _TEXT_LINE.fullmatch(line)
        if line.strip() and indent <= block:
            block = -1
        if block < 0 and match and match["name"] in _TEXTS:
            if _BLOCK.fullmatch(match["text"]):
                block = indent
            elif read_document(f"a: {match['text']}".encode()).findings:
                line = f"{match['start']}{json.dumps(match['text'], ensure_ascii=False)}"
        yield line


def _fields_at(text: str, numbers: Iterable[int]) -> dict[str, range]:
    """Return the names of the fields of the event that have lines of these numbers, with all lines."""
    lines = [*_lines(text), "end"]
    starts = [n for n, line in enumerate(lines) if line[:1] not in ("", " ", "#")]
    found = [bisect_right(starts, number - 1) for number in numbers]
    return {lines[starts[n - 1]].partition(":")[0]: range(starts[n - 1], starts[n])
            for n in found if 0 < n < len(starts)}  # fmt: skip


def _filled(value: Any) -> Any:
    """Return a value without its empty texts and without parts that hold nothing else."""
    if isinstance(value, dict):
        pairs = ((key, _filled(one)) for key, one in value.items())
        return {key: one for key, one in pairs if one not in ("", {}, [])}
    if isinstance(value, list):
        return [one for one in map(_filled, value) if one not in ("", {}, [])]
    return value


def commented_fields(text: str, name: str) -> Iterator[Finding]:
    """Yield a warning for each comment that is a field of the type behind a `#`."""
    names = {*SHAPES[name]}.union(*(SHAPES[part] for part in SHAPES if part in HEADS))
    for number, line in enumerate(_lines(text), 1):
        match = _COMMENTED_FIELD.match(line.strip())
        if match and match[1] in names:
            message = f"`{line.strip()}` is a comment, and no field"
            yield Finding("commented-field", message, "form", number, 1, level=WARNING, hint=_ASIDE)


def changed_hints(text: str, marks: Container[str]) -> Iterator[Finding]:
    """Yield an error for each line behind `#:` or `#!` that is none of `marks`, which are ours.

    A person has typed in it, and what was typed is not to be lost.
    """
    for number, line in enumerate(_lines(text), 1):
        words = line.strip()
        if _is_mark(line) and line not in marks and words not in _EMPTY:
            message = f"`{words}` is not read: a line behind `{words[:2]}` is a hint"
            yield Finding(_CHANGED, message, "form", number, 1, text=line,
                          hint="write the text on a line of its own, or delete the line")  # fmt: skip


def marks_of(text: str) -> set[str]:
    """Return the lines of a form that are comments of ours."""
    return {line for line in _lines(text) if _is_mark(line)}


def _is_mark(line: str) -> bool:
    """Return whether a line is a comment of ours."""
    return line.lstrip(" ").startswith((HINT.strip(), ERROR_MARK.strip()))


def with_errors(text: str, findings: Sequence[Finding]) -> str:
    """Return the form with each error as a comment above its line; those of before are removed."""
    typed = {finding.line for finding in findings if finding.code == _CHANGED}
    numbered = [(n, line) for n, line in enumerate(_lines(text), 1)
                if n in typed or not line.startswith(ERROR_MARK)]  # fmt: skip
    by_line: dict[int, list[str]] = {}
    width = terminal_width(sys.stderr)
    for finding in findings:
        hint = f"; {finding.hint}" if finding.hint else ""
        words = wrap(f"{finding.message}{hint}", width and width - len(ERROR_MARK))
        by_line.setdefault(finding.line, []).extend(f"{ERROR_MARK}{one}" for one in words)
    out = []
    for number, line in numbered:
        out += by_line.pop(number, [])
        out.append(line)
    rest = [comment for comments in by_line.values() for comment in comments]
    return "\n".join(rest + out) + "\n"


def without_hints(text: str) -> str:
    """Return what was typed, with our own comments blank, so that line numbers stay."""
    name = _TYPE.search(text)
    lines = ["" if _is_mark(line) else line for line in _lines(text)]
    return "\n".join(_moved_back(lines, name[1]) if name and name[1] in TYPES else lines) + "\n"


def _moved_back(lines: Iterable[str], name: str) -> Iterator[str]:
    """Yield lines with each field of the event in the first column, where it can mean nothing else.

    An editor may have moved it below the field before it, when its colon was typed.
    """
    inner: set[str] = set()  # the names of fields within the field of the event
    moved = 0  # columns by which its lines were moved
    most, block = (
        0,
        -1,
    )  # the deepest column that does not continue a text; that of a text of several lines
    for line in lines:
        words = line.lstrip(" -")
        indent = len(line) - len(line.lstrip(" "))
        if not words or words.startswith("#"):
            yield line
            continue
        if indent < moved or (indent == moved and line[indent] != "-"):
            moved = 0
        block = block if indent > block else -1
        key = words.partition(":")[0]
        match = _MOVED.match(line)
        if match and block < 0 and indent <= most and key in SHAPES[name] and key not in inner:
            moved = indent
        if indent == moved and line[indent] != "-":
            inner = {
                step for path in FIELDS if path.startswith(f"{key}.") for step in path.split(".")
            }
        most = len(line) - len(words) if words.partition(":")[2].strip() else len(line) + _WIDTH
        if block < 0 and _BLOCK_LINE.search(words):
            block = indent
        yield line[moved:]


def _lines(text: str) -> list[str]:
    """Return the lines as findings count them: other separators are errors, not line ends."""
    return text.removesuffix("\n").split("\n")
