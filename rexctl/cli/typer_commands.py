"""Typer commands made from the `run` function of a module, and groups that import them late."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from typer.core import TyperGroup

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.query_options import QueryOptions
from rexctl.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_KEYWORD = inspect.Parameter.KEYWORD_ONLY
# What command modules import for annotations only, so that the fast path does not load Typer.
ANNOTATION_NAMES = {
    "Annotated": Annotated, "Context": Context, "QueryOptions": QueryOptions, "options": options,
    "typer": typer,
}  # fmt: skip


class LazyGroup(TyperGroup):
    """A group that knows the names and one-line helps of its commands, and makes them late."""

    noun = "command"
    other_names: Mapping[str, str] = {}

    def names(self) -> list[str]:
        """Return all names, hidden ones too."""
        return list(self.summaries())

    def sections(self) -> dict[str, dict[str, str]]:
        """Return, by title, the names and one-line helps that `--help` shows."""
        raise NotImplementedError

    def load(self, name: str) -> Any:
        """Return the command of this name."""
        raise NotImplementedError

    def summaries(self) -> dict[str, str]:
        """Return the names that are not hidden, with their one-line helps."""
        return {name: text for part in self.sections().values() for name, text in part.items()}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names that are not hidden."""
        return list(self.summaries())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of this name. Raises UsageError with a suggestion."""
        if cmd_name in self.names():
            return self.load(cmd_name)
        if ctx.resilient_parsing:
            return None
        if other := self.other_names.get(cmd_name):
            hint = f"did you mean {ctx.command_path} {other}?"
            raise UsageError(f"{cmd_name}: no such {self.noun}", hint, code=f"unknown-{self.noun}")
        names = self.list_commands(ctx)
        raise unknown_name(self.noun, cmd_name, names, see=f"write one of {', '.join(names)}")

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Show the one-line helps by section, without importing a command."""
        for title, rows in self.sections().items():
            with formatter.section(title):
                formatter.write_dl(list(rows.items()))


def command(name: str, module: Any, function: str = "run") -> Any:
    """Return the Typer command of a module, a group where it has a GROUP.

    :param module: its docstring is the help, its `run` the function; a group's `run` is called
        before the subcommand.
    :param function: another function of the module, whose own docstring is the help.
    """
    app = new_app()
    group = getattr(module, "GROUP", None) if function == "run" else None
    run = getattr(module, function)
    doc = inspect.cleandoc((module if function == "run" else run).__doc__ or "")
    # The marker keeps the lines of the examples.
    help_text, callback = doc.replace("\nExample", "\n\b\nExample"), typer_callback(run)
    if group is None:
        app.command(name, help=help_text, context_settings=SETTINGS)(callback)
    else:
        app.callback(
            cls=group, help=help_text, invoke_without_command=True, context_settings=SETTINGS,
            subcommand_metavar=group.metavar,
        )(callback)  # fmt: skip
    return typer.main.get_command(app)


def new_app() -> typer.Typer:
    """Return an empty Typer app without Typer's own colours and completion."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


def typer_callback(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return `run` as Typer calls it: with a Typer context, and each query option by its name."""
    hints = get_type_hints(run, ANNOTATION_NAMES | run.__globals__, include_extras=True)
    own = own_parameters(run)
    defaults = inspect.signature(run).parameters
    parameters = [(name, hints[name], defaults[name].default) for name in own]
    if "query_options" in hints:
        shared = get_type_hints(QueryOptions, ANNOTATION_NAMES, include_extras=True)
        parameters += [(name, hint, getattr(QueryOptions, name)) for name, hint in shared.items()]

    @functools.wraps(run)
    def callback(ctx: typer.Context, **values: Any) -> Any:
        ctx.obj.typer_context = ctx
        arguments = {name: values.pop(name) for name in own}
        if "query_options" in hints:
            arguments["query_options"] = QueryOptions(**values)
        return run(ctx.obj, **arguments)

    return with_parameters(callback, parameters)


def with_parameters(
    callback: Callable[..., Any], parameters: Iterable[tuple[str, Any, Any]]
) -> Callable[..., Any]:
    """Return the callback, with a signature of these (name, annotation, default) for Typer."""
    signature = [inspect.Parameter("ctx", _KEYWORD, annotation=typer.Context)]
    for name, annotation, default in parameters:
        signature.append(inspect.Parameter(name, _KEYWORD, default=default, annotation=annotation))
    callback.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    callback.__annotations__ = {one.name: one.annotation for one in signature}
    return callback


def own_parameters(run: Callable[..., Any]) -> list[str]:
    """Return the names of the options and arguments that a command declares itself."""
    return [n for n in inspect.signature(run).parameters if n not in ("context", "query_options")]
