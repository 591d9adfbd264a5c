"""From an event's plain data to its row in the index; loads no model."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.derive.leaves import Field, Value, root, text_of, window
from rexctl.derive.line import line
from rexctl.plain import dates
from rexctl.plain.legal import TYPES

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
    values = tuple(_values(kept, shape))
    body = "\n".join(dict.fromkeys([folded for _, _, folded, _, _ in values if folded]))
    return IndexRow(
        str(data.get("id", "")), name, str(data.get("status", "")),
        str(data.get("confidence") or USUAL_CONFIDENCE), str(data.get("title", "")),
        int(dates.LOWEST if low is None else low), int(dates.HIGHEST if high is None else high),
        line(kept, shape, _computed(low, high)), body, values,
    )  # fmt: skip


def _computed(low: float | None, high: float | None) -> str:
    """Give the fields of the line that follow from the others."""
    found = ""
    if low is not None and low > dates.LOWEST:
        found += f'"_earliest": "{date.fromordinal(int(low)).isoformat()}", '
    if high is not None and high < dates.HIGHEST:
        found += f'"_latest": "{date.fromordinal(int(high)).isoformat()}", '
    return f'{found}"_v": {VERSION}'


def _values(data: Mapping[str, Any], shape: str) -> list[Value]:
    """Give every leaf, level by level: a line from elsewhere may be of any depth."""
    found: list[Value] = []
    ahead: list[tuple[Field, Any]] = [(root(shape), data)]
    while ahead:
        here, ahead = ahead, []
        for field, value in here:
            if isinstance(value, list):
                ahead += [(field, part) for part in value]
            elif isinstance(value, dict):
                if field.head and (text := text_of(value.get(field.head))):
                    found += field.headed(text)
                ahead += [(field.below(key), part) for key, part in value.items()]
            elif text := value if type(value) is str else text_of(value):
                found += field.said(text)
    if "confidence" not in data:
        found.append(_USUAL)
    return found
