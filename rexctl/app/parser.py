"""The command line as Typer parses it: the groups, and commands made from their `run` functions."""

from __future__ import annotations

import inspect
import re
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from rexctl.app import COMMANDS, GIT_COMMANDS
from rexctl.app.fast_path import load, table
from rexctl.cli import add_flags, options
from rexctl.cli.complete import complete
from rexctl.cli.context import Context, OutputOptions
from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.tables import TYPES, WORDS
from rexctl.output import flag_help, formats_of
from rexctl.query.parse import describe_field
from rexctl.query.spelling import quote_word
from rexctl.records import EVENTS
from rexctl.values.suggest import NAMES, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rexctl.app import Command

_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
Declaration = tuple[str, Any, Any]  # name, annotation and default of a parameter
_KEYWORD = inspect.Parameter.KEYWORD_ONLY
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
    other_names: Mapping[str, str] = WORDS["commands"]
    path = "rexctl"  # of the command that runs, for the hint of an error

    def load(self, name: str) -> Any:
        """Import and return the command of this name."""
        entry = self.commands_by_name[name]
        return command(name, load(entry), entry.function)

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
    other_names = WORDS["types"]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words; `-i` and `-e` may come before the type."""
        forms = list(takewhile(lambda word: word in ("-i", "--ask", "-e", "--edit"), args))
        if forms and (name := args[len(forms) :][:1]) and name[0] in TYPES:
            args = [*name, *forms, *args[len(forms) + 1 :]]
        return super().parse_args(ctx, args)

    def load(self, name: str) -> Any:
        """Return the subcommand of a type."""

        def add(context: Context, **values: Any) -> Any:
            return load(COMMANDS["add"]).add_event(context, name, values)

        return _build(_callback(add, _parameters_of_type(name)), name, cls=TypeCommand)


class TypeCommand(TyperCommand):
    """The subcommand of a type, whose help is that of its table."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words; a part of a source belongs to the source before it."""
        return super().parse_args(ctx, add_flags.join_sources(str(self.name), args))

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return flag_help.help_text(str(self.name), Context(None).width)


# The commands with subcommands, and what their help shows in the place of one.
_GROUPS = {"add": (AddGroup, "[TYPE TITLE [FIELD=VALUE]...]"), "git": (GitGroup, "COMMAND")}


def root() -> Any:
    """Return the group of all commands, with the options that all of them take."""
    version = options.option("Show the version.", short="-V")
    declared = [*_declared(options.GlobalOptions), ("version", Annotated[bool, version], False)]
    callback = _with_signature(_rexctl, [_parameter(*one) for one in declared])
    return _build(callback, cls=Group)


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
        params = error.ctx.command.get_params(error.ctx)
        names = [name for one in params for name in one.opts if name[:1] == "-"]
        has_query = any("QUERY" in str(one.metavar) for one in error.ctx.command.params)
        field = option[1].lstrip("-")
        if has_query and option[1] not in names and describe_field(field)[1] == field:
            hint = f"write {field}:VALUE, a term of the query"
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
    other = f"--{WORDS['options'].get(option.lower()[2:])}"
    if "--since" in names:
        other = {"--effective": "--since", "--effective-until": "--until"}.get(other, other)
    if other in names:
        see = f"did you mean {other}?"
    elif option[2:] in formats_of(EVENTS) and "--format" in names:
        see = f"write -f {option[2:]}"
    elif len(option) > 2 and (name := nearest(option, near)) and _is_misspelled(option, name):
        see = f"did you mean {name}?"
    elif command in TYPES and (field := add_flags.field_of_option(command, option)):
        see = f"write {field}, after the title"
    elif command in TYPES and (name := add_flags.flag_about(command, option)):
        see = f"did you mean {name}?"
    return UsageError(f"{option}: no such option", see, "unknown-option")


def _letters(option: str) -> str:
    return option.replace("-", "").casefold()


def _is_misspelled(option: str, name: str) -> bool:
    """Return whether each word of an option is like the word of `name` in its place."""
    if _letters(option) == _letters(name):
        return True
    pairs = zip(option.split("-"), name.split("-"), strict=True)
    return all(one == other or nearest(one, [other], NAMES) for one, other in pairs)


def command(name: str, module: Any, function: str = "run") -> Any:
    """Return the Typer command of a module, or the group where it has subcommands.

    :param module: its docstring is the help, its `run` the function; a group's `run` is called
        before the subcommand.
    :param function: another function of the module, whose own docstring is the help.
    """
    run = getattr(module, function)
    doc = inspect.cleandoc((module if function == "run" else run).__doc__ or "")
    # The marker keeps the lines of the examples.
    help_text, callback = doc.replace("\nExample", "\n\b\nExample"), _typer_callback(run)
    if name not in _GROUPS:
        return _build(callback, name, help=help_text)
    group, metavar = _GROUPS[name]
    return _build(callback, cls=group, help=help_text, subcommand_metavar=metavar)


