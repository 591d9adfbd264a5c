"""A timeline drawn with characters fits the width, shows each state, and cuts nothing without a sign."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.output import Options, write_table
from rexctl.output.axis import periods_of, ticks_of
from rexctl.output.terminal import text_width
from rexctl.records import Span
from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.views.timeline import timeline
from tests.measures.logs import act, fold_of, measure

TODAY = date(2025, 10, 15)
DUTY = measure("2025-01-01-duty", "2025-02-01", title="A duty on everything that is made of steel")
PAUSE = act("2025-03-01-pause", "suspends", "2025-01-01-duty", "2025-03-10", "2025-06-01")


def event(when: str, title: str = "Talks") -> dict[str, Any]:
    return {"id": f"e-{when}", "type": "meeting", "status": "held", "date": when, "title": title,
            "actors": ["US"], "sources": []}  # fmt: skip


def drawing(
    *events: dict[str, Any], width: int = 80, color: bool = False, newest: date = TODAY
) -> list[str]:
    table = timeline(fold_of(*events), events, TODAY, (LOWEST, HIGHEST), newest=newest.toordinal())
    out = io.StringIO()
    write_table(table, "chart", out, Options(width=width, color=color))
    return out.getvalue().splitlines()


def line_of(shown: list[str], start: str) -> str:
    (line,) = [line for line in shown if line.startswith(start)]
    return line


def test_a_bar_changes_its_sign_where_the_state_changes() -> None:
    line = line_of(drawing(DUTY, PAUSE), "A duty")
    signs = list(dict.fromkeys(line.rsplit("  ", 1)[1]))
    assert signs == ["┄", "█", "░"]
    assert line.endswith("█")


def test_a_state_shorter_than_a_column_takes_one_from_its_neighbour() -> None:
    short = act("2025-05-01-day", "suspends", "2025-01-01-duty", "2025-05-01", "2025-05-02")
    shown = drawing(DUTY, short, width=60)
    assert line_of(shown, "A duty").count("░") == 1
    assert not [line for line in shown if "not drawn" in line]


def test_states_that_have_no_column_are_named() -> None:
    days = [act(f"2025-05-0{n}-day", "suspends", "2025-01-01-duty", f"2025-05-0{n}", f"2025-05-0{n + 1}")
            for n in (1, 3, 5, 7)]  # fmt: skip
    shown = drawing(DUTY, *days, event("2015-01-01"), width=80)
    text = " ".join(shown)
    assert "not drawn, being shorter than a column:" in text
    assert "suspended 2025-05-03 to 2025-05-04 (A duty on everything that is…)" in text


def test_what_the_signs_mean_is_above_the_drawing() -> None:
    shown = drawing(DUTY, PAUSE)
    assert shown[0].startswith("█ in force   ░ suspended")
    assert shown.index(line_of(shown, "Measures")) > shown.index("")


def test_an_act_is_a_mark_on_the_bar_and_a_line_below_the_one_measure_that_it_changes() -> None:
    other = measure("2025-01-01-other", "2025-02-01", title="Another duty")
    rise = act("2025-03-01-rise", "amends", DUTY["id"], "2025-04-01", title="A rise")
    both = act("2025-05-01-both", "amends", DUTY["id"], "2025-06-01", title="Both rise")
    both["links"].append({"rel": "amends", "to": other["id"]})
    shown = drawing(DUTY, other, rise, both, width=120)
    duty, below, events = (line_of(shown, text) for text in ("A duty", "└ A rise", "Both rise"))
    assert shown.index(below) == shown.index(duty) + 1
    assert shown.index(events) > shown.index(line_of(shown, "Events"))
    assert (duty.count("●"), line_of(shown, "Another duty").count("●")) == (2, 1)
    assert any("● act that changes a measure" in line for line in shown)


def test_what_is_still_to_come_is_faint() -> None:
    until = act("2025-02-01-end", "revokes", "2025-01-01-duty", "2026-06-01")
    (line,) = [line for line in drawing(DUTY, until, color=True) if line.startswith("A duty")]
    assert re.search("\x1b\\[32m█+\x1b\\[0m", line)
    assert re.search("\x1b\\[2;32m█+\x1b\\[0m", line)


def test_what_follows_the_newest_event_of_the_log_is_faint_and_its_day_is_marked() -> None:
    colored = drawing(DUTY, color=True, newest=date(2025, 6, 1))
    (line,) = [line for line in colored if line.startswith("A duty")]
    recorded, computed = (len(text) for text in re.findall("█+", line))
    assert recorded < computed * 1.2
    shown = drawing(DUTY, newest=date(2025, 6, 1))
    assert line_of(shown, "Measures").index("▽") < line_of(shown, "Measures").index("▼")
    assert any("▽ newest event of the log, 2025-06-01: what follows is computed" in line for line in shown)  # fmt: skip
    assert "▽" not in "".join(drawing(DUTY))


@pytest.mark.parametrize("width", [32, 40, 60])
def test_the_legend_is_broken_between_words(width: int) -> None:
    shown = drawing(DUTY, width=width, newest=date(2025, 6, 1))
    legend = shown[: shown.index("")]
    assert max(map(len, legend)) <= width
    assert "▽ newest event of the log, 2025-06-01: what follows is computed" in " ".join(
        " ".join(legend).split()
    )


def test_an_event_has_its_id_beside_it_as_that_begins_with_the_date() -> None:
    talks = event("2025-10-14") | {"id": "2025-10-14-talks"}
    assert "2025-10-14-talks ◆" in line_of(drawing(DUTY, talks, width=120), "Talks")


def test_a_threat_and_a_plan_have_marks_of_their_own() -> None:
    threat = event("2025-03-01", "Threat") | {"type": "tariff", "status": "threatened"}
    shown = drawing(
        threat, event("2025-04-01", "Plan") | {"status": "planned"}, event("2025-05-01")
    )
    for text, sign in (("Threat", "▲"), ("Plan", "■"), ("Talks", "◆")):
        assert line_of(shown, text).count(sign) == 1
    assert shown[0].startswith("◆ event   ▲ threat   ■ plan")


def test_an_imprecise_date_looks_different_from_a_day() -> None:
    shown = drawing(
        event("2025-01-01"), event("2025-05"), event("2025-10-09~"), event("../2025-03")
    )
    texts = {text: next(line for line in shown if line.endswith(f" {text}") or f" {text} " in line)
             for text in ("2025-01-01", "2025-05", "2025-10-09~", "../2025-03")}  # fmt: skip
    assert "◆" in texts["2025-01-01"]
    assert "◇──" in texts["2025-05"]
    assert "◇" in texts["2025-10-09~"]
    assert "◁" in texts["../2025-03"]
    assert all("◆" not in line for text, line in texts.items() if text != "2025-01-01")
    assert any(line.startswith("◆ event   ◇ event on these days, or one of them") for line in shown)


def test_a_span_is_shortened_to_a_day_only_where_both_ends_are_days() -> None:
    others = event("2025-01-14", "A"), event("2025-10-14", "B")
    days, month = (
        line_of(drawing(event(when), *others, width=40), "Talks")
        for when in ("2025-06-13/2025-06-18", "2025-05-18/2025-06~")
    )
    assert "2025-06-13/18" in days
    assert month.endswith(" 2025-05-18/…")


def test_today_is_marked_where_the_span_has_it() -> None:
    shown = drawing(DUTY, event("2025-02-03"))
    column = line_of(shown, "Measures").index("▼")
    assert line_of(shown, "Talks")[column] == "│"
    assert any("▼ today, 2025-10-15" in line for line in shown)


def test_the_signs_alone_tell_states_apart_and_color_adds_nothing_to_the_text() -> None:
    plain, colored = drawing(DUTY, PAUSE), drawing(DUTY, PAUSE, color=True)
    assert "\x1b[" in "".join(colored)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colored] == plain


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2025", "2025-02~", "2025-05-01", "../2025-03", "2025-03-04/2025-08", "1999/.."]),
            st.text(st.sampled_from("a é中文 -—字x'"), min_size=1, max_size=90).filter(str.strip),
        ),
        min_size=1, max_size=5,
    ),
    st.integers(40, 220),
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal_and_dates_or_titles_are_whole_or_cut_with_a_sign(
    some: list[tuple[str, str]], width: int
) -> None:
    events = [event(when, title) | {"id": f"e{n}"} for n, (when, title) in enumerate(some)]
    shown = drawing(DUTY, PAUSE, *events, width=width)
    assert max(map(text_width, shown)) <= width
    begin = 1 + next(n for n, line in enumerate(shown) if line.startswith("Events"))
    for (when, title), line in zip(some, shown[begin:], strict=False):
        beginnings = [title, *(title[:n].rstrip() + "…" for n in range(len(title)))]
        assert line.startswith(tuple(beginnings))
        short = when.replace("2025-03-04/2025-08", "2025-03-04/…")
        assert when in line or short in line or not re.search(r"\d{4}", line)


@pytest.mark.parametrize("room", [12, 34, 58, 118])
@pytest.mark.parametrize("days", [3, 20, 100, 400, 1000, 8000, 200_000])
def test_the_labels_of_the_axis_have_room_and_name_days_months_or_years(
    room: int, days: int
) -> None:
    first = date(2025, 10, 7).toordinal()
    span = Span(first, first + days, first, first)
    ticks = ticks_of(span, room)
    assert ticks or periods_of(span, ticks)
    for tick, following in pairwise(ticks):
        assert (following.day - tick.day) / days * room > len(tick.label)
    for tick in (*ticks, *periods_of(span, ticks)):
        day = date.fromordinal(int(tick.day))
        assert tick.label in (str(day.day), f"{day:%b}", str(day.year), f"{day:%b %Y}")
