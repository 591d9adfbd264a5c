"""The documents of a file: the only place where YAML text is read, with every finding and position."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import yaml

from rexctl.records import ERROR, WARNING, Finding
from rexctl.values import limits
from rexctl.yamlfile import comments, source
from rexctl.yamlfile.source import MOST_FINDINGS, Source
from rexctl.yamlfile.tree import Node, Path, Position, Tree

# libyaml where PyYAML was built with it, else PyYAML's own parser: the same events, ten times slower.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_SYNTAX_ERRORS = 20
_START = Position(1, 1, 0)
# After a syntax error parsing resumes where a document or a field of the top level begins: no open
# node can contain such a line, unless it is the error itself.
_RESUME = re.compile(r"^(?:---(?=\s)|[A-Za-z_][\w-]*:(?=\s))", re.MULTILINE)
_NO_BREAK = re.compile(r"[^\n]")
_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)


def read_document(data: bytes, path: str = "") -> Document:
    """Return the one document of a file; a second one is a finding.

    `path` is the name of the file in findings. No fault raises an error.
    """
    return _read(data, path, many=False)[0]


def read_documents(data: bytes, path: str = "") -> list[Document]:
    """Return the documents of a stream but those that hold nothing; the limits hold for each."""
    return _read(data, path, many=True)


class Document:
    """One document: plain data, the position of each part, comments, and findings by position.

    `value` has every scalar as the text that YAML gives, and is None where it could not be built.
    """

    def __init__(
        self, source: Source, findings: Iterable[Finding], value: Any = None,
        nodes: dict[Path, Node] | None = None, unattached: Sequence[comments.Comment] = (),
    ) -> None:  # fmt: skip
        self.source = source
        self.name = source.name
        self.text = source.text  # of the whole file, with LF line ends and no byte order mark
        self.findings = tuple(sorted(findings, key=lambda finding: finding.sort_key))
        self.value = value
        self.nodes = nodes or {}  # by path: `("links", 0, "to")`; `()` is the whole document
        self._unattached = unattached

    @cached_property
    def comments(self) -> tuple[comments.Comment, ...]:
        """The comments, each with the node that it belongs to."""
        return comments.attach(self.source, self._unattached, self.nodes)

    def with_value(self, value: Any) -> Document:
        """Return the document with a part of its value; a comment of the rest is the next node's."""
        nodes = {path: node for path, node in self.nodes.items() if _holds(value, path)}
        return Document(self.source, self.findings, value, nodes, self._unattached)

    def start(self, path: Path) -> int:
        """Return the offset of a node: of its key, or of the dash of an item of a block list."""
        return comments.start_of(path, self.nodes, self.text)

    def position(self, path: Path, on: str = "value") -> Position:
        """Return the position of the `key` or `value` at a path.

        Where there is no such node, that of the nearest parent's key.
        """
        nearest = path
        while nearest and nearest not in self.nodes:
            nearest = nearest[:-1]
        if (node := self.nodes.get(nearest)) is None:
            return _START
        return node.value if on == "value" and nearest == path else node.key

    def fault(
        self, code: str, message: str, path: Path = (), *,
        hint: str = "", level: str = ERROR, on: str = "value",
    ) -> Finding:  # fmt: skip
        """Return a finding at a path of the tree, on its `key` or its `value`."""
        return self.locate(Finding(code, message, level=level, hint=hint, loc=path, on=on))

    def locate(self, finding: Finding) -> Finding:
        """Return a finding with the line, column and text of its `loc` in this document."""
        at = self.position(finding.loc, finding.on)
        located = self.source.fault(finding.code, finding.message, at.line, at.column, at.width,
                                    hint=finding.hint, level=finding.level)  # fmt: skip
        return located._replace(event=finding.event, loc=finding.loc, on=finding.on)


def _holds(value: Any, path: Path) -> bool:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _read(data: bytes, path: str, *, many: bool) -> list[Document]:
    text = source.read(data, path, most=0 if many else limits.MAX_SIZE)
    if not text.is_readable:
        return [Document(text, text.findings)]
    return _Reader(text, many).documents()


