"""One session for whoever plans it: three charts, one table, breaches at their block, links that work."""

from __future__ import annotations

from html.parser import HTMLParser

from api.exports.packs.session_chart import By, RunRow, row_anchor, session_chart
from api.presenters.breaches import breach_lines
from api.templating import environment
from scheduler.timetable import timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable, with_times

BYS: tuple[By, ...] = ("applicant", "room", "assessor")
TEMPLATE = (
    '{% from "components/service/session_chart.html" import session_chart with context %}'
    "{{ session_chart(view) }}"
)


def link(session: str, exercise: str, sitting: str) -> str:
    return f"/runs/{session}/{exercise}/{sitting}"


def test_charts_have_a_lane_for_each_of_their_kind() -> None:
    charts = [session_chart(tiny_campaign(), tiny_timetable(), "S1", by) for by in BYS]
    assert [[lane.label for lane in chart.drawing.lanes] for chart in charts] == [
        ["A1 Anwen Ashby", "A2 Bilal Birch"],
        ["Room 1", "Room 3", "Room 4", "Room 5"],
        ["Member 1", "Member 2", "Member 3", "Avon group", "Player 1"],
    ]
    assert [len(chart.blocks) for chart in charts] == [8, 6, 9]
    assert {chart.answer for chart in charts} == {
        "2 applicants and 1 panel, from 09:00 to 12:00. No rule is broken."
    }


def test_row_of_the_table_says_all_of_a_run() -> None:
    chart = session_chart(tiny_campaign(), tiny_timetable(), "S1", link=link)
    assert len(chart.rows) == 6
    first = chart.rows[0]
    assert first == RunRow(
        place=("S1", "interview", "I-1"),
        row_anchor="run-S1-interview-I-1",
        href="/runs/S1/interview/I-1",
        hours="09:00 to 09:35",
        sign=first.sign,
        room="Room 1",
        panel="P1",
        people=(("A1", "Anwen Ashby"),),
        staff="Member 1, Member 2, Member 3 and Player 1 (role player)",
        writing="09:35 to 09:45",
        wrong=(),
    )


def test_breach_is_at_its_blocks_and_rows_and_nowhere_else() -> None:
    broken = with_times(tiny_timetable(), "A1", "reflection", "09:35", "09:50")
    lines = breach_lines(tiny_campaign(), broken)
    chart = session_chart(tiny_campaign(), broken, "S1", "applicant", lines)
    wrong = {("S1", "interview", "I-1"), ("S1", "reflection", "S-1")}
    assert {item.block.place for item in chart.blocks if item.wrong} == wrong
    assert {row.place for row in chart.rows if row.wrong} == wrong
    assert chart.answer.endswith("1 breach of the rules.")
    assert session_chart(tiny_campaign(), broken, "S2", "applicant", lines).wrong == ()


def test_session_with_nobody_in_it_has_an_empty_chart() -> None:
    chart = session_chart(tiny_campaign(), timetable_of([]), "S1")
    assert (chart.answer, chart.rows, chart.blocks) == ("Nobody is in this session.", (), ())


class Links(HTMLParser):
    """Each link with the name that a screen reader says, and every anchor."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.anchors: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if "id" in found:
            self.anchors.append(str(found["id"]))
        if tag == "a":
            self.links.append((str(found["href"]), str(found["aria-label"])))


def test_drawing_has_a_named_link_on_every_block_and_no_anchor_twice() -> None:
    broken = with_times(tiny_timetable(), "A1", "reflection", "09:35", "09:50")
    lines = breach_lines(tiny_campaign(), broken)
    for by in BYS:
        view = session_chart(tiny_campaign(), broken, "S1", by, lines, link)
        page = environment().from_string(TEMPLATE).render(view=view)
        found = Links(page)
        assert found.links == [(item.href, item.label) for item in view.blocks]
        assert len(found.anchors) == len(set(found.anchors))
        assert page.count("app-session-chart__wrong") == sum(bool(item.wrong) for item in view.blocks)


def test_drawing_without_links_is_one_picture() -> None:
    view = session_chart(tiny_campaign(), tiny_timetable(), "S1")
    page = environment().from_string(TEMPLATE).render(view=view)
    assert (Links(page).links, 'role="img"' in page) == ([], True)


def test_row_anchors_of_different_runs_differ() -> None:
    assert row_anchor(("S 1", "x", "y")) != row_anchor(("S.1", "x", "y"))
