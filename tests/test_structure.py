"""Imports point down one list of packages."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.run import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A module imports from its own package and from those further down. Names that are not there (yet)
# are skipped; a package or module of `rexctl` that is not listed fails.
PACKAGES = [
    "__main__",
    "app",
    "commands",
    "cli",
    "output",
    "checks",
    "views",
    "merge",
    "changes",
    "importers",
    "snapshot",
    "cache",
    "gitrepo",
    "query",
    "vocabulary",
    "store",
    "yamlfile",
    "measures",
    "model",
    "errors",
    "records",
    "values",
]
MODULES = sorted((ROOT / "rexctl").rglob("*.py"))
TOP = {path.relative_to(ROOT).with_suffix("").parts[1] for path in MODULES} - {"__init__"}


def package_of(module: str) -> str:
    """Return the package, or the module at the top level, of a dotted name; "" of `rexctl`."""
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each module of rexctl that a file imports or loads by its literal name, and the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "rexctl":
            names = [f"rexctl.{alias.name}" for alias in node.names if alias.name in TOP]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            names = [str(word.value) for word in node.args if isinstance(word, ast.Constant)]
        else:
            continue
        yield from ((name, node.lineno) for name in names if name.startswith("rexctl."))


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_down_the_list_of_packages(package: str) -> None:
    upward = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in MODULES
        if path.relative_to(ROOT).with_suffix("").parts[1] == package
        for name, line in imports(path)
        if package_of(name) not in PACKAGES[PACKAGES.index(package) :]
    ]
    assert upward == []


def test_every_package_is_on_the_list() -> None:
    assert set(PACKAGES) >= TOP
