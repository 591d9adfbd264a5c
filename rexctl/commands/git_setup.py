"""Have git merge events by field.

Then git diff also heads a hunk with the title of its event. This sets merge.rexctl and
diff.rexctl for this clone alone, and adds the line to .gitattributes, where it is missing, by
which git uses them; commit that file, and run the command once in each clone. Where rexctl is gone
or crashes, git merges by lines.

Example: rexctl git setup
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.merge import setup

if TYPE_CHECKING:
    from rexctl.cli.context import Context


def run(context: Context) -> None:
    """Write what is missing, and say what was done."""
    done = setup.set_up(context.log().root)
    context.emit_result("\n".join(done))
    context.note(
        "git merges events by field now" if done else "git is set up already; nothing to do"
    )
