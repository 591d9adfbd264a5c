"""Output formats, one module each, by name; a module is imported when its format is used."""

FORMATS = {
    "table": "rexctl.output.table",
    "card": "rexctl.output.card",
    "jsonl": "rexctl.output.jsonl",
    "json": "rexctl.output.json",
    "csv": "rexctl.output.csv",
    "tsv": "rexctl.output.tsv",
    "yaml": "rexctl.output.yaml",
    "md": "rexctl.output.markdown",
    "id": "rexctl.output.id",
    "path": "rexctl.output.path",
}

FINDING_FORMATS = {
    "text": "rexctl.output.findings",
    "table": "rexctl.output.table",
    "json": "rexctl.output.json",
    "jsonl": "rexctl.output.jsonl",
    "csv": "rexctl.output.csv",
    "tsv": "rexctl.output.tsv",
    "md": "rexctl.output.markdown",
    "github": "rexctl.output.github",
    "gitlab": "rexctl.output.gitlab",
    "sarif": "rexctl.output.sarif",
}

CHANGE_FORMATS = {
    "text": "rexctl.output.changes",
    "md": "rexctl.output.markdown_changes",
    "json": "rexctl.output.json",
    "jsonl": "rexctl.output.jsonl",
}

HISTORY_FORMATS = {
    "text": "rexctl.output.changes_by_commit",
    "md": "rexctl.output.markdown_changes_by_commit",
    "json": "rexctl.output.json",
    "jsonl": "rexctl.output.jsonl",
}
