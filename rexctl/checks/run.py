"""What there is to tell of a log: worked out by all rules, or as it was kept."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rexctl import __version__
from rexctl.checks import CHECKS
from rexctl.index import keeping

if TYPE_CHECKING:
    from datetime import date

    from rexctl.index.tables import Index
    from rexctl.records import Finding
    from rexctl.store.log import Log


def findings(log: Log, index: Index, today: date) -> list[Finding]:
    """Give every finding of a log; on the same day, of the same files, as it was found before.

    A rule that comes or goes is noticed by its name. What is written otherwise in one, within a
    version, is not: who works on a rule sets REXCTL_CACHE to an empty folder.
    """
    # A rule added within a version was hidden by what had been kept before it.
    state = f"{today} {__version__} {' '.join(CHECKS)}"
    found = keeping.kept(index, "check", state)
    if found is None:
        turn = keeping.turn(index)
        # The rules, and what finds a place in a file, are loaded only where they have to work.
        found = list(import_module("rexctl.checks.whole").found(log, index, today))
        keeping.keep(index, "check", state, found, turn)
    return found
