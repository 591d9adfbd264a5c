"""The events and files that a command's arguments select: ids, instruments, query terms, paths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rexctl import query
from rexctl.errors import NoSuchEventError, UnknownCodeError, UsageError, bad_range, bad_value
from rexctl.query.terms import Query, Term, Value
from rexctl.store import layout
from rexctl.values.codes import explain_bad_id, is_id
from rexctl.values.dates import HIGHEST, LOWEST, BadDateError, parse_range

if TYPE_CHECKING:
    from rexctl.cli.context import Context
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log
    from rexctl.vocabulary.vocabulary import Vocabulary

Result = TypeVar("Result")
WHOLE = "."  # the log itself, as a path in it
_TERM = re.compile(r"(not:)*(@[A-Za-z]|[A-Za-z_][\w.-]*:)")
# An id or its beginning, which a date (2025-q4) is not.
_ID_LIKE = re.compile(r"\d{4}-(?!q\d$|w\d\d$)([a-z0-9-]*[a-z][a-z0-9-]*…?|[0-9-]*…)")
# `MOFCOM 61/2025`, `CN/mofcom No. 61`, `Proclamation 10976 of 29 September 2025`: issuer or kind,
# number, year.
_INSTRUMENT = re.compile(r"(?P<issuer>\S.*?)\s+(?:[Nn]o\.?\s*)?(?P<number>[^\s]*\d[^\s]*)"
                         r"(?:\s+(?:of|dated)\s(?:.*\D)?(?P<year>\d{4}))?")  # fmt: skip


def is_term(word: str) -> bool:
    """Tell a term of a query (`type:tariff`, `@saved`) from an id and from a revision.

    `@`, `@~1`, `HEAD@{2025-10-20 10:00}` and `:/words of a message` are revisions of git.
    """
    return bool(_TERM.match(word))


def is_id_like(word: str) -> bool:
    """Return whether a word looks as an id of an event, or its beginning, and as no date."""
    return bool(_ID_LIKE.fullmatch(word))


def check_terms(words: Sequence[str], revision: str) -> None:
    """Raise UsageError for a word that is no term: it may be meant as a second revision."""
    for word in words:
        if not is_term(word):
            hint = f"two commits are {revision}..{word}; a text is title:{word} or summary:{word}"
            raise bad_value(word, "not a term of a query", hint)


def read_ids(context: Context, source: str) -> list[str]:
    """Return the ids in a file, one a line; `-` is standard input. Raises UsageError."""
    lines = context.read_input(source).decode("utf-8", "replace").replace("\0", "\n").split("\n")
    ids = [line.strip().removesuffix("…") for line in lines if line.strip()]
    for one in ids:
        if explain_bad_id(one):
            raise bad_value(one[:60], "not an id", "--ids reads one id a line, as -f id writes")
    return ids


def require_selection(words: Sequence[str] | None, ids: str | None, what: str, hint: str) -> None:
    """Raise UsageError where neither words nor `--ids` select anything."""
    if not words and ids is None:
        raise UsageError(f"missing {what}", hint)


def select_ids(
    context: Context, snapshot: Snapshot, words: Sequence[str] | None, ids: str | None, *,
    lenient: bool = False,
) -> list[str]:  # fmt: skip
    """Return the ids of the events that all words select, in the order of the log or of the words.

    Ids and instruments name events, retracted ones too; terms keep of these, or of all events,
    those that match.

    :param ids: the file of `--ids`, with further ids.
    :raises NoSuchEventError: a word selects nothing, or more than one event.
    """
    words, listed = words or (), [] if ids is None else read_ids(context, ids)
    named = [resolve_event(snapshot, word) for word in words if not is_term(word)]
    named += resolve_ids(snapshot, listed, lenient=lenient)
    terms = [word for word in words if is_term(word)]
    if not terms:
        return list(dict.fromkeys(named))
    parsed = snapshot.parse_query(terms, context.today)
    retracted = bool(named) or not query.hides_retracted(parsed)
    if named or ids is not None:
        parsed = query.with_ids(parsed, named)
    matching = [str(row.data["id"]) for row in snapshot.select(parsed, retracted=retracted)]
    if not matching:
        raise NoSuchEventError(" ".join(words), hint="no event matches these terms")
    return matching


def resolve_event(snapshot: Snapshot, text: str) -> str:
    """Return the id of the one event that a text names.

    The text is an id, a former id, the beginning of one id, or an instrument (`MOFCOM 61/2025`).
    Raises NoSuchEventError, with the candidates where several events match.
    """
    instrument = _INSTRUMENT.fullmatch(text)
    if instrument is None:
        try:
            return snapshot.resolve_id(text)
        except NoSuchEventError:
            if is_id(text) and snapshot.has_file(layout.path_of(text)):
                return text  # its file does not parse
            raise
    number = "/".join(filter(None, instrument.group("number", "year")))
    events = sorted(_of_instrument(snapshot, instrument["issuer"], number))
    if len(events) == 1:
        return events[0]
    raise NoSuchEventError(text, events, "no event has this instrument")


def take_names(snapshot: Snapshot, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the ids of the events that words of a query name by id or instrument, and the other words.

    `MOFCOM 61/2025` names an instrument; `Section 301` is none where no event has it, and a text.
    Raises NoSuchEventError.
    """
    named, rest = [], []
    for word in words:
        instrument = None if ":" in word else _INSTRUMENT.fullmatch(word)
        if _ID_LIKE.fullmatch(word):
            named.append(resolve_event(snapshot, word))
            continue
        if not instrument:
            rest.append(word)
            continue
        try:
            named.append(resolve_event(snapshot, word))
        except NoSuchEventError as error:
            with_year = re.search(r"/[0-9]{4}$", instrument["number"])
            is_named = with_year and snapshot.names.find("actor", instrument["issuer"])
            if error.code == "ambiguous-id" or is_named:
                raise
            rest.append(word)
    return named, rest


