"""The documents of a file: the only place where YAML text is read, with every finding and position."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, Literal, NamedTuple

import yaml

from rexctl.records import ERROR, WARNING, Finding
from rexctl.values import limits
from rexctl.yamlfile import source
from rexctl.yamlfile.source import MOST_FINDINGS, Source
from rexctl.yamlfile.tree import Node, Path, Position, Tree, value_at

# libyaml where PyYAML was built with it, else PyYAML's own parser: the same events, ten times slower.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_SYNTAX_ERRORS = 20
_START = Position(1, 1, 0)
# After a syntax error parsing resumes where a document or a field of the top level begins: no open
# node can contain such a line, unless it is the error itself.
_RESUME = re.compile(r"^(?:---(?=\s)|[A-Za-z_][\w-]*:(?=\s))", re.MULTILINE)
_NO_BREAK = re.compile(r"[^\n]")
_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)
# Outside a scalar each `#` begins a comment: libyaml accepts one with no space before it (`"x"#y`).
_CANDIDATE = re.compile(r"#[^\n]*")
# A comment begins with `# `; this is rather text that YAML has cut off: `Notice #61`, `No. # 61`.
_LOST = re.compile(r"#(?:[^\s#!:]| \d)")

Side = Literal["before", "beside", "after"]


def read_document(data: bytes, path: str = "") -> Document:
    """Return the one document of a file; a second one is a finding.

    `path` is the name of the file in findings. No fault raises an error.
    """
    return _Reader(source.read(data, path, most=limits.MAX_SIZE), many=False).documents()[0]


def read_documents(data: bytes, path: str = "") -> list[Document]:
    """Return the documents of a stream but those that hold nothing; the limits hold for each."""
    return _Reader(source.read(data, path), many=True).documents()


class Comment(NamedTuple):
    """A comment: its text with the `#`, its position, and the node it belongs to.

    `own_line` is true where only blanks are before it; `cuts_text` where it looks like text that
    YAML has cut off. `side` is `before` for lines of its own above the node, `beside` for the end
    of the node's line, `after` for lines below it. `()` before is the head of the file, `()` after
    its end.
    """

    text: str
    offset: int
    line: int
    column: int
    own_line: bool
    cuts_text: bool
    path: Path = ()
    side: Side = "before"


class Document:
    """One document: plain data, the position of each part, comments, and findings by position.

    `value` has every scalar as the text that YAML gives, and is None where it could not be built.
    """

    def __init__(
        self, source: Source, findings: Iterable[Finding], value: Any = None,
        nodes: dict[Path, Node] | None = None, unattached: Sequence[Comment] = (),
    ) -> None:  # fmt: skip
        self.source = source
        self.name = source.name
        self.text = source.text  # of the complete file, with LF line ends and no byte order mark
        self.findings = tuple(sorted(findings, key=lambda finding: finding.sort_key))
        self.value = value
        self.nodes = nodes or {}  # by path: `("links", 0, "to")`; `()` is the document itself
        self._unattached = unattached

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """The comments, each with the node that it belongs to."""
        begins = {path: self.start(path) for path in self.nodes if path}
        order = sorted(begins, key=lambda path: (begins[path], len(path)))
        starts = [begins[path] for path in order]
        head = self._count_head(starts[0] if starts else len(self.text))
        attached = []
        for number, one in enumerate(self._unattached):
            at = bisect_right(starts, one.offset)
            before = order[at - 1] if at else None
            after = order[at] if at < len(order) else None
            path: Path
            side: Side
            if number < head or not order:
                path, side = (), "before"
            elif one.own_line:
                path, side = self._own_line(one, before, after)
            else:
                path, side = (before, "beside") if before else ((), "before")
            attached.append(one._replace(path=path, side=side))
        return tuple(attached)

    def _count_head(self, first: int) -> int:
        """Return how many comments are above the first node and separated from it by a blank line."""
        above = [one for one in self._unattached if one.offset < first]
        for n in range(len(above), 0, -1):
            if not self.source.line(above[n - 1].line + 1).strip():
                return n
        return 0

    def _own_line(
        self, comment: Comment, before: Path | None, after: Path | None
    ) -> tuple[Path, Side]:
        """Return the node of a comment on its own line: the next, unless the comment is deeper."""
        if before is None:
            return after or (), "before"
        inside = comment.offset < self.nodes[before].end
        if after is not None and (after[: len(before)] == before or not inside):
            deeper = comment.column > self._column(after) and after[: len(before)] != before
            owner = self._above(comment, before) if deeper else ()
            return (owner, "after") if len(owner) > len(after) else (after, "before")
        if inside:
            return before, "before"  # between a key and its value
        owner = self._above(comment, before)
        return (owner, "after") if len(owner) > 1 else ((), "after")

    def _above(self, comment: Comment, before: Path) -> Path:
        """Return the deepest of the nodes just ended that begins no further right than the comment."""
        lines = (before[:n] for n in range(len(before), 0, -1))
        return next((p for p in lines if p in self.nodes and self._column(p) <= comment.column), ())

    def _column(self, path: Path) -> int:
        """Return the column of a node: of its key, or of the dash of a list item."""
        return self.source.position(self.start(path))[1]

    def with_value(self, value: Any) -> Document:
        """Return the document with a part of its value; a comment of the rest is the next node's."""
        nodes = {
            path: node for path, node in self.nodes.items() if value_at(path, value) is not None
        }
        return Document(self.source, self.findings, value, nodes, self._unattached)

    def start(self, path: Path) -> int:
        """Return the offset of a node: of its key, or of the dash of an item of a block list."""
        start, parent = self.nodes[path].start, self.nodes.get(path[:-1])
        if not isinstance(path[-1], int) or parent is None or parent.value.style != "block":
            return start
        text, column = self.text, parent.value.column - 1
        line = text.rfind("\n", 0, start) + 1
        while line and (text[line : line + column].strip(" -") or text[line + column] != "-"):
            line = text.rfind("\n", 0, line - 1) + 1
        return line + column

    def lines(self, path: Path) -> tuple[int, int]:
        """Return the first and the last line of a node, from 1."""
        ends = self.start(path), max(self.nodes[path].end - 1, 0)
        first, last = (self.source.position(offset)[0] for offset in ends)
        return first, last

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
        return self.source.locate(finding, at.line, at.column, at.width)


