"""Monitoring: selection rates by group at every stage, from a table that nothing else reads.

Answers to the equality form meet outcomes in this one file, and only counts leave it. Nothing here can change
a score, a rank or an offer: they are made first, by the use cases that know no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault
from api.exports.packs.monitoring_report import (
    MonitoringFacts,
    RateFacts,
    monitoring_answers,
    monitoring_report,
    ratio_words,
    step_tables,
)
from api.exports.tables import csv_text, write_files
from api.imports.monitoring import (
    FILE_WANTED,
    SHEET,
    MonitoringReading,
    monitoring_of_bytes,
    read_monitoring,
)
from api.services.allocate_places import allocate_places
from api.services.check_campaign import check_campaign
from api.services.identify_campaign import campaign_sha256, versions
from api.services.rank_applicants import Ranked, rank_applicants
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from assessment.allocation.result import Outcome
from assessment.figures import to_decimals
from assessment.monitoring import LEAST, OTHERS, Comparison, Monitoring, monitoring_of
from assessment.ranking import Appointable

# What somebody who got so far has done; the first is everybody.
STAGES = ("applied", "attended", "met the standard", "was offered a place")
COLUMNS = (
    "characteristic",
    "since",
    "until",
    "group",
    "n",
    "selected",
    "not_selected",
    "rate_percent",
    "ratio",
    "p",
    "holm_p",
)


@dataclass(frozen=True)
class Monitored:
    """What may be told of one campaign. `facts` hold counts and what is made of them, nothing of a person."""

    campaign: Campaign
    facts: MonitoringFacts
    warnings: tuple[str, ...]


def monitor_selection(source: Path, answers: Path) -> Monitored:
    """Count how far each group came in the campaign at `source`, by the answers at `answers`.

    Raises `BadInput` with every fault of either.
    """
    checked = check_campaign(source)
    campaign = checked.campaign
    reading = read_monitoring(answers, _applicants(campaign))
    if faults := [*_apart(source, answers), *reading.faults]:
        raise BadInput(faults, (*checked.warnings, *reading.warnings))
    return _monitored(campaign, reading, checked.warnings)


def monitor_upload(campaign: Campaign, name: str, content: bytes) -> Monitored:
    """The same with the answers as somebody sent them: a file of that name. Nothing of them is kept.

    Raises `BadInput` with every fault of the answers, or where nobody's attendance is known yet.
    """
    reading = monitoring_of_bytes(name, content, _applicants(campaign))
    if reading.faults:
        raise BadInput(reading.faults, reading.warnings)
    return _monitored(campaign, reading, ())


def stages_reached(campaign: Campaign) -> tuple[dict[str, int], int, tuple[str, ...]]:
    """How many stages each applicant passed, of how many that there are yet, and why of no more."""
    reached = {applicant.reference: 0 for applicant in campaign.problem.applicants}
    if not campaign.ratings and not campaign.agreed:
        if campaign.attendance is None:
            wanted = "who came, or ratings"
            raise BadInput([Fault("attendance", None, None, "nobody's attendance and no ratings", wanted)])
        reached |= {who: int(status.came) for who, status in campaign.attendance.items()}
        return reached, 1, ("there are no ratings yet: only attendance is told",)
    ranked = rank_applicants(campaign)
    for line in ranked.order.lines:
        reached[line.applicant] = 2 if line.appointable is Appointable.YES else 1
    try:
        offered = _offered(campaign, ranked)
    except BadInput:
        return reached, 2, ("offers are not told, for places cannot be given out yet; allocate says why",)
    return reached | dict.fromkeys(offered, 3), 3, ()


def facts_of(found: Monitoring, stages: int) -> MonitoringFacts:
    """What may be told, with stages in words."""
    told = {comparison.until for comparison in found.totals}
    return MonitoringFacts(
        people=found.people,
        totals=tuple(_rate(each) for each in found.totals),
        rates=tuple(_rate(each) for each in found.comparisons),
        kept_back=tuple(table.characteristic for table in found.tables if not table.lines),
        left_out=tuple(STAGES[stage] for stage in range(1, stages + 1) if stage not in told),
        tests=found.tests,
        least=LEAST,
        others=OTHERS,
    )


def write_monitoring(done: Monitored, answers: Path, out: Path) -> None:
    """Write `monitoring.csv`, `monitoring.json` and the report.

    Raises `OSError`, and `BadInput` where the answers themselves would be written over.
    """
    own = answers / f"{SHEET}.csv" if answers.is_dir() else answers
    if own.resolve() == (out / f"{SHEET}.csv").resolve():
        raise BadInput([Fault("--out", None, None, "the folder of the answers themselves", "another folder")])
    files = {"monitoring.csv": csv_text(rates_table(done.facts)).encode()}
    files["monitoring.json"] = json_bytes(_record(done))
    report = monitoring_report(done.facts)
    write_files(files | paper_files("monitoring", "Monitoring", report, done.campaign), out)


def rates_table(facts: MonitoringFacts) -> Table:
    """`monitoring.csv`: the totals, then each group at each step."""
    rows = [
        (
            each.characteristic,
            each.since,
            each.until,
            each.group,
            str(each.n),
            str(each.selected),
            str(each.n - each.selected),
            to_decimals(100 * each.rate, 1),
            "" if each.ratio is None else ratio_words(each.ratio),
            "" if each.p is None else f"{each.p:.4f}",
            "" if each.adjusted_p is None else f"{each.adjusted_p:.4f}",
        )
        for each in (*facts.totals, *facts.rates)
    ]
    return Table("monitoring", COLUMNS, tuple(rows))


def monitoring_lines(facts: MonitoringFacts) -> list[str]:
    """The report for the screen."""
    lines = list(monitoring_answers(facts))
    for name in dict.fromkeys(each.characteristic for each in facts.rates):
        for table in step_tables([each for each in facts.rates if each.characteristic == name]):
            lines.append(f"{name}: {table.title[:1].lower()}{table.title[1:]}")
            for line in table.lines:
                told = f"  {line.group}: {line.selected} of {line.n} ({line.rate})"
                tests = f", ratio {line.ratio}, exact p {line.p}, by Holm {line.adjusted_p}"
                lines.append(told + (tests if line.ratio else ", not compared"))
    return lines


def _monitored(campaign: Campaign, reading: MonitoringReading, warnings: tuple[str, ...]) -> Monitored:
    reached, stages, why = stages_reached(campaign)
    found = monitoring_of(reached, reading.answers, stages)
    return Monitored(campaign, facts_of(found, stages), (*warnings, *reading.warnings, *why))


def _applicants(campaign: Campaign) -> frozenset[str]:
    return frozenset(applicant.reference for applicant in campaign.problem.applicants)


def _offered(campaign: Campaign, ranked: Ranked) -> list[str]:
    lines = allocate_places(campaign, ranked).allocation.lines
    return [line.applicant for line in lines if line.outcome is Outcome.OFFER]


def _apart(source: Path, answers: Path) -> list[Fault]:
    """Answers that lie among the campaign's tables are one careless copy away from a panel."""
    own = answers if answers.is_dir() else answers.parent
    if not source.is_dir() or own.resolve() != source.resolve():
        return []
    return [
        Fault(SHEET, None, None, "the answers in the campaign's own folder", FILE_WANTED + ", kept apart")
    ]


def _rate(each: Comparison) -> RateFacts:
    return RateFacts(
        characteristic=each.characteristic,
        since=STAGES[each.since],
        until=STAGES[each.until],
        group=each.group or "everybody",
        n=each.n,
        selected=each.selected,
        ratio=each.ratio,
        p=each.p,
        adjusted_p=each.adjusted_p,
    )


def _record(done: Monitored) -> Mapping[str, object]:
    """No identity of the answers is kept: with it somebody could try out what one person answered.

    Nor are the campaign's warnings, for they may name applicants.
    """
    facts = done.facts
    return {
        "input_sha256": campaign_sha256(done.campaign),
        "people": facts.people,
        "least_count": facts.least,
        "tests": facts.tests,
        "kept_back": list(facts.kept_back),
        "stages_left_out": list(facts.left_out),
        "rates": [dict(zip(COLUMNS, row, strict=True)) for row in rates_table(facts).rows],
        "versions": versions(),
    }
