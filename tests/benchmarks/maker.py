"""Makes events one by one, as plain data; later ones link to earlier ones."""

from __future__ import annotations

import random
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.tables import LIFECYCLE
from tests.benchmarks import scene as scenes
from tests.benchmarks.kinds import MEASURES, OFTEN, OWN
from tests.benchmarks.scene import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.benchmarks.scene import Scene

_TRIES = 4
ACTS = 3  # of 13 events of a log of measures: 3,000 act on 10,000


class Made(NamedTuple):
    """What a later event must know of an earlier one to link to it."""

    id: str
    type: str
    clauses: list[str]


class Maker:
    """A source of events that is the same for the same seed."""

    def __init__(
        self, seed: int, first: date, days: int, count: int, *, measures: bool = False
    ) -> None:
        """`measures`: adopted measures alone, of which ACTS in 13 act on an earlier one."""
        self.random = random.Random(seed)
        self.measures = measures
        often = {kind: n for kind, n in OFTEN.items() if kind in MEASURES or not measures}
        self.kinds, self.weights = list(often), list(often.values())
        self.first, self.days, self.count = first, days, count
        self.made: deque[Made] = deque(maxlen=500)
        self.amended: set[str] = set()
        self.acts: set[str] = set()
        self.met: dict[frozenset[str], date] = {}

    def events(self) -> Iterator[dict[str, Any]]:
        """Give all events, from the earliest day to the latest."""
        for number in range(self.count):
            yield self._event(number)

    def _event(self, number: int) -> dict[str, Any]:
        r = self.random
        kind = r.choices(self.kinds, self.weights)[0]
        day = self.first + timedelta(days=number * self.days // self.count)
        scene = self._scene(number, day, kind)
        text = day.isoformat() if r.random() < 0.9 else day.isoformat()[:7]
        name = f"{text}-{scene.actor}-{scene.goods}-{number}".lower()
        data: dict[str, Any] = {
            "id": name.replace("/", "-").replace(" ", "-"),
            "type": kind,
            "date": text,
        }
        data |= self._common(scene, kind, text) | OWN[kind](scene)
        if self.measures:
            data["status"] = "adopted"
        if links := self._links(data, scene):
            data["links"] = links
        clauses = [part["id"] for part in (*data.get("clauses", ()), *data.get("commitments", ()))]
        if any(link["rel"] in LIFECYCLE for link in links):  # it acts as a whole, not by a clause
            clauses = []
        self.made.append(Made(data["id"], kind, clauses))
        return data

    def _scene(self, number: int, day: date, kind: str) -> Scene:
        """Give a scene; two sides seldom meet twice in two days, and then it is one meeting told twice."""
        for _ in range(_TRIES):
            scene = scenes.of(self.random, number, day)
            sides = frozenset((scene.place, scene.other))
            last = self.met.get(sides)
            if kind != "meeting" or last is None or (day - last).days > 1:
                break
        if kind == "meeting":
            self.met[sides] = day
        return scene

    def _common(self, scene: Scene, kind: str, text: str) -> dict[str, Any]:
        r = self.random
        summary = dict.fromkeys(scene.one("sentences") for _ in range(r.randrange(2, 4)))
        title = scene.sentence("foreign" if r.random() < 0.04 else kind)
        data: dict[str, Any] = {
            "title": title,
            "actors": [scene.actor],
            "affected": [scene.other],
            "summary": "\n".join(line[0].upper() + line[1:] for line in summary),
            "sources": [self._source(scene, text)],
            "tags": sorted({scene.goods.replace(" ", "-"), r.choice(WORDS["topics"])}),
        }
        if r.random() < 0.4:
            data["episode"] = f"{scene.goods.replace(' ', '-')}-{scene.day.year}"
        if r.random() < 0.1:
            data["note"] = r.choice(WORDS["notes"])
        if r.random() < 0.06:
            data["confidence"] = r.choice(("likely", "possible", "disputed"))
        return data

    def _source(self, scene: Scene, text: str) -> dict[str, Any]:
        r = self.random
        source: dict[str, Any] = {
            "url": f"https://news.example.org/{text.replace('-', '/')}/{scene.number}",
            "title": f"{scene.sentence('trade')} and {scene.words['subject']}",
            "publisher": r.choice(WORDS["publishers"]),
            "published": text,
            "kind": r.choice(("press", "press", "wire", "official-statement")),
        }
        if r.random() < 0.5:
            source["attribution"] = r.choice(("on-record", "named-secondhand", "anonymous"))
            source["lang"] = r.choice(("en", "en", "zh", "fr"))
        if r.random() < 0.3:
            source["supports"] = r.sample(("date", "title", "status", "actors", "summary"), 2)
        return source

    def _links(self, data: dict[str, Any], scene: Scene) -> list[dict[str, Any]]:
        r = self.random
        if not self.made or r.random() < (1 - ACTS / 13 if self.measures else 0.45):
            return []
        to = self.made[r.randrange(len(self.made))]
        link: dict[str, Any] = {"to": to.id}
        if to.clauses and r.random() < 0.5:
            link["clause"] = r.choice(to.clauses)
        both = data["type"] in MEASURES and to.type in MEASURES
        if both and (self.measures or r.random() < 0.6):
            for scope in ("products", "origin", "entities"):  # else it reaches a part of its target
                data.pop(scope, None)
            if to.clauses:
                link.setdefault("clause", r.choice(to.clauses))
            return [link | {"rel": self._act(data, to)}]
        if r.random() < 0.4:
            return [link | {"rel": r.choice(("follows-up", "clarifies", "part-of"))}]
        return [link | {"rel": "responds-to", "asserted_by": [scene.actor]}]

    def _act(self, data: dict[str, Any], to: Made) -> str:
        """Give what one measure does to another; a measure is amended once at most, by its like."""
        self.acts.add(data["id"])
        if data["type"] == to.type and to.id not in self.amended | self.acts:
            self.amended.add(to.id)
            return "amends"
        if "rates" in data:  # a suspension would name points, and what lifts uses no rates
            return "replaces"
        return self.random.choice(("suspends", "replaces", "extends", "revokes"))
