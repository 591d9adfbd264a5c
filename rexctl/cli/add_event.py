"""One event on its way into the log: from flags, from questions, or from a form in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli import add_flags as derived
from rexctl.cli import add_form, prompts
from rexctl.cli.add_events import PLACEHOLDER, Adding
from rexctl.errors import BadValueError, SeveralFaultsError
from rexctl.model.from_input import from_input
from rexctl.model.validate import validate
from rexctl.store import editor, layout

if TYPE_CHECKING:
    from rexctl.cli.add_flags import Flag
    from rexctl.cli.context import Call
    from rexctl.records import Finding

Plain = dict[str, Any]


def log_event(call: Call, name: str, flags: list[Flag], given: Plain) -> None:
    """Put together what was given, ask or open the form where that is wanted, and write it."""
    title = given["title"]
    if given["name"] is not None and (why := layout.why_not_id(given["name"])):
        raise BadValueError(f"--id: {given['name']}", why)
    data: Plain = {"type": name, **derived.fixed_of(flags), **derived.data_of(flags, given)}
    if title:
        data["title"] = title
    if not given["ask"] and not given["edit"]:
        derived.demand(flags, data, [] if title else ["TITLE"])
    log = call.log()
    batch = Adding.of(log, call.index(log))
    if given["edit"]:
        event, draft = add_form.filled(call, name, data, batch)
        with editor.keeping(draft):
            _finish(call, batch, event, given)
        return
    if given["ask"]:
        data = prompts.answered(call, name, flags, data, batch)
    _finish(call, batch, _judged(flags, data, batch), given)


def _finish(call: Call, batch: Adding, event: Plain | None, given: Plain) -> None:
    """Name the event, write it, and print its id."""
    if event is None:
        call.say("nothing logged")
        return
    batch.demand_links(event)
    if given["dry_run"]:
        new = batch.take(event, given_id=given["name"] or "")
        call.emit_text(new.data.decode().rstrip("\n"))
        return
    call.emit_text(batch.claim(event, given_id=given["name"] or ""))
    batch.indexed()


def _judged(flags: list[Flag], data: Plain, batch: Adding) -> Plain:
    """Judge what the flags gave; every fault is told by the name of its flag."""
    record, unknown = from_input({"id": PLACEHOLDER, **data}, batch.vocabulary)
    event, faults = validate(record)
    if event is not None and not unknown:
        return event
    raise SeveralFaultsError([_at_its_flag(flags, fault, data) for fault in [*unknown, *faults]])


def _at_its_flag(flags: list[Flag], fault: Finding, data: Plain) -> BadValueError:
    name = next((step for step in reversed(fault.loc) if isinstance(step, str)), "")
    message = fault.message.removeprefix(f"{name}: ")
    error = BadValueError(_flag_at(flags, fault.loc, data), message, fault.hint)
    error.code = fault.code
    return error


def _flag_at(flags: list[Flag], loc: tuple[str | int, ...], data: Plain) -> str:
    if loc[:1] == ("links",) and len(loc) > 1:
        return f"--{data['links'][loc[1]]['rel']}"
    keys = [step for step in loc if isinstance(step, str)]
    for flag in flags:
        if [flag.top, *([flag.inner] if flag.inner else [])] == keys:
            return flag.names[0]
    same_top = [flag for flag in flags if keys and flag.top == keys[0]]
    if same_top:
        return same_top[0].names[0] if len(keys) < 2 else f"{same_top[0].names[0]} ({keys[-1]})"
    return "TITLE" if keys == ["title"] else ".".join(keys)