def notes_of_affected(snapshot: Snapshot, parsed: Query) -> Iterator[str]:
    """Yield, for a query of one country, how many more events affect all."""
    for n, term in enumerate(parsed.terms):
        texts = [value.text for value in term.values]
        is_named = term.field == "affected" and term.op == "any" and not term.negated
        if is_named and "all" not in texts:
            others = parsed.terms[:n] + parsed.terms[n + 1 :]
            every = term._replace(values=(Value("all"),))
            terms = (*others, every, term._replace(negated=True))
            if number := snapshot.count(parsed._replace(terms=terms)):
                verb = "event of the log affects" if number == 1 else "events of the log affect"
                yield f"{number} more {verb} all countries: affected:{','.join((*texts, 'all'))}"


def resolve_link(snapshot: Snapshot, text: str) -> str:
    """Return the id that the text of a link names, by the rule of `resolve_event`.

    An id or former id stays as it is, also one of no event: a check reports it. Raises
    NoSuchEventError.
    """
    known = is_id(text) and (snapshot.event(text) or snapshot.id_of_alias(text)) is not None
    try:
        return text if known else resolve_event(snapshot, text)
    except NoSuchEventError as error:
        if is_id(text) and error.code == NoSuchEventError.code:
            return text
        raise


def resolve_ids(snapshot: Snapshot, texts: Sequence[str], *, lenient: bool = False) -> list[str]:
    """Return the ids that these texts name.

    :param lenient: a text that names no event is passed over.
    :raises NoSuchEventError: its `errors` are one for each text that names none.
    """
    known = set(snapshot.ids())
    return resolve_each(
        texts, lambda one: one if one in known else resolve_event(snapshot, one), lenient=lenient
    )


def resolve_each(
    texts: Iterable[str], resolve: Callable[[str], Result], *, lenient: bool
) -> list[Result]:
    """Return what `resolve` returns for each text; the error names all that it refuses.

    :param lenient: a text that it refuses is passed over.
    """
    found: list[Result] = []
    faults: list[NoSuchEventError] = []
    for text in texts:
        try:
            found.append(resolve(text))
        except NoSuchEventError as error:
            faults.append(error)
    if faults and not lenient:
        faults[0].errors = tuple(faults)
        raise faults[0]
    return found


