"""The laws of the house: floors, siblings, doors, sizes, captions, mirrors."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from tests.house import plan
from tests.house.reading import (
    GENERATED,
    HOUSE,
    ROOT,
    Room,
    at_run_time,
    folder_of,
    functions,
    imports,
    own,
    rooms,
)

NAMES = {room.name for room in rooms()}
FACES = {"rexctl", "rexctl.__main__", *(name for name in NAMES if name.endswith("__init__"))}


def each() -> list[object]:
    return [pytest.param(room, id=room.path) for room in rooms() if room.name not in FACES]


def test_every_folder_stands_on_the_plan() -> None:
    folders = {
        path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders == set(plan.FLOORS) - {"cli"}


@pytest.mark.parametrize("room", each())
def test_no_room_imports_what_its_floor_may_not(room: Room) -> None:
    allowed = plan.FLOORS[room.folder]
    reached = {folder_of(name) for name in own(room) if name not in FACES}
    assert reached <= allowed, f"{room.path} reaches {reached - allowed}"


@pytest.mark.parametrize("room", each())
def test_no_room_uses_an_outside_library_that_is_not_its_own(room: Room) -> None:
    tops = {name.split(".")[0] for name, _ in imports(room)} - {"rexctl", "__future__"}
    assert tops - set(sys.stdlib_module_names) <= plan.OUTSIDE[room.folder]


@pytest.mark.parametrize("room", each())
def test_a_library_loaded_by_name_is_named_only_where_it_belongs(room: Room) -> None:
    texts = {n.value for n in ast.walk(room.tree) if isinstance(n, ast.Constant)}
    for library, folders in plan.BY_NAME.items():
        named = any(
            isinstance(t, str) and t.split(".")[0] == library and " " not in t for t in texts
        )
        loaded = named and any(
            isinstance(n, ast.Call) and any(
                isinstance(a, ast.Constant) and str(a.value).split(".")[0] == library for a in n.args)
            for n in ast.walk(room.tree)
        )  # fmt: skip
        assert not loaded or room.folder in folders


def test_no_imports_run_in_a_loop() -> None:
    ways = {room.name: at_run_time(room) & NAMES for room in rooms()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name not in done:
            for other in ways[name] - {name}:
                visit(other, (*trail, name))
            done.add(name)

    for name in ways:
        visit(name, ())


@pytest.mark.parametrize("room", each())
def test_siblings_do_not_know_each_other(room: Room) -> None:
    interface = plan.PLAYERS.get(room.folder)
    if interface is None or room.name.split(".")[-1] in interface:
        return
    siblings = {name for name in own(room) if folder_of(name) == room.folder}
    known = {name.split(".")[-1] for name in siblings}
    helpers = {name for name in known if room.name.split(".")[-1].split("_")[0] in name}
    assert known - helpers <= interface


@pytest.mark.parametrize("room", each())
def test_no_import_stands_inside_a_function(room: Room) -> None:
    for function in functions(room):
        inside = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not inside, f"{room.path}:{inside[0].lineno}"


def test_only_the_register_loads_by_name() -> None:
    loading = [
        room.path
        for room in rooms()
        if any(name.split(".")[0] == "importlib" for name, _ in imports(room))
        or "__import__" in ast.dump(room.tree)
    ]
    assert [path for path in loading if "vocabulary" not in path] == ["rexctl/plain/register.py"]


@pytest.mark.parametrize("room", each())
def test_only_the_rooms_that_may_start_another_program(room: Room) -> None:
    """Of three rooms that called git, two lacked protections that the third had."""
    modules = {"subprocess", "_posixsubprocess", "pty", "asyncio"}
    calls = re.compile(r"system|popen|startfile|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|fexecve")
    named = {name.split(".")[0] for name, _ in imports(room)}
    # By name, too: through the register.
    named |= {str(n.value) for n in ast.walk(room.tree) if isinstance(n, ast.Constant)}
    called = {
        n.attr for n in ast.walk(room.tree)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "os"
    }  # fmt: skip
    starts = modules & named or {name for name in called if calls.fullmatch(name)}
    assert bool(starts) == (room.path in plan.PROGRAMS), starts


@pytest.mark.parametrize("room", each())
def test_sizes_stay_within_their_stops(room: Room) -> None:
    if room.path not in GENERATED:
        assert room.lines <= 250
        for function in functions(room):
            assert (function.end_lineno or 0) - function.lineno < 45, function.name
    assert len(at_run_time(room) - FACES) <= 8, sorted(at_run_time(room))


def test_no_folder_holds_more_than_can_be_seen_at_a_glance() -> None:
    for folder in {(ROOT / room.path).parent for room in rooms()}:
        if folder.name not in plan.LISTS:
            made = {ROOT / path for path in GENERATED}
            written = {p for p in folder.glob("*.py") if p.name != "__init__.py"} - made
            assert len(written) <= 22, folder


@pytest.mark.parametrize("room", each())
def test_every_room_opens_with_its_caption(room: Room) -> None:
    doc = ast.get_docstring(room.tree)
    assert doc, f"{room.path} has no caption"
    assert doc.splitlines()[0].rstrip().endswith((".", ";", ":")), doc.splitlines()[0]


def test_every_room_has_a_test_of_its_own() -> None:
    without = []
    for room in rooms():
        folder, _, name = room.path.removeprefix("rexctl/").rpartition("/")
        if name != "__init__.py" and room.name not in FACES:
            mirror = ROOT / "tests" / folder / f"test_{name}"
            if not mirror.exists():
                without.append(room.path)
    assert without == []


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    agreed = {"rexctl", "data", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    made = {"build", "dist"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in found if not name.endswith(".egg-info")} - made <= agreed
