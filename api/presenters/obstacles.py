"""What stands in the way of an applicant, in the organiser's words: one phrase for each kind of obstacle.

A phrase says what there is ("a panel sees at most 3 applicants"), never what should be done; that is in
`changes.py`. People are references, councils and venues go by their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from api.campaign import Campaign
from api.exports.packs.wording import counted, listed
from scheduler.explanation import Obstacle, ObstacleKind
from scheduler.grid import clock
from scheduler.people import Applicant
from scheduler.programme import ExerciseKind

K = ObstacleKind
Phrase = Callable[[Campaign, Obstacle], str]

# More people or sessions than these are counted, the first of them named.
NAMED_MAX = 8
ROOM_USE = {
    ExerciseKind.PANEL: "panels",
    ExerciseKind.GROUP: "groups",
    ExerciseKind.SITTING: "sittings",
    ExerciseKind.SOLO: "solo exercises",
}
ARRANGEMENTS: dict[str, Callable[[Applicant], str]] = {
    "extra_time_percent": lambda a: f"has {a.adjustment.extra_time_percent} % extra time",
    "step_free": lambda a: "needs step-free rooms",
    "quiet_room": lambda a: "needs a quiet room",
    "interpreter": lambda a: "needs two interpreters",
    "break_minutes": lambda a: f"needs a break of {a.adjustment.break_minutes} minutes",
}


def obstacle_phrases(campaign: Campaign, obstacles: tuple[Obstacle, ...]) -> list[str]:
    """One phrase for each kind, facts of one kind together, in the order in which they come."""
    merged: dict[ObstacleKind, Obstacle] = {}
    for obstacle in obstacles:
        before = merged[obstacle.kind].facts if obstacle.kind in merged else ()
        merged[obstacle.kind] = Obstacle(obstacle.kind, (*before, *obstacle.facts))
    return [_PHRASES[obstacle.kind](campaign, obstacle) for obstacle in merged.values()]


def shortlist(references: list[str]) -> str:
    """References, or the first of very many: "A001, A002 and 94 more"."""
    if len(references) <= NAMED_MAX:
        return listed(references)
    return f"{', '.join(references[: NAMED_MAX - 2])} and {len(references) - NAMED_MAX + 2} more"


def _members(number: int, one: str) -> str:
    return f"every panel needs {counted(number, one)}"


def _firsts(obstacle: Obstacle) -> list[str]:
    return [fact[0] for fact in obstacle.facts]


def _assessors(campaign: Campaign, obstacle: Obstacle) -> str:
    """The number of assessors of each council, in few words where it is every council."""
    named, councils = _firsts(obstacle), campaign.problem.councils
    if len(named) == len(councils) > 1:
        everybody = len(campaign.problem.assessors)
        return _no_more(f"there {_are(everybody, 'assessor')}", everybody)
    numbers = Counter(assessor.council for assessor in campaign.problem.assessors)
    each = [
        f"{campaign.name_of('councils', council)} has {_so_many(numbers[council], 'assessor')}"
        for council in named
    ]
    return _no_more(listed(each), sum(numbers[council] for council in named))


def _no_more(phrase: str, number: int) -> str:
    return f"{phrase} and no more" if number else phrase


def _so_many(number: int, one: str, many: str | None = None) -> str:
    return counted(number, one, many) if number else f"no {many or one + 's'}"


def _are(number: int, one: str, many: str | None = None) -> str:
    return f"{'is' if number == 1 else 'are'} {_so_many(number, one, many)}"


def _half_days(campaign: Campaign, obstacle: Obstacle) -> str:
    people = [campaign.problem.assessor_by_reference[who] for who in _firsts(obstacle)]
    if len(people) > NAMED_MAX:
        total = sum(assessor.half_days_max for assessor in people)
        return f"{shortlist(_firsts(obstacle))} may work {total} half-days between them (half_days_max)"
    each = [f"{a.reference} may work {_so_many(a.half_days_max, 'half-day')}" for a in people]
    return f"{listed(each)} (half_days_max)"


def _panels_max(campaign: Campaign, obstacle: Obstacle) -> str:
    by_reference = campaign.problem.session_by_reference
    if len(obstacle.facts) > NAMED_MAX:
        total = sum(by_reference[s].panels_max for s in _firsts(obstacle))
        return f"{shortlist(_firsts(obstacle))} may have {total} panels between them (panels_max)"
    each = [f"{s} may have {_so_many(by_reference[s].panels_max, 'panel')}" for s in _firsts(obstacle)]
    return f"{listed(each)} (panels_max)"


def _rooms(campaign: Campaign, obstacle: Obstacle) -> str:
    each = []
    for venue, kind in obstacle.facts:
        number = sum(1 for r in campaign.problem.rooms if r.venue == venue and ExerciseKind(kind) in r.use)
        rooms = f"{number or 'no'} room{'' if number == 1 else 's'}"
        each.append(f"{campaign.name_of('venues', venue)} has {rooms} for {ROOM_USE[ExerciseKind(kind)]}")
    return listed(each)


def _minutes_max(campaign: Campaign, obstacle: Obstacle) -> str:
    groups, players = campaign.problem.group_by_reference, campaign.problem.role_player_by_reference
    each = [
        f"{who} may work {(groups[who] if who in groups else players[who]).minutes_max} minutes a session"
        for who in _firsts(obstacle)
    ]
    return f"{listed(each)} (minutes_max)"


def _availability(campaign: Campaign, obstacle: Obstacle) -> str:
    problem = campaign.problem
    each = []
    for who in _firsts(obstacle)[:NAMED_MAX]:
        away = [s.reference for s in problem.sessions if not problem.available(who, s.reference)]
        where = "any session" if len(away) == len(problem.sessions) else shortlist(away)
        each.append(f"{who} is not available for {where}")
    more = len(obstacle.facts) - len(each)
    return listed([*each, f"{more} more are not always available"] if more > 0 else each)


def _pins(campaign: Campaign, obstacle: Obstacle) -> str:
    must = campaign.problem.required_pins
    each = [
        f"a pin puts {who} into {where}" if (who, where) in must else f"a pin keeps {who} out of {where}"
        for who, where in obstacle.facts
    ]
    return listed(each)


def _arrangements(campaign: Campaign, obstacle: Obstacle) -> str:
    people = campaign.problem.applicant_by_reference
    return listed([f"{who} {ARRANGEMENTS[column](people[who])}" for who, column in obstacle.facts])


def _others(campaign: Campaign, obstacle: Obstacle) -> str:
    number = len(obstacle.facts)
    if number == 1:
        return f"{obstacle.facts[0][0]} needs a session too"
    return f"{counted(number, 'other applicant')} need a session too ({shortlist(_firsts(obstacle))})"


def _group_sizes(campaign: Campaign, obstacle: Obstacle) -> str:
    each = []
    for exercise in campaign.problem.exercises:
        if exercise.is_shared and (exercise.group_min > 1 or exercise.group_max is not None):
            most = "as the room has seats" if exercise.group_max is None else str(exercise.group_max)
            each.append(f"{exercise.reference} takes {exercise.group_min} to {most} applicants at once")
    return f"{listed(each)} (group_min, group_max)"


def _sequence(campaign: Campaign, obstacle: Obstacle) -> str:
    each = []
    for exercise in campaign.problem.exercises:
        if exercise.after is not None:
            soon = f" within {exercise.within_minutes} minutes" if exercise.within_minutes is not None else ""
            each.append(f"{exercise.reference} follows {exercise.after}{soon}")
    return listed(each)


def _clashes(campaign: Campaign, obstacle: Obstacle) -> str:
    pairs = [f"{one.reference} with {other.reference}" for one, other in campaign.problem.session_clashes()]
    return f"nobody can be in two sessions at once, or at two venues on one day ({shortlist(pairs)})"


def _late_start(campaign: Campaign, obstacle: Obstacle) -> str:
    problem = campaign.problem
    return (
        f"whoever travels more than {problem.travel_minutes_max_morning} minutes starts at"
        f" {clock(problem.travel_late_start)} at the earliest (travel_minutes_max_morning)"
    )


def _there_are(table: str, one: str, many: str) -> Phrase:
    def phrase(campaign: Campaign, obstacle: Obstacle) -> str:
        number = len(getattr(campaign.problem, table))
        return _no_more(f"there {_are(number, one, many)}", number)

    return phrase


_PHRASES: dict[ObstacleKind, Phrase] = {
    K.LEAD_MEMBERS: lambda c, o: (
        f"{_members(c.problem.panel.lead_members, 'lead-authority member')} (panel_lead_members)"
    ),
    K.SAFER_RECRUITMENT: lambda c, o: (
        f"every panel needs {counted(c.problem.panel.safer_recruitment_members, 'member')} with"
        " safer-recruitment training (panel_safer_recruitment_members)"
    ),
    K.CHAIR: lambda c, o: (
        f"{_members(c.problem.panel.chair_members, 'member')} who may chair (panel_chair_members)"
    ),
    K.LIVED_EXPERIENCE: lambda c, o: (
        f"{_members(c.problem.panel.lived_experience_members, 'member')} with lived experience"
        " (panel_lived_experience_members)"
    ),
    K.FIRST_CHOICE: lambda c, o: (
        f"every panel needs {counted(c.problem.panel.first_choice_members, 'member')} from its applicants'"
        " first-choice councils (panel_first_choice_rule)"
    ),
    K.ONE_COUNCIL: lambda c, o: (
        f"a panel has at most {counted(c.problem.panel.one_council_max, 'member')} of one council"
        " (panel_one_council_max)"
    ),
    K.PANEL_SIZE: lambda c, o: f"a panel has {counted(c.problem.panel.size, 'member')} (panel_size)",
    K.INTERVIEWS_MAX: lambda c, o: (
        f"a panel sees at most {counted(c.problem.panel.interviews_max, 'applicant')} in a session"
        " (panel_interviews_max)"
    ),
    K.LATE_START: _late_start,
    K.LENGTHS: lambda c, o: "the exercises and the time between them are long for the sessions",
    K.SEQUENCE: _sequence,
    K.GROUP_SIZES: _group_sizes,
    K.PANELS_MAX: _panels_max,
    K.ROOMS: _rooms,
    K.ASSESSORS: _assessors,
    K.HALF_DAYS: _half_days,
    K.TRAINING: lambda c, o: f"not trained for every interview: {shortlist(_firsts(o))} (trained_for)",
    K.STANDBY: lambda c, o: f"on standby, so kept in reserve: {shortlist(_firsts(o))}",
    K.GROUPS: _there_are("service_user_groups", "service-user group", "service-user groups"),
    K.ROLE_PLAYERS: _there_are("role_players", "role player", "role players"),
    K.INTERPRETERS: _there_are("interpreters", "interpreter", "interpreters"),
    K.MINUTES_MAX: _minutes_max,
    K.CLASHES: _clashes,
    K.STAFF_AVAILABILITY: _availability,
    K.PIN: _pins,
    K.INTEREST: lambda c, o: (
        f"a declared interest keeps apart {listed([f'{one} and {other}' for one, other in o.facts])}"
    ),
    K.ARRANGEMENT: _arrangements,
    K.AVAILABILITY: _availability,
    K.OTHERS: _others,
}
