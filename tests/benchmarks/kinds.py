"""The fields that events of each type have besides the common ones, one function a type."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.benchmarks import scene as scenes
from tests.benchmarks.scene import PLACES, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.benchmarks.scene import Scene

MEASURES = ("tariff", "export-control", "sanction", "trade-measure")
OFTEN = {"statement": 30, "meeting": 20, "tariff": 18, "export-control": 10, "trade-measure": 8,
         "sanction": 6, "investigation": 5, "agreement": 3}  # fmt: skip


def _window(scene: Scene, latest: int = 90) -> dict[str, Any]:
    r = scene.random
    first = scene.day + timedelta(days=r.randrange(latest))
    window = {"from": first.isoformat()}
    if r.random() < 0.15:
        window["until"] = (first + timedelta(days=r.randrange(30, 720))).isoformat()
    return window


# Nothing in a generated log says what came of a threat or a commitment.
_UNSETTLED = {"check": "overdue", "reason": "No source says what came of it."}


def _measure(scene: Scene) -> dict[str, Any]:
    r = scene.random
    status = r.choices(("adopted", "threatened", "proposed", "withdrawn"), (70, 12, 14, 4))[0]
    data: dict[str, Any] = {
        "status": status,
        "legal_basis": [r.choice(PLACES[scene.place][2])],
        "products": [scene.code],
        "effective": _window(scene),
    }
    if status == "threatened":
        data["allow"] = [_UNSETTLED]
    if status == "adopted":
        kind = r.choice(("announcement", "notice", "order", "regulation"))
        data["instrument"] = {"issuer": scene.actor, "kind": kind, "number": str(scene.number + 1),
                              "year": str(scene.day.year)}  # fmt: skip
    return data


def _person(scene: Scene, name: str, actor: str) -> dict[str, str]:
    return {"name": name, "office": scene.one("offices"), "actor": actor}


def tariff(scene: Scene) -> dict[str, Any]:
    """A duty; every sixth has clauses with rates and windows of their own."""
    r = scene.random
    rate = {"value": scene.words["rate"], "unit": "percent"}
    data = _measure(scene) | {"origin": [scene.other]}
    if r.random() < 0.17:
        rates = ({"value": str(n * 5), "unit": "percent"} for n in (1, 2, 3))
        return data | {"clauses": [
            {"id": f"{n}", "title": f"{scene.goods}, step {n}", "effective": _window(scene),
             "rates": [of_step]}
            for n, of_step in zip(range(1, r.randrange(3, 5)), rates, strict=False)
        ]}  # fmt: skip
    if r.random() < 0.3:
        rate["prior"] = str(r.randrange(1, 5))
    return data | {"rates": [rate]}


def export_control(scene: Scene) -> dict[str, Any]:
    """A licence or a ban; every third has clauses."""
    r = scene.random
    data = _measure(scene) | {"controls": r.sample(("licence", "technology", "end-use"), 1),
                              "licence": {"authority": scene.actor}}  # fmt: skip
    if r.random() < 0.33:
        content = {"metric": "content-value", "op": "ge", "value": "0.1", "unit": "percent"}
        data["clauses"] = [
            {"id": "1(1)", "title": f"{scene.goods} made abroad", "effective": _window(scene),
             "thresholds": [content], "reach": ["content"]},
            {"id": "1(2)", "title": "goods of own origin", "effective": _window(scene, 9)},
        ]  # fmt: skip
    return data | {"destinations": [scene.other]}


def sanction(scene: Scene) -> dict[str, Any]:
    """Names on a list, some with their spelling in the own script."""
    r = scene.random
    named = [scene.words["firm"], *{scenes.firm(r) for _ in range(r.randrange(4))}]
    entities = [{"name": name, "country": _country(scene)} for name in dict.fromkeys(named)]
    if scene.other == "CN":
        entities[0]["original"] = scene.one("firms_zh")
    names = {"US": "us/entity-list", "CN": "cn/uel"}.get(scene.place, "eu/russia-listings")
    data = _measure(scene) | {"list": names, "entities": entities}
    return data | {
        "change": "add"
    }  # Another act may suspend or revoke it: a delisting has no state.


def _country(scene: Scene) -> str:
    return "DE" if scene.other == "EU" else scene.other


def trade_measure(scene: Scene) -> dict[str, Any]:
    """Any other measure; some charge by steps."""
    r = scene.random
    data = _measure(scene) | {"category": f"mast-2019:{r.choice('ABCEFL')}"}
    if data["category"] == "mast-2019:F":
        start = data["effective"]["from"]
        step = {"from": start, "value": str(r.randrange(50, 900))}
        data["charge"] = {"currency": "USD", "per": "net ton", "steps": [step]}
    return data


def meeting(scene: Scene) -> dict[str, Any]:
    """Two sides at a table or on the line."""
    r = scene.random
    guest = r.choice(WORDS["actors"][scene.other])
    data: dict[str, Any] = {
        "status": r.choices(("held", "cancelled", "postponed", "planned"), (960, 20, 16, 4))[0],
        "actors": [scene.actor, guest],
        "mode": r.choice(("in-person", "call", "video")),
        "format": "bilateral",
        "place": {"country": WORDS["cities"][scene.words["city"]], "city": scene.words["city"]},
        "participants": [_person(scene, scene.words["person"], scene.actor),
                         _person(scene, scene.words["other"], guest)],
    }  # fmt: skip
    if r.random() < 0.3:
        data["readouts"] = [{"by": scene.actor, "kind": "readout", "text": scene.one("sentences")}]
    return data


def statement(scene: Scene) -> dict[str, Any]:
    """Words for the record."""
    act = scene.random.choice(("announce", "threaten", "deny", "blame", "reassure", "demand",
                               "offer", "comment"))  # fmt: skip
    speaker = _person(scene, scene.words["person"], scene.actor)
    return {"status": "made", "speaker": speaker, "act": act}


def agreement(scene: Scene) -> dict[str, Any]:
    """What both sides undertook."""
    due = (scene.day + timedelta(days=365)).isoformat()
    commitments = [{"id": f"{n}", "by": by, "what": scene.one("commit") + ".", "due": due}
                   for n, by in enumerate((scene.actor, scene.other), 1)]  # fmt: skip
    status = scene.random.choice(("in-principle", "announced", "signed"))
    return {"status": status, "commitments": commitments, "allow": [_UNSETTLED],
            "actors": [scene.actor, scene.other]}  # fmt: skip


def investigation(scene: Scene) -> dict[str, Any]:
    """An authority looks into it."""
    r = scene.random
    return {
        "status": r.choice(("initiated", "preliminary", "final", "terminated")),
        "products": [scene.code],
        "authority": scene.actor,
        "kind": r.choice(("anti-dumping", "countervailing", "safeguard", "circumvention")),
        "petitioner": scene.words["firm"],
        "due": _later(scene.day, 400),
    }


def _later(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()[:7]


OWN: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "statement": statement, "meeting": meeting, "tariff": tariff, "export-control": export_control,
    "trade-measure": trade_measure, "sanction": sanction, "investigation": investigation,
    "agreement": agreement,
}  # fmt: skip