class _Reader:
    """Reads one file; it resumes after a syntax error, to report the other faults too."""

    def __init__(self, text: Source, many: bool) -> None:
        self.source = text
        self.many = many
        self.trees: list[Tree] = []

    def documents(self) -> list[Document]:
        """Return the documents, each with the findings that the bytes gave within it."""
        if not self.source.is_readable:
            return [Document(self.source, self.source.findings)]
        self._read_segments()
        for tree in self.trees[-1:]:
            tree.end = len(self.source.text)  # comments after a closing `...` belong to it
        trees = [tree for tree in self.trees if not (self.many and tree.is_empty)]
        if not trees and (self.source.findings or not self.many):
            trees = self.trees or [Tree(self.source, 0)]
        for finding in self.source.findings:
            offset = self.source.offset(finding.line)
            home = next((tree for tree in trees if offset < tree.end), trees[-1])
            home.findings.append(finding)
        return [_document(self.source, tree) for tree in trees]

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
                self.trees[-1].end = after.start()
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
                    self.trees[-1].read(events)
                    if self.trees[-1].is_full:
                        return None
                elif isinstance(event, yaml.DocumentEndEvent):
                    end: Any = event.end_mark
                    self.trees[-1].end = end.index
        except yaml.YAMLError as error:
            from rexctl.yamlfile.syntax_errors import finding_of

            if not self.trees:
                self._open()
            tree, fault = self.trees[-1], finding_of(error, self.source)
            last = tree.findings[-1:]  # an empty value just before the error is the error's doing
            if last and last[0].code == "empty-value" and last[0].line >= fault.line - 1:
                tree.findings.pop()
            tree.findings.append(fault)
            tree.is_broken = True
            return fault
        return None

    def _begin(self, event: Any, *, resumed: bool) -> bool:
        """Begin a document; return False for a second one in a file, where reading ends."""
        if self.trees and not self.many and not resumed:
            self.trees[-1].fault(event, "second-document", "a second document begins here",
                                 "an event is one file, and a file is one document")  # fmt: skip
            return False
        if resumed:
            self.trees[-1].end = len(self.source.text)
        else:
            self._open()
        if event.version or event.tags:
            self.trees[-1].fault(event, "yaml-directive", "a line that begins with % is not used here",
                                 "take the line out")  # fmt: skip
        return True

    def _open(self) -> None:
        begin = self.trees[-1].end if self.trees else 0
        if self.many and self.trees and self.trees[-1].is_empty:
            self.trees.pop()
        self.trees.append(Tree(self.source, begin))


