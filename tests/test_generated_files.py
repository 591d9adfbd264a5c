from __future__ import annotations

import subprocess
import sys

from tests import regenerate


def test_the_generated_files_are_up_to_date() -> None:
    wanted = regenerate.wanted()
    written = {path: (regenerate.ROOT / path).read_text(encoding="utf-8") for path in wanted}
    outdated = [path for path, text in wanted.items() if text != written[path]]
    assert not outdated, "run python -m tests.regenerate"


def test_the_tables_are_written_before_anything_reads_them():
    loaded = "import sys, tests.regenerate; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loaded], cwd=regenerate.ROOT,
                             capture_output=True, text=True, check=True).stdout.split()  # fmt: skip

    assert "rexctl.model.tables" not in modules
    assert "rexctl.yamlfile.documents" in modules
