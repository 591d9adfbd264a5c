"""Codes and ids as texts: the shape of each kind, whether one code is within another, the id of a blob."""

import re

_CONTROL = r"[0-9][A-E][0-9]{3}(\.[a-z0-9]{1,4})*"
_LINE = (re.compile(r"[0-9]{8}|[0-9]{10}"), "8 or 10 digits")
_HS = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")
# The pattern of the codes of each scheme, and the same in words; the codes of `material` are a list.
SCHEMES = {
    "hs": (_HS, "2, 4 or 6 digits, such as hs:2846"),
    **dict.fromkeys(("hs2017", "hs2012", "hs2007"), (_HS, "2, 4 or 6 digits")),  # not looked up
    "us-hts": _LINE,
    "cn-customs": _LINE,
    "eu-cn": (re.compile(r"[0-9]{8}"), "8 digits"),
    "eu-taric": (re.compile(r"[0-9]{10}"), "10 digits"),
    "uk-tariff": _LINE,
    "us-eccn": (re.compile(rf"EAR99|{_CONTROL}"), "a shape such as us-eccn:3A090.a"),
    "cn-control": (re.compile(_CONTROL), "a shape such as cn-control:1C902"),
}
PRODUCT_SCHEMES = (*SCHEMES, "material")
# The schemes whose codes are digits, the first two of them a chapter of the HS.
NUMERIC = ("hs", "hs2017", "hs2012", "hs2007", "us-hts", "cn-customs", "eu-cn", "eu-taric",
           "uk-tariff")  # fmt: skip
CONTROLS = frozenset({"us-eccn", "cn-control"})
# The schemes of one country or the EU.
HOMES = {"us-hts": "US", "cn-customs": "CN", "eu-cn": "EU", "eu-taric": "EU", "uk-tariff": "GB",
         "us-eccn": "US", "cn-control": "CN"}  # fmt: skip
_PART = r"[a-z0-9]+(-[a-z0-9]+)*"
_LAW = re.compile(rf"{_PART}(/{_PART})+")
_ACTOR = re.compile(rf"[A-Za-z0-9]+(-[A-Za-z0-9]+)*(/{_PART})*")
_SLUG = re.compile(_PART)

# What `codes` lists: the plural that it takes, and the kind of each code.
CODE_KINDS = {"actors": "actor", "countries": "country", "laws": "law", "lists": "list",
              "products": "product", "materials": "material", "schemes": "scheme", "tags": "tag",
              "episodes": "episode"}  # fmt: skip

MAX_ID = 80
_ID = re.compile(r"[a-z0-9][a-z0-9-]{2,79}", re.ASCII)
_ID_YEAR = re.compile(r"[0-9]{4}-", re.ASCII)
# Names of devices on Windows, where no file can have one.
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[1-9]", re.ASCII)


def split_product(code: str) -> tuple[str, str]:
    """Return scheme and code of a product as they are stored, whether it exists or not.

    The dots and spaces of a tariff line are dropped. A control number has upper-case letters before
    its dot and lower-case ones after it.

    >>> split_product("HS:2805.30"), split_product("us-eccn:3a090.A")
    (('hs', '280530'), ('us-eccn', '3A090.a'))
    """
    scheme, _, rest = (part.strip() for part in code.partition(":"))
    scheme = scheme.lower()
    if scheme in NUMERIC:
        return scheme, "".join(rest.replace(".", "").split())
    if scheme in CONTROLS:
        head, point, tail = rest.partition(".")
        return scheme, head.upper() + point + tail.lower()
    return scheme, rest


def is_actor(text: str) -> bool:
    """Return whether a text has the shape of an actor's code: `CN/mofcom`, `G7`, `firm/rhodium`."""
    return bool(_ACTOR.fullmatch(text))


def is_law(text: str) -> bool:
    """Return whether a text has the shape of a legal basis: a jurisdiction and one part or more."""
    return bool(_LAW.fullmatch(text))


def is_slug(text: str) -> bool:
    """Return whether a text has the shape of a tag or a material: a-z, 0-9, hyphens between."""
    return bool(_SLUG.fullmatch(text))


def is_prefix(kind: str, prefix: str, code: str) -> bool:
    """Return whether `code` is `prefix` or within it.

    Codes of actors, laws and materials are compared by the parts between slashes: CN is no prefix
    of CNX. Those of products are compared by character: hs:28 is one of hs:2846.
    """
    if code == prefix:
        return True
    if kind == "product" and split_product(prefix)[0] in SCHEMES:
        return code.startswith(prefix)
    # A state or a province is within its country: US-CA within US.
    part = kind == "actor" and len(prefix) == 2 and code.startswith(prefix + "-")
    return part or code.startswith(prefix + "/")


def is_id(text: str) -> bool:
    """Return whether `text` can be an id."""
    return not explain_bad_id(text)


def explain_bad_id(text: str) -> str:
    """Return why `text` cannot be an id, or an empty text where it can.

    >>> explain_bad_id("2025-10-09-cn-mofcom-61")
    ''
    >>> explain_bad_id("2025-X")
    'an id has only a-z, 0-9 and hyphens, and begins with a letter or a digit'
    """
    if _DEVICE.fullmatch(text):
        return "is the name of a device on Windows"
    if len(text) > MAX_ID:
        return f"is longer than {MAX_ID} characters"
    if len(text) < 3:
        return "is shorter than 3 characters"
    if not _ID.fullmatch(text):
        return "an id has only a-z, 0-9 and hyphens, and begins with a letter or a digit"
    # The year names a folder: `com1-x` would make one that Windows takes for a device.
    if not _ID_YEAR.match(text):
        return "an id begins with the date of its event, the year first: 2025-10-09-..."
    return ""


def blob_id(data: bytes, like: str = "") -> str:
    """Return the id by which git knows these bytes: a hash of `blob LENGTH`, NUL and the bytes.

    It is made by the algorithm of the id `like`: SHA-256 where that has 64 digits, else SHA-1.
    """
    import hashlib

    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
