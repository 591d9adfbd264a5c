"""The form that `add -e` opens in an editor: made from a type, and read back with its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.errors import InputRefusedError
from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.types import model_of
from rexctl.records import ERROR
from rexctl.store import editor
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pydantic.fields import FieldInfo

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.context import Context
    from rexctl.model.schema import Shape
    from rexctl.records import Finding

Plain = dict[str, Any]
# Comments of ours begin so; a person's own comment begins with `# ` and stays.
HINT, ERROR_MARK = "#: ", "#! "
_NO_FIELDS = frozenset({"id", "type", "aliases"})


def fill_in(
    context: Context, name: str, known: Plain, batch: EventBatch
) -> tuple[Plain | None, Path]:
    """Open the form in the editor; return the event, None where it stayed empty, and the draft."""
    last: dict[str, Any] = {}
    blank = blank_form(name, known)

    def check(typed: str) -> str | None:
        """Return the form with its errors as comments, or None where it has none."""
        last.clear()
        text = without_hints(typed)
        # Saved unchanged, or with nothing but its type: there is nothing to log.
        if typed == blank or not text.strip() or text.split() == ["type:", name]:
            return None
        document = read_documents(text.encode(), "form")[0]
        event, findings, _ = batch.parse_typed(document)
        last.update(event=event, findings=findings)
        if event is not None:
            return None
        return with_errors(typed, [f for f in findings if f.level == ERROR])

    draft = editor.edit(blank, ".yaml", check,
                        environ=context.environ, again=context.interactive)  # fmt: skip
    if last and last["event"] is None:
        findings = [finding._replace(path=str(draft)) for finding in last["findings"]]
        raise InputRefusedError(findings, f"nothing written; your text is in {draft}")
    return last.get("event"), draft


def blank_form(name: str, known: Plain) -> str:
    """Return the form of a type: known fields filled in, needed ones empty, the rest as hints."""
    model = model_of(name)
    lines = [
        f"{HINT}{name}: {model.caption()}.",
        f"{HINT}Fill in what is known. A line that begins with `{HINT.strip()}` is a hint: remove",
        f"{HINT}the sign to use it. Save and close to log the event; an empty file logs nothing.",
        f"type: {name}",
    ]
    for key, info in keys_of(model):
        if key not in _NO_FIELDS:
            lines += _field(name, key, info, known)
    return "\n".join(lines) + "\n"


def _field(name: str, key: str, info: FieldInfo, known: Plain) -> Iterator[str]:
    yield f"{HINT}{info.description}"
    leaf, example = leaf_of(info), _example(key, info)
    if key in known:
        # Serialized alone, a key gives the very lines that the file will have.
        yield serialize.write({key: known[key]}, name).rstrip("\n")
    elif not info.is_required():
        yield from (HINT + line for line in example)
    elif leaf.models:
        yield from (f"{key}:", f"  - {leaf.models[0].head}:")
        yield from (HINT + line for line in example[2:])
    elif leaf.many:
        yield from (f"{key}:", "  -")
    else:
        yield f"{key}: {leaf.values[0]}" if len(leaf.values) == 1 else f"{key}:"


def _example(key: str, info: FieldInfo) -> list[str]:
    """Return the lines of an example: one value, one item of a list, or the fields of a part."""
    leaf = leaf_of(info)
    if leaf.kind:
        value = _example_value(info)
        return [f"{key}:", f"  - {value}"] if leaf.many else [f"{key}: {value}"]
    (model,) = leaf.models
    lines = [f"  {inner}: {_example_value(about)}" for inner, about in _single_fields(model)]
    if leaf.many:
        lines = [f"  {'  ' if n else '- '}{line.strip()}" for n, line in enumerate(lines)]
    return [f"{key}:", *lines]


def _single_fields(model: type[Shape]) -> list[tuple[str, FieldInfo]]:
    fields = [(k, i) for k, i in keys_of(model) if leaf_of(i).kind and not leaf_of(i).many]
    return sorted(fields, key=lambda pair: pair[0] != model.head)


def _example_value(info: FieldInfo) -> str:
    leaf = leaf_of(info)
    example = info.examples[0] if info.examples else None
    if isinstance(example, list):
        example = example[0]
    if leaf.values:
        return " | ".join(leaf.values)
    return str(example) if example is not None else "..."


def with_errors(text: str, findings: Sequence[Finding]) -> str:
    """Return the form with each error as a comment above its line; those of before are removed."""
    numbered = [(n, line) for n, line in enumerate(_lines(text), 1)
                if not line.startswith(ERROR_MARK)]  # fmt: skip
    by_line: dict[int, list[str]] = {}
    for finding in findings:
        hint = f"; {finding.hint}" if finding.hint else ""
        by_line.setdefault(finding.line, []).append(f"{ERROR_MARK}{finding.message}{hint}")
    out = []
    for number, line in numbered:
        out += by_line.pop(number, [])
        out.append(line)
    rest = [comment for comments in by_line.values() for comment in comments]
    return "\n".join(rest + out) + "\n"


def without_hints(text: str) -> str:
    """Return what was typed, with our own lines blank, so that line numbers stay."""
    lines = ("" if line.startswith((HINT.strip(), ERROR_MARK.strip())) else line
             for line in _lines(text))  # fmt: skip
    return "\n".join(lines) + "\n"


def _lines(text: str) -> list[str]:
    """Return the lines as findings count them: other separators are errors, not line ends."""
    return text.removesuffix("\n").split("\n")
