"""The event types, one module each. To register a type, add its line to TYPES and an example.

The example of a type is `resources/examples/NAME.yaml`.
"""

from __future__ import annotations

from pathlib import Path

# Name of the type -> its module, which holds the class of that name.
TYPES = {
    "meeting": "rexctl.model.types.meeting",
    "tariff": "rexctl.model.types.tariff",
    "export-control": "rexctl.model.types.export_control",
    "sanction": "rexctl.model.types.sanction",
    "trade-measure": "rexctl.model.types.trade_measure",
    "statement": "rexctl.model.types.statement",
    "agreement": "rexctl.model.types.agreement",
    "investigation": "rexctl.model.types.investigation",
    "ruling": "rexctl.model.types.ruling",
}


def example_of(name: str) -> str:
    """Return the text of the example of a type."""
    path = Path(__file__).parents[2] / "resources" / "examples" / f"{name}.yaml"
    return path.read_text(encoding="utf-8")
