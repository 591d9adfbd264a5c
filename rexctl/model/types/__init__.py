"""The event types, one module each. To register a type, add its line to TYPES and an example.

The example of a type is `resources/examples/NAME.yaml`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rexctl.model.event import Event

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


def module_of(name: str) -> Any:
    """Return the module of a type: its docstring and class. Raises KeyError."""
    return import_module(TYPES[name])


@cache
def model_of(name: str) -> type[Event]:
    """Return the class of a type by its name, such as `export-control`. Raises KeyError."""
    class_name = "".join(word.title() for word in name.split("-"))
    model: type[Event] = getattr(module_of(name), class_name)
    return model


def example_of(name: str) -> str:
    """Return the text of the example of a type."""
    path = Path(__file__).parents[2] / "resources" / "examples" / f"{name}.yaml"
    return path.read_text(encoding="utf-8")
