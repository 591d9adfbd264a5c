"""The vocabulary: every code there is, ours and the log's own, and the names people use for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from rexctl.plain.codes import SHAPES, UnknownCode, split
from rexctl.plain.suggest import nearest
from rexctl.vocabulary import countries, hs, joining
from rexctl.vocabulary.countries import folded
from rexctl.vocabulary.shipped import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.plain.finding import Finding

_LAW = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+", re.ASCII)


@dataclass(frozen=True)
class Vocabulary:
    """All codes of a log. Each method that judges gives the canonical code, or raises UnknownCode."""

    actors: Mapping[str, Mapping[str, Any]]
    materials: Mapping[str, Mapping[str, Any]]
    laws: Mapping[str, Mapping[str, Any]]
    blocs: Mapping[str, Mapping[str, Any]]
    tags: Mapping[str, str] = field(default_factory=dict)
    episodes: Mapping[str, str] = field(default_factory=dict)
    _named: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Gather every code and alias of an organisation under its folded spelling."""
        for code, entry in {**self.blocs, **self.actors}.items():
            for text in (code, entry.get("name", ""), *entry.get("aliases", ())):
                if text:
                    self._named.setdefault(folded(text), code)

    @staticmethod
    def of_log(files: Mapping[str, bytes]) -> tuple[Vocabulary, list[Finding]]:
        """Join a log's own files (path in the log -> bytes) with ours; gives what is wrong in them."""
        return joining.joined(shipped(), files)

    def country(self, text: str) -> str:
        """Judge a country: its code, its name, or a name people use."""
        names = countries.names()
        upper = text.strip().upper()
        if upper in names:
            return upper
        found = countries.aliases().get(folded(text))
        if found:
            return found
        raise UnknownCode(text, "no such country", _near_country(text))

    def actor(self, text: str) -> str:
        """Judge an actor: a country, a bloc, or an organisation of the vocabulary."""
        if text in self.actors or text in self.blocs:
            return text
        found = self._named.get(folded(text))
        if found:
            return found
        try:
            return self.country(text)
        except UnknownCode:
            near = nearest(folded(text), self._named)
            code = self._named[near] if near else _near_country(text)
            raise UnknownCode(text, "no such actor in the vocabulary", code) from None

    def product(self, text: str) -> str:
        """Judge a product code: scheme and code, the dots of a tariff line dropped."""
        scheme, rest = split(text)
        if scheme == "material":
            return self._material(text, rest)
        if scheme not in SHAPES:
            near = nearest(scheme, [*SHAPES, "material"])
            guess = f"hs:{text}" if text.replace(".", "").isdigit() else near and f"{near}:{rest}"
            raise UnknownCode(text, "no such scheme of product codes", guess or "")
        pattern, shape = SHAPES[scheme]
        rest = rest.upper()[:2] + rest[2:] if scheme in ("us-eccn", "cn-control") else rest
        if not pattern.fullmatch(rest):
            raise UnknownCode(text, f"{scheme} codes have {shape}")
        if scheme == "hs" and hs.known(rest) is False:
            raise UnknownCode(text, "no such code in HS 2022", f"hs:{hs.nearest(rest)}")
        return f"{scheme}:{rest}"

    def _material(self, text: str, rest: str) -> str:
        names = {folded(n): code for code, entry in self.materials.items()
                 for n in (code, entry.get("name", ""), *entry.get("aliases", ()))}  # fmt: skip
        if folded(rest) in names:
            return f"material:{names[folded(rest)]}"
        near = nearest(folded(rest), names)
        raise UnknownCode(text, "no such material", f"material:{names[near]}" if near else "")

    def law(self, text: str) -> str:
        """Judge a legal basis by its shape and its jurisdiction; it may be new all the same."""
        code = text.strip().lower()
        if not _LAW.fullmatch(code):
            raise UnknownCode(
                text, "a legal basis is written us/ieepa", nearest(code, self.laws) or ""
            )
        land = code.split("/")[0].upper()
        if land not in countries.names() and land not in self.blocs and land not in self.actors:
            raise UnknownCode(
                text, f"{land.lower()} is no jurisdiction", nearest(code, self.laws) or ""
            )
        return code

    def law_known(self, code: str) -> bool:
        """Tell whether a legal basis is, or lies within, one of the vocabulary."""
        return any(code == law or code.startswith(law + "/") for law in self.laws)

    def currency(self, text: str) -> str:
        """Judge a currency by ISO 4217."""
        if text.upper() in countries.currencies():
            return text.upper()
        raise UnknownCode(text, "no such currency", nearest(text, countries.currencies()) or "")

    def zone(self, actor: str) -> str:
        """Give the time zone of an actor: its own, else its country's capital's, else UTC."""
        own = self.actors.get(actor, {}).get("tz") or self.blocs.get(actor, {}).get("tz")
        return str(own or load("zones").get(actor.split("/")[0], "UTC"))

    def name(self, kind: str, code: str) -> str:
        """Give the name of a code, or an empty text."""
        return next((n for k, c, n in self.codes() if (k, c) == (kind, code)), "")

    def codes(self) -> Iterator[tuple[str, str, str]]:
        """Give every code: kind, code, name."""
        for code, name in countries.names().items():
            yield "country", code, name
            if code not in self.actors and code not in self.blocs:
                yield "actor", code, name
        for code, entry in {**self.blocs, **self.actors}.items():
            yield "actor", code, str(entry.get("name", code))
        for code, entry in self.materials.items():
            yield "product", f"material:{code}", str(entry.get("name", code))
        for digits, name in hs.all_codes().items():
            yield "product", f"hs:{digits}", name
        for code, entry in self.laws.items():
            yield "law", code, str(entry.get("name", code))
        for kind, words in (("tags", self.tags), ("episode", self.episodes)):
            for word, about in words.items():
                yield kind, word, about

    def members(self) -> Iterator[tuple[str, str, str, str]]:
        """Give the members of each bloc with the days from and until which they belong to it."""
        for bloc, entry in self.blocs.items():
            for row in entry.get("members", ()):
                yield bloc, row["code"], row.get("since", ""), row.get("until", "")


def _near_country(text: str) -> str:
    found = nearest(folded(text), countries.aliases())
    return countries.aliases()[found] if found else ""


@cache
def shipped() -> Vocabulary:
    """Give the vocabulary that comes with rexctl."""
    return Vocabulary(
        actors=joining.by_code(load("actors")),
        materials=joining.by_code(load("materials")),
        laws=joining.by_code(load("legal-bases")),
        blocs=joining.by_code(load("blocs")),
    )
