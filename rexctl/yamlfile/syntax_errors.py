"""Syntax errors of the YAML parser as findings: what is wrong in the file, and how to fix it."""

import re
from typing import NamedTuple

import yaml

from rexctl.records import Finding
from rexctl.yamlfile.source import Source


class Report(NamedTuple):
    """Parts of the parser's message, and the message and hint to report instead.

    `opening` means that the fault is where the construct began, not where the parser gave up.
    """

    parts: tuple[str, ...]
    message: str
    hint: str
    code: str = "yaml-syntax"
    opening: bool = False


_QUOTE_IT = "put the text in quotes"
_TAB = Report(("tab character",), "a tab as indentation", "indent with spaces", "tab-indent")
_LEVEL = "bring it to the same column as its neighbours"
# The first one with a part in the parser's message is used. The words are libyaml's and, where they
# differ, those of PyYAML's own parser.
_REPORTS = (
    _TAB,
    # libyaml 0.2.6 gives up at a thousand levels before it reports the first.
    Report(("maximum nesting depth",), "too many levels, one in another", "split it into more events",
           "too-deep"),
    Report(("undefined tag handle", "scanning a tag", "parsing a tag"), "a tag (!...) is not used here",
           "take it out; a text that begins with ! must be in quotes", "yaml-tag"),
    Report(("incompatible", "duplicate %YAML", "duplicate %TAG", "scanning a directive", "scanning a %",
            "parsing a %", "duplicate YAML directive", "duplicate tag handle"),
           "a line that begins with % is not used here", "take the line out", "yaml-directive"),
    Report(("scanning an anchor", "scanning an alias"), "a text cannot begin with & or * unquoted", _QUOTE_IT),
    Report(("unexpected end of stream", "unexpected document indicator", "unexpected document separator"),
           "a quoted text begins here and never ends",
           'close the quote; in double quotes, a quote inside is written \\"', opening=True),
    Report(("unknown escape",), "a backslash in double quotes with no meaning",
           "write it twice (\\\\), or use single quotes"),
    Report(("hexdecimal", "hexadecimal", "Unicode character escape"), "an escape that gives no character",
           "write \\u and four digits of 0-9, a-f"),
    Report(("',' or ']'",), "a list in brackets lacks a comma or its ]",
           "close it; a text with a bracket or a comma in it must be in quotes", opening=True),
    Report(("',' or '}'",), "a mapping in braces lacks a comma or its }",
           "close it; a text with a brace or a comma in it must be in quotes", opening=True),
    Report(("expected ':'",), "this line has no colon after its first word",
           "write it as `field: value`, or indent it under the field it belongs to", opening=True),
    Report(("comment or line break", "comment or a line break"), "text on the line of | or >",
           "begin it on the next line, indented"),
    Report(("indentation indicator", "indentation indicators"), "0 after | or >", "leave the number out"),
    Report(("expected '-' indicator",), "this line is not indented like the list it is in",
           "begin it with `- `, or " + _LEVEL),
    Report(("sequence entries are not allowed",), "a list item where none can begin",
           "put each `- ` on a line of its own, in one column; a text that begins with - must be in quotes"),
    Report(("mapping keys are not allowed",), "a text cannot begin with `? ` unquoted", _QUOTE_IT),
    Report(("node content", "whitespace or line break"), "a value is missing here",
           "a text that begins with : , ] or } must be in quotes"),
)  # fmt: skip
_FALLBACK = Report(
    (), "cannot be read from here on", "look at quotes and indentation here and in the line above"
)
_QUOTED = re.compile(r"[\"']\s*\S*$")


def finding_of(error: yaml.YAMLError, source: Source) -> Finding:
    """Return the finding of a parser's error."""
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    opening_mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    report = _report(problem, context, source.line(line), column)
    if report.opening and opening_mark is not None:
        line, column = opening_mark.line + 1, opening_mark.column + 1
    return source.fault(report.code, report.message, line, column, hint=report.hint)


def _report(problem: str, context: str, line: str, column: int) -> Report:
    before = line[: column - 1]
    if "mapping values are not allowed" in problem or "unexpected ':'" in problem:
        return _colon(before)
    if "cannot start any token" in problem:
        sign = line[column - 1 : column]
        return _TAB if sign == "\t" else Report(
            (), f"a text cannot begin with {sign} unquoted", _QUOTE_IT)  # fmt: skip
    sentence = f"{problem} {context}"
    for report in _REPORTS:
        if any(part in sentence for part in report.parts):
            return report
    if "expected key" in problem or "block end" in problem or "document start" in problem:
        return _stray(before)
    return _FALLBACK


def _colon(before: str) -> Report:
    """A second colon on the line is one in a text; a first one is a line indented too far."""
    if re.search(r":(\s|$)", before):
        return Report((), "a colon in an unquoted text", _QUOTE_IT)
    return Report((), "this line is indented under one that already has a value", _LEVEL)


def _stray(before: str) -> Report:
    if before.strip(" -"):
        after = "after the closing quote" if _QUOTED.search(before) else "where the value has ended"
        return Report((), f"text {after}", "put the whole text in one pair of quotes; in "
                         'double quotes, a quote inside is written \\"')  # fmt: skip
    return Report((), "this line is not indented like its neighbours", _LEVEL)
