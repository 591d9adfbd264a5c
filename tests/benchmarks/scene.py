"""What one made event is about: who acts, on which goods, against whom, on which day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    import random
    from datetime import date

WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
)
PLACES = {code: rest for code, *rest in WORDS["places"]}
CITIES = list(WORDS["cities"])
WEIGHTS = [rest[1] for rest in PLACES.values()]


class Scene(NamedTuple):
    """The choices that all parts of one event share, and the words that its sentences are cut from."""

    random: random.Random
    number: int
    day: date
    place: str
    actor: str
    other: str
    goods: str
    code: str
    words: dict[str, str]

    def one(self, name: str) -> str:
        """One of the words of a list, with the places in it filled."""
        text: str = self.random.choice(WORDS[name])
        return text.format_map(self.words) if "{" in text else text

    def sentence(self, name: str) -> str:
        """The same, as a title: with a capital at its start."""
        text = self.one(name)
        return text[0].upper() + text[1:]


def of(random: random.Random, number: int, day: date) -> Scene:
    """Give the scene of the event of this number."""
    place, other = _two(random)
    actor = random.choice(WORDS["actors"][place])
    goods, code, goods_zh, goods_fr = random.choice(WORDS["goods"])
    lists = ("says", "does", "hurts", "waits", "trade", "subject", "when")
    words = {name: random.choice(WORDS[name]) for name in lists}
    words |= {"who": _who(actor), "own": PLACES[place][0], "own_zh": f"{place}方"}
    words |= {"actor": f"{PLACES[place][0]}", "place": PLACES[other][0], "goods": goods,
              "goods_zh": goods_zh, "goods_fr": goods_fr, "n": str(number % 9973 + 1),
              "rate": str(random.choice((5, 7.5, 10, 12, 15, 20, 25, 34, 45, 60, 100))),
              "city": random.choice(CITIES), "firm": firm(random),
              "person": person(random), "other": person(random)}  # fmt: skip
    return Scene(random, number, day, place, actor, other, goods, code, words)


def person(random: random.Random) -> str:
    """Give the name of somebody who does not exist."""
    return f"{random.choice(WORDS['given'])} {random.choice(WORDS['family'])}"


def firm(random: random.Random) -> str:
    """Give the name of a firm that does not exist."""
    return f"{random.choice(WORDS['firms'])} {random.choice(WORDS['firm_words'])}"


def _two(random: random.Random) -> list[str]:
    """Give two places, those that act much more often."""
    while True:
        found = random.choices(list(PLACES), WEIGHTS, k=2)
        if found[0] != found[1]:
            return found


def _who(actor: str) -> str:
    body = actor.partition("/")[2]
    named: str = WORDS["who"].get(body, f"the ministry ({body.upper()})")
    return named
