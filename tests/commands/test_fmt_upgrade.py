"""Fields of earlier versions: the error names the command that rewrites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door

OLD = """\
id: 2025-10-09-us-list
type: sanction
title: Names added to the list
date: 2025-10-09
status: adopted
actors:
  - US/bis
count:
  qualifier: at-least
  value: 7
# as the notice says
effective:
  from: 2025-10-09
  on_expiry: reverts
sources:
  - url: https://example.org/x
"""


def test_fmt_upgrade_rewrites_the_fields_and_keeps_the_comments(rexctl: Door) -> None:
    rexctl.put("2025-10-09-us-list.yaml", OLD)
    assert "rexctl fmt --upgrade rewrites the file" in rexctl("check").out
    assert rexctl("fmt").code == 3
    assert rexctl("fmt", "--upgrade").code == 0
    assert rexctl("check").code == 0
    text = rexctl.files["2025-10-09-us-list.yaml"]
    assert "counts:\n  - value: 7\n" in text
    assert "# as the notice says\neffective:" in text
    assert "on_expiry" not in text
    assert rexctl("fmt", "--upgrade").err == "0 rewritten\n"
