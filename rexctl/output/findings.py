"""The order in which hosts of code (GitHub, GitLab, SARIF readers) get findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks import CHECKS
from rexctl.records import LEVELS

if TYPE_CHECKING:
    from rexctl.records import Finding, Table


def worst_first(table: Table) -> list[Finding]:
    """Return the findings of a table by level: a host shows only the first of them.

    Faults within a file come before those between events: one file that does not parse breaks
    every link to its event.
    """
    findings = (row.record for row in table.rows)
    return sorted(findings, key=lambda one: (LEVELS.index(one.level), one.code in CHECKS))
