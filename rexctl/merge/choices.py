"""What a merge commit chose: of each field that its parents changed differently, whose value it has."""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from rexctl.changes.changes import make_change
from rexctl.changes.commit_changes import narrow
from rexctl.changes.history import CommitEvents, MergedEvent
from rexctl.changes.wording import describe_versions, join_words, name_path_in_words
from rexctl.gitrepo.commits import SHORT, Commit
from rexctl.merge.event_merge import Clash, item_label, merge_events
from rexctl.model.tables import SHAPES, each, part
from rexctl.records import CHANGED, MERGED, Change, pick
from rexctl.yamlfile.serialize import canonical_data

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
    if len(step.commit.parents) < 2:
        return list(changes)
    sides = _name_sides(step.commit)
    merged = {str(one.new["id"]): one for one in step.merged}
    choices = [choice for one in merged.values() for choice in _choices_of(one, sides)]
    chosen = {(choice.event, choice.field) for choice in choices}
    own = [change._replace(sentence=_PREFIX + change.sentence,
                           pieces=change.pieces and ((_PREFIX, ""), *change.pieces))
           if change.kind == CHANGED else change
           for change in changes
           if not any(change.event == event and f"{change.field}.".startswith(f"{name}.")
                      for event, name in chosen)
           and not _follows(change, merged.get(change.event))]  # fmt: skip
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


def _follows(change: Change, merged: MergedEvent | None) -> bool:
    """Return whether a value is what the parents make without a choice, such as a list of both."""
    if merged is None or change.kind != CHANGED:
        return False
    shape = str(merged.new["type"])
    base, new, *parents = (canonical_data(dict(one or {}), shape)
                           for one in (merged.base, merged.new, *merged.parents))  # fmt: skip
    data = parents[0]
    for other in parents[1:]:
        data = merge_events(base, data, other, shape).data
    return bool(pick(data, change.field) == pick(new, change.field))


def _choices_of(merged: MergedEvent, sides: Sequence[str]) -> list[Change]:
    """Return a change for each field that two parents changed differently."""
    shape = str(merged.new["type"])
    base, new, *parents = (canonical_data(dict(one or {}), shape)
                           for one in (merged.base, merged.new, *merged.parents))  # fmt: skip
    clashes: dict[Name, Clash] = {}
    for one, other in combinations(parents, 2):
        for clash in merge_events(base, one, other, shape).clashes:
            clashes.setdefault(clash.name, clash)
    found = []
    for name, clash in clashes.items():
        value, values = (
            _value_at(new, name, shape),
            [_value_at(one, name, shape) for one in parents],
        )
        others: dict[str, list[str]] = {}
        text = ""
        for side, other in zip(sides, values, strict=True):
            text, old = describe_versions(clash.kind, value, other, clash.base)[:2]
            if other != value:
                others.setdefault(old, []).append(side)
        takers = [side for side, other in zip(sides, values, strict=True) if other == value]
        source = f"from {join_words(takers)}" if takers else "written in the merge"
        rest = ", ".join(f"{old} in {join_words(names)}" for old, names in others.items())
        field = ".".join(step for step in name if step[0] != "[")
        sentence = f"merge: {name_path_in_words(name, shape)} {source}: {text}, not {rest}"
        old_value = next(other for other in values if other != value)
        found.append(make_change(merged.new, MERGED, field, old_value, value, sentence))
    return found


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
