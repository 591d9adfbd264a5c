"""The codebook: the reference of all fields as Markdown, generated from the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.model.event import Event
from rexctl.model.tables import RELATIONS
from rexctl.model.types import TYPES
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
| `_state` | the state of an adopted measure: `state`, `since`, `by`, `next`, `next_on` (`show`) |
| `_match` | the text around the words (`search`) |
| `_v` | the version of these lines |
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
    lines += [_COMPUTED, "## Links\n", *_relations(), "\n## Parts\n", *_parts(parts)]
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
