"""The duty on goods of one origin into one country: a line for each rate, and their total."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.acts import Key, code_of
from rexctl.measures.fold import IN_FORCE, UNKNOWN
from rexctl.measures.terms import name_some, terms_at
from rexctl.measures.windows import FIRST, LAST, local_time
from rexctl.values.codes import is_prefix, split_product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rexctl.measures.acts import Part
    from rexctl.measures.fold import Fold

    Holds = Callable[[str, str], bool]

NONE, SOME, ALL = 0, 1, 2  # how much of the goods of the query something covers
_COMBINED = {"sum": (), "higher": ("the higher of its rates",), "lower": ("the lower of its rates",),
             "either": ("one of its rates, which the payer or the authority chooses",)}  # fmt: skip
_BASE = "mfn"  # the last part of the law of a base rate: us/hts/mfn


class Question(NamedTuple):
    """The duty to compute: goods of `origin` into `importer`, at an instant for each part.

    :param product: a product code; without one, duties on all goods are counted.
    :param base: the base rate in percent, if it is known.
    :param holds: returns whether a code (a bloc, a country, a region) holds another one.
    :param instant: returns the instant at which a part is looked at: the end of the day on its clock.
    """

    origin: str
    importer: str
    product: str
    base: Decimal | None
    holds: Holds
    instant: Callable[[Part], int]


class Line(NamedTuple):
    """One rate: the points that it adds, None where it is not counted, and a note on it.

    `limit` is the value of an all-in rate up to which it brings a base rate that is not known.
    """

    law: str
    key: Key
    rate: Mapping[str, Any] | None
    points: Decimal | None
    notes: tuple[str, ...] = ()
    limit: Decimal | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the rate is part of the total, with the base rate or without it."""
        return self.points is not None or self.limit is not None


@dataclass
class Stack:
    """The lines of an answer; `total` is the sum of the points counted, without the base rate.

    `is_most` and `is_least` say that the total is an upper or a lower bound.
    """

    lines: list[Line] = field(default_factory=list)
    base: Decimal | None = None
    base_key: Key | None = None
    is_most: bool = False
    is_least: bool = False

    @property
    def all_in(self) -> list[Decimal]:
        """The values of rates that bring the sum with an unknown base rate up to themselves."""
        return [line.limit for line in self.lines if line.limit is not None]

    @property
    def total(self) -> Decimal:
        """The percentage points on top of the base rate, those of `all_in` left out."""
        return sum((line.points for line in self.lines if line.points is not None), Decimal(0))

    @property
    def with_base(self) -> Decimal | None:
        """The total with the base rate; None where that is not known."""
        if self.base is not None:
            return self.base + self.total
        # Up to the lowest of them, the base rate itself makes no difference to the sum.
        return self.total + self.all_in[0] if len(self.all_in) == 1 else None


@dataclass
class _Candidate:
    """A row of a tariff of the importer, with its terms, and how much of the goods it reaches."""

    part: Part
    terms: Mapping[str, Any]
    law: str
    reaches: int
    notes: list[str]
    is_most: bool = False

    @property
    def condition(self) -> str:
        return str(self.part.fields.get("condition", "")).strip()

    @property
    def is_counted(self) -> bool:
        return (self.reaches == ALL and not self.terms.get("entities")
                and not (self.replaces and "clauses" in self.part.event and self.condition))  # fmt: skip

    @property
    def replaces(self) -> bool:
        return self.terms.get("stacking") in ("replaces", "all-in")


def stack(fold: Fold, question: Question, rows: Iterable[Key] | None = None) -> Stack:
    """Return the duty stack; `rows` limits it to some rows, such as those of tariffs."""
    keys = fold.acts.rows if rows is None else rows
    candidates = [one for key in keys if (one := _candidate(fold, key, question))]
    result = Stack(base=question.base)
    if question.base is None:
        _find_base(candidates, question, result)
    candidates = [one for one in candidates if not _is_base(one.law)]
    duties = [one for one in candidates if _excludes(one)]
    replaced = _replaced(candidates)
    for one in candidates:
        if id(one) not in replaced and _excluded(one, question, duties) != ALL:
            _add_lines(one, result)
    return result


def _candidate(fold: Fold, key: Key, question: Question) -> _Candidate | None:
    """Return a row that may charge the goods of the query, or None if it cannot."""
    part = fold.acts.rows[key]
    if not is_of(part.event, question):
        return None
    instant = question.instant(part)
    answer = fold.state(key, instant)
    possibly = answer.others and IN_FORCE in (answer.state, *answer.others)
    if answer.state not in (IN_FORCE, UNKNOWN) and not possibly:
        return None
    terms = terms_at(fold, key, instant)
    notes: list[str] = []
    reaches = min(_origin_reach(terms, question, notes), _product_reach(terms, question, notes))
    if reaches == NONE:
        return None
    if answer.state == UNKNOWN or possibly:
        notes.append("possibly in force: its dates are imprecise" if answer.state != UNKNOWN
                     else "its start is not known")  # fmt: skip
        reaches = min(reaches, SOME)
    law = str(next(iter(part.fields.get("legal_basis", ())), ""))
    one = _Candidate(part, terms, law, reaches, notes)
    if terms.get("entities"):
        notes.append("a rate for named firms")
    return None if _excluded(one, question) == ALL else one


