"""The vocabulary of a log: the shipped codes and names, joined with the log's own."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from rexctl.errors import UnknownCodeError
from rexctl.model.tables import WORDS
from rexctl.store.layout import SETTINGS
from rexctl.store.log import parse_settings
from rexctl.store.safe_open import read_bytes
from rexctl.values.clock import is_timezone, timezone_names
from rexctl.values.codes import is_law
from rexctl.values.readings import pattern_of, readings
from rexctl.values.suggest import NAMES, nearest
from rexctl.values.text import group_pairs, name_key, organisation_key, slug
from rexctl.vocabulary import names, products
from rexctl.vocabulary.names import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from rexctl.records import Finding

    Entries = Mapping[str, Mapping[str, Any]]

_MOST_NAMED = 8  # actors of a country in a message
# Countries in which the family name comes first.
_FAMILY_FIRST = ("CN/", "KR/", "TW/", "VN/")


@dataclass(frozen=True)
class Vocabulary:
    """All codes of a log. The methods that resolve a text raise UnknownCodeError.

    `actors` are the organisations, blocs among them; countries need no entry. Entries are mappings
    by code: name, aliases, tz, members, symbol, hs, source, as far as they are known.
    """

    actors: Entries
    materials: Entries
    laws: Entries
    lists: Entries = field(default_factory=dict)  # sanctions lists
    schemes: Entries = field(default_factory=dict)  # product schemes of the log: name, pattern
    tags: Mapping[str, str] = field(default_factory=dict)
    episodes: Mapping[str, str] = field(default_factory=dict)

    @property
    def _entries(self) -> dict[str, Entries]:
        """The entries of each kind of code; of products those of materials."""
        return {"actor": self.actors, "product": self.materials, "law": self.laws,
                "list": self.lists}  # fmt: skip

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """The codes of actors, materials, laws and lists by the keys of their names."""
        return {kind: names.index_names(entries) for kind, entries in self._entries.items()}

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """The codes of actors by the words of their names, where only one has these words."""
        codes: dict[str, str] = {}
        for code, entry in self.actors.items():
            for path, text in names.names_of(entry):
                key = organisation_key(text)
                if " " in key and path != ("code",) and codes.setdefault(key, code) != code:
                    codes[key] = ""
        return codes

    @cached_property
    def _people(self) -> dict[str, list[str]]:
        """The codes of offices by the keys of the names, family names and titles of those in them."""
        by_name: dict[str, list[str]] = {}
        for code, entry in self.actors.items():
            families = [
                text.split()[0 if code[:3] in _FAMILY_FIRST else -1]
                for text in entry.get("people", ())
            ]
            for text in (*entry.get("people", ()), *families, *entry.get("titles", ())):
                offices = by_name.setdefault(name_key(text), [])
                offices += [code] * (code not in offices)
        return by_name

    def _offices_of(self, text: str) -> list[str]:
        """Return the offices of the person whom a text names, with titles, a country or an office before it.

        Of several in which a person of that name was, those that the title says.
        """
        words = name_key(pattern_of("around_person").sub("", text)).split()
        for start in range(len(words)):
            if offices := self._people.get(" ".join(words[start:])):
                before = set(words[:start])
                own = {code: before & self._words_of_office(code) for code in offices}
                rest = {code: before - own[code] - {*readings()["titles"]} for code in offices}
                most = max(len(own[code]) for code in offices)
                return [code for code in offices if not rest[code] and len(own[code]) == most]
        return []

    def _words_of_office(self, code: str) -> set[str]:
        """Return the words by which the holder of an office is called: its names, titles and country."""
        entry = self.actors[code]
        texts = [*(text for _, text in names.names_of(entry)), *entry.get("titles", ())]
        words = {word for text in texts for word in name_key(text).split()}
        return words | names.words_of(code.partition("/")[0])

    def _bodies(self, text: str) -> tuple[list[str], list[str]]:
        """Return the actors that have all words of a text in a name, and those that it can only mean.

        The names of the latter have only such words besides as a country and `Ministry`.
        """
        words, likely, exact = set(organisation_key(text).split()), set(), set()
        for name, code in self._by_words.items():
            if code and words and words.issubset(others := set(name.split())):
                likely.add(code)
                if others - words <= {
                    *readings()["generic_words"],
                    *names.words_of(code.partition("/")[0]),
                }:
                    exact.add(code)
        return sorted(likely), sorted(exact)

    def country(self, text: str) -> str:
        """Return the code of a country: its code, its name, or another name in use."""
        code = names.find_country(text)
        if not code:
            raise UnknownCodeError(text, "no such country",
                                   lambda: names.meant_by(text) or names.nearest_country(text))  # fmt: skip
        return code

    def actor(self, text: str, countries: Iterable[str] = ()) -> str:
        """Return the code of an actor: a country, a bloc, or an organisation.

        The name of a country is never that of an organisation, and may be used before the slash:
        `China/mofcom` is CN/mofcom. `Chinese government` is CN. `Supreme Court` is that of
        `countries`, those of the event, where only one of them has such a body.
        """
        if text in self.actors or names.is_country(text):
            return text
        head, slash, body = text.partition("/")
        country = names.find_country(head)
        if country and not slash:
            return self._country_or_other(text, country)
        codes = self._names["actor"]
        key = name_key(f"{country or head}/{body}" if slash else text)
        if code := codes.get(key) or ("" if slash else self._by_words.get(organisation_key(text))):
            return code
        if slash:
            start = f"{country or head}/"
            longer = [one for one in codes if len(one) > 3 and one.startswith(name_key(start))]
            others = [one for one in self.actors if country and one.startswith(start)]
            raise _unknown_actor(
                text, lambda: codes.get(nearest(key, longer, NAMES) or "", "") or _named(others)
            )
        if both := names.TWO_NAMES.fullmatch(text):  # Bureau of Industry and Security (BIS)
            with suppress(UnknownCodeError):
                if (code := self.actor(both[1].strip(), countries)) == self.actor(
                    both[2], countries
                ):
                    return code
        own, rest = names.split_country(text)
        if own and name_key(rest) in names.GOVERNMENTS:
            return own
        likely, exact = self._bodies(rest or text)
        homes = [own] if own else countries
        fitting = [one for one in exact if one.partition("/")[0] in homes]
        if len(fitting) == 1:
            return fitting[0]
        if offices := self._offices_of(text):
            raise UnknownCodeError(text, "a person, who speaks for an office", " ".join(offices))
        candidates = fitting or (likely if " " in key else exact)
        if own:
            candidates = [one for one in likely if one.startswith(f"{own}/")]

        def suggestion() -> str:
            longer = [one for one in codes if len(one) > 3]
            near = codes.get(nearest(key, longer, NAMES) or "", "") or names.nearest_country(text)
            # `Hamburg` may be said of the country.
            near = f"{near} {near[:2]}" if near[2:3] == "-" else near
            return names.meant_by(text) or _named(candidates) or near

        if code := self._speaks_for(text, countries):
            return code
        raise _unknown_actor(text, suggestion)

    def _country_or_other(self, text: str, country: str) -> str:
        """Return the country of a name; ask where it may be said of another: DJI is a firm, Li a person."""
        others = tables().places.get(name_key(text), [])
        if len(text) == 2 and text.istitle():
            others = self._people.get(name_key(text), [])
        if not others:
            return country
        raise UnknownCodeError(text, "which of these?", " ".join(dict.fromkeys((*others, country))))

    def _speaks_for(self, text: str, countries: Iterable[str]) -> str:
        """Return the body of a spokesperson, or an empty text; ask for that of others who are of one."""
        speaker, head = pattern_of("speaker").fullmatch(text), pattern_of("head").fullmatch(text)
        body = (speaker["of"] or speaker["body"]).strip() if speaker else ""
        if head:
            body = f"{head[1]} {readings()['heads'][head[2].lower()]}"
        if not body:
            return ""
        code = names.meant_by(body).partition(" ")[0]
        for name in (f"{body} government", body):
            with suppress(UnknownCodeError):
                code = self.actor(name, countries)
        if code and (
            not speaker or speaker["rest"] or not speaker["who"].lower().startswith("spokes")
        ):
            raise UnknownCodeError(text, "of a body, which is the actor", code)
        return code

    def product(self, text: str, countries: Collection[str] = ()) -> str:
        """Return the code of a product as it is stored: scheme and code, without dots."""
        return products.resolve_product(text, self._names["product"], self.schemes, countries)

    def law(self, text: str, countries: Collection[str] = ()) -> str:
        """Return the code of a law; a new one of a country or an actor is allowed, such as eu/cbam."""
        return self._code_of_jurisdiction("law", text, countries)

    def list_code(self, text: str, countries: Collection[str] = ()) -> str:
        """Return the code of a sanctions list; a new one is allowed as for a law."""
        return self._code_of_jurisdiction("list", text, countries)

    def _code_of_jurisdiction(self, kind: str, text: str, countries: Collection[str]) -> str:
        """Return the one code that a text names; a new one only where none is like it.

        The country stands in the text (`China's`, `Chinese`, `of China`), else it is one of
        `countries`. A law of another country is one by its whole name, unless every country may
        have one of that name, such as a Customs Law.
        """
        codes, typed = self._names[kind], text.strip().lower()
        code = codes.get(name_key(text), "")
        near = "" if code else codes.get(nearest(name_key(text), codes) or "", "")
        if not code and is_law(typed):
            head = typed.split("/")[0]
            if names.is_country(head.upper()) or head.upper() in self.actors:
                return typed
            raise UnknownCodeError(text, f"{head}: no such jurisdiction", near)
        if code and code == text:
            return code
        own, rest = ("", "") if code else names.split_country(text)
        stated, same, within, alike = self._laws_like(kind, text)
        homes = {own.lower()} if own else stated or {one.lower() for one in countries}
        same |= {code} - {""}

        def at_home(group: set[str]) -> set[str]:
            return {one for one in group if one.partition("/")[0] in homes}

        matches = at_home(same) or at_home(within)
        if len(matches) == 1 and (matches <= same or (" " in text and not code)):
            return matches.pop()
        if not matches and not stated and not own:
            others = {code} - {""} or same or (within if " " in text else set())
            if len(others) == 1 and (not homes or _is_specific(text)):
                return others.pop()
            matches = others | at_home(alike) | {
                one for one in alike for _, name in names.names_of(self._entries[kind][one])
                if _is_specific(name) and _law_words(name) <= _law_words(text)}  # fmt: skip
        candidates = sorted(matches | {code} - {""} or at_home(alike))
        is_name = not names.find_country(text) and (" " in text or "/" not in text)
        new = f"{next(iter(homes), '')}/{slug(rest or text)}"
        if len(homes) == 1 and is_name and text.upper() not in self.actors and is_law(new):
            if not candidates and not near:
                return new  # of which `check` warns
            raise UnknownCodeError(text, f"a new one is written {new}", _named(candidates) or near)
        example = (
            "a legal basis is written us/ieepa"
            if kind == "law"
            else "a list is written us/entity-list"
        )
        raise UnknownCodeError(text, example, _named(candidates) or near)

    def _laws_like(self, kind: str, text: str) -> tuple[set[str], set[str], set[str], set[str]]:
        """Return the jurisdictions that a text names, and the codes of the laws or lists like it.

        The words of these are those of the text, or more, or fewer; a jurisdiction's do not count.
        """
        words, homes = _law_words(text), self._jurisdictions[kind]
        kinds = {*readings()["law_kinds"]}
        stated = {
            head for head, spellings in homes.items() if any(one <= words for one in spellings)
        }
        same, within, alike = set(), set(), set()
        for code, spellings in self._words_of_laws[kind].items():
            place = frozenset[str]().union(*homes[code.partition("/")[0]])
            rest = words - place
            for name in (one - place for one in spellings if rest):
                if rest == name:
                    same.add(code)
                elif rest <= name:
                    within.add(code)
                elif name - kinds and (name <= rest or rest - kinds == name - kinds):
                    alike.add(code)
        return stated, same, within, alike

    @cached_property
    def _words_of_laws(self) -> dict[str, dict[str, list[frozenset[str]]]]:
        """The words of each name of the laws and the lists, and of all its names, by code."""
        words: dict[str, dict[str, list[frozenset[str]]]] = {"law": {}, "list": {}}
        for kind, by_code in words.items():
            for code, entry in self._entries[kind].items():
                texts = [code.partition("/")[2].replace("/", " "),
                         *(text for path, text in names.names_of(entry) if path != ("code",))]  # fmt: skip
                spellings = [_law_words(one.rpartition("/")[2]) for one in texts]
                by_code[code] = [*spellings, frozenset[str]().union(*spellings)]
        return words

    @cached_property
    def _jurisdictions(self) -> dict[str, dict[str, list[frozenset[str]]]]:
        """The words of each name of the jurisdictions that have laws or lists."""
        shipped, words = tables(), {}
        for kind, laws in self._words_of_laws.items():
            heads = {code.partition("/")[0] for code in laws}
            words[kind] = {head: [_law_words(text) for text in (
                *(key for spellings in (shipped.country_names, shipped.adjectives)
                  for key, code in spellings.items() if code == head.upper() and len(key) > 2),
                *(text for _, text in names.names_of(self.actors.get(head.upper(), {}))),
                names.country_name(head.upper()) or head)] for head in heads}  # fmt: skip
        return words

    def law_known(self, code: str) -> bool:
        """Return whether a law is listed or within one: us/ieepa/fentanyl is in us/ieepa."""
        parts = code.split("/")
        return any("/".join(parts[:length]) in self.laws for length in range(len(parts), 1, -1))

    def ended(self, code: str) -> str:
        """Return the last day of a country that exists no more, or an empty text."""
        return tables().former.get(code.partition("/")[0], ("", ""))[1]

    def successor(self, code: str) -> str:
        """Return the present country in whose place a former one was, or an empty text.

        A code of ISO 3166-3 ends in the code of the present country, if there is one.
        """
        return code[2:4] if code[2:4] in tables().countries else ""

    def currency(self, text: str) -> str:
        """Return the ISO 4217 code of a currency in any case."""
        upper, codes = text.strip().upper(), tables().currencies
        if upper in codes:
            return upper
        if which := readings()["currencies"].get(text):
            raise UnknownCodeError(text, "the sign of several currencies", which)
        raise UnknownCodeError(text, "no such currency in ISO 4217", nearest(upper, codes) or "")

    def timezone(self, text: str) -> str:
        """Return the IANA time zone of its name, `EDT`, `Beijing time`, or `UTC+8` as an offset."""
        if is_timezone(text):
            return text
        if offset := pattern_of("offset").fullmatch(text.strip()):
            sign, hours, minutes = offset.groups()
            if is_timezone(zone := f"{sign}{hours:0>2}:{minutes or '00'}"):
                return zone
        word = " ".join(pattern_of("not_in_zone").sub("", name_key(text).replace(",", "")).split())
        city = word.replace(" ", "_")
        zones = WORDS["zones"].get(word, "").split() or [
            one for one in timezone_names() if city in (one.lower(), one.lower().rpartition("/")[2])
        ] or [tables().zones.get(names.find_country(word), "")]  # fmt: skip
        if len(zones) == 1 and zones[0]:
            return str(zones[0])
        if len(zones) > 1:
            raise UnknownCodeError(text, "the time of which place?", " ".join(zones))
        raise UnknownCodeError(text, "no such time zone", lambda: names.nearest_timezone(text))

    def zone(self, actor: str) -> str:
        """Return the IANA time zone of an actor: its `tz`, else that of its country, or of its parents.

        The zone of a country is that of its capital. UTC where none of them is known.
        """
        parts = actor.split("/")
        for length in range(len(parts), 0, -1):
            entry = self.actors.get("/".join(parts[:length]), {})
            if own := entry.get("tz") or tables().zones.get(entry.get("country", "")):
                return str(own)
        return tables().zones.get(parts[0], "UTC")

    def name(self, kind: str, code: str) -> str:
        """Return the name of a code of the kind actor, country, product, law or list, or an empty text."""
        if kind == "product":
            return products.product_name(code, self.materials)
        return _name_of(self._entries.get(kind, {}), code) or names.country_name(code)

    def names_in_ids(self, actor: str) -> list[str]:
        """Return the names of an actor and of those who are or were in the office."""
        return [self.name("actor", actor), *self.actors.get(actor, {}).get("people", ())]

    def codes(self, *, hs: bool = True) -> Iterator[tuple[str, str, str]]:
        """Yield every listed code: kind (actor, country, product, law, list), code, name.

        Without `hs` those of the Harmonized System are left out, which take 0.1 s to load.
        """
        for code, name in tables().countries.items():
            yield "country", code, name
            if code not in self.actors:
                yield "actor", code, name
        for kind, entries in self._entries.items():
            scheme = "material:" if kind == "product" else ""
            for code in entries:
                yield kind, scheme + code, _name_of(entries, code)
        for code, name in products.hs_codes().items() if hs else ():
            yield "product", f"hs:{code}", name

    def by_kind(self) -> dict[str, list[tuple[str, str]]]:
        """Return codes and names for editors, by kind; codes of the Harmonized System are too many."""
        former = [(code, name) for code, (name, _) in tables().former.items()]
        by_kind = group_pairs((kind, (code, name)) for kind, code, name in self.codes(hs=False))
        return {
            "actor": by_kind["actor"] + former, "country": by_kind["country"] + former,
            "product": by_kind["product"], "law": by_kind["law"], "list": by_kind["list"],
            "tag": list(self.tags.items()), "episode": list(self.episodes.items()),
        }  # fmt: skip

    def short_names(self) -> dict[str, list[str]]:
        """Return the three-letter codes and other short names of countries, by country."""
        return group_pairs((code, key.upper()) for key, code in tables().country_names.items()
                           if len(key) == 3 and key.isalpha() and key.isascii())  # fmt: skip

    def members(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield bloc, member, the first day of membership and the first after it; "" if open."""
        for bloc, entry in self.actors.items():
            for row in entry.get("members", ()):
                for code in row["codes"]:
                    yield bloc, code, row.get("since", ""), row.get("until", "")


