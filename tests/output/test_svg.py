"""A timeline as a picture: what it shows, and that nothing in it overlaps or is cut."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from datetime import date
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from rexctl.errors import EnvironmentFaultError, UsageError
from rexctl.output import Options, write_table
from rexctl.output.svg import _DARK, _LIGHT
from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.views.timeline import timeline
from tests.measures.logs import act, fold_of, measure

TODAY = date(2025, 10, 15)
DUTY = measure("2025-01-01-duty", "2025-02-01", title="A duty on everything that is made of steel or of "
               "aluminium, and on all that holds some of it, from whatever country it may come & <so on>")  # fmt: skip
PAUSE = act("2025-03-01-pause", "suspends", "2025-01-01-duty", "2025-03-10", "2025-06-01")


def event(when: str, title: str) -> dict[str, Any]:
    return {"id": title, "type": "meeting", "status": "held", "date": when, "title": title,
            "actors": ["US"], "sources": []}  # fmt: skip


EVENTS = [DUTY, PAUSE, event("2025", "A whole year"), event("../2025-02", "Before"), event("2025-10-14", "Late"),
          event("2025-10-01/..", "An open end"), event("2025-01-01~", "Early")]  # fmt: skip


def drawn(*events: dict[str, Any], dark: bool = False, newest: int = 0) -> ElementTree.Element:
    table = timeline(fold_of(*events), events, TODAY, (LOWEST, HIGHEST), newest=newest)
    out = io.StringIO()
    write_table(table, "svg", out, Options(dark=dark))
    return ElementTree.fromstring(out.getvalue())


class Box(NamedTuple):
    """A text and where it is, its width estimated from its characters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def boxes(picture: ElementTree.Element, character: float = 5.6) -> set[Box]:
    found = set()
    for one in picture.iter("{http://www.w3.org/2000/svg}text"):
        match = re.fullmatch(r"translate\(([\d.-]+),([\d.-]+)\)", one.attrib["transform"])
        assert match
        x, y, text = float(match[1]), float(match[2]), one.text or ""
        width = character * len(text)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[one.attrib["text-anchor"]]
        found.add(Box(text, left, left + width, y - 9, y + 2))
    return found


def test_labels_are_whole_and_no_text_is_upon_another() -> None:
    texts = boxes(drawn(*EVENTS))
    words = Counter(word for box in texts for word in box.text.split())
    assert not words.keys() & {"…"}
    for one in EVENTS:
        assert not Counter(str(one["title"]).split()) - words
    for one in texts:
        for other in texts - {one}:
            assert (
                one.right <= other.left or other.right <= one.left
                or one.bottom <= other.top or other.bottom <= one.top
            ), (one, other)  # fmt: skip


def test_everything_is_within_the_picture() -> None:
    picture = drawn(*EVENTS)
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    (root,) = [one for one in picture if one.tag.endswith("}g")]
    match = re.fullmatch(r"translate\(([\d.-]+),([\d.-]+)\)", root.attrib["transform"])
    assert match
    x, y = float(match[1]), float(match[2])
    for box in boxes(picture, 4.8):
        assert box.left + x >= 0 and box.right + x <= width
        assert box.top + y >= 0 and box.bottom + y <= height


@pytest.mark.parametrize("dark", [False, True])
def test_a_bar_has_the_colors_of_its_states_in_order(dark: bool) -> None:
    colors = _DARK if dark else _LIGHT
    fills = [one.attrib.get("fill") for one in drawn(DUTY, PAUSE, dark=dark).iter()]
    names = {color: look for look, color in colors.states.items()}
    states = [names[fill] for fill in fills if fill in names]
    bars = ["scheduled", "in force", "suspended", "in force"]
    # What is to come is lighter; then the legend, which ends with that.
    assert states == [*bars, "in force", "in force", "suspended", "scheduled", "in force"]
    assert colors.background in fills


def test_a_bar_is_lighter_after_the_newest_event_of_the_log() -> None:
    picture = drawn(DUTY, newest=date(2025, 6, 10).toordinal())
    bars = [
        one.attrib["d"]
        for one in picture.iter()
        if one.attrib.get("fill") == _LIGHT.states["in force"]
    ]
    solid, lighter = (float(re.findall("h([0-9.]+)", bar)[0]) for bar in bars[:2])
    assert solid == pytest.approx(lighter, rel=0.1)  # from February, and to the middle of October
    assert "lighter: computed, after the log's newest event" in {box.text for box in boxes(picture)}


def test_the_themes_have_other_backgrounds_and_readable_texts() -> None:
    def lightness(color: str) -> float:
        parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colors in (_LIGHT, _DARK):
        for text in (colors.text, colors.faint, colors.today):
            low, high = sorted(map(lightness, (text, colors.background)))
            assert (high + 0.05) / (low + 0.05) >= 4.5
        # Those that a bar of full height shows differ on paper without colours.
        first, second = (lightness(colors.states[look]) for look in ("in force", "suspended"))
        assert abs(first - second) > 0.05
    assert lightness(_LIGHT.background) > 0.9
    assert lightness(_DARK.background) < 0.1


def test_more_lines_than_can_be_read_are_refused() -> None:
    many = [event("2025-01-01", f"Event {n}") for n in range(401)]
    with pytest.raises(UsageError) as caught:
        drawn(*many)
    assert str(caught.value).startswith("401 lines: are too many for a picture")


def test_without_the_packages_the_error_has_a_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(EnvironmentFaultError) as caught:
        drawn(DUTY)
    assert "altair and vl-convert-python" in str(caught.value)
    assert caught.value.hint.endswith("install altair vl-convert-python")
    assert sys.executable in caught.value.hint or sys.prefix in caught.value.hint
