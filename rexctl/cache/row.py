"""From an event's plain data to its row in the index; loads no model."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cache.leaves_of import Field, Value, root, text_of, window
from rexctl.cache.line import line
from rexctl.model.legal import TYPES
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["IndexRow", "Value", "row_of"]

VERSION = "1"
USUAL_CONFIDENCE = "confirmed"
_USUAL = Value("confidence", USUAL_CONFIDENCE, "", None, None)


class IndexRow(NamedTuple):
    """What the index keeps of an event; `lo` and `hi` are the ordinals of its date's bounds."""

    id: str
    type: str
    status: str
    confidence: str
    title: str
    lo: int
    hi: int
    json: str
    body: str
    values: tuple[Value, ...]

    @property
    def fields(self) -> tuple[str | int, ...]:
        """Everything but the values, in the order of the table of events."""
        return self[:9]


def row_of(data: Mapping[str, Any]) -> IndexRow:
    """Give the row of an event. Bears with anything in `data`: it may come from another tool."""
    name = str(data.get("type", ""))
    shape = name if name in TYPES else ""
    kept = {key: value for key, value in data.items() if key[:1] != "_"}
    low, high = window("date", str(data.get("date", "")))
    return made(data, line(kept, shape, computed(low, high)), _values(kept, shape))


def made(data: Mapping[str, Any], json: str, values: list[Any]) -> IndexRow:
    """Give the row of an event of which the line and all leaves are known, as tuples or `Value`s."""
    low, high = window("date", str(data.get("date", "")))
    if "confidence" not in data:
        values.append(_USUAL)
    return IndexRow(
        str(data.get("id", "")), str(data.get("type", "")), str(data.get("status", "")),
        str(data.get("confidence") or USUAL_CONFIDENCE), str(data.get("title", "")),
        int(dates.LOWEST if low is None else low), int(dates.HIGHEST if high is None else high),
        json, "\n".join(dict.fromkeys([value[2] for value in values if value[2]])), tuple(values),
    )  # fmt: skip


@lru_cache(maxsize=64)  # events come by date
def computed(low: float | None, high: float | None) -> str:
    """Give the fields of the line that follow from the others."""
    found = ""
    if low is not None and low > dates.LOWEST:
        found += f'"_earliest": "{date.fromordinal(int(low)).isoformat()}", '
    if high is not None and high < dates.HIGHEST:
        found += f'"_latest": "{date.fromordinal(int(high)).isoformat()}", '
    return f'{found}"_v": {VERSION}'


def _values(data: Mapping[str, Any], shape: str) -> list[Value]:
    """Give every leaf in canonical order, without recursion: a line may be of any depth.

    The leaves of a mapping that stand for its chief field come before all others of it.
    """
    found: list[Value] = []
    ahead: list[tuple[Field, Any]] = [(root(shape), data)]
    while ahead:
        field, value = ahead.pop()
        if isinstance(value, list):
            ahead += [(field, part) for part in reversed(value)]
        elif isinstance(value, dict):
            if field.head and (text := text_of(value.get(field.head))):
                found += field.headed(text)
            ahead += [(field.below(key), value[key]) for key in reversed(field.order(value))]
        elif text := value if type(value) is str else text_of(value):
            found += field.said(text)
    return found
