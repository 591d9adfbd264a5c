"""Writes the generated files anew: `python -m tests.regenerate`, from the project's folder."""

from __future__ import annotations

from pathlib import Path

from rexctl.app import fast_path_generator
from rexctl.model import tables_json
from rexctl.store import starting
from rexctl.vocabulary.vocabulary import shipped

ROOT = Path(__file__).resolve().parents[1]


def wanted() -> dict[str, str]:
    """Each generated file: its path in the project, and the text it should hold."""
    files = {
        "rexctl/resources/schema.json": tables_json.text(),
        "rexctl/resources/codes.json": _codes(),
        "rexctl/app/fast_path_options.py": fast_path_generator.text(),
    }
    return files | {f"data/{path}": text for path, text in starting.generated()}


def _codes() -> str:
    """Return the shipped codes with their names; HS codes come from a package of their own."""
    codes: dict[str, dict[str, str]] = {}
    for kind, code, name in shipped().codes():
        if not code.startswith("hs:"):
            codes.setdefault(kind, {})[code] = name
    return tables_json.json_lines({**codes, "members": list(shipped().members())})


def main() -> None:
    for path, text in wanted().items():
        target = ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
