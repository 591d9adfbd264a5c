"""Reads the source for the codes of findings and errors, whoever makes them."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rexctl.values.readings import readings
from tests.run import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = re.compile(
    r"[a-z]+(-[a-z0-9]+)+|bug|conflict|environment|leftover|locked|unmerged|unreadable"
)
# What a code is called where it is handed on: the other packages mean codes of other sorts.
FOLDERS = {
    "app",
    "cli",
    "commands",
    "checks",
    "importers",
    "model",
    "query",
    "store",
    "values",
    "vocabulary",
    "yamlfile",
    "errors",
}


class Module(NamedTuple):
    """One file of rexctl: its path, its package and its syntax tree."""

    path: str
    package: str
    tree: ast.Module


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for file in sorted((ROOT / "rexctl").rglob("*.py")):
        path = file.relative_to(ROOT)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found.append(Module(path.as_posix(), path.with_suffix("").parts[1], tree))
    return tuple(found)


def makers() -> dict[str, set[int]]:
    """Functions and classes that take a `code`, with the places at which they take it."""
    found: dict[str, set[int]] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            names: list[str] = []
            if isinstance(node, ast.FunctionDef):
                names = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
            elif isinstance(node, ast.ClassDef):
                names = [
                    part.target.id
                    for part in node.body
                    if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
                ]
            if "code" in names and isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.setdefault(node.name, set()).add(names.index("code"))
    return found


@cache
def used() -> dict[str, frozenset[str]]:
    """Every code that the source makes, with the files that make it."""
    known = makers()
    found: dict[str, set[str]] = {}
    for module in modules():
        if module.package in FOLDERS and module.path != "rexctl/plain/legal_codes.py":
            for text in _of_tables(module.tree):
                found.setdefault(text, set()).add(module.path)
            for node in ast.walk(module.tree):
                for text in _codes(node, known):
                    found.setdefault(text, set()).add(module.path)
    for rows in readings()["texts"].values():
        for code, *_ in rows:
            found.setdefault(code, set()).add("rexctl/resources/readings.yaml")
    return {code: frozenset(paths) for code, paths in found.items()}


def named() -> set[str]:
    """Every text of the source that could be a code, whatever it is there for."""
    return {
        node.value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _codes(node: ast.AST, known: dict[str, set[int]]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [node.args[n] for n in known.get(name, ()) if n < len(node.args)]
        given += [word.value for word in node.keywords if word.arg == "code"]
        if name in ("_code", "unknown_name", "require_name") and node.args:
            yield from (f"unknown-{_slug(text)}" for text in _texts(node.args[0]))
        for value in given:
            yield from (text for text in _texts(value) if CODE.fullmatch(text))
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _assigned(target, node.value)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield from _assigned(node.target, node.value)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[str]:
    """What is given the name `code`, by itself or as one of several."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(target.elts, value.elts, strict=False):
            yield from _assigned(one, part)
    elif getattr(target, "attr", getattr(target, "id", "")) == "code":
        yield from (text for text in _texts(value) if CODE.fullmatch(text))


def _of_tables(tree: ast.Module) -> Iterator[str]:
    """Codes in a table of the module, through which a loop runs: `for words, code in _TOLD`."""
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Name):
            for row in getattr(tables.get(node.iter.id), "elts", ()):
                yield from _assigned(node.target, row)


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _slug(text: str) -> str:
    return text.replace(" ", "-")
