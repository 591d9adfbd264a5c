"""The event types, one module each, by name."""

TYPES = {
    "meeting": "rexctl.model.types.meeting",
    "tariff": "rexctl.model.types.tariff",
    "export-control": "rexctl.model.types.export_control",
    "sanction": "rexctl.model.types.sanction",
    "trade-measure": "rexctl.model.types.trade_measure",
    "statement": "rexctl.model.types.statement",
    "agreement": "rexctl.model.types.agreement",
    "investigation": "rexctl.model.types.investigation",
}
