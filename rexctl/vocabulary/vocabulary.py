"""The vocabulary: every code there is, ours and the log's own, and the names people use for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from rexctl.vocabulary import actors, countries, joining, legal_bases, products, zones
from rexctl.vocabulary.shipped import entries
from rexctl.vocabulary.spelling import by_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding

    Entries = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Vocabulary:
    """All codes of a log. Each method that judges gives the canonical code, or raises UnknownCode.

    `actors` are the organisations, blocs among them; countries need no entry. Entries are plain
    data by code: name, aliases, tz, members, symbol, hs, source, as far as they are known.
    """

    actors: Entries
    materials: Entries
    laws: Entries
    tags: Mapping[str, str] = field(default_factory=dict)
    episodes: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of_log(files: Mapping[str, bytes]) -> tuple[Vocabulary, list[Finding]]:
        """Join a log's own files (path in the log -> bytes) with ours; gives what is wrong in them."""
        ours = shipped()
        listed = {"actors": ours.actors, "materials": ours.materials, "laws": ours.laws}
        laid, findings = joining.laid_over(listed, files)
        return replace(ours, **laid), findings

    @cached_property
    def _named(self) -> dict[str, dict[str, str]]:
        """The code for each spelling: of actors, of materials, of laws."""
        kinds = {"actor": self.actors, "material": self.materials, "law": self.laws}
        return {kind: by_spelling(listed) for kind, listed in kinds.items()}

    def country(self, text: str) -> str:
        """Judge a country: its code, its name, or a name people use."""
        return countries.country(text)

    def actor(self, text: str) -> str:
        """Judge an actor: a country, a bloc, or an organisation of the vocabulary."""
        if text in self.actors or text in countries.codes():
            return text
        return actors.actor(text, self._named["actor"])

    def product(self, text: str) -> str:
        """Judge a product: scheme and code, the dots of a tariff line dropped."""
        return products.product(text, self._named["material"])

    def law(self, text: str) -> str:
        """Judge a legal basis by its shape and its jurisdiction; it may be new all the same."""
        return legal_bases.law(text, self._named["law"], self.actors)

    def law_known(self, code: str) -> bool:
        """Tell whether a legal basis is, or lies within, one of the vocabulary."""
        return legal_bases.known(code, self.laws)

    def currency(self, text: str) -> str:
        """Judge a currency by ISO 4217."""
        return countries.currency(text)

    def timezone(self, text: str) -> str:
        """Return a time zone of the IANA database unchanged. Raises UnknownCode."""
        return zones.timezone(text)

    def zone(self, actor: str) -> str:
        """Give the time zone of an actor: its own, else its country's capital's, else UTC."""
        return actors.zone_of(actor, self.actors)

    def name(self, kind: str, code: str) -> str:
        """Give the name of a code of the kind actor, country, product or law, or an empty text."""
        if kind == "product":
            return products.name(code, self.materials)
        if kind == "law":
            return _name(self.laws, code)
        own = _name(self.actors, code) if kind == "actor" else ""
        return own or countries.names().get(code, "")

    def codes(self) -> Iterator[tuple[str, str, str]]:
        """Give every code that is listed: kind (actor, country, product, law), code, name."""
        for code, name in countries.names().items():
            yield "country", code, name
            if code not in self.actors:
                yield "actor", code, name
        for code in self.actors:
            yield "actor", code, _name(self.actors, code)
        for code in self.materials:
            yield "product", f"material:{code}", _name(self.materials, code)
        for code, name in products.codes():
            yield "product", code, name
        for code in self.laws:
            yield "law", code, _name(self.laws, code)

    def members(self) -> Iterator[tuple[str, str, str, str]]:
        """Give bloc, member, the first day of membership and the first without it, '' if open."""
        return actors.members(self.actors)


def _name(listed: Entries, code: str) -> str:
    return str(listed.get(code, {}).get("name", ""))


@cache
def shipped() -> Vocabulary:
    """Give the vocabulary that comes with rexctl."""
    return Vocabulary(
        actors={**entries("blocs"), **entries("actors")},
        materials=entries("materials"),
        laws=entries("legal-bases"),
    )