class _Reader:
    """Reads one file; it resumes after a syntax error, to report the other faults too."""

    def __init__(self, text: Source, many: bool) -> None:
        self.source = text
        self.many = many
        self.drafts: list[_Draft] = []

    def documents(self) -> list[Document]:
        """Return the documents, each with the findings that the bytes gave within it."""
        self._read_segments()
        for draft in self.drafts[-1:]:
            draft.end = len(self.source.text)  # comments after a closing `...` belong to it
        drafts = [draft for draft in self.drafts if not (self.many and draft.is_empty)]
        if not drafts and (self.source.findings or not self.many):
            drafts = self.drafts or [_Draft(self.source, 0, len(self.source.text))]
        for finding in self.source.findings:
            offset = self.source.offset(finding.line)
            home = next((draft for draft in drafts if offset < draft.end), drafts[-1])
            home.findings.append(finding)
        return [draft.finish() for draft in drafts]

    def _read_segments(self) -> None:
        """Read to the end, and again from behind each syntax error."""
        start, resumed = 0, False
        for _ in range(_MOST_SYNTAX_ERRORS):
            fault = self._read_segment(start, resumed)
            after = fault and _RESUME.search(self.source.text, self.source.offset(fault.line + 1))
            if not after:
                return
            resumed = after[0] != "---"
            if not resumed:
                self.drafts[-1].end = after.start()
                if not self.many:
                    return
            start = after.start()

    def _read_segment(self, start: int, resumed: bool) -> Finding | None:
        """Read from an offset to the end, or to the syntax error that is returned."""
        # What was read before is blank, so that all marks count from the start of the file.
        text = _NO_BREAK.sub(" ", self.source.text[:start]) + self.source.text[start:]
        events = yaml.parse(text, Loader=LOADER)
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if not self._begin(event, resumed=resumed):
                        return None
                    resumed = False
                    self.drafts[-1].trees[-1].read(events)
                    if self.drafts[-1].trees[-1].is_full:
                        return None
                elif isinstance(event, yaml.DocumentEndEvent):
                    end: Any = event.end_mark
                    self.drafts[-1].end = end.index
        except yaml.YAMLError as error:
            if not self.drafts:
                self._open(resumed=False)
            for tree in self.drafts[-1].trees[-1:]:
                tree.drop_loose_finding()
            from rexctl.yamlfile.syntax_errors import finding_of

            fault = finding_of(error, self.source)
            self.drafts[-1].findings.append(fault)
            self.drafts[-1].is_broken = True
            return fault
        return None

    def _begin(self, event: Any, *, resumed: bool) -> bool:
        """Begin a document; return False for a second one in a file, where reading ends."""
        if self.drafts and not self.many and not resumed:
            self._fault(event, "second-document", "a second document begins here",
                        "an event is one file, and a file is one document")  # fmt: skip
            return False
        self._open(resumed=resumed)
        if event.version or event.tags:
            self._fault(event, "yaml-directive",
                        "a line that begins with % is not used here", "take the line out")  # fmt: skip
        return True

    def _open(self, *, resumed: bool) -> None:
        if not resumed:
            begin = self.drafts[-1].end if self.drafts else 0
            if self.many and self.drafts and self.drafts[-1].is_empty:
                self.drafts.pop()
            self.drafts.append(_Draft(self.source, begin, len(self.source.text)))
        self.drafts[-1].end = len(self.source.text)
        self.drafts[-1].trees.append(Tree(self.source))

    def _fault(self, event: Any, code: str, message: str, hint: str) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.drafts[-1].findings.append(self.source.fault(code, message, line, column, hint=hint))


@dataclass(slots=True)
class _Draft:
    """A document while its file is read, from the offset `start` to `end`.

    Its first tree is its value. After a syntax error there is no value, and the text after the
    error grows further trees, for their findings only.
    """

    source: Source
    start: int
    end: int
    trees: list[Tree] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_broken: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the document holds nothing and has no finding."""
        return not self.is_broken and not self.findings and all(t.is_empty for t in self.trees)

    def finish(self) -> Document:
        """Return the document, with the findings that need the whole of it."""
        for tree in self.trees:
            self.findings += tree.findings
        first = self.source.position(self.start)[0]
        if self.end - self.start > limits.MAX_SIZE:
            self._add("too-large", f"holds more than {limits.MAX_SIZE} characters", first)
        stopped = self.is_broken or self.end - self.start > limits.MAX_SIZE
        if all(tree.is_empty for tree in self.trees) and not stopped:
            self._add("empty-file", "holds nothing", first)
            return Document(self.source, self.findings)
        self.findings += self._tabs()
        if stopped or self.trees[0].is_full:
            return Document(self.source, self.findings)
        tree = self.trees[0]
        unattached = comments.find(self.source, tree.ranges, self.start, self.end)
        some = list(islice(unattached, limits.MAX_VALUES + 1))
        if len(some) > limits.MAX_VALUES:
            self._add("too-many-values", f"more than {limits.MAX_VALUES} comments", first)
            return Document(self.source, self.findings)
        self.findings += self._cut_texts(some)
        return Document(self.source, self.findings, tree.value, tree.nodes, some)

    def _add(self, code: str, message: str, line: int) -> None:
        self.findings.append(self.source.fault(code, message, line, 1))

    def _cut_texts(self, unattached: list[comments.Comment]) -> Iterator[Finding]:
        for one in islice((one for one in unattached if one.cuts_text), MOST_FINDINGS):
            yield self.source.fault(
                "comment-cut", "what follows ` #` is a comment, and no part of the text",
                one.line, one.column, len(one.text), level=WARNING,
                hint="put the text in quotes, or write a space after the # of a comment",
            )  # fmt: skip

    def _tabs(self) -> Iterator[Finding]:
        """Yield a finding for each line that a tab indents; inside a text a tab is text."""
        reported = {finding.line for finding in self.findings if finding.code == "tab-indent"}
        if self.is_broken and not reported:
            return  # what a tab does after a syntax error cannot be known
        ranges = [one for tree in self.trees for one in tree.ranges]
        starts = [one.start for one in ranges]
        matches = _TAB.finditer(self.source.text, self.start, self.end)
        for match in islice(matches, MOST_FINDINGS):
            line, column = self.source.position(match.end() - 1)
            n = bisect_right(starts, match.start()) - 1
            inside = n >= 0 and match.start() < ranges[n].end
            if not inside and line not in reported:
                yield self.source.fault("tab-indent", "a tab as indentation", line, column, 1,
                                         hint="indent with spaces")  # fmt: skip
