"""Regular expressions compiled when they are first asked: most commands ask few of them."""

from __future__ import annotations

import re
from typing import Any


class Late:
    """A pattern whose methods are those of the compiled one."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Compile, and keep the method, so that it is found at once the next time."""
        found = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, found)
        return found
