"""Plan the capacity of a campaign before invitations go out: what is offered, what so many applicants need.

A campaign without applicants is read here as nowhere else. What is counted is in `scheduler.planning`; the
sheet is `api.exports.packs.capacity_sheet`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault, shown
from api.exports.packs.capacity_sheet import capacity_sheet
from api.exports.tables import csv_text, write_files
from api.imports.read import read_campaign
from api.services.check_campaign import Checked
from api.services.identify_campaign import campaign_sha256, versions
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from scheduler.params import Params
from scheduler.planning.plan import Plan, Trial, plan_of
from scheduler.planning.spread import Origin, shared_out
from scheduler.problem import Problem
from scheduler.result import Watcher
from scheduler.travel import Coordinates, modelled_minutes

SESSION_COLUMNS = ("session", "venue", "applicants_max", "panels_max", "limited_by", "because", "in_trial")
APPLICANTS_MAX = 10_000
LINE_COLUMNS = ("venue", "what", "about", "unit", "needed", "offered", "in_trial", "enough", "must")


@dataclass(frozen=True)
class Planned:
    """A plan, the campaign it is for, and in words what was assumed about people who are not known yet."""

    campaign: Campaign
    plan: Plan
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityAsked:
    """For how many to count, and how many of them need interpreters; the campaign's own where None."""

    applicants: int | None = None
    interpreters: int = 0

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """As a page's address says it."""
        pairs = (("applicants", self.applicants), ("interpreters", self.interpreters))
        return tuple((name, str(number)) for name, number in pairs if number)

    @property
    def query(self) -> str:
        return f"?{urlencode(self.parameters)}" if self.parameters else ""


def capacity_asked(applicants: str, interpreters: str) -> CapacityAsked:
    """What somebody typed, empty for the campaign's own. Raises `BadInput` with every fault."""
    faults: list[Fault] = []
    number = _number_asked(faults, "applicants", applicants, 1)
    interpreted = _number_asked(faults, "interpreters", interpreters, 0) or 0
    if interpreted and not applicants.strip():
        wanted = "how many applicants they are among, in the field above"
        faults.append(Fault("capacity", None, "interpreters", shown(interpreters), wanted))
    if faults:
        raise BadInput(faults)
    return CapacityAsked(number, interpreted)


def campaign_before_invitations(path: Path) -> Checked:
    """The campaign at `path`, which need not have applicants yet. Raises `BadInput` with every fault."""
    reading = read_campaign(path, applicants_wanted=False)
    if reading.campaign is None:
        raise BadInput(reading.faults, reading.warnings)
    return Checked(reading.campaign, reading.warnings)


def refuse_interpreters_of_nobody(applicants: int | None, interpreted: int) -> None:
    """Raises `BadInput` where interpreters are told for applicants whose number is not."""
    if interpreted and applicants is None:
        found = "a number without --applicants"
        raise BadInput([Fault("--interpreters", None, None, found, "--applicants beside it")])


def plan_capacity(
    campaign: Campaign,
    applicants: int | None,
    interpreted: int,
    params: Params | None,
    watch: Watcher | None = None,
) -> Planned:
    """Count, and with `params` let the solver try; each of two trials has half the time.

    `applicants` takes the place of the campaign's own. Without it the campaign's own count; where it has
    none, only what is offered is looked at. `interpreted` are those who will need interpreters, and is
    taken from the campaign where its own applicants count.
    """
    problem = campaign.problem
    if applicants is None and problem.applicants:
        own = sum(a.adjustment.interpreter for a in problem.applicants)
        plan = plan_of(problem, _own_origins(problem), own)
        said, tried = _words_for_own(own), problem
    else:
        plan = plan_of(problem, None if applicants is None else unknown(campaign, applicants), interpreted)
        said, tried = _words_for_unknown(campaign, applicants, interpreted), None
    if params is not None:
        plan = _with_trials(campaign, plan, tried, params, watch)
    return Planned(campaign, plan, said)


def unknown(campaign: Campaign, applicants: int) -> list[Origin]:
    """So many unknown applicants: first choices as councils have places, each starting from that council."""
    minutes = council_minutes(campaign)
    shares = shared_out(applicants, campaign.places.by_council)
    venues = {session.venue for session in campaign.problem.sessions}
    return [
        Origin(council, number, {v: m for v, m in minutes[council].items() if v in venues})
        for council, number in shares.items()
        if number
    ]


def council_minutes(campaign: Campaign) -> dict[str, dict[str, int]]:
    """One-way minutes from each council to each venue: as given, else modelled, else 0."""
    given = {(r["from"], r["venue"]): int(r["minutes"]) for r in _rows(campaign, "travel")}
    venues = {r["venue"]: _place(r) for r in _rows(campaign, "venues")}
    found: dict[str, dict[str, int]] = {}
    for row in _rows(campaign, "councils"):
        start, council = _place(row), row["council"]
        found[council] = {
            venue: given.get((council, venue), modelled_minutes(start, place) if start and place else 0)
            for venue, place in venues.items()
        }
    return found


