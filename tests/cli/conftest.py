from tests.commands.conftest import bare, filled, rexctl

__all__ = ["bare", "filled", "rexctl"]
