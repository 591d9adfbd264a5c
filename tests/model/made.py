"""Valid events out of the models themselves, for laws that must hold of every event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rexctl.model.codes import check_codes
from rexctl.model.typed_input import from_input
from rexctl.model.types import example_of
from rexctl.model.validate import validate
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from rexctl.yamlfile import serialize
from rexctl.yamlfile.parse import locate, parse
from tests.read_models import keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from rexctl.records import Finding

WORDS = ["yes", "NO", "0103", "13:01", "1E902", "null", "~", "a: b", "a #b", "- x", "'", '"', "稀土",
         "Ünïcode", "1_000", "{}", "[x]", "*a", "&a", "!t", "%d", "@at", "`tick", "|", ">", "a\\b",
         "2025-13-45", "1e3", "0x10", "=", "<<", "x" * 120]  # fmt: skip
LEAVES: dict[str, list[str]] = {
    "text": WORDS,
    "prose": [*(w for w in WORDS if w.strip("-*")), "One. Two!\n\nThree?", "- a\n- b", "No. 61 of 2025 is U.S. law."],
    "date": ["2025", "2025-10", "2025-10-09", "2025~", "2025-10?", "2025-10-20/2025-10-26", "2025/..", "../2026"],
    "day": ["2025-10-09", "1999-12-31"],
    "time": ["00:00", "13:01", "23:59"],
    "zone": ["America/New_York", "Asia/Shanghai", "UTC"],
    "number": ["0", "-1.5", "100", "10.50", "0.1"],
    "integer": ["0", "7", "2025"],
    "actor": ["CN", "NO", "US/bis", "G7", "EU"],
    "country": ["NO", "CN", "XK"],
    "currency": ["CNY", "USD"],
    "product": ["hs:01", "hs:0103", "hs:280530", "material:dysprosium", "us-eccn:3A090"],
    "law": ["us/ieepa/fentanyl", "us/s301"],
    "list": ["us/entity-list", "cn/uel"],
    "url": ["https://example.org/x?a=b#c", "http://x.test"],
    "slug": ["rare-earths", "no", "2025", "on"],
    "id": ["2025-10-09-cn-mofcom-61", "2025-x"],
}  # fmt: skip


def events(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Give plain data of a type that has no fault."""
    return _of(model_of(name)).map(_sound)


def _of(model: Any) -> st.SearchStrategy[dict[str, Any]]:
    needed, open_ = {}, {}
    for key, info in keys_of(model):
        (needed if info.is_required() else open_)[key] = _field(key, leaf_of(info))
    return st.fixed_dictionaries(needed, optional=open_)


def _field(key: str, leaf: Any) -> st.SearchStrategy[Any]:
    arms = [_of(part) for part in leaf.models]
    if leaf.values:
        arms.append(st.sampled_from(leaf.values))
    elif key == "lang":
        arms.append(st.just("no"))
    elif leaf.kind:
        arms.append(st.sampled_from(LEAVES[leaf.kind]))
    one = st.one_of(arms)
    return st.lists(one, min_size=1, max_size=2) if leaf.many else one


def _sound(event: dict[str, Any]) -> dict[str, Any]:
    """Take away what no single field can tell to be wrong."""
    if event["date"] != "2025-10-09":
        event.pop("time", None)
    if event.get("confidence") == "retracted":
        event["note"] = "why"
    for part in _parts(event):
        for effective in (part.get("effective"),):
            if isinstance(effective, dict):
                for key in ("time", "until", "until_time", "through"):
                    effective.pop(key, None)
                if not effective:
                    del part["effective"]
    for link in event.get("links", ()):
        _give_one_target(link)
    for source in event["sources"]:
        source["url"] = "https://example.org/x"
    for field in ("claims", "readouts"):
        for part in event.get(field, ()):
            part.pop("source", None)
    for n, clause in enumerate(event.get("clauses", ())):
        clause["id"] = f"{n}"
    return _pruned(event)


def _give_one_target(link: dict[str, Any]) -> None:
    """Let a link lead to an event of the log, or to an act outside it."""
    if "instrument" not in link:
        link.setdefault("to", "2025-x")
    elif "to" in link:
        del link["instrument"]


def _parts(event: dict[str, Any]) -> list[dict[str, Any]]:
    return [event, *event.get("clauses", ())]


def _pruned(value: Any) -> Any:
    """Leave out parts that turned out empty: unknown is absent."""
    if isinstance(value, dict):
        kept = {key: _pruned(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in ({}, [])}
    if isinstance(value, list):
        return [part for part in map(_pruned, value) if part not in ({}, [])]
    return value


def example(name: str) -> str:
    """Return the example of a type."""
    return example_of(name)


def event_of(text: str) -> dict[str, Any]:
    """Read a text that has no fault."""
    event, findings, _ = parse(text.encode())
    assert findings == ()
    assert event is not None
    return event


def findings_of(text: str) -> tuple[Finding, ...]:
    """Read a text and give everything that is wrong with it."""
    data = text.encode()
    event, found, value = parse(data)
    codes = locate(data, check_codes(event or value, shipped_vocabulary()))
    return tuple(sorted([*found, *codes], key=lambda one: one.sort_key))


def plain_of(name: str) -> dict[str, Any]:
    """Return the example of a type as plain data."""
    return event_of(example(name))


def faults(data: Any) -> list[tuple[tuple[str | int, ...], str, str, str]]:
    """Judge plain data; give place, code, message and hint of each fault."""
    event, found = validate(data)
    assert (event is None) == bool(found)
    found += check_codes(data, shipped_vocabulary())
    return [(one.loc, one.code, one.message, one.hint) for one in found]


def only(data: Any) -> tuple[tuple[str | int, ...], str, str, str]:
    """Judge plain data that has just one fault."""
    (fault,) = faults(data)
    return fault


def codes(data: Any) -> dict[str, str]:
    """Judge plain data; give the code of each fault by its dotted place."""
    return {".".join(map(str, loc)): code for loc, code, _, _ in faults(data)}


def good(data: Any) -> dict[str, Any]:
    """Judge plain data that has no fault."""
    record, unknown = from_input(data, shipped_vocabulary())
    event, found = validate(record)
    assert unknown + found == []
    assert event is not None
    return event


def is_a_good_example(name: str) -> None:
    """The example is valid, is canonical byte for byte, and comes back as it went."""
    text = example(name)
    event = event_of(text)
    assert serialize.write(event, name) == text
    assert good(event) == event


def comes_back(data: dict[str, Any]) -> None:
    """An event survives being judged, written and read, to the same data and the same bytes."""
    event = good(data)
    assert good(event) == event
    written = serialize.write(event, str(event["type"]))
    again = event_of(written)
    assert again == event
    assert serialize.write(again, str(again["type"])) == written
