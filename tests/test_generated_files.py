from __future__ import annotations

from tests import regenerate


def test_the_generated_files_are_up_to_date() -> None:
    wanted = regenerate.wanted()
    written = {path: (regenerate.ROOT / path).read_text(encoding="utf-8") for path in wanted}
    outdated = [path for path, text in wanted.items() if text != written[path]]
    assert not outdated, "run python -m tests.regenerate"
