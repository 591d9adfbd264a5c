"""List the codes that events may use, with names; codes add puts a new one into the log.

KIND is one of actors, countries, laws, lists, products, materials, schemes, tags, episodes; WORD is
part of a code, a name or an alias. `codes add CODE NAME` writes to the vocabulary file of the log
that holds the kind. The code shows the kind (firm/acme, CN/new-ministry: an actor; us/new-act: a
law; material:x), or --kind names it.

Examples:
  rexctl codes actors commerce
  rexctl codes add firm/acme "Acme Corporation" --country US --alias Acme
  rexctl codes add us/new-list "New List" --kind list
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from rexctl.cli.context import Context
from rexctl.cli.options import DryRun, argument, option
from rexctl.cli.row_options import RowOptions
from rexctl.cli.selection import resolve_code
from rexctl.errors import UnknownCodeError, UsageError, unknown_name
from rexctl.model.codes import code_finding
from rexctl.records import table_of
from rexctl.values.codes import CODE_KINDS, SCHEMES
from rexctl.values.text import comparison_key
from rexctl.vocabulary import products
from rexctl.vocabulary.vocabulary import Vocabulary, read_vocabulary


def run(
    context: Context,
    words: Annotated[
        list[str] | None,
        argument("[KIND] [WORD] | add CODE NAME", "What to list, or what to add.", "code-kind"),
    ] = None,
    country: Annotated[
        str | None, option("With add: the country of a firm or a body.", "country")
    ] = None,
    alias: Annotated[
        list[str] | None, option("With add: another name; may be repeated.", "NAME")
    ] = None,
    kind: Annotated[
        str | None, option("With add: the kind, where the code does not show it.", "kind")
    ] = None,
    pattern: Annotated[
        str | None, option("With add: the pattern of the codes of a scheme.", "REGEX")
    ] = None,
    dry_run: DryRun = False,
    *,
    row_options: RowOptions = RowOptions(),
) -> None:
    """List codes, or add one."""
    texts = list(words or ())
    if texts[:1] == ["add"]:
        more = {"country": country, "aliases": alias, "pattern": pattern}
        _add(context, texts[1:], kind or "", {k: v for k, v in more.items() if v}, dry_run=dry_run)
        return
    if country or alias or kind or pattern or dry_run:
        raise UsageError("--country, --alias, --kind, --pattern and --dry-run go with add",
                         'rexctl codes add firm/acme "Acme Corporation" --country US')  # fmt: skip
    kinds = [one for one in CODE_KINDS if texts and texts[0].lower() in (one, CODE_KINDS[one])]
    word = " ".join(texts[1:] if kinds else texts).strip()
    if not kinds and len(texts) > 1:
        raise unknown_name("kind", texts[0], CODE_KINDS, see=", ".join(CODE_KINDS))
    log = context.log_if_any()
    vocabulary = read_vocabulary(log.root if log else None)
    row_options.form(context)
    if not texts:
        counts = {one: sum(1 for _ in _codes(vocabulary, [one])) for one in CODE_KINDS}
        row_options.write(context, table_of(("kind", "codes"), counts.items(), right=("codes",)))
        return
    rows = [row for row in _codes(vocabulary, kinds or list(CODE_KINDS)) if _matches(row, word)]
    columns = ("kind", "code", "name", "aliases")[bool(kinds) :]
    notes = [] if rows else [_advice(vocabulary, kinds, word)]
    row_options.write(context, table_of(columns, (row[bool(kinds) :] for row in rows)), notes=notes)


def _codes(vocabulary: Vocabulary, kinds: list[str]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield kind, code, name and aliases of each code of the kinds, in their order."""
    for kind in kinds:
        if kind in ("countries", "products"):
            short = vocabulary.short_names() if kind == "countries" else products.everyday_names()
            for one, code, name in vocabulary.codes(hs=kind == "products"):
                if one == CODE_KINDS[kind]:
                    yield kind, code, name, short.get(code, [])
            continue
        scheme = "material:" if kind == "materials" else ""
        for code, value in getattr(vocabulary, kind).items():
            entry = {"name": value} if isinstance(value, str) else value
            names = [*([entry["symbol"]] if "symbol" in entry else []), *entry.get("aliases", ())]
            yield kind, scheme + code, str(entry.get("name", "")), names
        for code, (_, shape) in SCHEMES.items() if kind == "schemes" else ():
            yield kind, code, shape, []


def _matches(row: tuple[str, str, str, list[str]], word: str) -> bool:
    """Return whether a word is part of a code, a name or an alias, or names a country."""
    kind, code, name, aliases = row
    key = comparison_key(word)
    if any(key in comparison_key(text) for text in (code, name, *aliases)):
        return True
    if kind == "products":
        return any(products.goods_key(word) == products.goods_key(text) for text in aliases)
    if kind != "countries":
        return False
    try:
        return read_vocabulary(None).country(word) == code
    except UnknownCodeError:
        return False


def _advice(vocabulary: Vocabulary, kinds: list[str], word: str) -> str:
    if not word:
        return f"the log has no {kinds[0]}; rexctl codes add CODE NAME adds one"
    kind = CODE_KINDS[kinds[0]] if kinds else "actor"
    finding = code_finding(kind, word, vocabulary) if kind in ("actor", "list") else None
    return f"no code has {word!r} in its name" + (
        f"; {finding.hint}" if finding and finding.hint else ""
    )


def _add(
    context: Context, words: list[str], kind: str, more: dict[str, Any], *, dry_run: bool
) -> None:
    from rexctl.model.json_schema import file_schema_text
    from rexctl.store import undo
    from rexctl.store.layout import SCHEMA
    from rexctl.store.safe_open import read_bytes
    from rexctl.vocabulary.additions import KINDS, add_entry, kind_of
    from rexctl.vocabulary.vocabulary import parse_vocabulary, read_files

    if len(words) != 2 or not all(one.strip() for one in words):
        raise UsageError("add takes CODE and NAME; quote a name of several words",
                         'rexctl codes add firm/acme "Acme Corporation" --country US')  # fmt: skip
    code, name = words[0].strip(), words[1].strip()
    log = context.log()
    log.require_writable()
    files = read_files(log.root)
    if "country" in more:
        vocabulary = read_vocabulary(log.root)
        more["country"] = resolve_code(vocabulary, "country", more["country"], "--country:")
    kind = kind.removesuffix("s") if kind.removesuffix("s") in KINDS else kind
    if kind and kind not in KINDS:
        raise unknown_name("kind", kind, KINDS, see=", ".join(KINDS))
    path, new = add_entry(files, kind or kind_of(code, name), code, name, more)
    old = files.get(path)
    writes: list[undo.Write] = [(path, old, new)]
    schema = read_bytes(log.root / SCHEMA, SCHEMA)
    if isinstance(schema, bytes):  # editors offer the new code too
        by_kind = parse_vocabulary({**files, path: new})[0].by_kind()
        writes.append((SCHEMA, schema, file_schema_text(by_kind).encode()))
    if dry_run:
        context.emit_text(new[len(old or b"") :].decode().strip("\r\n"))
        context.note(f"would be added to {log.shown(path)}; nothing written")
        return
    undo.write(log, writes)
    context.emit_result(code)
    context.note(f"added to {log.shown(path)}")
