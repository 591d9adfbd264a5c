"""The rules of what is in force, each with its smallest example: the table is their documentation."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.measures.logs import act, measure, states

A = "2025-01-01-a"
PLAIN = measure(A, "2025-02-01")
ENDING = measure(A, "2025-02-01", "2025-06-01")
CLAUSES = measure(A, clauses=[{"id": "1", "effective": {"from": "2025-02-01"}},
                              {"id": "2", "effective": {"from": "2025-04-01"}}])  # fmt: skip


def plan(name: str, status: str, **more: Any) -> dict[str, Any]:
    return act(name, "suspends", A, "2025-03-01", status=status, **more)


def ruling(name: str, rel: str, to: str, start: str = "", until: str = "") -> dict[str, Any]:
    return act(name, rel, to, start, until, type="ruling", status="decided")


# Name of the rule -> events, and day -> state of each row, or of the only one.
RULES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "a measure is not yet there before its date, and scheduled until its start": (
        [PLAIN], {"2024-12-31": "not-yet", "2025-01-01": "scheduled", "2025-01-31": "scheduled", "2025-02-01": "in-force"}),
    "until is exclusive, so the day named is the first without it": (
        [ENDING], {"2025-05-31": "in-force", "2025-06-01": "expired"}),
    "through is inclusive: it ends at 24:00": (
        [measure(A, "2025-02-01", effective={"through": "2025-06-01"})],
        {"2025-06-01": "in-force", "2025-06-02": "expired"}),
    "what starts within a day is in force on it, what ends within it is not": (
        [measure(A, "2025-02-01", "2025-06-01", effective={"time": "12:01", "until_time": "00:01"})],
        {"2025-01-31": "scheduled", "2025-02-01": "in-force", "2025-06-01": "expired"}),
    "a start before the date is the law: the act is retroactive": (
        [measure(A, "2024-12-01")], {"2024-11-30": "not-yet", "2024-12-01": "in-force"}),
    "without a start its state is unknown from its date on": (
        [measure(A)], {"2024-12-31": "not-yet", "2025-01-01": "unknown"}),
    "a suspension that ends restores what was below": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01", "2025-05-01")],
        {"2025-02-28": "in-force", "2025-03-01": "suspended", "2025-04-30": "suspended", "2025-05-01": "in-force"}),
    "a lifecycle act without from acts from its date, and has no row": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "", "2025-05-01")],
        {"2025-02-28": "in-force", "2025-03-01": "suspended"}),
    "a measure suspended before its start never took effect, and starts when the suspension ends": (
        [PLAIN, act("2025-01-10-b", "suspends", A, "2025-01-10", "2025-05-01")],
        {"2025-01-09": "scheduled", "2025-01-10": "suspended", "2025-02-01": "never-took-effect", "2025-05-01": "in-force"}),
    "revokes ends a measure, and has no end itself": (
        [PLAIN, act("2025-03-01-b", "revokes", A)], {"2025-02-28": "in-force", "2025-03-01": "revoked"}),
    "an until of a revocation is not its end": (
        [PLAIN, act("2025-03-01-b", "revokes", A, "2025-03-01", "2025-04-01")], {"2025-05-01": "revoked"}),
    "of several ends the first counts": (
        [ENDING, act("2025-07-01-b", "revokes", A)], {"2025-08-01": "expired"}),
    "at one instant revoked comes before expired": (
        [ENDING, act("2025-05-01-b", "revokes", A, "2025-06-01")], {"2025-06-01": "revoked"}),
    "resumes ends the suspension that runs": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01", "2025-09-01"), act("2025-04-01-c", "resumes", A)],
        {"2025-03-31": "suspended", "2025-04-01": "in-force", "2025-08-01": "in-force"}),
    "a suspension that begins after the resumption stays": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-05-01"), act("2025-04-01-c", "resumes", A)],
        {"2025-04-15": "in-force", "2025-05-01": "suspended"}),
    "what was resumed stays ended, whatever extends it later": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01", "2025-05-01"), act("2025-04-01-c", "resumes", A),
         act("2025-04-20-d", "extends", "2025-03-01-b", "", "2025-12-01")],
        {"2025-04-15": "in-force", "2025-06-01": "in-force"}),
    "to end one of two suspensions, revoke it": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01"), act("2025-03-02-c", "suspends", A, "2025-03-02", "2025-05-01"),
         act("2025-04-01-d", "revokes", "2025-03-01-b")],
        {"2025-04-15": "suspended", "2025-05-01": "in-force"}),
    "extends moves the end of a measure": (
        [ENDING, act("2025-05-01-b", "extends", A, "", "2025-09-01")],
        {"2025-06-01": "in-force", "2025-08-31": "in-force", "2025-09-01": "expired"}),
    "extends moves the end of a suspension": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01", "2025-05-01"),
         act("2025-04-20-c", "extends", "2025-03-01-b", "", "2025-07-01")],
        {"2025-05-01": "suspended", "2025-06-30": "suspended", "2025-07-01": "in-force"}),
    "extending an extension extends what it extended": (
        [ENDING, act("2025-05-01-b", "extends", A, "", "2025-09-01"),
         act("2025-08-01-c", "extends", "2025-05-01-b", "", "2025-12-01")],
        {"2025-10-01": "in-force", "2025-12-01": "expired"}),
    "where the old end had passed, an extension opens a new window": (
        [ENDING, act("2025-07-01-b", "extends", A, "2025-07-10", "2025-09-01")],
        {"2025-06-15": "expired", "2025-07-09": "expired", "2025-07-10": "in-force", "2025-09-01": "expired"}),
    "an end on the date of the extending act has not passed": (
        [ENDING, act("2025-06-01-b", "extends", A, "", "2025-09-01")], {"2025-06-15": "in-force"}),
    "an extension without an end takes the end away, and a later one sets it again": (
        [ENDING, act("2025-05-01-b", "extends", A), act("2025-08-01-c", "extends", A, "", "2025-10-01")],
        {"2025-07-01": "in-force", "2025-10-01": "expired"}),
    "what has no end is not extended": (
        [PLAIN, act("2025-05-01-b", "extends", A, "", "2025-09-01")], {"2025-10-01": "in-force"}),
    "replaces ends its target over its own window": (
        [PLAIN, act("2025-03-01-b", "replaces", A, "2025-03-01", "2025-06-01")],
        {"2025-03-01": {A: "superseded", "2025-03-01-b": "in-force"}, "2025-06-01": {A: "in-force", "2025-03-01-b": "expired"}}),
    "while the one that replaces is suspended, the replaced one applies again": (
        [PLAIN, act("2025-03-01-b", "replaces", A, "2025-03-01"),
         act("2025-04-01-c", "suspends", "2025-03-01-b", "2025-04-01", "2025-05-01")],
        {"2025-04-15": {A: "in-force", "2025-03-01-b": "suspended"}, "2025-05-01": {A: "superseded", "2025-03-01-b": "in-force"}}),
    "a later revocation of the one that replaces brings nothing back": (
        [PLAIN, act("2025-03-01-b", "replaces", A, "2025-03-01"), act("2025-04-01-c", "revokes", "2025-03-01-b")],
        {"2025-05-01": {A: "superseded", "2025-03-01-b": "revoked"}}),
    "one revoked at or before its start replaces nothing": (
        [PLAIN, act("2025-02-15-b", "replaces", A, "2025-03-01"), act("2025-02-20-c", "revokes", "2025-02-15-b")],
        {"2025-05-01": {A: "in-force", "2025-02-15-b": "never-took-effect"}}),
    "an act that replaces without from begins at its date": (
        [PLAIN, act("2025-03-01-b", "replaces", A)], {"2025-03-01": {A: "superseded", "2025-03-01-b": "in-force"}}),
    "a stay of a ruling that revokes holds the revocation up": (
        [PLAIN, ruling("2025-06-01-b", "revokes", A), ruling("2025-06-10-c", "suspends", "2025-06-01-b", "2025-06-10", "2025-07-01")],
        {"2025-05-31": "in-force", "2025-06-05": "revoked", "2025-06-20": "in-force", "2025-07-02": "revoked"}),
    "one that replaces a suspension ends it and has no row": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01"), act("2025-04-01-c", "replaces", "2025-03-01-b")],
        {"2025-03-15": {A: "suspended"}, "2025-04-01": {A: "in-force"}}),
    "a suspension that names points does not change the state": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01", rates=[{"value": "5", "unit": "percentage-points"}])],
        {"2025-03-15": "in-force"}),
    "a suspension with a rate in percent is left out": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03-01", rates=[{"value": "5", "unit": "percent"}])],
        {"2025-03-15": "in-force"}),
    "a whole-measure act reaches all clauses": (
        [CLAUSES, act("2025-03-01-b", "suspends", A, "2025-03-01")],
        {"2025-03-15": {f"{A}#1": "suspended", f"{A}#2": "suspended"}, "2025-04-15": {f"{A}#1": "suspended", f"{A}#2": "never-took-effect"}}),
    "an act on one clause leaves the others": (
        [CLAUSES, act("2025-03-01-b", "revokes", f"{A}#1", "2025-05-01")],
        {"2025-05-01": {f"{A}#1": "revoked", f"{A}#2": "in-force"}}),
    "a clause that the target lacks is left out": (
        [CLAUSES, act("2025-03-01-b", "revokes", f"{A}#9", "2025-05-01")], {"2025-05-01": {f"{A}#1": "in-force", f"{A}#2": "in-force"}}),
    "a part that is not named is not suspended in part": (
        [measure(A, "2025-02-01", products=["hs:72", "hs:73"]), act("2025-03-01-b", "suspends", A, "2025-03-01", products=["hs:72"])],
        {"2025-03-15": "in-force"}),
    "one act does different things by its clauses": (
        [PLAIN, measure("2025-01-02-z", "2025-02-01"),
         measure("2025-03-01-b", clauses=[{"id": "x", "effective": {"from": "2025-03-01", "until": "2025-05-01"}}, {"id": "y", "effective": {"from": "2025-04-01"}}],
                 links=[{"rel": "suspends", "to": A, "via": "x"}, {"rel": "revokes", "to": "2025-01-02-z", "via": "y"}])],
        {"2025-04-15": {A: "suspended", "2025-01-02-z": "revoked"}, "2025-05-01": {A: "in-force", "2025-01-02-z": "revoked"}}),
    "a truce extended as a whole: its revocation gains no end": (
        [PLAIN, measure("2025-01-02-z", "2025-02-01"),
         measure("2025-03-01-b", clauses=[{"id": "x", "effective": {"from": "2025-03-01", "until": "2025-05-01"}}, {"id": "y", "effective": {"from": "2025-03-01"}}],
                 links=[{"rel": "suspends", "to": A, "via": "x"}, {"rel": "revokes", "to": "2025-01-02-z", "via": "y"}]),
         act("2025-04-01-c", "extends", "2025-03-01-b", "", "2025-07-01")],
        {"2025-06-01": {A: "suspended", "2025-01-02-z": "revoked"}, "2025-08-01": {A: "in-force", "2025-01-02-z": "revoked"}}),
    "threatened, proposed and withdrawn acts do nothing": (
        [PLAIN, plan("2025-02-20-b", "threatened"), plan("2025-02-21-c", "proposed"), plan("2025-02-22-d", "withdrawn")],
        {"2025-03-15": {A: "in-force"}}),
    "retracted acts do nothing": (
        [PLAIN, plan("2025-02-20-b", "adopted", confidence="retracted", note="never was")], {"2025-03-15": "in-force"}),
    "a listing that removes and a decontrol have no row": (
        [measure(A, "2025-02-01", type="sanction", change="remove"), measure("2025-01-02-b", "2025-02-01", type="export-control", controls=["decontrol"])],
        {"2025-03-01": {}}),
    "links that lead back to their own event are left out": (
        [act(A, "suspends", "2025-01-02-b", "2025-02-01"), act("2025-01-02-b", "revokes", A, "2025-02-01"), measure("2025-01-03-c", "2025-02-01")],
        {"2025-03-01": {"2025-01-03-c": "in-force"}}),
    "an imprecise start may be before the day or after it": (
        [measure(A, "2025-02")], {"2025-01-31": "scheduled", "2025-02-10": "scheduled or in-force", "2025-02-28": "in-force"}),
    "an imprecise suspension: the state without it, and the one with it": (
        [PLAIN, act("2025-03-01-b", "suspends", A, "2025-03", "2025-06")],
        {"2025-03-10": "in-force or suspended", "2025-04-15": "suspended", "2025-06-10": "in-force or suspended", "2025-07-01": "in-force"}),
    "about and approximately do not widen a day": (
        [measure(A, "2025-02-01~")], {"2025-01-31": "scheduled", "2025-02-01": "in-force"}),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_holds_in_its_smallest_example(rule: str) -> None:
    events, wanted = RULES[rule]
    for day, state in wanted.items():
        found = states(day, *events)
        assert (found if isinstance(state, dict) else ", ".join(found.values())) == state, day


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_events_never_matters(rule: str) -> None:
    events, wanted = RULES[rule]
    shuffled = list(events)
    random.Random(1).shuffle(shuffled)
    for day in wanted:
        assert states(day, *shuffled) == states(day, *events)
        assert states(day, *reversed(events)) == states(day, *events)
