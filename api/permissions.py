"""Who may do what: the roles, and one predicate per permission, over what somebody is in one campaign.

Every route names exactly one permission (`api/routes/access.py`); the table of all routes and roles is in
`api/README.md`, and a test holds the two against each other. Whatever is not somebody's is "not found": a
refusal must not tell that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in one campaign. An officer and an assessor belong to one council of it.

    Whoever writes down a service-user group's ratings has the role of an assessor, as that group.
    """

    ORGANISER = "organiser"
    CENTRE_MANAGER = "centre_manager"
    ASSESSOR = "assessor"
    OFFICER = "officer"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        return ROLE_WORDS[self]


ROLE_WORDS = {
    Role.ORGANISER: "organiser",
    Role.CENTRE_MANAGER: "centre manager",
    Role.ASSESSOR: "assessor",
    Role.OFFICER: "partner-council officer",
    Role.AUDITOR: "auditor",
}
WITH_COUNCIL = frozenset({Role.ASSESSOR, Role.OFFICER})


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is, at one door. `council` and `person` are references of the campaign.

    `person` is the reference of the assessor, or of the service-user group; `role` is None outside a
    campaign. An administrator looks after accounts and campaigns, and sees nothing inside a campaign without
    a role there.
    """

    account: str = ""
    is_administrator: bool = False
    role: Role | None = None
    council: str = ""
    person: str = ""
    scopes: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.account)


Predicate = Callable[[Standing], bool]


class Permission(StrEnum):
    """One thing that one may be allowed to do; the value says it in words."""

    OPEN = "see this without signing in"
    HAVE_ACCOUNT = "use one's own account"
    ADMINISTER = "look after accounts, partnerships and campaigns"
    ENTER_CAMPAIGN = "open a campaign's home"
    READ_TABLES = "read the campaign's tables"
    CHANGE_TABLES = "change the campaign's tables"
    READ_PLAN = "see capacity, forecast and solves"
    SOLVE = "start and cancel solves"
    READ_TIMETABLES = "see every timetable"
    CHANGE_TIMETABLES = "move, pin and name timetables"
    PUBLISH = "publish a timetable and tell people"
    READ_OWN_TIMETABLE = "see one's own published day"
    READ_COUNCIL_TIMETABLE = "see one's own council's published days"
    WORK_FOR_COUNCIL = "see and answer what concerns one's own council"
    RUN_DAY = "run the day: arrivals, repairs, incidents, signing off"
    READ_DAY = "see who has arrived, and the waiting room"
    RATE = "rate the applicants one is to rate"
    COPY_RATINGS = "copy ratings from paper for somebody else"
    READ_RATINGS = "see what is rated, what is owed and what is locked"
    JOIN_WASHUP = "see the wash-up of what one has rated"
    CHAIR_WASHUP = "chair the wash-up and settle ratings"
    READ_RESULTS = "see the order of merit, the allocation and the offers"
    DECIDE_RESULTS = "decide about ranking, allocation and offers"
    MONITOR = "compare groups of applicants in numbers"
    MANAGE_PEOPLE = "give and take roles in the campaign"
    READ_AUDIT = "see who did what"
    TOKEN_READ = "read through the interface, with a token"
    TOKEN_WRITE = "write through the interface, with a token"
    TOKEN_SOLVE = "solve through the interface, with a token"


def open_to_all(standing: Standing) -> bool:
    return True


def have_account(standing: Standing) -> bool:
    return standing.is_signed_in


def administer(standing: Standing) -> bool:
    return standing.is_administrator


def enter_campaign(standing: Standing) -> bool:
    return standing.role is not None


def read_tables(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER, Role.AUDITOR)


def change_tables(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def read_plan(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER, Role.AUDITOR)


def solve(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def read_timetables(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER, Role.AUDITOR)


def change_timetables(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def publish(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def read_own_timetable(standing: Standing) -> bool:
    return standing.role is Role.ASSESSOR and bool(standing.person)


def read_council_timetable(standing: Standing) -> bool:
    return standing.role is Role.OFFICER and bool(standing.council)


def work_for_council(standing: Standing) -> bool:
    return standing.role is Role.OFFICER and bool(standing.council)


def run_day(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER)


def read_day(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER, Role.AUDITOR)


def rate(standing: Standing) -> bool:
    return standing.role is Role.ASSESSOR and bool(standing.person)


def copy_ratings(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER)


def read_ratings(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.CENTRE_MANAGER, Role.AUDITOR)


def join_washup(standing: Standing) -> bool:
    return standing.role is Role.ASSESSOR and bool(standing.person)


def chair_washup(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def read_results(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.AUDITOR)


def decide_results(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def monitor(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def manage_people(standing: Standing) -> bool:
    return standing.role is Role.ORGANISER


def read_audit(standing: Standing) -> bool:
    return standing.role in (Role.ORGANISER, Role.AUDITOR)


def token_read(standing: Standing) -> bool:
    return "read" in standing.scopes


def token_write(standing: Standing) -> bool:
    return "write" in standing.scopes


def token_solve(standing: Standing) -> bool:
    return "solve" in standing.scopes


PREDICATES: dict[Permission, Predicate] = {
    Permission.OPEN: open_to_all,
    Permission.HAVE_ACCOUNT: have_account,
    Permission.ADMINISTER: administer,
    Permission.ENTER_CAMPAIGN: enter_campaign,
    Permission.READ_TABLES: read_tables,
    Permission.CHANGE_TABLES: change_tables,
    Permission.READ_PLAN: read_plan,
    Permission.SOLVE: solve,
    Permission.READ_TIMETABLES: read_timetables,
    Permission.CHANGE_TIMETABLES: change_timetables,
    Permission.PUBLISH: publish,
    Permission.READ_OWN_TIMETABLE: read_own_timetable,
    Permission.READ_COUNCIL_TIMETABLE: read_council_timetable,
    Permission.WORK_FOR_COUNCIL: work_for_council,
    Permission.RUN_DAY: run_day,
    Permission.READ_DAY: read_day,
    Permission.RATE: rate,
    Permission.COPY_RATINGS: copy_ratings,
    Permission.READ_RATINGS: read_ratings,
    Permission.JOIN_WASHUP: join_washup,
    Permission.CHAIR_WASHUP: chair_washup,
    Permission.READ_RESULTS: read_results,
    Permission.DECIDE_RESULTS: decide_results,
    Permission.MONITOR: monitor,
    Permission.MANAGE_PEOPLE: manage_people,
    Permission.READ_AUDIT: read_audit,
    Permission.TOKEN_READ: token_read,
    Permission.TOKEN_WRITE: token_write,
    Permission.TOKEN_SOLVE: token_solve,
}


def may(standing: Standing, permission: Permission) -> bool:
    return PREDICATES[permission](standing)
