from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.app import typer_command
from rexctl.cli.options import argument, option
from rexctl.cli.query_options import Asked  # noqa: TC001 - annotations are read at run time

if TYPE_CHECKING:
    from rexctl.cli.context import Call


class Room:
    """Say something.

    Example: rexctl say hello
    """

    heard: list[Any] = []

    @staticmethod
    def run(
        call: Call, asked: Asked, word: Annotated[str, argument("WORD", help="What to say.")],
        loud: Annotated[bool, option("--loud", help="Louder.")] = False,
    ) -> int:  # fmt: skip
        Room.heard = [call, word, loud, asked.type_, asked.limit, asked.words]
        return 3


def test_a_run_gets_the_call_its_own_words_and_what_all_readers_take() -> None:
    command = typer_command.command("say", Room)
    context = command.make_context(
        "say", ["hello", "--loud", "-t", "tariff", "-n", "2"], obj="the call"
    )
    assert command.invoke(context) == 3
    assert Room.heard == ["the call", "hello", True, ["tariff"], 2, None]
    assert "Example: rexctl say hello" in command.get_help(context)


def test_the_words_of_a_command_are_those_that_are_not_everybodys() -> None:
    assert typer_command.own_words(Room.run) == ["word", "loud"]
