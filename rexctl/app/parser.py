"""The command line as Typer parses it: the groups, and commands made from their `run` functions."""

from __future__ import annotations

import inspect
import re
from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from typer.core import TyperGroup
from typer.models import OptionInfo

from rexctl.app import COMMANDS, GIT_COMMANDS, OTHER_NAMES
from rexctl.app.fast_path import table
from rexctl.cli import add_flags, options
from rexctl.cli.complete import complete
from rexctl.cli.context import COLORS, Context
from rexctl.cli.query_options import QueryOptions
from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.tables import TYPES
from rexctl.query.parse import describe_field
from rexctl.query.spelling import quote_word
from rexctl.values.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rexctl.app import Command

_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_KEYWORD = inspect.Parameter.KEYWORD_ONLY
# What command modules import for annotations only, so that the fast path does not load Typer.
ANNOTATION_NAMES = vars(options) | {
    "Context": Context, "QueryOptions": QueryOptions, "options": options,
}  # fmt: skip
_GLOBAL = ("directory", "today", "color", "no_input")
# Messages of Typer, and those of rexctl.
_SENTENCES = (
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"\1: too many arguments"),
    (r"Option '(.*)' requires an argument", r"\1: the value is missing"),
    (r"Option '(.*)' does not take a value", r"\1: takes no value"),
    (r"Missing (?:argument|option) '(.*)'", r"missing \1"),
)


class Group(TyperGroup):
    """The group of all commands: it shows one-line helps, and imports a command when it runs."""

    noun = "command"
    commands_by_name: Mapping[str, Command] = COMMANDS
    other_names: Mapping[str, str] = OTHER_NAMES
    path = "rexctl"  # of the command that runs, for the hint of an error

    def load(self, name: str) -> Any:
        """Import and return the command of this name."""
        entry = self.commands_by_name[name]
        return command(name, import_module(entry.module), entry.function)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names that are not hidden."""
        return list(self.summaries())

    def summaries(self) -> dict[str, str]:
        """Return the names that are not hidden, with their one-line helps."""
        return {name: one.help for name, one in self.commands_by_name.items() if not one.hidden}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of this name. Raises UsageError with a suggestion."""
        if cmd_name in self.commands_by_name:
            ctx.find_root().command.path = f"{ctx.command_path} {cmd_name}"
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
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, text in self.summaries().items():
            sections.setdefault(self.commands_by_name[name].group, []).append((name, text))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)


class GitGroup(Group):
    """The subcommands of `git`."""

    noun = "git command"
    commands_by_name = GIT_COMMANDS
    other_names: Mapping[str, str] = {}


class AddGroup(Group):
    """The types, each a subcommand of `add` with the flags of its table."""

    noun = "type"
    commands_by_name: Mapping[str, Command] = {
        name: COMMANDS["add"]._replace(group="Types", help=info.caption)
        for name, info in TYPES.items()
    }
    other_names: Mapping[str, str] = {}

    def load(self, name: str) -> Any:
        """Return the subcommand of a type; its help is that of the table, not of Typer."""

        def add(context: Context, **values: Any) -> Any:
            return import_module(COMMANDS["add"].module).add_event(context, name, values)

        app = _new_app()
        app.command(name, context_settings={"help_option_names": []}, add_help_option=False)(
            _callback(add, _parameters_of_type(name))
        )
        return typer.main.get_command(app)


# The commands with subcommands, and what their help shows in the place of one.
_GROUPS = {"add": (AddGroup, "[TYPE TITLE [FIELD=VALUE]...]"), "git": (GitGroup, "COMMAND")}


def root() -> Any:
    """Return the group of all commands, with the options that all of them take."""
    app = _new_app()
    app.callback(cls=Group, invoke_without_command=True, context_settings=_SETTINGS)(_rexctl)
    return typer.main.get_command(app)


def run(words: Sequence[str]) -> Any:
    """Run one command and return what its `run` returns. Raises UsageError.

    Typer's own entry point turns a closed pipe into exit code 1 and an interrupt into `Abort`.
    """
    _check_negations(words)
    group = root()
    try:
        with group.make_context("rexctl", list(words)) as ctx:
            return group.invoke(ctx)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        raise _usage_error(error, f"{group.path} --help") from None


