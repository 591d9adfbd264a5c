"""What a merge commit chose: of each field that its parents changed differently, whose value it has."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rexctl.changes.changes import make_change
from rexctl.changes.commit_changes import narrow
from rexctl.changes.history import CommitEvents
from rexctl.changes.wording import describe_versions, join_words, name_path_in_words
from rexctl.gitrepo.commits import SHORT, Commit
from rexctl.merge.event_merge import Clash, Merged, item_label, merge_events
from rexctl.model.tables import SHAPES, each, part
from rexctl.records import CHANGED, MERGED, Change, pick
from rexctl.yamlfile.serialize import canonical_data

Event = Mapping[str, Any]
Name = tuple[str, ...]

_SUBJECT = re.compile(r"Merge (?:.*\bbranch(?:es)?|tag|commit|pull request #\d+ from) (.*)")
_QUOTED = re.compile(r"'([^']+)'|(?<= into )(\S+)|^(\S+)$")
_PREFIX = "written in the merge: "


def describe_choices(
    step: CommitEvents, changes: Sequence[Change], field: str = ""
) -> list[Change]:
    """Return the changes of a merge commit: what it wrote itself, then what it chose.

    `changes` are those from every parent; what follows from the parents alone is left out of them.
    """
    sides = _name_sides(step.commit)
    choices = list[Change]()
    known: dict[str, Merged] = {}  # what the parents make, by event
    news: dict[str, Event] = {}
    for event in step.merged:
        shape, name = str(event.new["type"]), str(event.new["id"])
        base, new, *parents = (canonical_data(dict(one or {}), shape)
                               for one in (event.base, event.new, *event.parents))  # fmt: skip
        data, clashes = parents[0], list[Clash]()
        for other in parents[1:]:
            data, found = merge_events(base, data, other, shape)
            clashes += found
        known[name], news[name] = Merged(data, clashes), new
        unique = {clash.name: clash for clash in reversed(clashes)}
        choices += [_choice(clash, new, parents, sides) for clash in reversed(unique.values())]
    own = []
    for change in changes:
        merged, path = known.get(change.event), f"{change.field}."
        if merged and change.kind == CHANGED:
            if any(path.startswith(f"{'.'.join(_fields(one.name))}.") for one in merged.clashes):
                continue
            if pick(merged.data, change.field) == pick(news[change.event], change.field):
                continue
        if change.kind == CHANGED:
            pieces = change.pieces and ((_PREFIX, ""), *change.pieces)
            change = change._replace(sentence=_PREFIX + change.sentence, pieces=pieces)
        own.append(change)
    return [
        *own,
        *(one for choice in choices for one in (narrow(choice, field) if field else [choice])),
    ]


def _name_sides(commit: Commit) -> list[str]:
    """Return what the parents are called: their branches by the subject, else the commits."""
    names = [name[:SHORT] for name in commit.parents]
    subject = _SUBJECT.match(commit.subject)
    found = [next(filter(None, one)) for one in _QUOTED.findall(subject[1])] if subject else []
    into = found.pop() if subject and " into " in subject[1] and found else names[0]
    return [into, *found] if len(found) == len(names) - 1 else names


def _choice(clash: Clash, new: Event, parents: Sequence[Event], sides: Sequence[str]) -> Change:
    """Return the change that says whose value a merge has of a field that parents changed differently."""
    shape, name = str(new["type"]), clash.name
    value, *values = (_value_at(one, name, shape) for one in (new, *parents))
    others: dict[str, list[str]] = {}
    text, takers, former = "", [], None
    for side, other in zip(sides, values, strict=True):
        text, old, _ = describe_versions(clash.kind, value, other, clash.base)
        if other == value:
            takers.append(side)
        else:
            others.setdefault(old, []).append(side)
            former = other
    source = f"from {join_words(takers)}" if takers else "written in the merge"
    rest = ", ".join(f"{old} in {join_words(names)}" for old, names in others.items())
    sentence = f"merge: {name_path_in_words(name, shape)} {source}: {text}, not {rest}"
    return make_change(new, MERGED, ".".join(_fields(name)), former, value, sentence)


def _fields(name: Name) -> list[str]:
    return [step for step in name if step[0] != "["]


def _value_at(data: Any, name: Name, shape: str) -> Any:
    """Return the value at a path in which items have their names; None where there is none."""
    kind: Any = shape
    for step in name:
        if isinstance(kind, list) and isinstance(data, list):
            kind = each(kind)
            items = (
                item for n, item in enumerate(data) if f"[{item_label(item, kind, n)}]" == step
            )
            data = next(items, None)
        elif isinstance(data, Mapping):
            kind, data = SHAPES.get(part(kind), {}).get(step, ""), data.get(step)
        else:
            return None
    return data