def resolve_code(vocabulary: Vocabulary, kind: str, text: str, flag: str) -> str:
    """Return the code that the value of a flag names. Raises UsageError."""
    try:
        return str(getattr(vocabulary, kind)(text))
    except UnknownCodeError as error:
        from rexctl.model.codes import did_you_mean

        hint = did_you_mean(kind, error.suggestion, vocabulary)
        see = f"rexctl codes {error.what or kind}s lists them"
        raise UsageError(f"{flag} {error}", hint or see, f"unknown-{error.what or kind}") from None


def parse_window(since: str | None, until: str | None, today: date) -> tuple[int, int]:
    """Return the first day of `since` and the last of `until`; LOWEST and HIGHEST without one.

    Raises UsageError.
    """
    if not since and not until:
        return LOWEST, HIGHEST
    try:
        return parse_range(f"{since or ''}..{until or ''}", today)
    except BadDateError as error:
        raise bad_range(error) from None


def _of_instrument(snapshot: Snapshot, issuer: str, number: str) -> Iterator[str]:
    """Yield the ids of the events whose instrument has this issuer, number and, where there is one, year.

    An instrument without an issuer is one of the actors of its event. Its kind may stand behind the
    issuer, or alone: `US Proclamation`, `EO`.
    """
    bare, slash, year = number.rpartition("/")
    numbers = [number, bare] if slash and re.fullmatch(r"[0-9]{4}", year) else [number]
    term = Term("instrument.number", "text", "eq", tuple(map(Value, numbers)))
    for row in snapshot.select(Query((term,)), retracted=True):
        instrument = row.data["instrument"]
        if not isinstance(instrument, dict):
            continue
        whole_number = str(instrument.get("number", "")).casefold() == number.casefold()
        its_year = str(instrument.get("year") or str(row.data["date"])[:4])
        issuers = [instrument["issuer"]] if "issuer" in instrument else row.data["actors"]
        name = _without_kind(issuer, str(instrument.get("kind", "")).replace("-", " "))
        code = snapshot.names.find("actor", name) if name else ""
        is_its = not name or any(_is_issuer(str(one), name, code) for one in issuers)
        if is_its and (whole_number or its_year == year):
            yield str(row.data["id"])


def _without_kind(issuer: str, kind: str) -> str:
    """Return an issuer without the kind of its act.

    >>> _without_kind("US EO", "executive order"), _without_kind("Presidential Proclamation", "proclamation")
    ('US', '')
    """
    words = re.sub(r"\bE\.?O\.?$", "executive order", issuer)
    kinds = rf"(?:\b(?:the|presidential)\s+)*\b{re.escape(kind)}$" if kind else "$"
    return re.sub(kinds, "", words, flags=re.IGNORECASE).strip()


def _is_issuer(its_code: str, issuer: str, code: str) -> bool:
    last = its_code.rpartition("/")[2]
    is_within = bool(code) and f"{its_code}/".startswith(f"{code}/")
    return is_within or issuer.casefold() in (its_code.casefold(), last.casefold())


def match_events(
    known: Snapshot, words: Sequence[str], events: Iterable[Mapping[str, Any]], today: date
) -> set[str]:
    """Return the ids of the events that match, retracted ones too; `known` has the codes of their time.

    Raises UsageError.
    """
    from rexctl.snapshot.snapshot import Snapshot

    snapshot = Snapshot.of_lines(known)
    terms = snapshot.parse_query(words, today)
    snapshot.load_lines((str(event["id"]), event) for event in events)
    return {row.text for row in snapshot.select(terms, retracted=True, as_read=True)}


def path_in_log(log: Log, path: Path) -> str:
    """Return a path relative to the log, WHOLE for the log itself. Raises UsageError."""
    absolute = path.absolute()
    real = absolute.parent.resolve() / absolute.name
    if not real.exists() and not real.is_symlink():
        raise bad_value(str(path), "no such file or folder")
    if log.root.is_relative_to(real.resolve()):
        return WHOLE
    if not real.is_relative_to(log.root):
        raise bad_value(str(path), "is not in the log", f"the log is {log.root}")
    return real.relative_to(log.root).as_posix()


def is_selected(path: str, paths: Sequence[str]) -> bool:
    """Return whether a path of the log is one of `paths` or below it; all are where there are none."""
    return not paths or any(one in (WHOLE, path) or path.startswith(one + "/") for one in paths)
