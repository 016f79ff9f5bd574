"""What the form about one person at the desk offers, with what is noted already or was typed."""

from __future__ import annotations

from dataclasses import dataclass

from api.presenters.day_terms import APPLICANT_STATES, LATER, STAFF_STATES, Arrival, Here, Noted
from api.presenters.typed_times import day_first, typed_date
from scheduler.grid import clock
from scheduler.timetable import Role

Choice = tuple[str, str]
STATE_CHOICES: dict[Here, str] = {
    Here.HERE: "Here",
    Here.LATE: "Late, and expected",
    Here.ABSENT: "Did not come",
    Here.WITHDREW: "Withdrew",
    Here.LEFT: "Leaves or has left early",
    Here.NOT_YET: "Not here yet (also to take back what was noted by mistake)",
}
SEEN_CHOICES: tuple[Choice, ...] = (("yes", "Seen"), ("no", "Not seen"), ("", "Not looked at yet"))
CERTIFICATE_CHOICES: tuple[Choice, ...] = (
    ("yes", "Seen"),
    ("no", "Not seen"),
    (LATER, "To follow by a date"),
    ("", "Not looked at yet"),
)


@dataclass(frozen=True, slots=True)
class ArrivalForm:
    """The fields of the form. `certificates` is one of `CERTIFICATE_CHOICES`."""

    person: str
    is_staff: bool
    states: tuple[Choice, ...]
    state: str
    here_at: str
    late_at: str
    left_at: str
    id_seen: str
    certificates: str
    certificates_by: str


def arrival_form(arrival: Arrival, now: int, sent: dict[str, str] | None = None) -> ArrivalForm:
    """As it is noted, with times proposed; or as it was `sent`, where that cannot be kept."""
    typed = sent if sent is not None else _noted_already(arrival, now)
    states = STAFF_STATES if arrival.is_staff else APPLICANT_STATES
    words = {**STATE_CHOICES, Here.ABSENT: "Absent"} if arrival.is_staff else STATE_CHOICES
    return ArrivalForm(
        person=arrival.person,
        is_staff=arrival.role is not Role.APPLICANT,
        states=tuple((state.value, words[state]) for state in STATE_CHOICES if state in states),
        state=typed["state"],
        here_at=typed["here_at"],
        late_at=typed["late_at"],
        left_at=typed["left_at"],
        id_seen=typed["id_seen"],
        certificates=typed["certificates"],
        certificates_by=typed["certificates_by"],
    )


def noted_of(sent: dict[str, str]) -> Noted:
    """What a form that was sent says; its state is None where none was chosen."""
    known = {state.value for state in Here}
    state = Here(sent["state"]) if sent["state"] in known else None
    return Noted(
        state=state,
        arrived=sent["late_at"] if state is Here.LATE else sent["here_at"],
        left=sent["left_at"],
        id_seen=sent["id_seen"],
        certificates=sent["certificates"],
        certificates_by=typed_date(sent["certificates_by"]),
    )


def _noted_already(arrival: Arrival, now: int) -> dict[str, str]:
    is_there = arrival.state in (Here.HERE, Here.LEFT)
    by, certificates = arrival.cell("certificates_by"), arrival.cell("certificates_seen")
    return {
        "state": arrival.state.value if arrival.row_id else "",
        "here_at": (arrival.cell("arrived") if is_there else "") or clock(now),
        "late_at": arrival.cell("arrived") if arrival.state is Here.LATE else "",
        "left_at": arrival.cell("left"),
        "id_seen": arrival.cell("id_seen"),
        "certificates": LATER if by else certificates,
        "certificates_by": day_first(by),
    }