def write_capacity(planned: Planned, out: Path) -> None:
    """Write `capacity.csv`, `capacity_sessions.csv`, `capacity.json` and the sheet. Raises `OSError`."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in capacity_tables(planned.plan)}
    files["capacity.json"] = json_bytes(_record(planned))
    write_files(files | capacity_papers(planned), out)


def capacity_tables(plan: Plan) -> tuple[Table, ...]:
    """`capacity`, a row for each line of need and offer, and `capacity_sessions`, a row for each session."""
    return (_line_table(plan), _session_table(plan))


def capacity_papers(planned: Planned) -> dict[str, bytes]:
    """The sheet as HTML and as PDF, by file name. Raises `BadInput` where this computer cannot make PDF."""
    sheet = capacity_sheet(planned.campaign, planned.plan, planned.assumptions)
    return paper_files("capacity", "What the sessions can hold", sheet, planned.campaign)


def _number_asked(faults: list[Fault], name: str, text: str, least: int) -> int | None:
    typed = text.strip().replace(",", "")
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and least <= int(typed) <= APPLICANTS_MAX:
        return int(typed)
    wanted = f"a whole number from {least} to {APPLICANTS_MAX:,}"
    faults.append(Fault("capacity", None, name, shown(text), wanted))
    return None


def _own_origins(problem: Problem) -> list[Origin]:
    """The campaign's own applicants, each free to go to the venues of the sessions open to them."""
    shut = problem.unavailable | problem.forbidden_pins
    return [
        Origin(
            a.first_choice or "",
            1,
            {
                s.venue: problem.travel_of(a.reference, s.venue)
                for s in problem.sessions
                if (a.reference, s.reference) not in shut
            },
        )
        for a in problem.applicants
    ]


def _with_trials(
    campaign: Campaign, plan: Plan, own: Problem | None, params: Params, watch: Watcher | None
) -> Plan:
    """The plan with a trial of its applicants, and one of as many as counting allows."""
    # OR-Tools is slow to load, and only a trial needs it.
    from scheduler.planning.trial import trial_of, with_plain_applicants

    def tried(problem: Problem, most: bool = False) -> Trial:
        return trial_of(problem, replace(params, seconds=params.seconds / 2), watch, most=most)

    most, problem = plan.offer.applicants, campaign.problem
    trial = None
    if own is not None:
        trial = tried(own)
    elif plan.applicants and plan.applicants <= most:
        # More than counting allows need no trial.
        trial = tried(with_plain_applicants(problem, unknown(campaign, plan.applicants)))
        if plan.applicants == most:
            return replace(plan, trial=trial)
    of_most = tried(with_plain_applicants(problem, unknown(campaign, most)), most=True) if most else None
    return replace(plan, trial=trial, trial_of_most=of_most)


def _words_for_own(interpreted: int) -> tuple[str, ...]:
    return (
        "The applicants of the campaign are counted, each at the nearest venue with a session open to them;"
        " where a venue is full, those go on to another who lose the least time by it.",
        f"Interpreters are counted for the {interpreted} who need them."
        if interpreted
        else "Nobody needs interpreters.",
        "The trial of these applicants is with their adjustments; the trial of the largest number is with"
        " made-up applicants without adjustments, whose first choices are in proportion to the councils'"
        " places.",
    )


def _words_for_unknown(campaign: Campaign, applicants: int | None, interpreted: int) -> tuple[str, ...]:
    spread = (
        "First choices are taken in proportion to the councils' places, each applicant at the venue nearest"
        " to that council by modelled or given travel; where a venue is full, those go on to another who lose"
        " the least time by it.",
    )
    interpreters = (
        f"{interpreted} of them are taken to need interpreters."
        if interpreted
        else "Nobody is taken to need interpreters (--interpreters tells otherwise)."
    )
    plain = "Adjustments such as extra time are not known yet and not counted: leave some room for them."
    if applicants is None:
        return (*spread, plain)
    return (*spread, interpreters, plain)


def _rows(campaign: Campaign, table: str) -> list[dict[str, str]]:
    found = campaign.tables.get(table)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows] if found else []


def _place(row: dict[str, str]) -> Coordinates | None:
    latitude, longitude = row.get("latitude", ""), row.get("longitude", "")
    return Coordinates(float(latitude), float(longitude)) if latitude and longitude else None


def _line_table(plan: Plan) -> Table:
    rows = [
        (
            line.venue,
            line.what,
            line.about,
            line.unit.value,
            "" if line.needed is None else str(line.needed),
            str(line.offered),
            "" if plan.trial is None else str(plan.trial.used.get((line.venue, line.what, line.about), 0)),
            "yes" if line.enough else "no",
            "yes" if line.must else "no",
        )
        for line in plan.lines
    ]
    return Table("capacity", LINE_COLUMNS, tuple(rows))


def _session_table(plan: Plan) -> Table:
    trial = plan.trial or plan.trial_of_most
    held = {each.session: each.applicants for each in trial.held} if trial else {}
    rows = [
        (
            s.session,
            s.venue,
            str(s.applicants),
            str(s.panels),
            ";".join(limit.what for limit in s.limited_by),
            "; ".join(limit.because for limit in s.limited_by),
            str(held.get(s.session, 0)) if trial else "",
        )
        for s in plan.offer.sessions
    ]
    return Table("capacity_sessions", SESSION_COLUMNS, tuple(rows))


def _record(planned: Planned) -> dict[str, object]:
    plan = planned.plan
    return {
        "applicants": plan.applicants,
        "enough": plan.enough if plan.applicants is not None else None,
        "counted_most": plan.offer.applicants,
        "shown_most": plan.shown,
        "interpreted": plan.interpreted,
        "assumptions": list(planned.assumptions),
        "trial": _trial_record(plan.trial),
        "trial_of_most": _trial_record(plan.trial_of_most),
        "input_sha256": campaign_sha256(planned.campaign),
        "versions": versions(),
    }


def _trial_record(trial: Trial | None) -> dict[str, object] | None:
    if trial is None:
        return None
    return {
        "applicants": trial.applicants,
        "placed": trial.placed,
        "placed_max": trial.placed_max,
        "sessions": len(trial.held),
        "panels": trial.panels,
        "without_first_choice": trial.without_first_choice,
    }
