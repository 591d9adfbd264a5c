"""From a command's `run` to the parser of its words: what it declares, as the parser wants it."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import typer

from rexctl.cli.help_settings import SETTINGS, helped
from rexctl.cli.query_options import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEYWORD = inspect.Parameter.KEYWORD_ONLY


def command(name: str, room: Any) -> Any:
    """Make the parser of the command that a module is."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    run = parsed(room.run)
    app.command(name, help=helped(room.__doc__), context_settings=SETTINGS)(run)
    return typer.main.get_command(app)


def own_words(run: Callable[..., Any]) -> list[str]:
    """Give the names of what a command itself declares, beside the options that all readers take."""
    return [name for name in inspect.signature(run).parameters if name not in ("call", "asked")]


def parsed(run: Callable[..., Any]) -> Callable[..., Any]:
    """Give `run` as the parser calls it: a context for the call, each option of `Asked` apart."""
    parameters = inspect.signature(run, eval_str=True, locals=_late(run)).parameters
    own = own_words(run)

    @functools.wraps(run)
    def started(ctx: typer.Context, **given: Any) -> Any:
        mine = {name: given.pop(name) for name in own}
        return run(ctx.obj, Asked(**given), **mine) if given else run(ctx.obj, **mine)

    declared = [
        inspect.Parameter("ctx", _KEYWORD, annotation=typer.Context),
        *(parameters[name].replace(kind=_KEYWORD) for name in own),
        *(_asked() if "asked" in parameters else ()),
    ]
    started.__signature__ = inspect.Signature(declared)  # type: ignore[attr-defined]
    started.__annotations__ = {p.name: p.annotation for p in declared}
    return started


def _asked() -> Iterator[inspect.Parameter]:
    """Give the options of every reading command."""
    for name, kind in inspect.get_annotations(Asked, eval_str=True).items():
        yield inspect.Parameter(name, _KEYWORD, default=getattr(Asked, name), annotation=kind)


def _late(run: Callable[..., Any]) -> dict[str, Any]:
    """Names that annotations hold and the module has only while types are checked."""
    return {name: Any for name in ("Call",) if name not in run.__globals__}