def is_of(event: Mapping[str, Any], question: Question) -> bool:
    """Return whether an event is a tariff of the importer, of a body of it or of its bloc."""
    return event["type"] == "tariff" and any(
        is_prefix("actor", question.importer, actor) or question.holds(actor.split("/")[0], question.importer)
        for actor in event["actors"]
    )  # fmt: skip


def _origin_reach(terms: Mapping[str, Any], question: Question, notes: list[str]) -> int:
    origins = terms.get("origin") or terms.get("affected")
    if not origins:
        notes.append("it names neither origin nor affected")
        return SOME
    reach = _reach_of_origins(origins, question)
    if reach == SOME:
        notes.append(f"only for goods of {', '.join(origins)}")
    return reach


def _reach_of_origins(codes: Sequence[str], question: Question) -> int:
    """Return how much of the origin in the query some codes of actors cover."""
    if any(code == "all" or question.holds(code, question.origin) for code in codes):
        return ALL
    return SOME if any(question.holds(question.origin, code) for code in codes) else NONE


def _product_reach(terms: Mapping[str, Any], question: Question, notes: list[str]) -> int:
    codes = [code_of(one) for one in terms.get("products", ()) if _is_scope(one)]
    if not codes:
        return ALL
    if not question.product:
        notes.append(f"only for {name_some(codes)}")
        return SOME
    reach, other_schemes = _reach_of(codes, question.product)
    if reach == SOME:
        scheme = ", of another scheme" if other_schemes else ""
        notes.append(f"only for {name_some(codes)}{scheme}")
    return reach


def _reach_of(codes: Sequence[str], product: str) -> tuple[int, bool]:
    """Return how much of a product some codes reach, and whether that is for their scheme alone."""
    if any(is_prefix("product", code, product) for code in codes):
        return ALL, False
    if any(is_prefix("product", product, code) for code in codes):
        return SOME, False
    scheme = split_product(product)[0]
    if any(split_product(code)[0] != scheme for code in codes):
        return SOME, True  # across schemes nothing lies under anything
    return NONE, False


def _excluded(
    one: _Candidate, question: Question, duties: Sequence[_Candidate] | None = None
) -> int:
    """Return how much of the goods the exclusions take out; note what is only some of them.

    :param duties: the duties whose goods the entries that name a law take out. Without them, only
        the entries that name no law are looked at.
    """
    most = NONE
    for entry in one.terms.get("exclusions", ()):
        laws = entry.get("legal_basis", ())
        if bool(laws) != (duties is not None):
            continue
        reach = _entry_reach(entry, question)
        if laws:
            reach = min(reach, _reach_of_laws(laws, one, duties or ()))
        if reach == NONE:
            continue
        if "text" in entry or "entities" in entry:
            one.is_most = True
            firms = ", ".join(entry.get("entities", ()))
            for start, text in (("not for", firms), ("not where:", entry.get("text", "").strip())):
                if text:
                    one.notes.append(f"{start} {text}")
        elif reach == SOME:
            one.is_most = True
            goods = f"goods under {', '.join(laws)}" if laws else "some of the goods asked"
            one.notes.append(f"{goods} are excluded")
        else:
            most = ALL
    return most


def _reach_of_laws(laws: Sequence[str], one: _Candidate, duties: Sequence[_Candidate]) -> int:
    """Return how much of the goods the duties of other measures under these laws reach."""
    return max((other.reaches for other in duties if other.part.key.event != one.part.key.event
                and any(is_prefix("law", law, own) for law in laws
                        for own in other.part.fields.get("legal_basis", ()))), default=NONE)  # fmt: skip


def _entry_reach(entry: Mapping[str, Any], question: Question) -> int:
    """Return how much of the goods an entry names by goods and origins; ALL where by neither."""
    reach = _reach_of_origins(entry["origin"], question) if "origin" in entry else ALL
    if "products" not in entry:
        return reach
    codes = list(map(code_of, entry["products"]))
    return min(reach, _reach_of(codes, question.product)[0] if question.product else SOME)


def _replaced(candidates: Sequence[_Candidate]) -> set[int]:
    """Return the candidates that another clause of their measure replaces."""
    # In the order of the file: of two, the later counts.
    last = {one.part.key.event: one for one in candidates if one.is_counted and one.replaces}
    return {id(one) for one in candidates
            if one.is_counted and last.get(one.part.key.event, one) is not one}  # fmt: skip