def _check_negations(words: Sequence[str]) -> None:
    """Raise UsageError for `-type:tariff`, which Typer would read as `-t ype:tariff`."""
    values = {flag for one in table().values() for flag, (_, kind) in one["options"].items()
              if kind != "flag"}  # fmt: skip
    for before, word in zip(("", *words), words, strict=False):
        if before == "--" or "add" in words[:1]:
            return
        match = re.match(r"-+([A-Za-z][\w.-]*):", word)
        if match and before not in values:
            field = match[1].partition(".")[0]
            if describe_field(field)[1] == field:
                term = f"not:{word.lstrip('-')}"
                raise bad_value(word, "not an option", f"write {quote_word(term)}", "bad-term")


def _usage_error(error: Any, hint: str) -> UsageError:
    """Return the error of rexctl for one of Typer's."""
    message = error.format_message().strip().rstrip(".")
    if option := re.match(r"No such option: (\S+)", message):
        names = [name for one in error.ctx.command.params for name in one.opts if name[:1] == "-"]
        return _unknown_option(option[1], names, str(error.ctx.command.name), hint)
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return UsageError(match.expand(sentence), hint)
    return UsageError(message[:1].lower() + message[1:], hint)


def _unknown_option(option: str, names: Sequence[str], command: str, see: str) -> UsageError:
    """Return the error for an option that a command lacks, with one that is spelled so, or none.

    An option of more or fewer words has another meaning: --effective-from is no suggestion for
    --clause-effective-from, which is a field to assign.
    """
    near = [name for name in names
            if name.count("-") == option.count("-") or _letters(name) == _letters(option)]  # fmt: skip
    if (name := nearest(option, near)) and _is_misspelled(option, name):
        see = f"did you mean {name}?"
    elif command in TYPES and (field := add_flags.field_of_option(command, option)):
        see = f"write {field}=..., after the title"
    return UsageError(f"{option}: no such option", see, "unknown-option")


def _letters(option: str) -> str:
    return option.replace("-", "").casefold()


def _is_misspelled(option: str, name: str) -> bool:
    """Return whether each word of an option is like the word of `name` in its place."""
    if _letters(option) == _letters(name):
        return True
    pairs = zip(option.split("-"), name.split("-"), strict=True)
    return all(one == other or nearest(one, [other]) for one, other in pairs)


def command(name: str, module: Any, function: str = "run") -> Any:
    """Return the Typer command of a module, or the group where it has subcommands.

    :param module: its docstring is the help, its `run` the function; a group's `run` is called
        before the subcommand.
    :param function: another function of the module, whose own docstring is the help.
    """
    app = _new_app()
    run = getattr(module, function)
    doc = inspect.cleandoc((module if function == "run" else run).__doc__ or "")
    # The marker keeps the lines of the examples.
    help_text, callback = doc.replace("\nExample", "\n\b\nExample"), _typer_callback(run)
    if name in _GROUPS:
        group, metavar = _GROUPS[name]
        app.callback(
            cls=group, help=help_text, invoke_without_command=True, context_settings=_SETTINGS,
            subcommand_metavar=metavar,
        )(callback)  # fmt: skip
    else:
        app.command(name, help=help_text, context_settings=_SETTINGS)(callback)
    return typer.main.get_command(app)


def _new_app() -> typer.Typer:
    """Return an empty Typer app without Typer's own colours and completion."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


def _typer_callback(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return `run` as Typer calls it: each query option is a parameter."""
    hints = get_type_hints(run, ANNOTATION_NAMES | run.__globals__, include_extras=True)
    own = [n for n in inspect.signature(run).parameters if n not in ("context", "query_options")]
    defaults = inspect.signature(run).parameters
    parameters = [(name, hints[name], defaults[name].default) for name in own]
    if "query_options" in hints:
        shared = get_type_hints(QueryOptions, ANNOTATION_NAMES, include_extras=True)
        parameters += [(name, hint, getattr(QueryOptions, name)) for name, hint in shared.items()]

    def run_command(context: Context, **values: Any) -> Any:
        arguments = {name: values.pop(name) for name in own}
        if "query_options" in hints:
            arguments["query_options"] = QueryOptions(**values)
        return run(context, **arguments)

    return _callback(run_command, parameters)


