from tests.commands.conftest import bare, empty_log, filled, filled_log, rexctl

__all__ = ["bare", "empty_log", "filled", "filled_log", "rexctl"]
