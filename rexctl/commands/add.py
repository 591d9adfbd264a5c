r"""Log an event, or many from a file.

Each type has flags of its own, made from its fields: `rexctl add tariff --help` shows them.
Without flags, -i asks for what is needed, and -e opens a form in the editor.

Examples:
  rexctl add meeting "Bessent and He Lifeng speak" --date 2025-10-17 --status held \
    --actor US/treasury,CN/state-council --mode call --source https://example.org/x
  rexctl add statement -i
  rexctl list -j actor:US | rexctl add --from - --dry-run
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from rexctl.cli import add_many, add_type
from rexctl.cli.help_settings import SETTINGS, helped
from rexctl.errors import AskedWronglyError, UnknownWordError
from rexctl.model.legal import TYPES
from rexctl.model.types import MODULES


class Types(TyperGroup):
    """One subcommand a type."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the types."""
        return list(MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Make the subcommand of a type from its model."""
        if cmd_name in MODULES:
            return add_type.AddOne(cmd_name)
        if ctx.resilient_parsing:
            return None
        raise UnknownWordError("type", cmd_name, MODULES, see=", ".join(MODULES))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Show the types by what they are."""
        with formatter.section("Types"):
            formatter.write_dl([(name, info.caption) for name, info in TYPES.items()])


def _many(
    ctx: typer.Context,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE",
                     help="Many events: YAML documents, JSON, JSON lines or CSV; - is stdin."),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--input", metavar="FORMAT", help="yaml, json, jsonl or csv.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, and write nothing.")] = False,
) -> None:  # fmt: skip
    if ctx.resilient_parsing:
        return
    if ctx.invoked_subcommand is None:
        if source is None:
            raise AskedWronglyError(
                "missing TYPE, or --from FILE", f"TYPE is one of {', '.join(MODULES)}"
            )
        add_many.run(ctx.obj, source, form or "", dry_run=dry_run)
    elif source is not None or form or dry_run:
        raise AskedWronglyError(
            "--from, --input and --dry-run before a type are for many events",
            f"rexctl add {ctx.invoked_subcommand} TITLE --dry-run ...",
        )


def command() -> Any:
    """Give the command: a group whose subcommands are the types."""
    app = typer.Typer(
        cls=Types, name="add", help=helped(__doc__), rich_markup_mode=None, add_completion=False,
        invoke_without_command=True, subcommand_metavar="[TYPE TITLE [FLAGS]...]",
        context_settings=SETTINGS,
    )  # fmt: skip
    app.callback()(_many)
    return typer.main.get_group(app)
