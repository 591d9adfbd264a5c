"""An event as its file has it."""

from __future__ import annotations

from typing import Any

from rexctl.plain import canon
from rexctl.plain.legal import SHAPES


def canonical(event: dict[str, Any]) -> bytes:
    """Give the canonical bytes of an event."""
    return canon.write(event, str(event["type"]), SHAPES).encode()
