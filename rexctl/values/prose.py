"""Format prose: one sentence a line, a blank line between paragraphs."""

from __future__ import annotations

import re

from rexctl.values.readings import readings

_BLANK = re.compile(r"[ \t\f\v]+")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_ITEM = re.compile(r"(?:[-*•+]|[0-9]{1,2}[.)])(?:\s|$)", re.ASCII)
# Chinese and Japanese have no space between words or sentences.
_WIDE = re.compile(
    "[\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
)
# Of several stops in a row only the first counts. The pattern begins with a character class and
# not with a lookbehind, so that `re` skips to the next stop instead of trying every position.
_END = re.compile(
    r"[.!?…。！？](?:"
    r"(?<=[.!?…])(?<![.!?…]{2})(?P<stop>[.!?…]*+)[\"'’”»)\]]*[ ]+"
    r"(?=[\"'‘“«(\[¿¡]*(?P<next>[^\s\"'‘“«(\[¿¡]))"
    r"|(?<=[。！？])(?<![。！？]{2})(?P<wide>[。！？]*+[”’」』）》】]*+)[ ]*(?=[^\s。！？”’」』）》】]))"
)
_ROMAN = re.compile(r"[IVXLC]+\b|[0-9§]")
_BEFORE_WORD = re.compile(r"[\"'‘’“”«»()\[\]/–—-]")
_MAX_WORD = 80  # characters searched for the last word before a full stop
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def format_prose(text: str) -> str:
    """Return prose in canonical form; only white space differs, and formatting again changes nothing.

    The lines of a paragraph are joined and split again, one sentence a line. A list item (`- `,
    `* `, `1. `) is one line, with the indented lines below it.
    """
    paragraphs: list[list[list[str]]] = [[]]  # of runs of text, each a list of the lines it had
    item = False  # whether an indented line continues a list item
    for raw in _BREAK.split(text):
        line = _BLANK.sub(" ", raw.strip())
        runs = paragraphs[-1]
        if not line:
            paragraphs.append([])
        elif _ITEM.match(line):
            runs.append([line])
            item = True
            continue
        elif runs and (not item or raw[0] in " \t"):
            runs[-1].append(_with_space(runs[-1][-1], line))
            continue
        else:
            runs.append([line])
        item = False
    joined = (["".join(pieces) for pieces in runs] for runs in paragraphs if runs)
    return "\n\n".join("\n".join(map(_split_sentences, runs)) for runs in joined)


def _with_space(before: str, line: str) -> str:
    """Return a line with the space, if any, that separates it from the text before it."""
    wide = _WIDE.match(before[-1]) and _WIDE.match(line)
    return line if wide else " " + line


def _split_sentences(run: str) -> str:
    """Return a run of text with a line break after each sentence; a list item stays one line."""
    if _ITEM.match(run):
        return run
    lines, start = [], 0
    for match in _END.finditer(run):
        before = run[max(start, match.start() - _MAX_WORD) : match.start()]
        if _is_end(before, run, match):
            lines.append(run[start : match.end()].rstrip())
            start = match.end()
    return "\n".join([*lines, run[start:]])


def _is_end(before: str, run: str, match: re.Match[str]) -> bool:
    """Return whether a sentence ends at this match."""
    # At the start of a line the following text would become a list item.
    if _ITEM.match(run, match.end()):
        return False
    if match["stop"] is None:  # a stop of Chinese or Japanese
        return True
    following: str = match["next"]
    if following.islower():
        return False
    if match["stop"] or match[0][0] != ".":
        return True
    word = _last_word(before).casefold()
    if word in readings()["before_numbers"]:
        return not _ROMAN.match(run, match.start("next"))
    return not (word in readings()["abbreviations"] or _INITIALS.fullmatch(word))


def _last_word(text: str) -> str:
    words = text.rsplit(None, 1)
    if not words or text[-1].isspace():
        return ""
    return _BEFORE_WORD.split(words[-1])[-1]
