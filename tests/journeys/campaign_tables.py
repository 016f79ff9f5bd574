"""Whole campaigns drawn by hypothesis over every table and column that scheduling reads, cell by cell.

Most can be timetabled, some ask for too much, some are faulty: `test_any_campaign.py` asks the program what
it makes of each. All people are made up.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from api.campaign import Table
from scheduler.rules import TIERS

Draw = st.DrawFn
COUNCILS = ("SOM", "DEV", "BRI")
VENUES = ("TAU", "EXE")
PLACES = {"SOM": ("51.01", "-3.10"), "DEV": ("50.72", "-3.53"), "BRI": ("51.45", "-2.59")}
SPOTS = {"TAU": ("51.02", "-3.10"), "EXE": ("50.72", "-3.52")}
YES_NO = st.sampled_from(("", "yes", "no", "No", "YES"))
RARELY = st.sampled_from(("no", "no", "no", "", "yes"))


def table(name: str, columns: str, rows: Sequence[Sequence[str]]) -> Table:
    return Table(name, tuple(columns.split(",")), tuple(tuple(row) for row in rows))


@st.composite
def campaigns(draw: Draw) -> list[Table]:
    """All tables of one campaign. Small: at most six applicants and three sessions."""
    people = [f"A{n}" for n in range(1, draw(st.integers(1, 6)) + 1)]
    staff = [f"X{n}" for n in range(1, draw(st.integers(0, 7)) + 1)]
    sessions = [f"S{n}" for n in range(1, draw(st.integers(1, 3)) + 1)]
    kinds = draw(st.lists(st.sampled_from(("panel", "group", "sitting", "solo")), min_size=1, max_size=3))
    exercises = [f"E{n}" for n in range(1, len(kinds) + 1)]
    everybody = [*people, *staff, "R1", "R2", "G1", "U1", "I1", "I2", "I3"]
    return [
        table("settings", "setting,value", draw(_settings())),
        table(
            "councils",
            "council,name,places,latitude,longitude",
            [(c, f"Council {c}", str(draw(st.integers(0, 3))), *PLACES[c]) for c in COUNCILS],
        ),
        table("venues", "venue,name,latitude,longitude", [(v, f"Hall {v}", *SPOTS[v]) for v in VENUES]),
        table("rooms", "room,venue,name,use,seats,step_free,quiet", draw(_rooms())),
        table("sessions", "session,venue,date,start,end,panels_max", [draw(_session(s)) for s in sessions]),
        table(
            "exercises",
            "exercise,name,kind,minutes,preparation_minutes,writing_minutes,group_min,group_max,station_minutes,"
            "after,within_minutes,role_player,extra_time,rated",
            [
                draw(_exercise(e, kind, exercises[:n]))
                for n, (e, kind) in enumerate(zip(exercises, kinds, strict=True))
            ],
        ),
        table("criteria", "criterion,name", [("C1", "Values")]),
        table("matrix", "exercise,criterion,weight", [(e, "C1", "1") for e in exercises]),
        table(
            "applicants",
            "applicant,name,email,latitude,longitude,choice_1,choice_2,extra_time_percent,step_free,quiet_room,"
            "interpreter,break_minutes",
            [draw(_applicant(a)) for a in people],
        ),
        table(
            "assessors",
            "assessor,name,email,council,chair,safer_recruitment,lived_experience,trained_for,half_days_max,standby,"
            "latitude,longitude",
            [draw(_assessor(x, exercises)) for x in staff],
        ),
        table("service_user_groups", "group,name,minutes_max", [("G1", "Harbour", draw(_limit()))]),
        table("service_users", "service_user,group,name", [(u, "G1", f"Person {u}") for u in ("U1", "U2")]),
        table(
            "role_players",
            "role_player,name,minutes_max",
            [(r, f"Person {r}", draw(_limit())) for r in ("R1", "R2")],
        ),
        table("interpreters", "interpreter,name", [(i, f"Person {i}") for i in ("I1", "I2", "I3")]),
        table(
            "availability",
            "person,session,available",
            draw(_pairs(everybody, sessions, ("no", "no", "yes"), most=4)),
        ),
        table(
            "interests",
            "applicant,person,kind,decision",
            [
                (a, x, "neighbours", draw(st.sampled_from(("exclude", "exclude", "allow"))))
                for a, x, _ in draw(_pairs(people, everybody[len(people) :], ("",), most=2))
            ],
        ),
        table(
            "pins",
            "person,session,rule",
            draw(_pairs([*people, *staff], sessions, ("must", "must_not"), most=2)),
        ),
    ]


@st.composite
def _settings(draw: Draw) -> list[tuple[str, str]]:
    rows = [("format", "1"), ("campaign_name", "Drawn"), ("lead_council", "SOM")]
    size = draw(st.integers(1, 3))
    optional = {
        "grid_minutes": st.sampled_from(("5", "10", "15", "7")),
        "move_minutes": st.sampled_from(("0", "5", "10")),
        "panel_lead_members": st.sampled_from(("0", "1")),
        "panel_first_choice_members": st.sampled_from(("0", "1")),
        "panel_first_choice_rule": st.sampled_from(("soft", "hard", "off")),
        "panel_one_council_max": st.sampled_from(("1", "2", "3")),
        "panel_safer_recruitment_members": st.sampled_from(("0", "0", "1")),
        "panel_chair_members": st.sampled_from(("0", "1")),
        "panel_lived_experience_members": st.sampled_from(("0", "0", "1")),
        "panel_interviews_max": st.sampled_from(("1", "2", "3")),
        "assessor_half_days_max": st.sampled_from(("1", "2", "4")),
        "travel_minutes_max_morning": st.sampled_from(("", "40", "90")),
        "travel_late_start": st.sampled_from(("09:30", "10:00")),
        "tiers": st.permutations([tier.key for tier in TIERS[2:]]).flatmap(
            lambda order: st.integers(0, len(order)).map(
                lambda n: ";".join(("unplaced", "panel_half_days", *order[:n]))
            )
        ),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(optional)), unique=True, max_size=6))
    return [*rows, ("panel_size", str(size)), *((name, draw(optional[name])) for name in chosen)]


@st.composite
def _rooms(draw: Draw) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for venue in VENUES:
        for n in range(1, draw(st.integers(1, 4)) + 1):
            use = draw(st.sampled_from(("any", "any", "any", "panel;solo", "group;sitting", "sitting;solo")))
            seats = str(draw(st.integers(1, 6)))
            rows.append((f"{venue}{n}", venue, f"Room {n}", use, seats, draw(YES_NO), draw(YES_NO)))
    return rows


@st.composite
def _session(draw: Draw, reference: str) -> tuple[str, ...]:
    start = draw(st.sampled_from((9 * 60, 9 * 60 + 10, 13 * 60)))
    end = start + draw(st.sampled_from((60, 90, 120, 180)))
    return (
        reference,
        draw(st.sampled_from(VENUES)),
        draw(st.sampled_from(("2015-07-14", "2015-07-15"))),
        f"{start // 60:02d}:{start % 60:02d}",
        f"{end // 60:02d}:{end % 60:02d}",
        str(draw(st.integers(0, 2))),
    )


@st.composite
def _exercise(draw: Draw, reference: str, kind: str, earlier: Sequence[str]) -> tuple[str, ...]:
    shared = kind in ("group", "sitting")
    after = draw(st.sampled_from(("", "", *earlier)))
    return (
        reference,
        f"Exercise {reference}",
        kind,
        str(draw(st.sampled_from((5, 10, 15, 20, 30, 32)))),
        draw(st.sampled_from(("", "", "5", "10"))),
        draw(st.sampled_from(("", "", "5", "10"))),
        draw(st.sampled_from(("", "1", "2"))) if shared else "",
        draw(st.sampled_from(("", "2", "3", "6"))) if shared else "",
        draw(st.sampled_from(("", "5"))) if kind == "group" else "",
        after,
        draw(st.sampled_from(("", "15", "60"))) if after else "",
        draw(RARELY),
        draw(YES_NO),
        "yes",
    )


@st.composite
def _applicant(draw: Draw, reference: str) -> tuple[str, ...]:
    council = draw(st.sampled_from(COUNCILS))
    other = draw(st.sampled_from(("", *(c for c in COUNCILS if c != council))))
    return (
        reference,
        f"Person {reference}",
        f"{reference.lower()}@example.org",
        *PLACES[council],
        council,
        other,
        draw(st.sampled_from(("", "", "25", "12"))),
        draw(RARELY),
        draw(RARELY),
        draw(RARELY),
        draw(st.sampled_from(("", "", "", "10", "15"))),
    )


@st.composite
def _assessor(draw: Draw, reference: str, exercises: Sequence[str]) -> tuple[str, ...]:
    council = draw(st.sampled_from(("SOM", "SOM", "DEV", "BRI")))
    trained = draw(st.sampled_from(("", "", ";".join(exercises), exercises[0])))
    return (
        reference,
        f"Person {reference}",
        f"{reference.lower()}@example.org",
        council,
        draw(YES_NO),
        draw(st.sampled_from(("yes", "yes", "no"))),
        draw(RARELY),
        trained,
        draw(st.sampled_from(("", "0", "1", "3"))),
        draw(RARELY),
        "",
        "",
    )


def _limit() -> st.SearchStrategy[str]:
    return st.sampled_from(("", "", "30", "60", "120"))


@st.composite
def _pairs(
    draw: Draw, people: Sequence[str], others: Sequence[str], words: Sequence[str], most: int
) -> list[tuple[str, str, str]]:
    keys = st.tuples(st.sampled_from(list(people)), st.sampled_from(list(others)))
    pairs = draw(st.lists(keys, unique=True, max_size=most))
    return [(one, other, draw(st.sampled_from(words))) for one, other in pairs]
