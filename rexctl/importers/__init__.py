"""Input formats of `add --from`, one module each, by name."""

IMPORTERS = {
    "yaml": "rexctl.importers.yaml",
    "json": "rexctl.importers.json",
    "jsonl": "rexctl.importers.jsonl",
    "csv": "rexctl.importers.csv",
}
