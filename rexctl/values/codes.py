"""Codes as texts: what a code of each kind looks like, and when one lies within another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    from collections.abc import Callable


class Shape(NamedTuple):
    """How the codes of a product scheme are built, and the same in words."""

    pattern: Late
    sentence: str


_CONTROL = r"[0-9][A-E][0-9]{3}(\.[a-z0-9]{1,4})*"
_LINE = Shape(Late(r"[0-9]{8}|[0-9]{10}"), "8 or 10 digits")
# The schemes beside `material`, which has a list of its own.
SHAPES = {
    "hs": Shape(Late(r"[0-9]{2}|[0-9]{4}|[0-9]{6}"), "2, 4 or 6 digits, such as hs:2846"),
    "us-hts": _LINE,
    "cn-customs": _LINE,
    "us-eccn": Shape(Late(rf"EAR99|{_CONTROL}"), "a shape such as us-eccn:3A090.a"),
    "cn-control": Shape(Late(_CONTROL), "a shape such as cn-control:1C902"),
}
PRODUCT_SCHEMES = (*SHAPES, "material")
_DIGITS = ("hs", "us-hts", "cn-customs")
_CONTROLS = ("us-eccn", "cn-control")
_PART = r"[a-z0-9]+(-[a-z0-9]+)*"
_LAW = Late(rf"{_PART}(/{_PART})+")
_ACTOR = Late(rf"[A-Za-z0-9]+(-[A-Za-z0-9]+)*(/{_PART})*")
_SLUG = Late(_PART)


class UnknownCode(ValueError):
    """A code or a name that no vocabulary has; `suggestion` is the nearest one, or empty.

    The search for the nearest may be handed over to be done only when somebody asks: a file with
    thousands of wrong codes is told of long before all of them were looked for.
    """

    def __init__(
        self, given: str, why: str = "no such code", suggestion: str | Callable[[], str] = "",
        what: str = "",
    ) -> None:  # fmt: skip
        super().__init__(f"{given}: {why}")
        self.given, self.why, self._suggestion = given, why, suggestion
        self.what = what  # what is unknown, where that is not the kind of code itself: a scheme

    @property
    def suggestion(self) -> str:
        """The nearest code, or an empty text."""
        return self._suggestion if isinstance(self._suggestion, str) else self._suggestion()


def split(code: str) -> tuple[str, str]:
    """Give scheme and code of a product as they are stored: `HS:2805.30` is `hs`, `280530`.

    The dots and spaces of a tariff line are dropped. A control number has capitals in its head and
    small letters behind the point. Whether there is such a code is another question.
    """
    scheme, _, rest = (part.strip() for part in code.partition(":"))
    scheme = scheme.lower()
    if scheme in _DIGITS:
        return scheme, "".join(rest.replace(".", "").split())
    if scheme in _CONTROLS:
        head, point, tail = rest.partition(".")
        return scheme, head.upper() + point + tail.lower()
    return scheme, rest


def is_actor(text: str) -> bool:
    """Tell a text that could be an actor's code: `CN/mofcom`, `G7`, `firm/rhodium`."""
    return bool(_ACTOR.fullmatch(text))


def is_law(text: str) -> bool:
    """Tell a text that could be a legal basis: a jurisdiction and at least one part more."""
    return bool(_LAW.fullmatch(text))


def is_slug(text: str) -> bool:
    """Tell a text of small letters, digits and hyphens between them: a tag, a material."""
    return bool(_SLUG.fullmatch(text))


def is_prefix(kind: str, prefix: str, code: str) -> bool:
    """Tell whether `code` is `prefix` or lies within it.

    Actors, laws and materials go by the parts between slashes, so that CN is no prefix of CNX;
    other products by their signs, so that hs:28 holds hs:2846.
    """
    if code == prefix:
        return True
    if kind == "product" and split(prefix)[0] in SHAPES:
        return code.startswith(prefix)
    return code.startswith(prefix + "/")
