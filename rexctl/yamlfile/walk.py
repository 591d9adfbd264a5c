"""The only door to YAML: bytes in, plain data with places and findings out; nothing is composed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from rexctl.yamlfile import source, syntax_errors
from rexctl.yamlfile.document import Document
from rexctl.yamlfile.draft import Draft
from rexctl.yamlfile.positions import Places
from rexctl.yamlfile.source import LIMITS, Limits, Source
from rexctl.yamlfile.tree import Tree

if TYPE_CHECKING:
    from rexctl.records import Finding

__all__ = ["LIMITS", "Document", "Limits", "walk"]

# libyaml where it was built in, else its port: the same events, about ten times slower.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_ERRORS = 20
# After a fault the walk goes on where a new document or a new field of the top level begins:
# nothing that is still open can hold such a line, unless it is the fault itself.
_NEXT = re.compile(r"^(?:---(?=\s)|[A-Za-z_][\w-]*:(?=\s))", re.MULTILINE)


def walk(data: bytes, name: str, *, many: bool = False, limits: Limits = LIMITS) -> list[Document]:
    """Read the YAML of a file that findings call `name`; every fault is told, none is raised.

    Without `many` there is exactly one document in the answer, and a second one is a fault. With
    it, documents that hold nothing are left out, and `limits` hold for each of the others.
    """
    text = source.read(data, name, most=0 if many else limits.size)
    if not text.readable:
        return [Document(text, None, Places({}), (), text.findings)]
    return _Walk(text, many, limits).documents()


class _Walk:
    """One pass over a file; it goes on after a syntax error, for the sake of the other faults."""

    def __init__(self, text: Source, many: bool, limits: Limits) -> None:
        self.source = text
        self.many = many
        self.limits = limits
        self.drafts: list[Draft] = []

    def documents(self) -> list[Document]:
        """Give the documents, each with the findings that the bytes gave within it."""
        self._segments()
        for draft in self.drafts[-1:]:
            draft.end = len(self.source.text)  # comments after a closing `...` are its own too
        drafts = [draft for draft in self.drafts if not (self.many and draft.empty)]
        if not drafts and (self.source.findings or not self.many):
            drafts = self.drafts or [Draft(self.source, 0)]
        for finding in self.source.findings:
            offset = self.source.offset(finding.line)
            home = next((draft for draft in drafts if offset < draft.end), drafts[-1])
            home.findings.append(finding)
        return [draft.document(self.limits) for draft in drafts]

    def _segments(self) -> None:
        """Walk to the end, and on from behind each syntax error."""
        start, resumed = 0, False
        for _ in range(_MOST_ERRORS):
            fault = self._segment(start, resumed)
            following = fault and _NEXT.search(self.source.text, self.source.offset(fault.line + 1))
            if not following:
                return
            resumed = following[0] != "---"
            if not resumed:
                self.drafts[-1].end = following.start()
                if not self.many:
                    return
            start = following.start()

    def _segment(self, start: int, resumed: bool) -> Finding | None:
        """Walk from an offset to the end, or to the syntax error that is given back."""
        line = self.source.place(start)[0]
        try:
            for event in yaml.parse(self.source.text[start:], Loader=LOADER):
                if not self._take(event, start, line, resumed):
                    return None
                resumed = resumed and not isinstance(event, yaml.DocumentStartEvent)
        except yaml.YAMLError as error:
            if not self.drafts:
                self._open(start, line, resumed=False)
            for tree in self.drafts[-1].trees[-1:]:
                tree.cut_off()
            fault = syntax_errors.told(error, self.source, line)
            self.drafts[-1].findings.append(fault)
            self.drafts[-1].broken = True
            return fault
        return None

    def _take(self, event: Any, start: int, line: int, resumed: bool) -> bool:
        """Take one event; give False where the walk ends for good."""
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            tree = self.drafts[-1].trees[-1]
            tree.take(event)
            return not tree.full
        if isinstance(event, yaml.DocumentStartEvent):
            if self.drafts and not self.many and not resumed:
                self._second(event, line)
                return False
            self._open(start, line, resumed=resumed)
            self._directives(event, line)
        elif isinstance(event, yaml.DocumentEndEvent):
            mark: Any = event.end_mark
            self.drafts[-1].end = start + mark.index
        return True

    def _open(self, start: int, line: int, *, resumed: bool) -> None:
        if not resumed:
            begin = self.drafts[-1].end if self.drafts else 0
            if self.many and self.drafts and self.drafts[-1].empty:
                self.drafts.pop()
            self.drafts.append(Draft(self.source, begin))
        self.drafts[-1].end = len(self.source.text)
        self.drafts[-1].trees.append(Tree(self.source, self.limits, start, line))

    def _second(self, event: Any, line: int) -> None:
        mark = event.start_mark
        self.drafts[-1].findings.append(self.source.fault(
            "second-document", "a second document begins here", line + mark.line, mark.column + 1,
            hint="an event is one file, and a file is one document",
        ))  # fmt: skip

    def _directives(self, event: Any, line: int) -> None:
        if event.version or event.tags:
            mark = event.start_mark
            self.drafts[-1].findings.append(self.source.fault(
                "yaml-directive", "a line that begins with % is not used here",
                line + mark.line, mark.column + 1, hint="take the line out",
            ))  # fmt: skip
