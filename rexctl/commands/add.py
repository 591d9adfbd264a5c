r"""Log an event, or many from a file.

Each type has flags of its own: `rexctl add tariff --help` shows them. A field that has no flag is
an assignment, as in set. -i prompts for what is missing, and -e opens a form in your editor.

Examples:
  rexctl add meeting "Bessent and He Lifeng speak" --date 2025-10-17 --status held \
    --actor US/treasury,CN/state-council --mode call --source https://example.org/x
  rexctl add statement -i
  rexctl list -j actor:US | rexctl add --from - --dry-run
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rexctl.cli import add_flags
from rexctl.cli.add_event import add_event
from rexctl.cli.complete import complete
from rexctl.cli.typer_commands import LazyGroup, new_app, with_parameters
from rexctl.errors import UsageError
from rexctl.model.tables import TYPES

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    source: Annotated[
        str | None,
        options.option(
            "--from", metavar="FILE",
            help="Add the events of this file: YAML, JSON, JSON lines or CSV; - is stdin.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        options.option("--input", metavar="FORMAT", help="Read it as yaml, json, jsonl or csv."),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:  # fmt: skip
    """Add the events of --from; do nothing where a type follows."""
    type_name = context.typer_context.invoked_subcommand
    if type_name is None:
        if source is None:
            raise UsageError("missing TYPE, or --from FILE", f"TYPE is one of {', '.join(TYPES)}")
        from rexctl.cli.add_events import add_from

        add_from(context, source, form or "", dry_run=dry_run)
    elif source is not None or form or dry_run:
        raise UsageError(
            "--from, --input and --dry-run before a type are for many events",
            f"rexctl add {type_name} TITLE --dry-run ...",
        )


class GROUP(LazyGroup):
    """The types, each a subcommand of `add`."""

    noun = "type"
    metavar = "[TYPE TITLE [FIELD=VALUE]...]"

    def sections(self) -> dict[str, dict[str, str]]:
        """Return the types and what they are."""
        return {"Types": {name: info.caption for name, info in TYPES.items()}}

    def load(self, name: str) -> Any:
        """Return the subcommand of a type, with the flags of the table."""
        flags = add_flags.flags_of(name)

        def callback(ctx: typer.Context, **values: Any) -> int:
            ctx.obj.typer_context = ctx
            return add_event(ctx.obj, name, flags, values)

        app = new_app()
        settings: dict[str, Any] = {
            "help_option_names": []
        }  # the help is not Typer's, but the table's
        app.command(name, context_settings=settings, add_help_option=False)(
            with_parameters(callback, _parameters(name, flags))
        )
        return typer.main.get_command(app)


def _parameters(name: str, flags: list[add_flags.Flag]) -> list[tuple[str, Any, Any]]:
    """Return the parameters of a type: (name, annotation, default)."""

    def show_help(wanted: bool) -> None:
        if wanted:
            typer.echo(add_flags.help_text(name))
            raise typer.Exit

    many = list[str] | None
    words = typer.Argument(metavar="TITLE [FIELD=VALUE]...", help="The title, and further fields.")
    parameters: list[tuple[str, Any, Any]] = [("words", Annotated[many, words], None)]
    for flag in flags:
        option = typer.Option(
            *flag.names, metavar=add_flags.metavar(flag), help=flag.help,
            autocompletion=complete(flag.kind, flag.top, flag.inner, flag.values),
        )  # fmt: skip
        # Each may be repeated, so that a second value is seen and reported.
        parameters.append((flag.key, Annotated[many, option], None))
    for names, metavar, help_text in add_flags.OWN_OPTIONS:
        key = "own_" + names[-1].strip("-").replace("-", "_")
        kind: Any = str | None if metavar else bool
        more: dict[str, Any] = {}
        if key == "own_help":
            more = {"is_eager": True, "callback": show_help}
        option = typer.Option(*names, metavar=metavar or None, help=help_text, **more)
        parameters.append((key, Annotated[kind, option], None if metavar else False))
    return parameters
