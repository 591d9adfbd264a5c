"""The codebook: the reference of all fields as Markdown, generated from the models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.event import Event
from rexctl.model.tables import RELATIONS
from rexctl.model.types import TYPES
from tests.measures.test_rules import RULES
from tests.read_models import keys_of, leaf_of, model_of, module_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from rexctl.model.schema import Shape

_OPENING = """\
# Codebook

What each field of an event means. This page is made from the schema (`rexctl schema --codebook`); it is
never edited by hand. A field that is not known is left out: no placeholder, no zero, no 1 January.
"""


_COMPUTED = """
## Computed keys

JSON lines have these keys beside the fields. They are never stored in a file, and are ignored on input.

| key | what it is |
| --- | --- |
| `_earliest`, `_latest` | the first and the last day that `date` may mean: absent where it is open |
| `_links_in` | links from other events, with their ids and titles (`show`) |
| `_state` | the state of an adopted measure: `state`, `since`, `rates`, `by`, `next`, `next_on` (`show`) |
| `_match` | the text around the words (`search`) |
| `_v` | the version of these lines |
"""


_IN_FORCE = """
## What is in force

What holds on a day is computed from the events and typed into none of them. These are the rules, each with
its smallest example. `a` and `b` are measures and acts, with the day of each; the last column has the state
at the end of a day.
"""

_READINGS = """
Where the rules could be read in two ways, rexctl reads them so:

- The end of a day is the last instant before 24:00 on the clock of the measure: of its `tz`, else of its first actor.
- The old end of what is extended has passed where it lies before the date of the extending act; on that day it has not.
- A measure that was suspended over its whole life, or until it was revoked, never took effect.
- `since` is the day on which the present state of a row began; that of a measure with clauses, the day on which their
  states together gave it. What never took effect has none.
- `next` is the first later change of the state, or of the rates of what is in force. The day on which a start passes
  without effect is no change.
- Days in force are counted from instant to instant and rounded to whole days.
- Two duties that exclude each other by law both fall away, and a duty that is excluded by law still excludes others. A
  specific duty excludes, though it is not counted.
- With rates `up-to` beside rates `at-least` the total is neither bound, and is given as `about`.
- Of two tariffs under a law `.../mfn` with codes of one length, the one that was made later has the base rate.
- An outcome is that of the latest event that settles a thing; what earlier ones say stays beside it.
- `attribution:anonymous` finds events all of whose sources are unnamed, those without `attribution` aside,
  and events with a claim of unnamed sources.
"""


def codebook_page() -> str:
    """Return the codebook as one Markdown page."""
    parts: dict[str, type[Shape]] = {}
    common = set(Event.model_fields)
    lines = [_OPENING, "## Fields of every event\n", *_table(Event, parts)]
    for name in TYPES:
        model = model_of(name)
        about = " ".join((module_of(name).__doc__ or "").split())
        lines += [f"\n## {name}\n", f"{about}\n", *_table(model, parts, common - {"status"})]
    lines += [_IN_FORCE, *_rules(), _READINGS, _COMPUTED.lstrip(), "## Links\n", *_relations()]
    lines += ["\n## Parts\n", *_parts(parts)]
    return "\n".join(lines) + "\n"


def _parts(parts: dict[str, type[Shape]]) -> Iterator[str]:
    done: set[str] = set()
    while todo := [name for name in parts if name not in done]:
        for name in todo:
            done.add(name)
            model = parts[name]
            yield f"### {name}\n"
            yield " ".join((model.__doc__ or "").split()) + "\n"
            yield from _table(model, parts)
            yield ""


def _table(
    model: type[Shape],
    parts: dict[str, type[Shape]],
    without: frozenset[str] | set[str] = frozenset(),
) -> Iterator[str]:
    yield "| field | shape | what it is | example |"
    yield "| --- | --- | --- | --- |"
    for key, info in keys_of(model):
        for part in leaf_of(info).models:
            parts.setdefault(part.__name__, part)
        if key not in without:
            mark = " (needed)" if info.is_required() else ""
            yield f"| `{key}`{mark} | {_shape(info)} | {info.description} | {_example(info)} |"


def _shape(info: FieldInfo) -> str:
    leaf = leaf_of(info)
    words = ", ".join(f"`{value}`" for value in leaf.values)
    names = [words or leaf.kind] if leaf.kind else []
    names += [f"[{part.__name__}](#{part.__name__.lower()})" for part in leaf.models]
    return ("list of " if leaf.many else "") + " or ".join(names)


def _example(info: FieldInfo) -> str:
    if not info.examples:
        return ""
    example = info.examples[0]
    return ", ".join(f"`{e}`" for e in (example if isinstance(example, list) else [example]))


def _relations() -> Iterator[str]:
    yield "| relation | read backwards | changes what is in force | a claim of cause |"
    yield "| --- | --- | --- | --- |"
    for r in RELATIONS.values():
        yield f"| `{r.word}` | {r.inverse} | {'yes' if r.lifecycle else ''} | {'yes' if r.causal else ''} |"


def _rules() -> Iterator[str]:
    """Yield the table of the rules that the tests of the fold hold, with their examples."""
    yield "| rule | events | state on a day |"
    yield "| --- | --- | --- |"
    for rule, (events, states) in RULES.items():
        days = (f"{day}: {_states(state)}" for day, state in states.items())
        yield f"| {rule} | {'; '.join(map(_example_event, events))} | {', '.join(days)} |"


def _states(state: str | dict[str, str]) -> str:
    if isinstance(state, str):
        return state
    return " and ".join(f"`{_letter(name)}` {one}" for name, one in state.items()) or "no row"


def _letter(name: str) -> str:
    """Return the last part of an id: `a` of `2025-01-01-a`, `a#1` of a clause."""
    return name[11:]


def _example_event(event: dict[str, Any]) -> str:
    """Return an event of an example in words: `b` of 2025-03-01: suspends `a`, from 2025-03-01."""
    kind = "" if event["type"] == "tariff" else f" {event['type']}"
    status = "" if event["status"] in ("adopted", "decided") else f" {event['status']}"
    words = [
        f"{link['rel']} `{_letter(link['to'])}{_clause(link)}`" for link in event.get("links", ())
    ]
    words += _example_part(event)
    for clause in event.get("clauses", ()):
        words.append(f"clause {clause['id']} {', '.join(_example_part(clause))}".rstrip())
    return (
        f"`{_letter(event['id'])}` of {event['date']}{status}{kind}"
        + (": " if words else "")
        + ", ".join(words)
    )


def _clause(link: dict[str, str]) -> str:
    return (f"#{link['clause']}" if "clause" in link else "") + (
        f"` by clause `{link['via']}" if "via" in link else "")  # fmt: skip


def _example_part(part: dict[str, Any]) -> list[str]:
    """Return window, rates and whatever else a part of an example says."""
    words = [f"{key.replace('_', ' ')} {value}" for key, value in part.get("effective", {}).items()]
    words += [f"{rate['value']} {rate['unit']}" for rate in part.get("rates", ())]
    shown = ("change", "controls", "products", "origin", "confidence")
    for key in shown:
        if key in part:
            value = part[key]
            words.append(f"{key} {' and '.join(value) if isinstance(value, list) else value}")
    return words
