"""The events that a command's arguments select: ids, instruments and query terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from rexctl import query
from rexctl.errors import NoSuchEventError, bad_value
from rexctl.query.terms import Query, Term, Value
from rexctl.store import layout
from rexctl.store.safe_open import read_argument
from rexctl.values.ids import explain_bad_id, is_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from rexctl.snapshot.snapshot import Snapshot

_TERM = re.compile(r"(not:)*(@[A-Za-z]|[A-Za-z_][\w.-]*:)")
# `MOFCOM 61/2025`, `CN/mofcom No. 61`: issuer, number, year.
_INSTRUMENT = re.compile(r"(?P<issuer>\S.*?)\s+(?:[Nn]o\.?\s*)?(?P<number>[^\s]*\d[^\s]*)")


def is_term(word: str) -> bool:
    """Tell a term of a query (`type:tariff`, `@saved`) from an id and from a revision.

    `@`, `@~1`, `HEAD@{2025-10-20 10:00}` and `:/words of a message` are revisions of git.
    """
    return bool(_TERM.match(word))


def check_terms(words: Sequence[str], revision: str) -> None:
    """Raise UsageError for a word that is no term: it may be meant as a second revision."""
    for word in words:
        if not is_term(word):
            hint = f"two commits are {revision}..{word}; a text is title:{word} or summary:{word}"
            raise bad_value(word, "not a term of a query", hint)


def read_ids(source: str, stdin: Callable[[], BinaryIO]) -> list[str]:
    """Return the ids in a file, one a line; `-` is standard input. Raises UsageError."""
    try:
        data = stdin().read() if source == "-" else read_argument(source)
    except OSError as error:
        raise bad_value(source, (error.strerror or str(error)).lower()) from None
    lines = data.decode("utf-8", "replace").replace("\0", "\n").split("\n")
    ids = [line.strip() for line in lines if line.strip()]
    for one in ids:
        if explain_bad_id(one):
            raise bad_value(one[:60], "not an id", "--ids reads one id a line, as -f id writes")
    return ids


def select_ids(
    snapshot: Snapshot, words: Sequence[str], today: date, ids: Sequence[str] | None = None
) -> list[str]:
    """Return the ids of the events that all words select, in the order of the log or of the words.

    Ids and instruments name events, retracted ones too; terms keep of these, or of all events,
    those that match.

    :param ids: further ids, as from `--ids`.
    :raises NoSuchEventError: a word selects nothing, or more than one event.
    """
    named = [resolve_event(snapshot, word) for word in words if not is_term(word)]
    named += resolve_ids(snapshot, ids or ())
    terms = [word for word in words if is_term(word)]
    if not terms:
        return list(dict.fromkeys(named))
    asked = snapshot.parse_query(terms, today)
    retracted = bool(named) or not query.hides_retracted(asked)
    if named or ids is not None:
        asked = query.with_ids(asked, named)
    found = [str(row.data["id"]) for row in snapshot.select(asked, retracted=retracted)]
    if not found:
        raise NoSuchEventError(" ".join(words), hint="no event matches these terms")
    return found


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
    found = sorted(_of_instrument(snapshot, instrument["issuer"], instrument["number"]))
    if len(found) == 1:
        return found[0]
    raise NoSuchEventError(text, found, "no event has this instrument")


def resolve_ids(snapshot: Snapshot, texts: Sequence[str]) -> list[str]:
    """Return the ids that these texts name. Raises NoSuchEventError for the first that names none."""
    known = set(snapshot.ids())
    return [text if text in known else resolve_event(snapshot, text) for text in texts]


def _of_instrument(snapshot: Snapshot, issuer: str, number: str) -> Iterator[str]:
    """Yield the ids of the events whose instrument has this issuer, number and, if given, year."""
    bare, slash, year = number.rpartition("/")
    numbers = [number, bare] if slash and re.fullmatch(r"[0-9]{4}", year) else [number]
    term = Term("instrument.number", "text", "eq", tuple(map(Value, numbers)))
    code = snapshot.names.near("actor", issuer)
    for row in snapshot.select(Query((term,)), retracted=True):
        instrument = row.data["instrument"]
        if not isinstance(instrument, dict):
            continue
        whole_number = str(instrument.get("number", "")).casefold() == number.casefold()
        its_year = str(instrument.get("year") or str(row.data["date"])[:4])
        if (whole_number or its_year == year) and _is_issuer(instrument, issuer, code):
            yield str(row.data["id"])


def _is_issuer(instrument: Mapping[str, Any], issuer: str, code: str) -> bool:
    its_code = str(instrument.get("issuer", ""))
    last = its_code.rpartition("/")[2]
    return its_code == code or issuer.casefold() in (its_code.casefold(), last.casefold())


def resolve_link(snapshot: Snapshot, text: str) -> tuple[str, str]:
    """Return the id and the clause, or an empty text, that a link option names: `EVENT#CLAUSE`."""
    event, _, clause = text.partition("#")
    return resolve_event(snapshot, event), clause