def _callback(
    run: Callable[..., Any], parameters: Iterable[tuple[str, Any, Any]]
) -> Callable[..., Any]:
    """Return a function for Typer with these parameters (name, annotation, default).

    It takes the global options too, which may follow the command.
    """

    def callback(ctx: typer.Context, **values: Any) -> Any:
        ctx.obj.choose(**{name: values.pop(name) for name in _GLOBAL})
        ctx.obj.typer_context = ctx
        return run(ctx.obj, **values)

    signature = [inspect.Parameter("ctx", _KEYWORD, annotation=typer.Context)]
    for name, annotation, default in parameters:
        _name_option(name, annotation)
        signature.append(inspect.Parameter(name, _KEYWORD, default=default, annotation=annotation))
    for name, hint in get_type_hints(_rexctl, include_extras=True).items():
        if name in _GLOBAL:
            info = copy(hint.__metadata__[0])
            info.hidden, info.envvar = True, None
            default = False if hint.__origin__ is bool else None
            annotation = Annotated[hint.__origin__, info]
            signature.append(
                inspect.Parameter(name, _KEYWORD, default=default, annotation=annotation)
            )
    callback.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    callback.__annotations__ = {one.name: one.annotation for one in signature}
    return callback


def _name_option(name: str, annotation: Any) -> None:
    """Give an option without a long flag that of its parameter: --dry-run for `dry_run`."""
    (info,) = annotation.__metadata__
    if isinstance(info, OptionInfo):
        # Typer takes the first name of an annotation for the default until it reads the signature.
        names = [one for one in (info.default, *(info.param_decls or ())) if isinstance(one, str)]
        if not any(one.startswith("--") for one in names):
            info.param_decls = (*(info.param_decls or ()), f"--{name.replace('_', '-')}")


def _parameters_of_type(name: str) -> list[tuple[str, Any, Any]]:
    """Return the parameters of `add TYPE`: (name, annotation, default)."""

    def show_help(wanted: bool) -> None:
        if wanted:
            typer.echo(add_flags.help_text(name, Context(None).width))
            raise typer.Exit

    words = options.argument(
        "TITLE [FIELD=VALUE]...", "The title, and further fields.", "assignment"
    )
    # Each flag may be repeated, so that a second value is seen and reported.
    parameters: list[tuple[str, Any, Any]] = [("words", Annotated[options.Texts, words], None)]
    for flag in add_flags.flags_of(name):
        option = typer.Option(
            *flag.names, metavar=add_flags.metavar(flag), help=flag.help,
            autocompletion=complete(flag.kind, flag.path, flag.values),
        )  # fmt: skip
        parameters.append((flag.key, Annotated[options.Texts, option], None))
    for key, (names, metavar, help_text) in add_flags.OWN_OPTIONS.items():
        more: dict[str, Any] = {"is_eager": True, "callback": show_help} if key == "help" else {}
        option = typer.Option(*names, metavar=metavar or None, help=help_text, **more)
        kind: Any = str | None if metavar else bool
        parameters.append((key, Annotated[kind, option], None if metavar else False))
    return parameters


def _rexctl(
    ctx: typer.Context,
    directory: Annotated[
        str | None,
        typer.Option("-C", "--directory", metavar="DIR", help="Look for the log from this folder."),
    ] = None,
    today: Annotated[
        str | None,
        options.option(
            "Take this day as today.",
            "DAY",
            words=("today",),
            long="--today",
            envvar="REXCTL_TODAY",
        ),
    ] = None,
    color: Annotated[
        str | None,
        options.option(
            "Colour the output: auto, always or never.", "WHEN", words=COLORS, long="--color"
        ),
    ] = "auto",
    no_input: Annotated[bool, typer.Option("--no-input", help="Never prompt.")] = False,
    version: Annotated[bool, typer.Option("-V", "--version", help="Show the version.")] = False,
) -> None:
    """Log trade-policy events as YAML files in git, and query them.

    The options may stand before or after the command.

    Example: rexctl list type:export-control actor:CN date:2025-10
    """
    ctx.obj = Context(None)
    ctx.obj.choose(directory, today, color, no_input)
    ctx.obj.typer_context = ctx
    if version:
        import_module(COMMANDS["version"].module).run(ctx.obj)
        raise typer.Exit
    if ctx.invoked_subcommand is None and not ctx.resilient_parsing:
        print(ctx.get_help())
        raise typer.Exit