def _build(callback: Callable[..., Any], name: str = "", **more: Any) -> Any:
    """Return the command of a function, or without a name the group; without Typer's own colours."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    if name:
        app.command(name, context_settings=_SETTINGS, **more)(callback)
    else:
        app.callback(invoke_without_command=True, context_settings=_SETTINGS, **more)(callback)
    return typer.main.get_command(app)


def _typer_callback(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return `run` as Typer calls it: each option of a group is a parameter."""
    defaults = inspect.signature(run).parameters
    hints = get_type_hints(run, include_extras=True)
    group = group_of(run)
    own = [(name, hints[name], one.default) for name, one in defaults.items()
           if name not in ("context", group)]  # fmt: skip
    if not group:
        return _callback(run, own)
    shared = defaults[group].default

    def run_command(context: Context, **values: Any) -> Any:
        arguments = {name: values.pop(name) for name, *_ in own}
        return run(context, **arguments, **{group: shared.with_values(values)})

    return _callback(run_command, [*own, *shared.declared()])


def group_of(run: Callable[..., Any]) -> str:
    """Return the parameter of a command's function that takes an OutputOptions; empty without one."""
    parameters = inspect.signature(run).parameters.values()
    return next((one.name for one in parameters if isinstance(one.default, OutputOptions)), "")


def _declared(group: type) -> list[Declaration]:
    """Return the options that a class declares."""
    hints = get_type_hints(group, include_extras=True)
    return [(name, hint, getattr(group, name)) for name, hint in hints.items()]


def _callback(run: Callable[..., Any], declared: Iterable[Declaration]) -> Callable[..., Any]:
    """Return a function for Typer with these parameters.

    It takes the global options too, which may follow the command.
    """

    def callback(ctx: typer.Context, **values: Any) -> Any:
        ctx.obj.choose(**{name: values.pop(name) for name, *_ in _declared(options.GlobalOptions)})
        ctx.obj.typer_context = ctx
        return run(ctx.obj, **values)

    parameters = [_parameter(*one) for one in declared]
    for name, hint, default in _declared(options.GlobalOptions):
        parameters.append(_parameter(name, hint, default and None, hidden=True))
    return _with_signature(callback, parameters)


def _with_signature(
    callback: Callable[..., Any], parameters: Sequence[inspect.Parameter]
) -> Callable[..., Any]:
    """Return a function that Typer reads as one with a context and these parameters."""
    every = [inspect.Parameter("ctx", _KEYWORD, annotation=typer.Context), *parameters]
    callback.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    callback.__annotations__ = {one.name: one.annotation for one in every}
    return callback


def _parameter(name: str, hint: Any, default: Any, *, hidden: bool = False) -> inspect.Parameter:
    """Return the parameter for Typer that an annotation of `cli.options` declares."""
    (spec,) = hint.__metadata__
    offers = complete(spec.values, spec.field, spec.words) if spec.values or spec.words else None
    shared = {"metavar": spec.metavar or None, "help": spec.help, "autocompletion": offers}
    if spec.is_argument:
        info = typer.Argument(**shared)
    else:
        is_long = any(one.startswith("--") for one in spec.names)
        names = spec.names if is_long else (*spec.names, f"--{name.replace('_', '-')}")
        envvar = None if hidden else spec.envvar
        info = typer.Option(*names, parser=spec.parser, envvar=envvar, hidden=hidden, **shared)
    annotation = Annotated[hint.__origin__, info]
    return inspect.Parameter(name, _KEYWORD, default=default, annotation=annotation)


def _parameters_of_type(name: str) -> Iterator[Declaration]:
    """Yield the parameters of `add TYPE`."""
    words = options.argument(
        "TITLE [FIELD=VALUE]...", "The title, and further fields.", "assignment"
    )
    yield "words", Annotated[options.Texts, words], None
    for flag in add_flags.flags_of(name):
        option = options.Parameter(
            flag.help, add_flags.metavar(flag), flag.kind, flag.values, flag.path, flag.names
        )
        # Each flag may be repeated, so that a second value is seen and reported.
        yield flag.key, Annotated[options.Texts, option], None
    for key, (names, metavar, help_text) in add_flags.OWN_OPTIONS.items():
        kind: Any = str | None if metavar else bool
        option = options.Parameter(help_text, metavar, names=names)
        yield key, Annotated[kind, option], None if metavar else False


def _rexctl(ctx: typer.Context, *, version: bool, **values: Any) -> None:
    """Log trade-policy events as YAML files in git, and query them.

    The options may stand before or after the command.

    Example: rexctl list type:export-control actor:CN date:2025-10
    """
    ctx.obj = Context(None)
    ctx.obj.choose(**values)
    ctx.obj.typer_context = ctx
    if version:
        load(COMMANDS["version"]).run(ctx.obj)
        raise typer.Exit
    if ctx.invoked_subcommand is None and not ctx.resilient_parsing:
        print(ctx.get_help())
        raise typer.Exit
