from __future__ import annotations

import io

from rexctl.output import changes_by_commit, markdown_changes_by_commit
from rexctl.output.emit import Options
from tests.formats.test_changes_by_commit import ALL


def test_each_commit_is_an_item_and_nothing_of_it_is_markup() -> None:
    out = io.StringIO()
    told = [(commit._replace(author=commit.author and "*Ann*"), change) for commit, change in ALL]
    markdown_changes_by_commit.write(changes_by_commit.sheet_of(told), out, Options())
    assert out.getvalue() == (
        "- not committed yet\n"
        "  - **Duty \\[b\\]** (`2025-10-09-a`): rate raised.\n"
        "- 2025-11-20 14:03 +01:00, \\*Ann\\*, Raise\\\\u202e it (`0123456789`)\n"
        "  - **Duty \\[b\\]** (`2025-10-09-a`): rate raised.\n"
        "  - **2025-10-09-b** (`2025-10-09-b`): added: y\\\\u001b\\[1m.\n"
    )
