"""Reads the house as text: its files, their imports, the lengths of their functions."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "rexctl"
GENERATED = {
    "rexctl/plain/legal.py", "rexctl/plain/legal_codes.py", "rexctl/commands/asking.py",
}  # fmt: skip


class Room(NamedTuple):
    """One file: its path, its dotted name, its folder on the plan, its syntax tree."""

    path: str
    name: str
    folder: str
    tree: ast.Module
    lines: int


@cache
def rooms() -> tuple[Room, ...]:
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        relative = path.relative_to(ROOT).as_posix()
        dotted = relative.removesuffix(".py").replace("/", ".")
        parts = dotted.split(".")
        folder = parts[1] if len(parts) > 1 else ""
        text = path.read_text(encoding="utf-8")
        found.append(Room(relative, dotted, folder, ast.parse(text), len(text.splitlines())))
    return tuple(found)


def imports(room: Room) -> list[tuple[str, int]]:
    """Every module imported anywhere in the file, in functions and for typing too, with its line."""
    found = []
    for node in ast.walk(room.tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                known = whole in {r.name for r in rooms()}
                found.append((whole if known else node.module, node.lineno))
    return found


def own(room: Room) -> set[str]:
    """The rooms of the house that a room imports."""
    return {name for name, _ in imports(room) if name.startswith("rexctl")}


def at_run_time(room: Room) -> set[str]:
    """The rooms that are loaded with this one: those imported for typing only are left out."""
    typing = {
        inner.lineno
        for node in ast.walk(room.tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    return {n for n, line in imports(room) if n.startswith("rexctl") and line not in typing}


def folder_of(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else ""


def functions(room: Room) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(room.tree) if isinstance(node, kinds)]