def _excludes(one: _Candidate) -> bool:
    """Return whether a duty takes the place of others: not one for firms, nor on a part of the value."""
    rates = one.terms.get("rates", ())
    return not one.terms.get("entities") and (not rates or any("of" not in rate for rate in rates))


def _is_base(law: str) -> bool:
    return law.rpartition("/")[2] == _BASE


def _find_base(candidates: Sequence[_Candidate], question: Question, result: Stack) -> None:
    """Take the base rate from the tariff under a law `.../mfn` with the deepest code, the latest of them."""
    deepest = (0, FIRST, Key(""))
    for one in candidates if question.product else ():
        codes = list(map(code_of, one.terms.get("products", ())))
        rates = [r for r in one.terms.get("rates", ()) if r["unit"] == "percent" and "of" not in r]
        depth = max((len(code) for code in codes if is_prefix("product", code, question.product)),
                    default=0)  # fmt: skip
        rank = (depth, one.part.made_at, one.part.key)
        is_base = _is_base(one.law) and one.is_counted and len(rates) == 1
        if is_base and rank > deepest:
            deepest = rank
            result.base, result.base_key = Decimal(rates[0]["value"]), one.part.key


def _add_lines(one: _Candidate, result: Stack) -> None:
    """Add a line for each rate of a row, with the points that it adds."""
    rates = one.terms.get("rates", ())
    combine = one.terms.get("combine", "sum") if len(rates) > 1 else "sum"
    notes = (*one.notes, *_COMBINED[combine])
    if one.condition and not one.is_counted:
        notes += (f"on a condition: {one.condition}",)
    for rate in rates or [None]:
        line = Line(one.law, one.part.key, rate, None, notes)
        if one.is_counted and not (rate and _is_outdone(rate, rates, combine)):
            line = _count(one, rate, line, result)
            result.is_most |= one.is_most and line.is_counted
            # A specific rate may be more or less than the one in percent that is counted.
            is_open = combine == "either" or any(other["unit"] != "percent" for other in rates)
            result.is_least |= is_open and combine == "higher"
            result.is_most |= is_open and combine in ("lower", "either")
        result.lines.append(line)


def _is_outdone(rate: Mapping[str, Any], rates: Sequence[Mapping[str, Any]], combine: str) -> bool:
    """Return whether another percent rate, of which one alone is charged, counts in place of this one."""
    values = [Decimal(one["value"]) for one in rates if one["unit"] == "percent"]
    best = {"sum": None, "lower": min}.get(combine, max)
    return best is not None and rate["unit"] == "percent" and Decimal(rate["value"]) != best(values)


def _count(one: _Candidate, rate: Mapping[str, Any] | None, line: Line, result: Stack) -> Line:
    """Return a line with the points that its rate adds, or with the reason why it adds none."""
    notes = list(line.notes)
    if rate is None or rate["unit"] != "percent":
        notes.append("its rate is not recorded" if rate is None else "a specific rate")
        return line._replace(notes=tuple(notes))
    value = Decimal(rate["value"])
    for is_so, note in (("of" in rate, f"on the {rate.get('of')} only"),
                        (rate.get("qualifier") == "up-to", "at most"),
                        ("quota" in one.terms, _quota_note(one.terms.get("quota", {}))),
                        (one.condition, f"on a condition: {one.condition}")):  # fmt: skip
        if is_so:
            notes.append(note)
            result.is_most = True
    if rate.get("qualifier") == "at-least":
        notes.append("at least")
        result.is_least = True
    if one.terms.get("stacking") != "all-in":
        return line._replace(points=value, notes=tuple(notes))
    if result.base is None:
        notes.append(f"{value} includes the base rate, which is not known")
        return line._replace(limit=value, notes=tuple(notes))
    notes.append(f"brings the base rate of {result.base} up to {value}")
    return line._replace(points=max(Decimal(0), value - result.base), notes=tuple(notes))


def _quota_note(quota: Mapping[str, Any]) -> str:
    rate = f"{quota['rate']} percent" if "rate" in quota else "another rate"
    return f"within a quota {rate} applies"


def _is_scope(item: Any) -> bool:
    """Return whether the measure names a product, and not only its source."""
    return isinstance(item, str) or item.get("role") != "reference"


def days_of_change(fold: Fold, keys: Iterable[Key]) -> set[int]:
    """Return the days on which a stack over these rows may change, each on the clock of its row."""
    days: set[int] = set()
    for key in keys:
        zone = fold.acts.rows[key].zone
        bounds = {one for part in fold.parts_over(key) for long in (False, True)
                  for one in part.window.bounds(long=long)}  # fmt: skip
        days |= {local_time(one, zone).toordinal() for one in bounds if FIRST < one < LAST}
    return days
