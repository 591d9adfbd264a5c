"""From a type to a commented form for the editor, and back from what was typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.legal import SHAPES
from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.types import model_of
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic.fields import FieldInfo

    from rexctl.model.shape import Shape
    from rexctl.records import Finding

# Lines of ours begin so; a person's own comment begins with `# ` and is kept.
HINT, FAULT = "#: ", "#! "
_MADE = frozenset({"id", "type", "aliases"})


def blank(name: str, known: dict[str, Any]) -> str:
    """Give the form of a type: what is known filled in, what is needed empty, the rest as hints."""
    model = model_of(name)
    lines = [
        f"{HINT}{name}: {model.caption}.",
        f"{HINT}Fill in what is known. A line that begins with `{HINT.strip()}` is a hint: take",
        f"{HINT}the sign away to use it. Save and close to log it; an empty file logs nothing.",
        f"type: {name}",
    ]
    for key, info in keys_of(model):
        if key not in _MADE:
            lines += _field(name, key, info, known)
    return "\n".join(lines) + "\n"


def _field(name: str, key: str, info: FieldInfo, known: dict[str, Any]) -> Iterator[str]:
    yield f"{HINT}{info.description}"
    if key in known:
        # The shape of one key alone gives the very lines that the file will have.
        yield serialize.write({key: known[key]}, name, {**SHAPES}).rstrip("\n")
        return
    example = list(_example(key, info))
    if info.is_required():
        yield from _emptied(key, info, example)
    else:
        yield from (HINT + line for line in example)


def _emptied(key: str, info: FieldInfo, example: list[str]) -> Iterator[str]:
    leaf = leaf_of(info)
    if len(leaf.values) == 1:
        yield f"{key}: {leaf.values[0]}"
    elif leaf.models:
        yield f"{key}:"
        (model,) = leaf.models
        yield f"  - {model.head}:"
        yield from (HINT + line for line in example[2:])
    elif leaf.many:
        yield f"{key}:"
        yield "  -"
    else:
        yield f"{key}:"


def _example(key: str, info: FieldInfo) -> Iterator[str]:
    leaf = leaf_of(info)
    dash = "- " if leaf.many else ""
    if leaf.kind:
        value = _shown(info)
        if leaf.many:
            yield f"{key}:"
            yield f"  - {value}"
        else:
            yield f"{key}: {value}"
        return
    yield f"{key}:"
    (model,) = leaf.models
    for n, (inner, about) in enumerate(_simple(model)):
        yield f"  {dash if n == 0 else ' ' * len(dash)}{inner}: {_shown(about)}"


def _simple(model: type[Shape]) -> list[tuple[str, FieldInfo]]:
    found = [(k, i) for k, i in keys_of(model) if leaf_of(i).kind and not leaf_of(i).many]
    return sorted(found, key=lambda pair: pair[0] != model.head)


def _shown(info: FieldInfo) -> str:
    leaf = leaf_of(info)
    example = info.examples[0] if info.examples else None
    if isinstance(example, list):
        example = example[0]
    if leaf.values:
        return " | ".join(leaf.values)
    return str(example) if example is not None else "..."


def told(text: str, findings: Sequence[Finding]) -> str:
    """Give the form back with each fault as a comment above its line; the old ones are gone."""
    numbered = [(n, line) for n, line in enumerate(_lines(text), 1) if not line.startswith(FAULT)]
    by_line: dict[int, list[str]] = {}
    for finding in findings:
        hint = f"; {finding.hint}" if finding.hint else ""
        by_line.setdefault(finding.line, []).append(f"{FAULT}{finding.message}{hint}")
    out = []
    for number, line in numbered:
        out += by_line.pop(number, [])
        out.append(line)
    rest = [remark for remarks in by_line.values() for remark in remarks]
    return "\n".join(rest + out) + "\n"


def answered(text: str) -> str:
    """Give what was typed, with our own lines made blank, so that line numbers stay."""
    kept = ("" if line.startswith((HINT.strip(), FAULT.strip())) else line
            for line in _lines(text))  # fmt: skip
    return "\n".join(kept) + "\n"


def _lines(text: str) -> list[str]:
    """Give the lines as findings count them: other separators are told as faults, not cut at."""
    return text.removesuffix("\n").split("\n")
