"""Where each part of a JSON text stands; asked only when something in it is wrong."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def places(text: str) -> dict[Path, tuple[int, int, int, int]]:
    """Give, for each path, key offset, key width, value offset and value width.

    The text must be JSON that has been read without a fault. Walks tokens; does not recurse.
    """
    found: dict[Path, tuple[int, int, int, int]] = {}
    stack: list[list[str | int | None]] = []  # the key or index now open in each container
    key: tuple[int, int] = (0, 0)
    wants_key = False
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if token in "}]":
            stack.pop()
            wants_key = False
        elif token == ",":
            if stack and isinstance(stack[-1][0], int):
                stack[-1][0] += 1
            else:
                wants_key = True
        elif token == ":":
            wants_key = False
        elif wants_key:
            stack[-1][0] = _unquoted(token)
            key = (start, len(token))
        else:
            path = tuple(part[0] for part in stack if part[0] is not None)
            inside_list = bool(stack) and isinstance(stack[-1][0], int)
            at = (start, len(token)) if inside_list or not stack else key
            found.setdefault(path, (*at, start, len(token)))
            if token in "{[":
                stack.append([0 if token == "[" else None])
                wants_key = token == "{"
    return found


def _unquoted(token: str) -> str:
    return token[1:-1].encode().decode("unicode_escape") if "\\" in token else token[1:-1]
