from __future__ import annotations

import io
import json

from rexctl.formats.emit import Options
from rexctl.formats.findings import sheet_of
from rexctl.formats.sarif import write
from rexctl.plain.finding import DUE, Finding


def test_findings_are_the_results_of_one_run() -> None:
    out = io.StringIO()
    found = [
        Finding("unknown-field", "titel: no such field", "data/a b.yaml", 4, 1, 5),
        Finding("plan-passed", "has passed", "data/c.yaml", level=DUE, hint="look again"),
    ]
    write(sheet_of(found), out, Options())
    whole = json.loads(out.getvalue())
    (run,) = whole["runs"]
    assert whole["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "plan-passed",
        "unknown-field",
    ]
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/a%20b.yaml"
    assert place["region"] == {"startLine": 4, "startColumn": 1, "endColumn": 6}
    assert (second["level"], second["message"]["text"]) == ("note", "has passed; look again")
