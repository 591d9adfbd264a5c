r"""Log an event, or many from a file.

Each type has flags of its own: `rexctl add tariff --help` shows them. A field that has no flag is
an assignment, as in set. -i asks for what is missing, the type too, and -e opens a form.

Examples:
  rexctl add meeting "Bessent and He Lifeng speak" --date 2025-10-17 --status held \
    --actor US/treasury,CN/state-council --mode call --source https://example.org/x
  rexctl add -i
  rexctl list -j actor:US | rexctl add --from - --dry-run
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli import add_flags
from rexctl.cli.add_flags import Flag
from rexctl.cli.context import Context
from rexctl.cli.options import DryRun, option
from rexctl.errors import InputRefusedError, NoSuchEventError, UsageError, bad_value, combine_errors
from rexctl.model.tables import SHAPES
from rexctl.records import Finding
from rexctl.values.codes import explain_bad_id

if TYPE_CHECKING:
    from rexctl.cli.add_events import EventBatch, Plain
    from rexctl.store.drafts import Draft
    from rexctl.yamlfile.documents import Document


def run(
    context: Context,
    source: Annotated[
        str | None,
        option(
            "Add the events of this file: YAML, JSON, JSON lines, CSV or TSV; - is stdin.",
            "FILE",
            long="--from",
        ),
    ] = None,
    form: Annotated[
        str | None, option("Read it as yaml, json, jsonl, csv or tsv.", "input", long="--input")
    ] = None,
    update: Annotated[
        bool, option("Change the events whose ids records give: the fields that they have.")
    ] = False,
    ask: Annotated[bool, option("Ask for what is not given, the type too.", short="-i")] = False,
    edit: Annotated[
        bool, option("Open a form in your editor; the type is asked for.", short="-e")
    ] = False,
    dry_run: DryRun = False,
) -> int:
    """Add the events of --from, or ask for a type; do nothing where one follows."""
    type_name = context.typer_context and context.typer_context.invoked_subcommand
    if type_name is None:
        if source is None and (ask or edit):
            from rexctl.cli import interview

            return add_event(context, interview.ask_type(context),
                             {"ask": ask, "edit": edit, "dry_run": dry_run})  # fmt: skip
        if source is None:
            types = ", ".join(add_flags.type_names())
            raise UsageError("missing TYPE, or --from FILE",
                             f"TYPE is one of {types}; -i asks for it")  # fmt: skip
        from rexctl.cli.add_events import add_from

        add_from(context, source, form or "", dry_run=dry_run, update=update)
    elif source is not None or form or dry_run or update:
        raise UsageError(
            "--from, --input, --update and --dry-run before a type are for many events",
            f"rexctl add {type_name} TITLE --dry-run ...",
        )
    return 0


def add_event(context: Context, type_name: str, values: Plain) -> int:
    """Add one event and write its id to stdout; return the exit code.

    :param values: the parameters of the command: `words` are title and assignments, `flag_...`
        the values of flags, the others those of the options that every type has.
    """
    event_id = values.get("id")
    if event_id is not None and (why := explain_bad_id(event_id)):
        raise bad_value(f"--id: {event_id}", why)
    flags = add_flags.flags_of(type_name)
    data = _read_fields(type_name, flags, values)
    ask, edit = values.get("ask"), values.get("edit")
    if not ask and not edit:
        add_flags.check_needed(flags, data)

    from rexctl.cli.add_events import EventBatch

    batch = EventBatch.of(context)
    if edit:
        return _fill_in_form(context, type_name, data, batch, values)
    if ask:
        from rexctl.cli import interview
        from rexctl.store import drafts

        choice, event, answers = interview.ask_missing(
            context, type_name, flags, data, batch, event_id or ""
        )
        values = {**values, "id": answers.event_id or None}
        if choice == "e":
            return _fill_in_form(context, type_name, event, batch, values, answers.draft)
        if choice == "y":
            with drafts.kept_until_done(answers.draft, keep=bool(values.get("dry_run"))):
                return _write(context, batch, event, values)
        return 0
    event = _validate(context, flags, data, batch)
    try:
        return _write(context, batch, event, values)
    except InputRefusedError as error:  # its findings are about a file that there is not
        errors = combine_errors([_flag_error(flags, one, event) for one in error.findings])
        errors.exit_code = error.exit_code
        raise errors from None


def _fill_in_form(
    context: Context, type_name: str, data: Plain, batch: EventBatch, values: Plain,
    draft: Draft | None = None,
) -> int:  # fmt: skip
    from rexctl.cli import form
    from rexctl.store import drafts

    event, document, draft = form.fill_in(context, type_name, data, batch, draft)
    with drafts.kept_until_done(draft, keep=bool(values.get("dry_run"))):
        return _write(context, batch, event, values, document)


def _read_fields(type_name: str, flags: Sequence[Flag], values: Mapping[str, Any]) -> Plain:
    """Return what title, flags and assignments say, as plain data."""
    words = list(values.get("words") or ())
    data: Plain = {"type": type_name}
    if words and not _is_assignment(words[0], type_name, flags):
        data["title"] = words.pop(0)
    data |= add_flags.fixed_fields(flags) | add_flags.fields_of(flags, values)
    if not words:
        return data
    from rexctl.cli import assignments

    for word in words:
        assignment = assignments.parse(word)
        if assignment is None:
            raise UsageError(f"{word}: too many arguments",
                             "quote the title; further arguments are FIELD=VALUE")  # fmt: skip
        if assignment.steps[0] in ("id", "type"):
            raise bad_value(word, "cannot be assigned", "--id gives the id")
        changed = assignments.apply(data, assignment, add_items=True)
        if assignment.op == "=" and (field := assignments.replaced_field(data, changed)):
            raise bad_value(word, f"{field} has a value already", "give it once; += adds to a list")
        data = changed
    return data


def _is_assignment(word: str, type_name: str, flags: Sequence[Flag]) -> bool:
    """Return whether the first argument is an assignment and not the title."""
    if "=" not in word:
        return False
    from rexctl.cli import assignments

    assignment = assignments.parse(word)
    names = {"title", "links", *SHAPES[type_name]}
    names |= {name[2:] for flag in flags for name in flag.names}
    return assignment is not None and assignment.steps[0] in names


def _write(
    context: Context, batch: EventBatch, event: Plain | None, values: Plain,
    document: Document | None = None,
) -> int:  # fmt: skip
    """Write an event, or show it; `document` is the text it was typed in, with its comments."""
    if event is None:
        context.note("nothing written")
        return 0
    batch.check_links(event)
    event_id = values.get("id") or ""
    dry_run = bool(values.get("dry_run"))
    new, findings = batch.write_one(event, event_id, document, today=context.today, dry_run=dry_run)
    if dry_run:
        context.emit_text(new.data.decode().rstrip("\n"))
    else:
        context.emit_result(new.name)
        batch.remember()
        context.note(f"{'same' if new.same else 'wrote'} {batch.log.shown(new.path)}")
    if not new.same:
        context.note_effect(batch.snapshot, [(None, new.event)])
    context.report(findings, batch.log)
    return 0


def _validate(context: Context, flags: Sequence[Flag], data: Plain, batch: EventBatch) -> Plain:
    """Return the event. Raises UsageError, with each error named by its flag.

    On a terminal, what may be meant by each wrong value is asked.
    """
    record, event, faults = batch.validate_typed(data)
    if faults and context.interactive:
        from rexctl.cli.guesses import Guesses

        def label(fault: Finding) -> str:
            return f"{_flag_error(flags, fault, data).message}; "

        guesses = Guesses(context.ask)
        while change := guesses.ask_next(faults, record, data, label):
            data = change.applied(data)
            record, event, faults = batch.validate_typed(data)
    if event is not None and not faults:
        event, faults = _pair_rates(context, flags, batch, data, event)
    if event is not None and not faults:
        for note in batch.notes:
            context.note(note)
        return event
    error = combine_errors([_flag_error(flags, fault, data) for fault in faults])
    if all(one.code in ("unresolved-link", "ambiguous-id") for one in faults):
        error.exit_code = NoSuchEventError.exit_code
    raise error


def _pair_rates(
    context: Context, flags: Sequence[Flag], batch: EventBatch, data: Plain, event: Plain
) -> tuple[Plain | None, list[Finding]]:
    """Return the event with several rates as clauses, or with how they are charged, and its faults.

    A terminal asks which. Raises UsageError elsewhere, with the clauses to write.
    """
    from rexctl.cli import typed

    if not (text := typed.added_rates(event)):
        return event, []
    words = typed.clauses_of_rates(event, data)
    fields = [word.split(".")[2].partition("=")[0] for word in words]
    if not context.interactive:
        names = " and ".join(_flag_at(flags, (one,), data) for one in dict.fromkeys(fields))
        clauses = f"in place of {names} write {typed.quoted(words)}; or " if words else ""
        raise bad_value("--rate", text, f"{clauses}write --combine sum if all are charged on the same goods",
                        "unpaired-rates")  # fmt: skip
    from rexctl.cli.guesses import ask_choice

    if words and ask_choice(context.ask, f"{'; '.join(words)}: a clause for each rate?") == "y":
        rest = {key: one for key, one in event.items() if key not in fields}
        _, changed, faults = batch.validate_typed(typed.assign_all(rest, words))
    else:
        reply = context.ask(f"{text}. Which is charged: sum, higher, lower or either? ")
        _, changed, faults = batch.validate_typed({**event, "combine": reply})
    return changed, faults


def _flag_error(flags: Sequence[Flag], fault: Finding, data: Plain) -> UsageError:
    name = next((step for step in reversed(fault.loc) if isinstance(step, str)), "")
    message = fault.message.removeprefix(f"{name}: ")
    return bad_value(_flag_at(flags, fault.loc, data), message, fault.hint, fault.code)


def _flag_at(flags: Sequence[Flag], loc: tuple[str | int, ...], data: Plain) -> str:
    """Return the flag of a field, else its path."""
    rel = data["links"][loc[1]].get("rel") if loc[:1] == ("links",) and len(loc) > 1 else ""
    if rel:
        return "--asserted-by" if "asserted_by" in loc else f"--{rel}"
    keys = [step for step in loc if isinstance(step, str)]
    if keys == ["title"]:
        return "TITLE"
    exact = [flag.names[0] for flag in flags if flag.path == ".".join(keys)]
    chief = [flag.names[0] for flag in flags if [flag.top] == keys]
    if names := exact + chief:
        return names[0]
    from rexctl.cli.assignments import path_in

    return path_in(data, loc)
