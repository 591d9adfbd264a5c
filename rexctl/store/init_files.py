"""The files that `init` writes: settings, schema, codebook, editor and git settings, CI, hooks."""

import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from rexctl.model import json_schema
from rexctl.model.types import TYPES, example_of
from rexctl.records import Finding
from rexctl.store.layout import SCHEMA, path_of
from rexctl.store.safe_open import read_bytes
from rexctl.values.clock import machine_timezone

WORKFLOW = ".github/workflows/rexctl.yml"
HOOKS = ".pre-commit-config.yaml"
# In place of an unknown source: pip refuses it, so that no package of a registry is installed.
_FILL_IN = "Replace FILL IN ... by the git source of rexctl: no package registry has it."
_UNKNOWN = "FILL IN git+https://HOST/OWNER/REPOSITORY@TAG"
# In the workflow an event's text never reaches a shell: the revisions come by the environment, and
# they are hashes. It runs each morning, since something may become due without a push. There is no
# `fmt --check`: `check` reports not-canonical.
_TEMPLATES = Path(__file__).parents[1] / "resources" / "templates"


def project_files(
    environ: Mapping[str, str], codes: json_schema.Codes, *, demo: bool
) -> Iterator[tuple[str, str]]:
    """Yield each file of a new project: its path from the project's folder, and its text.

    The schema offers `codes`. The settings get the time zone of the machine. With `demo` there is
    an event of each type.
    """
    zone = machine_timezone(environ)
    settings, comment, timezone = _template("rexctl.yaml").partition("# The time zone")
    yield "data/rexctl.yaml", settings + (comment + timezone.format(zone) if zone else "")
    for path, text in generated_files(codes):
        yield f"data/{path}", text
    yield ".gitattributes", _template("gitattributes")
    if demo:
        for name in TYPES:
            text = example_of(name)
            event_id = text.splitlines()[0].removeprefix("id: ")
            yield f"data/{path_of(event_id)}", text


def generated_files(codes: json_schema.Codes) -> Iterator[tuple[str, str]]:
    """Yield the files of `data/` that are generated from schema and codes: path in the log, text."""
    yield SCHEMA, json_schema.file_schema_text(codes)
    yield "README.md", json_schema.codebook_text()


def find_stale(root: Path, codes: json_schema.Codes) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each generated file that is missing, old or not a file; the fix."""
    for path, text in generated_files(codes):
        data = read_bytes(root / path, path)
        if isinstance(data, Finding) and os.path.lexists(root / path):
            yield f"{path}: {data.message}", "move it away, then rexctl init --refresh"
        elif data != text.encode():
            yield f"{path} is missing or old", "rexctl init --refresh"


def repository_files(
    within: str, *, ci: str = "", install: str = "", branches: str = "main", hooks: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the editor settings, CI workflow and hooks: path from the repository's root, and text.

    `within` is the project's folder relative to that root; "" where it is the root. `install` is
    the requirement by which pip installs rexctl; without it the workflow has a line to fill in.
    The workflow runs for pushes to `branches`, separated by commas.
    """
    folder = _quote(f"{within}/")[1:-1] if within else ""
    for name in ("settings.json", "extensions.json"):
        yield f".vscode/{name}", _template(name).replace("{folder}", folder)
    if ci == "github":
        yield WORKFLOW, _workflow(within, install, branches)
    if hooks:
        yield HOOKS, _hooks(within)


def find_lacking(text: str, data: bytes | Finding) -> str:
    """Return what a file lacks in which `text` was expected; "" if nothing is missing.

    `data` is what was read. JSON may have more than `text`, and comments.
    """
    present = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
    if not text.startswith("{"):
        return "" if text == present else "it differs from what init writes"
    lacks = any(one not in present for one in re.findall(r'"(?:[^"\\]|\\.)+"', text))
    return "add " + re.sub(r"\n *", "", text)[1:-1] if lacks else ""


def installation_source() -> str:
    """Return the pip requirement for the git commit that rexctl was installed from.

    It is read from `direct_url.json` of the installed distribution (PEP 610). "" where rexctl was
    installed from elsewhere, or from a repository on this machine, which CI cannot reach.
    """
    try:
        text = metadata.distribution("rexctl").read_text("direct_url.json")
        origin = json.loads(text or "{}")
        url, vcs = origin["url"], origin["vcs_info"]
    except (metadata.PackageNotFoundError, ValueError, KeyError):
        return ""
    if vcs["vcs"] != "git" or url.startswith("file:"):
        return ""
    folder = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
    return f"rexctl @ git+{url}@{vcs['commit_id']}{folder}"


def _workflow(within: str, install: str, branches: str) -> str:
    run = _quote(f"python -m pip install {shlex.quote(install or _UNKNOWN)}")
    step = ("" if install else f"      # {_FILL_IN}\n") + f"      - run: {_literal(run)}\n"
    folder = f"        working-directory: {_literal(_quote(within))}\n"
    defaults = f"    defaults:\n      run:\n{folder}" if within else ""
    names = ", ".join(_quote(name) for name in branches.split(","))
    text = _template("workflow.yml").replace("{branches}", names)
    return text.replace("{defaults}", defaults).replace("{install}", step)


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _literal(text: str) -> str:
    """Escape `${{ ... }}`, which GitHub would evaluate."""
    return text.replace("${{", "${{ '${{' }}")


def _hooks(within: str) -> str:
    args = f"        args: [-C, {_quote(within)}]\n" if within else ""
    files = _quote(f"^{re.escape(f'{within}/' if within else '')}data/")
    return _template("hooks.yaml").replace("{args}", args).replace("{files}", files)


def _quote(text: str) -> str:
    """Return a text as a YAML scalar: JSON is YAML, and quotes whatever a folder's name holds."""
    return json.dumps(text, ensure_ascii=False)
