"""Who is to be told of a published version: names, e-mail addresses, what to say, and whether it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Campaign, Table
from api.exports.packs.wording import listed
from api.presenters.data_table import Cell, Column
from api.presenters.makers import maker_name
from api.presenters.moving import person_table
from api.storage.tables.timetables import Notice
from api.templating import moment

TOLD_COLUMNS = (
    Column("person", "Who"),
    Column("say", "What to tell them", sortable=False),
    Column("email", "Where"),
    Column("told", "Told"),
)
ROLE_BY_TABLE = {
    "applicants": "applicant",
    "assessors": "assessor",
    "service_user_groups": "service-user group",
    "role_players": "role player",
    "interpreters": "interpreter",
}


@dataclass(frozen=True, slots=True)
class ToTell:
    """One person (or group, with its members in `members`) of a version's list."""

    person: str
    name: str
    role: str
    members: str
    email: str
    lines: tuple[str, ...]
    told: str
    told_by: str

    @property
    def named(self) -> str:
        return self.person if self.name == self.person else f"{self.name} ({self.person})"


def people_to_tell(
    campaign: Campaign, notices: Sequence[Notice], names: Mapping[str, str], zone: str
) -> tuple[ToTell, ...]:
    """Everybody of the list, applicants first, then by name. `names` are those of accounts."""
    emails = emails_of(campaign)
    found = [_to_tell(campaign, notice, emails, names, zone) for notice in notices]
    roles = [*ROLE_BY_TABLE.values(), ""]
    return tuple(sorted(found, key=lambda one: (roles.index(one.role), one.name, one.person)))


def emails_of(campaign: Campaign) -> dict[str, str]:
    """The e-mail address of each applicant and assessor who gave one."""
    found: dict[str, str] = {}
    for name, key in (("applicants", "applicant"), ("assessors", "assessor")):
        table = campaign.tables.get(name)
        if table is not None and "email" in table.columns:
            who, where = table.columns.index(key), table.columns.index("email")
            found |= {row[who]: row[where] for row in table.rows if row[where]}
    return found


def told_rows(people: Sequence[ToTell]) -> list[tuple[Cell, ...]]:
    """The list as rows of a table. The order of a first cell is the person's reference."""
    return [
        (
            Cell(one.named, order=one.person, note=f"{one.role}: {one.members}" if one.members else one.role),
            Cell(" ".join(one.lines)),
            Cell(one.email or "No e-mail address"),
            Cell(one.told or "Not yet", note=f"by {one.told_by}" if one.told else None),
        )
        for one in people
    ]


def told_table(people: Sequence[ToTell]) -> Table:
    """The list as a table for a file."""
    columns = ("person", "name", "role", "members", "email", "tell", "told_at", "told_by")
    rows = tuple(
        (p.person, p.name, p.role, p.members, p.email, " ".join(p.lines), p.told, p.told_by) for p in people
    )
    return Table("people_to_tell", columns, rows)


def _to_tell(
    campaign: Campaign, notice: Notice, emails: Mapping[str, str], names: Mapping[str, str], zone: str
) -> ToTell:
    table = person_table(campaign, notice.person)
    group = campaign.problem.group_by_reference.get(notice.person)
    members = listed([campaign.name_of("service_users", m) for m in group.members]) if group else ""
    return ToTell(
        person=notice.person,
        name=campaign.name_of(table, notice.person) if table else notice.person,
        role=ROLE_BY_TABLE.get(table, ""),
        members=members,
        email=emails.get(notice.person, ""),
        lines=tuple(notice.lines),
        told=moment(notice.told_at, zone) if notice.told_at else "",
        told_by=maker_name(notice.told_by, names) if notice.told_at else "",
    )
