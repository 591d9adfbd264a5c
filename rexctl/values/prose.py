"""Prose as the log keeps it: one sentence a line, a blank line between paragraphs."""

from __future__ import annotations

import re

# A full stop after these ends no sentence; after the second kind only before a number (`No. 61`,
# `Art. XXI`, `9 Oct. 2025`), so that a sentence may end in `no.` or `in Oct.`.
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "gen", "gov", "sen", "rep", "amb", "adm", "col", "capt", "lt",
    "sgt", "st", "mt", "jr", "sr", "inc", "ltd", "co", "corp", "bros", "dept", "est", "vs", "cf",
    "viz", "al", "etc", "approx", "ca", "ed", "eds", "trans", "messrs",
))  # fmt: skip
_NUMBERED = frozenset((
    "no", "nos", "art", "arts", "sec", "secs", "para", "paras", "ch", "cl", "reg", "regs", "vol",
    "p", "pp", "fig", "figs", "app", "pt", "tab", "ann", "par",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
))  # fmt: skip
_BLANK = re.compile(r"[ \t\f\v]+")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_ODD_BLANKS, _ODD_BREAKS = ("  ", "\t", "\f", "\v"), ("\r", "\x85", "\u2028", "\u2029")
_ITEM = re.compile(r"(?:[-*•+]|[0-9]{1,2}[.)])(?:\s|$)", re.ASCII)
# Chinese and Japanese, which put no space between words or sentences.
_WIDE = re.compile(
    "[\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
)
# Of a run of stops only the first counts. The pattern begins with a set of signs, and with no look
# behind it, so that `re` skips to the next of them instead of trying every place.
_END = re.compile(
    r"[.!?…。！？](?:"
    r"(?<=[.!?…])(?<![.!?…]{2})(?P<stop>[.!?…]*+)[\"'’”»)\]]*[ ]+"
    r"(?=[\"'‘“«(\[¿¡]*(?P<next>[^\s\"'‘“«(\[¿¡]))"
    r"|(?<=[。！？])(?<![。！？]{2})(?P<wide>[。！？]*+[”’」』）》】]*+)[ ]*(?=[^\s。！？”’」』）》】]))"
)
_ROMAN = re.compile(r"[IVXLC]+\b|[0-9§]")
_BEFORE_WORD = re.compile(r"[\"'‘’“”«»()\[\]/–—-]")
_LONGEST = 80  # characters of a last word, which is looked for before every full stop
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def sentences(text: str) -> str:
    """Give prose in its one form: only white space changes, and a second time changes nothing.

    Lines of a paragraph are joined and parted again, one sentence a line. An item of a list
    (`- `, `* `, `1. `) keeps a line of its own, with the indented lines below it.
    """
    paragraphs: list[list[list[str]]] = [[]]  # of runs of text, each in the pieces it came in
    item = False  # whether an indented line would go on with an item
    odd = any(sign in text for sign in _ODD_BREAKS)
    for raw in _BREAK.split(text) if odd else text.split("\n"):
        line = _spaced(raw.strip())
        runs = paragraphs[-1]
        if not line:
            paragraphs.append([])
        elif _ITEM.match(line):
            runs.append([line])
            item = True
            continue
        elif runs and (not item or raw[0] in " \t"):
            runs[-1].append(_led_in(runs[-1][-1], line))
            continue
        else:
            runs.append([line])
        item = False
    whole = (["".join(pieces) for pieces in runs] for runs in paragraphs if runs)
    return "\n\n".join("\n".join(map(_parted, runs)) for runs in whole)


def _spaced(line: str) -> str:
    """Give a line with one space wherever it had blanks."""
    return _BLANK.sub(" ", line) if any(blank in line for blank in _ODD_BLANKS) else line


def _led_in(before: str, line: str) -> str:
    """Give a line with the space, if any, that parts it from what stands before it."""
    wide = _WIDE.match(before[-1]) and _WIDE.match(line)
    return line if wide else " " + line


def _parted(run: str) -> str:
    """Give a run of text with a line break after each sentence; an item stays on its line."""
    if _ITEM.match(run):
        return run
    lines, start = [], 0
    for found in _END.finditer(run):
        before = run[max(start, found.start() - _LONGEST) : found.start()]
        if _ends(before, run, found):
            lines.append(run[start : found.end()].rstrip())
            start = found.end()
    return "\n".join([*lines, run[start:]])


def _ends(before: str, run: str, found: re.Match[str]) -> bool:
    """Tell whether a sentence ends here."""
    # At the start of a line this would become an item of a list.
    if _ITEM.match(run, found.end()):
        return False
    if found["stop"] is None:  # the stop of a script that puts no space after it
        return True
    following: str = found["next"]
    if following.islower():
        return False
    if found["stop"] or found[0][0] != ".":
        return True
    word = _last_word(before).casefold()
    if word in _NUMBERED:
        return not _ROMAN.match(run, found.start("next"))
    return not (word in _TITLES or _INITIALS.fullmatch(word))


def _last_word(text: str) -> str:
    words = text.rsplit(None, 1)
    if not words or text[-1].isspace():
        return ""
    return _BEFORE_WORD.split(words[-1])[-1]
