"""From a campaign to why somebody has no session in it, and what would help; and the files that record it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.exports.tables import csv_text, write_files
from api.presenters.changes import way_out_sentence
from api.presenters.counting import limit_sentence
from api.presenters.explanations import counting_lines, explanation_lines, reason_sentence
from api.services.identify_campaign import timetable_input_sha256, versions
from api.services.schedule_campaign import json_bytes
from scheduler.capacity import SessionLimit, Shortage, session_limits_of, shortages_of
from scheduler.explanation import Explanation
from scheduler.params import Params, Stop
from scheduler.result import Watcher

COLUMNS = ("applicant", "part", "number", "sentence")


@dataclass(frozen=True)
class Explained:
    """What counting says, and what the solver showed."""

    shortages: tuple[Shortage, ...]
    limits: tuple[SessionLimit, ...]
    explanation: Explanation


def explain_campaign(
    campaign: Campaign, params: Params, watch: Watcher | None = None, stop: Stop | None = None
) -> Explained:
    """Reasons and ways out for everybody who cannot be placed, each re-solved. Writes nothing.

    Once asked to `stop`, what was shown so far is what is returned.
    """
    # OR-Tools is slow to load, and only this use case needs it.
    from scheduler.solver.explain.explain import explain

    problem = campaign.problem
    return Explained(
        tuple(shortages_of(problem)), tuple(session_limits_of(problem)), explain(problem, params, watch, stop)
    )


def explained_lines(campaign: Campaign, explained: Explained) -> list[str]:
    """All of it in words. Where everybody can be placed, counting has nothing to add."""
    lines = explanation_lines(campaign, explained.explanation)
    if not explained.explanation.cases:
        return lines
    counting = counting_lines(
        [shortage.sentence for shortage in explained.shortages],
        [limit_sentence(campaign, limit) for limit in explained.limits],
    )
    return [*counting, "", *lines] if counting else lines


def write_explanation(campaign: Campaign, explained: Explained, out: Path) -> None:
    """Write `explain.json` and `explanation.csv` to `out`. Raises `OSError`."""
    table = Table("explanation", COLUMNS, tuple(_rows(campaign, explained.explanation)))
    record = asdict(explained) | {
        "input_sha256": timetable_input_sha256(campaign),
        "versions": versions(),
    }
    files = {"explanation.csv": csv_text(table).encode(), "explain.json": json_bytes(record)}
    write_files(files, out)


def _rows(campaign: Campaign, explanation: Explanation) -> list[tuple[str, ...]]:
    """One row for each applicant and each reason and way out, numbered within each part."""
    rows: list[tuple[str, ...]] = []
    for case in explanation.cases:
        reasons = [reason_sentence(campaign, reason) for reason in case.reasons if reason.obstacles]
        ways = [way_out_sentence(campaign, way) for way in case.ways_out]
        for applicant in case.applicants:
            for part, sentences in (("reason", reasons or [case.fallback]), ("way_out", ways)):
                rows += [(applicant, part, str(n), said) for n, said in enumerate(sentences, start=1)]
    return rows
