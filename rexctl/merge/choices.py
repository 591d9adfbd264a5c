"""What a merge commit chose: of each field that its parents changed differently, whose value it has."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rexctl.changes.changes import Difference, find_differences, make_change, narrow
from rexctl.changes.history import CommitEvents, MergedEvent
from rexctl.changes.wording import describe_versions, format_unit, join_words, name_difference
from rexctl.gitrepo.commits import SHORT, Commit
from rexctl.merge.event_merge import merge_events
from rexctl.model.list_keys import NUMBERS
from rexctl.records import CHANGED, MERGED, Change
from rexctl.yamlfile.serialize import canonical_data

_SUBJECT = re.compile(r"Merge (?:.*\bbranch(?:es)?|tag|commit|pull request #\d+ from) (.*)")
_QUOTED = re.compile(r"'([^']+)'|(?<= into )(\S+)|^(\S+)$")
_WRITTEN = "written in the merge"


def describe_choices(
    step: CommitEvents, changes: Sequence[Change], field: str = ""
) -> list[Change]:
    """Return the changes of a merge commit: what it wrote itself, and what it chose.

    `changes` are those from every parent. What follows from the parents alone is left out.
    """
    sides = _name_sides(step.commit)
    merged = {str(event.new["id"]) for event in step.merged}
    own = []
    for change in changes:
        if change.kind == CHANGED:
            pieces = change.pieces and ((f"{_WRITTEN}: ", ""), *change.pieces)
            change = change._replace(sentence=f"{_WRITTEN}: {change.sentence}", pieces=pieces)
        if change.kind != CHANGED or change.event not in merged:
            own.append(change)
    choices = (choice for event in step.merged for choice in _choices_of(event, sides))
    return [
        *own,
        *(one for choice in choices for one in (narrow(choice, field) if field else [choice])),
    ]


def _name_sides(commit: Commit) -> list[str]:
    """Return what the parents are called: their branches by the subject, else the commits."""
    names = [name[:SHORT] for name in commit.parents]
    subject = _SUBJECT.match(commit.subject)
    branches = [next(filter(None, one)) for one in _QUOTED.findall(subject[1])] if subject else []
    into = branches.pop() if subject and " into " in subject[1] and branches else names[0]
    return [into, *branches] if len(branches) == len(names) - 1 else names


def _choices_of(event: MergedEvent, sides: Sequence[str]) -> Iterator[Change]:
    """Yield a change for each value that does not follow from the parents: whose it is, and the others."""
    shape = str(event.new["type"])
    base, new, *parents = (canonical_data(dict(one or {}), shape)
                           for one in (event.base, event.new, *event.parents))  # fmt: skip
    merged, disputed = parents[0], set[str]()
    for other in parents[1:]:
        merged, clashes = merge_events(base, merged, other, shape)
        disputed |= {".".join(step for step in one.name if step[0] != "[") for one in clashes}
    differing = [{_key(one): one for one in find_differences(parent, new)} for parent in parents]
    keys = {_key(one) for one in find_differences(merged, new)}
    for key, difference in {key: one for each in differing for key, one in each.items()}.items():
        steps = accumulate(difference.location.field.split("."), "{}.{}".format)
        if key not in keys and disputed.isdisjoint(steps):
            continue
        location, _, value, _ = difference
        is_figure = location.key == "value" and location.kind in NUMBERS
        unit, text, others = (
            format_unit(location.owner) if is_figure else "",
            "",
            dict[str, list[str]](),
        )
        for side, by_key in zip(sides, differing, strict=True):
            if key in by_key:
                text, old, _ = describe_versions(location.kind, value, by_key[key].old, None)
                others.setdefault(f"{old}{unit}", []).append(side)
        takers = [side for side, by_key in zip(sides, differing, strict=True) if key not in by_key]
        source = f"from {join_words(takers)}" if takers else _WRITTEN
        rest = ", ".join(f"{old} in {join_words(names)}" for old, names in others.items())
        sentence = f"merge: {name_difference(difference, new)} {source}: {text}{unit}, not {rest}"
        yield make_change(new, MERGED, location.field, difference.old, value, sentence)


def _key(difference: Difference) -> tuple[str, str, str]:
    """Return what is the same for differences from several parents at one location."""
    location = difference.location
    return location.field, location.clause, repr(difference.new)
