"""Codes as texts: what a code of each kind looks like, and when one lies within another."""

from __future__ import annotations

import re

_HS = re.compile(r"hs:(\d{2}|\d{4}|\d{6})", re.ASCII)
SHAPES = {
    "hs": (re.compile(r"\d{2}|\d{4}|\d{6}", re.ASCII), "2, 4 or 6 digits, such as hs:2846"),
    "us-hts": (re.compile(r"\d{8}|\d{10}", re.ASCII), "8 or 10 digits"),
    "cn-customs": (re.compile(r"\d{8}|\d{10}", re.ASCII), "8 or 10 digits"),
    "us-eccn": (
        re.compile(r"[0-9][A-E]\d{3}(\.[a-z](\.\d+)?)*", re.ASCII),
        "such as us-eccn:3A090",
    ),
    "cn-control": (re.compile(r"[0-9][A-E]\d{3}(\.[a-z](\.\d+)?)*", re.ASCII), "such as 1C902"),
}
_DIGITS = ("hs", "us-hts", "cn-customs")


class UnknownCode(ValueError):
    """A code or a name that no vocabulary has; `suggestion` is the nearest one, or empty."""

    def __init__(self, given: str, why: str = "no such code", suggestion: str = "") -> None:
        super().__init__(f"{given}: {why}")
        self.given, self.why, self.suggestion = given, why, suggestion


def split(code: str) -> tuple[str, str]:
    """Give scheme and code of a product, the dots of a tariff line dropped: `hs`, `280530`."""
    scheme, _, rest = code.partition(":")
    scheme = scheme.strip().lower()
    if scheme in _DIGITS:
        return scheme, rest.replace(".", "").replace(" ", "")
    return scheme, rest.strip()


def is_prefix(kind: str, prefix: str, code: str) -> bool:
    """Tell whether `code` is `prefix` or lies within it.

    Actors, laws and materials go by the parts between slashes, so that CN is no prefix of CNX;
    products by their digits, so that hs:28 holds hs:2846.
    """
    if code == prefix:
        return True
    if kind == "product" and split(prefix)[0] in (*_DIGITS, "us-eccn", "cn-control"):
        return code.startswith(prefix)
    return code.startswith(prefix + "/")