def _law_words(text: str) -> frozenset[str]:
    """Return the words of a law's name: `Sec. 232` has those of `Section 232`."""
    words = organisation_key(re.sub(r"§+", " section ", text.replace(",", " "))).split()
    return frozenset(WORDS["law_words"].get(word, word) for word in words)


def _is_specific(text: str) -> bool:
    """Return whether a law of one country alone has such a name: a number, an abbreviation, a long name."""
    words = _law_words(text) - {*readings()["law_kinds"]}
    return len(words) > 2 or text.strip().isupper() or any(map(str.isdigit, "".join(words)))


def _unknown_actor(text: str, suggestion: Callable[[], str]) -> UnknownCodeError:
    return UnknownCodeError(text, "no such actor in the vocabulary", suggestion)


def _named(codes: list[str]) -> str:
    """Return codes as suggestions, where a message has room for them."""
    return " ".join(codes) if len(codes) <= _MOST_NAMED else ""


def _name_of(entries: Entries, code: str) -> str:
    return str(entries.get(code, {}).get("name", ""))


@cache
def shipped_vocabulary() -> Vocabulary:
    """Return the vocabulary shipped with rexctl."""
    shipped = tables()
    return Vocabulary(shipped.actors, shipped.materials, shipped.laws, shipped.lists)


