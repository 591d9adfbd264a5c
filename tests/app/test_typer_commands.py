from __future__ import annotations

from typing import Annotated, Any

from rexctl.app import parser
from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.query_options import QueryOptions


class Module:
    """Say something.

    Example: rexctl say hello
    """

    heard: list[Any] = []

    @staticmethod
    def run(
        context: Context,
        word: Annotated[str, options.argument("WORD", "What to say.")],
        loud: Annotated[bool, options.option("Louder.")] = False,
        *, query_options: QueryOptions = QueryOptions(),
    ) -> int:  # fmt: skip
        Module.heard = [
            context,
            word,
            loud,
            query_options.type_,
            query_options.limit,
            query_options.words,
        ]
        return 3


def test_run_gets_the_context_its_own_options_and_the_query_options() -> None:
    command = parser.command("say", Module)
    context_of_rexctl = Context(None)
    context = command.make_context(
        "say", ["hello", "--loud", "-t", "tariff", "-n", "2"], obj=context_of_rexctl
    )
    assert command.invoke(context) == 3
    assert Module.heard == [context_of_rexctl, "hello", True, ["tariff"], 2, None]
    assert "Example: rexctl say hello" in command.get_help(context)
