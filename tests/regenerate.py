"""Writes the generated files: `python -m tests.regenerate`, from the project's folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from rexctl.yamlfile.documents import read_document

ROOT = Path(__file__).resolve().parents[1]


def wanted() -> dict[str, str]:
    """Return the path of each generated file in the project, and its text."""
    from tests.generate_add_help import add_help_json
    from tests.generate_codebook import codebook_page
    from tests.generate_flags import flags_json
    from tests.generate_forms import forms_json
    from tests.generate_json_schema import json_schema_text
    from tests.generate_options import options_json
    from tests.generate_output_schema import output_schema_text
    from tests.generate_tables import tables_text
    from tests.generate_vocabulary import (
        goods_json,
        readings_json,
        subdivisions_json,
        vocabulary_json,
    )

    files = {
        "rexctl/resources/schema.json": tables_text(),
        "rexctl/resources/vocabulary.json": vocabulary_json(),
        "rexctl/resources/subdivisions.json": subdivisions_json(),
        "rexctl/resources/readings.json": readings_json(),
        "rexctl/resources/goods.json": goods_json(),
        "rexctl/resources/codebook.md": codebook_page(),
        "rexctl/resources/event.schema.json": json_schema_text(),
        "rexctl/resources/output.schema.json": output_schema_text(),
        "rexctl/resources/add_flags.json": flags_json(),
        "rexctl/resources/add_help.json": add_help_json(),
        "rexctl/resources/forms.json": forms_json(),
        "rexctl/resources/options.json": options_json(),
    }
    return files | {"data/README.md": codebook_page()}


def main() -> None:
    _write_words()
    from tests.generate_tables import tables_text
    from tests.generate_vocabulary import readings_json, vocabulary_json

    # The other files are made from what these hold, which a process reads once.
    first = {"rexctl/resources/readings.json": readings_json(),
             "rexctl/resources/vocabulary.json": vocabulary_json(),
             "rexctl/resources/schema.json": tables_text()}  # fmt: skip
    if any(_write(path, text) for path, text in first.items()):
        subprocess.run([sys.executable, "-m", "tests.regenerate"], cwd=ROOT, check=True)
        return
    for path, text in wanted().items():
        _write(path, text)
    # The schema beside the log offers the codes of the log too; it is made from the one above.
    from rexctl.store import init_files
    from rexctl.vocabulary.vocabulary import parse_vocabulary, read_files

    codes = parse_vocabulary(read_files(ROOT / "data"))[0].by_kind()
    for path, text in init_files.generated_files(codes):
        _write(f"data/{path}", text)


def _write_words() -> None:
    """Put words.yaml into schema.json: a module that needs a new key of it fails without it."""
    resources = ROOT / "rexctl" / "resources"
    words = read_document((resources / "words.yaml").read_bytes(), "words.yaml").value
    schema = resources / "schema.json"
    tables = json.loads(schema.read_bytes())
    if tables["words"] != words:
        schema.write_text(json.dumps({**tables, "words": words}), encoding="utf-8")


def _write(path: str, text: str) -> bool:
    """Write a file if its text differs; return whether it did."""
    target = ROOT / path
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"wrote {path}", flush=True)
    return True


if __name__ == "__main__":
    main()