def read_vocabulary(root: Path | None) -> Vocabulary:
    """Return the vocabulary of the log in a folder; without one, that shipped with rexctl."""
    return parse_vocabulary(read_files(root))[0] if root else shipped_vocabulary()


def read_files(root: Path) -> dict[str, bytes]:
    """Return the content of each file of settings and vocabulary of a log that can be read, by path."""
    names = sorted(p.name for p in (root / "vocabulary").glob("*.yaml") if p.name[0] != ".")
    paths = [*(f"vocabulary/{name}" for name in names), SETTINGS]
    files = {path: read_bytes(root / path, path) for path in paths}
    return {path: data for path, data in files.items() if isinstance(data, bytes)}


def parse_vocabulary(files: dict[str, bytes]) -> tuple[Vocabulary, list[Finding]]:
    """Return the vocabulary of these files (path in the log -> bytes), and their findings.

    The settings may be among them; their findings are returned too.
    """
    from rexctl.vocabulary.entries import join_files

    shipped = shipped_vocabulary()
    listed = {"actors": shipped.actors, "materials": shipped.materials, "laws": shipped.laws,
              "lists": shipped.lists, "schemes": {}}  # fmt: skip
    changed, findings = join_files(
        listed, {path: data for path, data in files.items() if path != SETTINGS}
    )
    if SETTINGS in files:
        findings += parse_settings(files[SETTINGS], SETTINGS)[1]
    return replace(shipped, **changed), findings
