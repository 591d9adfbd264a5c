"""A seeded generator of realistic logs: all types, links, clauses, sources.

`python -m tests.benchmarks.generator 10000 /tmp/log10k` writes a log of 10,000 events. The same
number and seed give the same bytes on every machine.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rexctl.plain import canon
from rexctl.plain.legal import SHAPES

SEED = 20251009
FIRST, DAYS = date(2017, 1, 20), 3200
ACTORS = ["US/bis", "US/ustr", "US/treasury", "US/president", "CN/mofcom", "CN/gacc", "EU/commission",
          "JP/meti", "CA", "MX", "KR", "IN", "GB", "NO", "BR", "VN", "TW"]  # fmt: skip
GOODS = ["hs:2846", "hs:280530", "hs:8542", "hs:0103", "hs:7208", "hs:7601", "hs:8703", "hs:8507",
         "hs:1201", "hs:2709", "hs:8541", "hs:300490"]  # fmt: skip
NOUNS = ["rare earths", "semiconductors", "steel", "aluminium", "soybeans", "batteries", "solar cells",
         "vehicles", "swine", "graphite", "crude oil", "medicines"]  # fmt: skip
LAWS = ["us/ieepa", "us/s301", "us/s232", "cn/export-control-law"]
TYPES = ["statement"] * 30 + ["meeting"] * 20 + ["tariff"] * 18 + ["export-control"] * 10 + [
    "trade-measure"] * 8 + ["sanction"] * 6 + ["investigation"] * 5 + ["agreement"] * 3  # fmt: skip
MEASURES = ("tariff", "export-control", "sanction", "trade-measure")


class Maker:
    """Makes events one by one; later ones link to earlier ones."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)
        self.made: list[tuple[str, str]] = []  # id, type

    def event(self, number: int, of: int) -> dict[str, Any]:
        """Give the event of this number as plain data, in canonical spelling."""
        r = self.random
        kind = r.choice(TYPES)
        day = FIRST + timedelta(days=number * DAYS // of)
        actor, other = r.sample(ACTORS, 2)
        goods = r.randrange(len(GOODS))
        text = day.isoformat() if r.random() < 0.9 else day.isoformat()[:7]
        name = f"{text}-{actor.lower().replace('/', '-')}-{NOUNS[goods].replace(' ', '-')}-{number}"
        data: dict[str, Any] = {
            "id": name, "type": kind,
            "title": f"{actor} acts on {NOUNS[goods]} from {other.split('/')[0]}, no. {number}",
            "date": text, "actors": [actor], "affected": [other.split("/")[0]],
            "summary": f"A made event about {NOUNS[goods]}.\nIt stands for one of its kind.",
            "sources": [{"url": f"https://example.org/{number}", "publisher": "Made News",
                         "published": text, "kind": "press"}],
            "tags": [NOUNS[goods].replace(" ", "-")],
        }  # fmt: skip
        data |= self._own(kind, day, actor, other, GOODS[goods])
        if links := self._links(kind):
            data["links"] = links
        self.made.append((name, kind))
        return data

    def _own(self, kind: str, day: date, actor: str, other: str, goods: str) -> dict[str, Any]:
        r = self.random
        window = {"effective": {"from": (day + timedelta(days=r.randrange(60))).isoformat()}}
        measure = {"status": r.choice(["adopted"] * 6 + ["threatened", "proposed", "withdrawn"]),
                   "products": [goods], "legal_basis": [r.choice(LAWS)], **window}  # fmt: skip
        match kind:
            case "meeting":
                return {
                    "status": "held",
                    "actors": [actor, other],
                    "mode": r.choice(["call", "video"]),
                }
            case "tariff":
                rate = {"value": str(r.choice([5, 10, 25, 100])), "unit": "percent"}
                return {**measure, "rates": [rate]}
            case "export-control":
                clauses = [{"id": f"{n}", "effective": window["effective"]} for n in (1, 2)]
                return {**measure, "controls": ["licence"], "clauses": clauses}
            case "sanction":
                return {**measure, "list": "us/entity-list", "change": "add",
                        "entities": [{"name": f"Firm {r.randrange(999)}"}]}  # fmt: skip
            case "trade-measure":
                return {**measure, "category": r.choice("ABCDEF")}
            case "statement":
                return {"status": "made", "act": r.choice(["blame", "reassure", "comment"]),
                        "speaker": {"name": f"Person {r.randrange(99)}"}}  # fmt: skip
            case "agreement":
                return {"status": "announced",
                        "commitments": [{"id": "one", "by": actor, "what": "Buy goods."}]}  # fmt: skip
            case _:
                return {"status": "initiated", "kind": r.choice(["s301", "anti-dumping"])}

    def _links(self, kind: str) -> list[dict[str, Any]]:
        r = self.random
        if not self.made or r.random() < 0.5:
            return []
        to, sort = r.choice(self.made[-500:])
        if kind in MEASURES and sort in MEASURES and r.random() < 0.3:
            return [{"rel": "suspends", "to": to}]
        return [{"rel": "responds-to", "to": to, "asserted_by": [r.choice(ACTORS)]}]


def write(count: int, folder: Path) -> None:
    """Write a log of so many events into a folder."""
    maker = Maker()
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "rexctl.yaml").write_text("format: 1\n", encoding="utf-8")
    for number in range(count):
        event = maker.event(number, count)
        year = folder / "data" / "events" / event["id"][:4]
        year.mkdir(parents=True, exist_ok=True)
        text = canon.write(event, event["type"], SHAPES)
        (year / f"{event['id']}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
