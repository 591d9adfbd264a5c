"""The rows of `add TYPE --help`: what stands on the left, and the text beside it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import yaml

from rexctl.cli import add_flags
from rexctl.model.tables import SHAPES
from rexctl.model.types import TYPES, example_of
from rexctl.output import flag_help
from tests.read_models import module_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.cli.add_flags import Flag

Row = tuple[str, str]
_LINES, _WIDTH = 60, 80  # of help: what does not fit is only named
_LONGEST_TITLE = 40  # so that the example fits a narrow terminal
_NOT_LAST = frozenset(
    ["a", "an", "and", "aside", "by", "for", "in", "its", "of", "on", "one", "the", "to", "with"]
)
# Of the flags of the group More, those that are explained first, where there is room for them.
_FIRST = ("deadline", "condition", "clauses", "legal_basis", "instrument", "note", "confidence", "episode",
          "claims")  # fmt: skip


def add_help_json() -> str:
    """Return the text of `rexctl/resources/add_help.json`: for each type the rows of its help."""
    pages = ",\n".join(
        f"{json.dumps(name)}: [\n  " + ",\n  ".join(map(json.dumps, _rows(name))) + "]"
        for name in TYPES
    )
    return f"{{\n{pages}\n}}\n"


def _rows(name: str) -> list[Row]:
    flags = add_flags.flags_of(name)
    *links, asserted_by = _in_group(flags, "links")
    own = [(" ".join((", ".join(names), value)).strip(), about)
           for names, value, about in add_flags.OWN_OPTIONS.values()]  # fmt: skip
    about = str(module_of(name).__doc__ or "").strip()
    before: list[Row] = [
        ("", f"Usage: rexctl add {name} [OPTIONS] TITLE [FIELD=VALUE]..."), ("", ""),
        ("", f"{about} A field without a flag is an assignment: {_assignment(name)}."),
        ("Example:", ""), ("$", _example(name, flags)), ("", ""),
        ("Needed:", ""), ("  TITLE", "the title: what happened, on one line"),
        *_flag_rows(_in_group(flags, "needed")),
        ("", ""), ("Common:", ""), *_flag_rows(_in_group(flags, "common")),
        ("", ""), (f"More (rexctl schema {name} explains them):", ""),
    ]  # fmt: skip
    after: list[Row] = [
        *((f"  {left}", text) for left, text in own), ("", ""),
        ("", "Links, each to EVENT, EVENT#CLAUSE, or ISSUER: TITLE of an act outside the log:"),
        ("  ", ", ".join(flag.names[0] for flag in links)), *_flag_rows([asserted_by]),
    ]  # fmt: skip
    more = _in_group(flags, "more")
    more.sort(key=lambda one: _FIRST.index(one.top) if one.top in _FIRST else 99)
    for number in range(len(more), -1, -1):
        rows = [*before, *_flag_rows(more[:number]), *_names(more[number:]), *after]
        if number == 0 or len(flag_help.lay_out(rows, _WIDTH)) <= _LINES:
            return rows
    raise AssertionError(name)


def _assignment(name: str) -> str:
    """Return an example of an assignment to a field that has no flag."""
    if "clauses" in SHAPES[name]:
        return "clauses.1(1).effective.from=2025-12-01"
    if "commitments" in SHAPES[name]:
        return "commitments.cars.what='cuts the duty on cars to 15%'"
    return "sources.0.locator='page 3'"


def _example(name: str, flags: Sequence[Flag]) -> str:
    """Return a command that logs the example of a type, with the needed flags."""
    event = yaml.load(example_of(name), yaml.BaseLoader)
    words = event["title"].split()
    while len(" ".join(words)) > _LONGEST_TITLE or words[-1] in _NOT_LAST:
        words.pop()
    title = " ".join(words)
    words = ["rexctl", "add", name, f"'{title}'"]
    for flag in flags:
        if not flag.needed:
            continue
        value = event[flag.top]
        values = value if isinstance(value, list) else [value]
        if flag.top == "sources":
            values = ["https://example.org/source"]
        texts = [one.get(flag.inner, next(iter(one.values()))) if isinstance(one, dict) else one
                 for one in values]  # fmt: skip
        words += [flag.names[0], shlex.quote(",".join(texts[:1] if flag.listed else texts))]
    return " ".join(words)


def _in_group(flags: Iterable[Flag], group: str) -> list[Flag]:
    return [flag for flag in flags if flag.group == group]


def _flag_rows(flags: Sequence[Flag]) -> Iterator[Row]:
    """Yield a row for each flag; the further parts of one field share a row below the first."""
    parts: dict[str, list[str]] = {}
    for flag in flags:
        if flag.inner and len(flag.names) == 1:
            parts.setdefault(flag.top, []).append(flag.names[0])
    chiefs = {flag.top for flag in flags if len(flag.names) > 1}
    for flag in flags:
        family = parts.get(flag.top, [])
        if len(family) < 2 or flag.names[0] not in family:
            yield f"  {flag.names[0]} {add_flags.metavar(flag)}", flag.help + flag.choices
        if len(family) > 1 and (len(flag.names) > 1 or flag.top not in chiefs):
            chiefs.add(flag.top)
            yield "  ", _family(flag.top, family)
            for one in flags:
                if one.names[0] in family and one.choices:
                    yield "  ", f"{one.names[0]}{one.choices}"


def _names(flags: Sequence[Flag]) -> list[Row]:
    """Return a row of the names of flags, those of one part as one, with closed lists."""
    parts: dict[str, list[Flag]] = {}
    for flag in flags:
        parts.setdefault(flag.top if len(flag.names) == 1 else flag.names[0], []).append(flag)
    shown: list[str] = []
    for top, family in parts.items():
        is_part = len(family) > 2
        shown += [_family(top, (one.names[0] for one in family))] * is_part
        shown += [f"{one.names[0]}{one.choices}" for one in family if one.choices or not is_part]
    return [("  ", ", ".join(shown))] if shown else []


def _family(top: str, names: Iterable[str]) -> str:
    """Return the names of the flags of one part as one: `--speaker-{office, actor}`."""
    start = f"--{top.removesuffix('s')}-".replace("_", "-")
    return f"{start}{{{', '.join(name.removeprefix(start) for name in names)}}}"