def _document(text: Source, tree: Tree) -> Document:
    """Return the document of a tree, with the findings that need the complete tree."""
    findings, first = tree.findings, text.position(tree.start)[0]
    is_large = tree.end - tree.start > limits.MAX_SIZE
    if is_large:
        message = f"holds more than {limits.MAX_SIZE} characters"
        findings.append(text.fault("too-large", message, first, 1))
    if not (tree.has_content or tree.is_broken or is_large):
        findings.append(text.fault("empty-file", "holds nothing", first, 1))
        return Document(text, findings)
    findings += _tabs(text, tree)
    if tree.is_broken or is_large or tree.is_full:
        return Document(text, findings)
    comments = _find_comments(text, tree)
    unattached = list(islice(comments, limits.MAX_VALUES + 1))
    if len(unattached) > limits.MAX_VALUES:
        message = f"more than {limits.MAX_VALUES} comments"
        findings.append(text.fault("too-many-values", message, first, 1))
        return Document(text, findings)
    for one in islice((one for one in unattached if one.cuts_text), MOST_FINDINGS):
        findings.append(text.fault(
            "comment-cut", "what follows ` #` is a comment, and no part of the text",
            one.line, one.column, len(one.text), level=WARNING,
            hint="put the text in quotes, or write a space after the # of a comment",
        ))  # fmt: skip
    return Document(text, findings, tree.value, tree.nodes, unattached)


def _tabs(text: Source, tree: Tree) -> Iterator[Finding]:
    """Yield a finding for each line that a tab indents; inside a text a tab is text."""
    reported = {finding.line for finding in tree.findings if finding.code == "tab-indent"}
    if tree.is_broken and not reported:
        return  # what a tab does after a syntax error cannot be known
    for match in islice(_TAB.finditer(text.text, tree.start, tree.end), MOST_FINDINGS):
        line, column = text.position(match.end() - 1)
        scalar = tree.text_range(match.start())
        inside = scalar is not None and match.start() < scalar.end
        if not inside and line not in reported:
            yield text.fault("tab-indent", "a tab as indentation", line, column, 1,
                             hint="indent with spaces")  # fmt: skip


def _find_comments(source: Source, tree: Tree) -> Iterator[Comment]:
    """Yield the comments of a document, their nodes not known yet; a `#` inside a scalar is none."""
    text, position = source.text, tree.start
    while match := _CANDIDATE.search(text, position, tree.end):
        index = match.start()
        scalar = tree.text_range(index)
        if scalar is not None and index < scalar.end:
            position = max(scalar.end, index + 1)
            continue
        position = match.end()
        line, column = source.position(index)
        before = text[index - column + 1 : index]
        ended = index - column + 1 + len(before.rstrip())
        cuts = scalar is not None and scalar.can_be_cut and scalar.start < scalar.end == ended
        own = not before.strip()
        is_cut_off = cuts and not own and bool(_LOST.match(match[0]))
        yield Comment(match[0].rstrip(), index, line, column, own, is_cut_off)
