"""What Pydantic found, told in the words of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.shape import Fault, Shape, shapes_in
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SHAPES = {
    "list_type": "must be a list",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "dict_type": "must be a mapping",
}
_MOST = 500  # faults of one event: no person reads more, and each takes a search for what was meant


def faults_of(error: ValidationError, model: type[Shape], data: Any) -> Iterator[Fault]:
    """Give each error of a validation once, at its place in the tree of the file."""
    seen: set[tuple[str | int, ...]] = set()
    for detail in error.errors(include_url=False):
        wanted = detail["type"]
        loc = _in_the_tree(detail["loc"], data, absent=wanted in ("missing", "extra_forbidden"))
        # A bare code or a mapping: where one of the two is meant, the other's complaint is noise.
        if wanted in _SHAPES and len(detail["loc"]) > len(loc) and not _is_container(data, loc):
            continue
        if wanted == "wrong-shape" and len(detail["loc"]) > len(loc) and _is_container(data, loc):
            continue
        if loc not in seen:
            if len(seen) == _MOST:
                return
            seen.add(loc)
            yield _told(detail, loc, model, data)


def _is_container(data: Any, loc: tuple[str | int, ...]) -> bool:
    return isinstance(_at(data, loc), list | dict)


def _at(data: Any, loc: tuple[str | int, ...]) -> Any:
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _in_the_tree(loc: tuple[str | int, ...], data: Any, *, absent: bool) -> tuple[str | int, ...]:
    """Leave out the steps that Pydantic adds for the arms of a union: they are no keys of the file.

    Only the last step of a field that is `absent` may name what is not there.
    """
    steps: list[str | int] = []
    for n, step in enumerate(loc):
        here = _at(data, tuple(steps))
        last = n == len(loc) - 1
        named = isinstance(here, dict) and (step in here or (last and absent))
        if named or (isinstance(here, list) and isinstance(step, int)):
            steps.append(step)
    return tuple(steps)


def _told(detail: ErrorDetails, loc: tuple[str | int, ...], model: type[Shape], data: Any) -> Fault:
    # An element of a list goes by the name of its list: `controls`, not `0`.
    name = next((step for step in reversed(loc) if isinstance(step, str)), "the event")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return Fault(loc, "missing-field", f"{name} is missing", _described(model, loc), "key")
        case "extra_forbidden":
            keys = _keys_at(model, loc[:-1])
            return Fault(loc, "unknown-field", f"{name}: no such field",
                         did_you_mean(name, keys) or "rexctl fields lists them", "key")  # fmt: skip
        case "literal_error":
            given = str(_at(data, loc))
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            words = choices.split(", ")
            return Fault(loc, "unknown-value", f"{given}: {name} is one of {', '.join(words)}",
                         did_you_mean(given, words))  # fmt: skip
        case "string_too_long" | "too_long":
            return Fault(
                loc, "too-long", f"{name} is longer than {context['max_length']} characters"
            )
        case "too_short":
            return Fault(loc, "empty-value", f"{name} is an empty list",
                         "give at least one, or leave it out")  # fmt: skip
        case "string_unicode":  # half a character, as JSON may spell it
            return Fault(loc, "control-character", f"{name} holds what is not text")
        case kind if kind in _SHAPES:
            return Fault(loc, "wrong-shape", f"{name} {_SHAPES[kind]}")
        case code:
            message = str(context.get("message", detail["msg"]))
            said = message if code.startswith("unknown") else f"{name}: {message}"
            hint: str | Callable[[], str] = context.get("hint", "")
            return Fault(loc, code, said, hint if isinstance(hint, str) else hint())


def _model_at(model: type[Shape], loc: tuple[str | int, ...]) -> type[Shape] | None:
    here: type[Shape] | None = model
    for step in loc:
        if isinstance(step, int) or here is None:
            continue
        field = next((f for n, f in here.model_fields.items() if step in (n, f.alias)), None)
        here = next(shapes_in(field.annotation), None) if field else None
    return here


def _keys_at(model: type[Shape], loc: tuple[str | int, ...]) -> list[str]:
    here = _model_at(model, loc)
    return [f.alias or n for n, f in here.model_fields.items()] if here else []


def _described(model: type[Shape], loc: tuple[str | int, ...]) -> str:
    here = _model_at(model, loc[:-1])
    field = here.model_fields.get(str(loc[-1])) if here else None
    return field.description or "" if field else ""
