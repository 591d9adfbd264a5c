"""A document while its file is walked: its trees, faults and stretch of text, until it is whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from rexctl.records import WARNING, Finding
from rexctl.yamlfile import comments
from rexctl.yamlfile.document import Document
from rexctl.yamlfile.positions import Places
from rexctl.yamlfile.source import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.yamlfile.source import Limits, Source
    from rexctl.yamlfile.tree import Tree

_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)


class Draft:
    """What one document has given so far.

    Its first tree is its value. After a syntax error there is no value, and what follows the
    fault grows further trees, for the sake of their findings only.
    """

    __slots__ = ("_source", "_start", "broken", "end", "findings", "trees")

    def __init__(self, source: Source, start: int) -> None:
        self._source = source
        self._start = start
        self.end = len(source.text)
        self.trees: list[Tree] = []
        self.findings: list[Finding] = []
        self.broken = False

    @property
    def empty(self) -> bool:
        """Tell whether the document holds nothing at all, and nothing was told of it."""
        return not self.broken and not self.findings and all(tree.empty for tree in self.trees)

    def document(self, limits: Limits) -> Document:
        """Finish it: judge what only the whole can tell, and give the document."""
        for tree in self.trees:
            self.findings += tree.findings
        first = self._source.place(self._start)[0]
        if self.end - self._start > limits.size:
            self.findings.append(self._source.fault(
                "too-large", f"holds more than {limits.size} characters", first, 1))  # fmt: skip
        stopped = self.broken or self.end - self._start > limits.size
        if all(tree.empty for tree in self.trees) and not stopped:
            told = self._source.fault("empty-file", "holds nothing", first, 1)
            return Document(self._source, None, Places({}), (), [*self.findings, told])
        self.findings += self._tabs()
        if stopped or self.trees[0].full:
            return Document(self._source, None, Places({}), (), self.findings)
        tree = self.trees[0]
        found = comments.find(self._source, tree.spans, self._start, self.end)
        marks = list(islice(found, limits.values + 1))
        if len(marks) > limits.values:
            self.findings.append(self._source.fault(
                "too-many-values", f"more than {limits.values} comments", first, 1))  # fmt: skip
            return Document(self._source, None, Places({}), (), self.findings)
        self.findings += self._cuts(marks)
        return Document(self._source, tree.value, Places(tree.spots), marks, self.findings)

    def _cuts(self, marks: list[comments.Mark]) -> Iterator[Finding]:
        for mark in marks:
            if mark.cuts:
                yield self._source.fault(
                    "comment-cut", "what follows ` #` is a comment, and no part of the text",
                    mark.line, mark.column, len(mark.text), level=WARNING,
                    hint="put the text in quotes, or write a space after the # of a comment",
                )  # fmt: skip

    def _tabs(self) -> Iterator[Finding]:
        """Tell the lines that a tab indents; inside a text a tab is text."""
        told = {finding.line for finding in self.findings if finding.code == "tab-indent"}
        if self.broken and not told:
            return  # what a tab does beyond the fault cannot be known
        spans = [span for tree in self.trees for span in tree.spans]
        starts = [span.start for span in spans]
        for found in islice(_TAB.finditer(self._source.text, self._start, self.end), MOST):
            line, column = self._source.place(found.end() - 1)
            n = bisect_right(starts, found.start()) - 1
            inside = n >= 0 and found.start() < spans[n].end
            if not inside and line not in told:
                yield self._source.fault("tab-indent", "a tab as indentation", line, column, 1,
                                         hint="indent with spaces")  # fmt: skip
