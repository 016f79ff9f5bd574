"""What a repair came to, in words: one sentence for whoever stands in the corridor, by reference.

`changes.csv` has everything; the sentence has what people ask first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from api.services.summarise import placed_lines
from scheduler.changes import Change
from scheduler.disruption import in_force
from scheduler.grid import clock
from scheduler.result import TierOutcome
from scheduler.solver.repair.outcome import Repaired
from scheduler.timetable import Entry, Role

# More clauses than this are for the file.
CLAUSES_MAX = 8
LISTED_MAX = 6
AS_WHAT = {
    Role.ASSESSOR: "",
    Role.ROLE_PLAYER: " as role player",
    Role.SERVICE_USER_GROUP: " as service-user group",
    Role.INTERPRETER: " as interpreter",
}


def repair_lines(applicants: int, repaired: Repaired) -> list[str]:
    """The sentence; who is without a session and why; and what is not proven."""
    lines = [repair_sentence(repaired)]
    absent = [p for p in sorted(in_force(repaired.repairs).absent) if _is_applicant(repaired, p)]
    if repaired.result.unplaced:
        lines += placed_lines(applicants - len(absent), repaired.result.unplaced)
    fewest = [tier for tier in repaired.result.objective if tier.name in FIRST_AIMS]
    if not all(tier.proven for tier in fewest):
        lines.append(f"It is not proven that nothing better can be done{_hint(fewest)}.")
    return lines


FIRST_AIMS = ("unplaced", "in_another_session", "people_changed")


def repair_sentence(repaired: Repaired) -> str:
    """Replacements, moves, who cannot be kept, and how many people have to be told."""
    clauses = [
        *_replacements(repaired),
        *_other_sessions(repaired.changes),
        *_other_times(repaired.changes),
        *_other_rooms(repaired.changes),
        *_left_out(repaired),
    ]
    more = len(clauses) - CLAUSES_MAX
    if more > 1:
        clauses = [*clauses[:CLAUSES_MAX], f"{more} more such changes are in changes.csv"]
    return f"{'; '.join([*clauses, _told(len(repaired.people_changed))])}."


def _told(number: int) -> str:
    if number == 0:
        return "nobody has to be told"
    return "1 person is told" if number == 1 else f"{number} people are told"


def _hint(tiers: Sequence[TierOutcome]) -> str:
    return "; more --seconds may keep more people" if tiers[0].value else "; more --seconds may change fewer"


def _is_applicant(repaired: Repaired, person: str) -> bool:
    rows = repaired.result.timetable.by_person.get(person, [])
    gone = [change.role for change in repaired.changes if change.person == person]
    return Role.APPLICANT in {*gone, *(row.role for row in rows)}


def _replacements(repaired: Repaired) -> Iterator[str]:
    """Where one member of staff gives up a row that another one takes over."""
    gone: dict[tuple[Role, str, str], dict[str, int]] = defaultdict(dict)
    come: dict[tuple[Role, str, str], dict[str, int]] = defaultdict(dict)
    for change in repaired.changes:
        if change.role is Role.APPLICANT:
            continue
        for row, side in ((change.old, gone), (change.new, come)):
            other = change.new if row is change.old else change.old
            if row is not None and (other is None or _place(row) != _place(other)):
                known = side[_place(row)]
                known[row.person] = min(known.get(row.person, row.start), row.start)
    for place in sorted(gone.keys() & come.keys()):
        stays = gone[place].keys() & come[place].keys()
        left = sorted(p for p in gone[place] if p not in stays)
        new = sorted((start, p) for p, start in come[place].items() if p not in stays)
        for one, (start, instead) in zip(left, new, strict=False):
            role, session, panel = place
            where = f" on panel {panel}" if panel else f" in {session}"
            yield f"{one} is replaced by {instead}{AS_WHAT[role]}{where} from {clock(start)}"


def _place(row: Entry) -> tuple[Role, str, str]:
    """What a member of staff is replaced in."""
    return (row.role, row.session, row.panel if row.role is Role.ASSESSOR else "")


def _other_sessions(changes: Sequence[Change]) -> Iterator[str]:
    moves: dict[tuple[str, str], set[str]] = defaultdict(set)
    for change in _of_applicants(changes):
        if change.old is not None and change.new is not None and change.old.session != change.new.session:
            moves[change.old.session, change.new.session].add(change.person)
    for (old, new), people in sorted(moves.items()):
        yield f"{_listed(people)} {_goes(people)} to {new} instead of {old}"


def _other_times(changes: Sequence[Change]) -> Iterator[str]:
    """Whoever moves by the same time in one direction is named together."""
    shifts: dict[str, set[int]] = defaultdict(set)
    for change in _of_applicants(changes):
        if change.old is not None and change.new is not None and change.old.session == change.new.session:
            shifts[change.person].add(change.new.start - change.old.start)
    alike: dict[int | None, set[str]] = defaultdict(set)
    for person, found in shifts.items():
        moved = found - {0}
        if moved:
            alike[moved.pop() if len(moved) == 1 else None].add(person)
    for minutes, people in sorted(alike.items(), key=lambda pair: (pair[0] is None, pair[0] or 0)):
        many = len(people) > 1
        if minutes is None:
            yield f"{_listed(people)} {'have' if many else 'has'} other times"
        else:
            when = "later" if minutes > 0 else "earlier"
            yield f"{_listed(people)} {'start' if many else 'starts'} {abs(minutes)} minutes {when}"


def _other_rooms(changes: Sequence[Change]) -> Iterator[str]:
    """Applicants who keep their times but not their room or panel."""
    moved = {
        change.person
        for change in _of_applicants(changes)
        if change.old is None
        or change.new is None
        or (change.old.session, change.old.window) != (change.new.session, change.new.window)
    }
    rooms = {change.person for change in _of_applicants(changes)} - moved
    if rooms:
        yield f"{_listed(rooms)} {'have' if len(rooms) > 1 else 'has'} another room or panel"


def _left_out(repaired: Repaired) -> Iterator[str]:
    people = set(repaired.repairs[-1].left_out)
    if people:
        yield f"{_listed(people)} cannot be kept"


def _of_applicants(changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if change.role is Role.APPLICANT]


def _goes(people: set[str]) -> str:
    return "go" if len(people) > 1 else "goes"


def _listed(people: set[str]) -> str:
    names = sorted(people)
    if len(names) > LISTED_MAX:
        return f"{', '.join(names[:LISTED_MAX])} and {len(names) - LISTED_MAX} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
