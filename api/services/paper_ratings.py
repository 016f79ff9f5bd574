"""Copying somebody's ratings from paper: what is expected and not locked, and entering it on their behalf.

Whoever copies never learns what the rater typed themself, only that they have begun. What is copied is locked
at once; it counts instead of what was begun only where the copier says that the paper counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.presenters.rating_paper import PaperFacts
from api.services.doing import Doing
from api.services.lock_ratings import lacking, lock_sheet
from api.services.published_timetable import Published
from api.services.rating_sheets import (
    NOT_HERE,
    criteria_of,
    everybody_timetabled,
    made_sheet,
    open_scripts,
    rated_exercises,
    scripts_for,
)
from api.services.save_ratings import Filled, Typed, save_ratings
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.ratings import RatingSheet
from api.storage.unit_of_work import UnitOfWork

Typing = Mapping[str, tuple[int | None, str]]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was typed from one paper, and what its copier ticked."""

    typed: Typing
    is_partial: bool
    paper_counts: bool


def expected_on_paper(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign, published: Published
) -> tuple[PaperFacts, ...]:
    """Every sheet that is expected, of applicants who came, and neither locked nor brought in otherwise."""
    sheets = {(s.applicant, s.exercise, s.rater): s for s in work.ratings.sheets(record.id)}
    begun = set(work.ratings.with_entries(record.id))
    given = {(r.applicant, r.exercise, r.assessor) for r in campaign.ratings}
    rated = rated_exercises(published.reading.campaign.framework)
    sessions = published.reading.timetable.session_of_applicant
    people = {key: (who, where.session) for who, key, where in everybody_timetabled(published)}
    people |= {
        key: (sheet.person, sessions.get(sheet.applicant, ""))
        for key, sheet in sheets.items()
        if key not in people
    }
    found = [
        PaperFacts(*key, who, session, is_begun=(s := sheets.get(key)) is not None and s.id in begun)
        for key, (who, session) in people.items()
        if key not in given and key[1] in rated and not ((s := sheets.get(key)) and s.locked_at)
    ]
    found += [
        PaperFacts(script.applicant, script.exercise, "", "", sessions.get(script.applicant, ""), False)
        for script in open_scripts(work, record, campaign, published)
    ]
    here = [f for f in found if (campaign.attendance or {}).get(f.applicant) not in NOT_HERE]
    return tuple(sorted(here, key=lambda f: (f.session, f.applicant, f.exercise, f.rater)))


def to_copy(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    published: Published,
    key: tuple[str, str, str],
) -> PaperFacts | None:
    """One of the sheets that may be copied, by applicant, exercise and rater; None where it is none of them.

    A script that is open to anybody becomes the sheet of whichever assessor may take it.
    """
    expected = {facts.key: facts for facts in expected_on_paper(work, record, campaign, published)}
    if key in expected:
        return expected[key]
    applicant, exercise, rater = key
    script = expected.get((applicant, exercise, ""))
    offered = scripts_for(work, record, campaign, published, rater) if script and rater else ()
    if script is None or not any((s.applicant, s.exercise) == (applicant, exercise) for s in offered):
        return None
    return replace(script, rater=rater, person=rater)


def blank_of(record: CampaignRecord, published: Published, facts: PaperFacts) -> RatingSheet:
    """The sheet as it would be opened, kept nowhere."""
    framework = published.reading.campaign.framework
    return RatingSheet(
        id="",
        campaign_id=record.id,
        applicant=facts.applicant,
        exercise=facts.exercise,
        rater=facts.rater,
        person=facts.person,
        criteria=list(criteria_of(framework, facts.exercise)),
        scale_min=framework.scale_min,
        scale_max=framework.scale_max,
        opened_at=datetime.datetime.min.replace(tzinfo=datetime.UTC),
    )


def faults_of_copy(blank: RatingSheet, facts: PaperFacts, copied: Copied) -> list[Fault]:
    """What is lacking or wrong before it can be locked; a fault's column is the criterion, or `counts`."""
    faults = lacking(blank, filled_from(blank, copied.typed), is_partial=copied.is_partial)
    wanted = f"a rating from {blank.scale_min} to {blank.scale_max}"
    faults += [
        Fault("ratings", None, criterion, f"the rating {rating}", wanted)
        for criterion, (rating, _) in copied.typed.items()
        if rating is not None and not blank.scale_min <= rating <= blank.scale_max
    ]
    if facts.is_begun and not copied.paper_counts:
        found = f"{facts.rater} has begun this sheet on a device"
        faults.append(Fault("ratings", None, "counts", found, "a tick that the paper counts, not the device"))
    return faults


def filled_from(blank: RatingSheet, typed: Typing) -> tuple[Filled, ...]:
    """A form's words as a sheet holds them."""
    return tuple(Filled(name, *typed.get(name, (None, ""))) for name in blank.criteria)


def copy_and_lock(
    work: UnitOfWork,
    record: CampaignRecord,
    published: Published,
    facts: PaperFacts,
    copied: Copied,
    device: str,
    doing: Doing,
) -> RatingSheet:
    """Enter everything on the rater's behalf and lock it. The campaign must be held. Raises `BadInput`."""
    made = made_sheet(work, record, published.reading.campaign, facts.person, facts.key, doing)
    sheet = work.ratings.sheet(record.id, made.id, held=True)
    assert sheet is not None
    if faults := faults_of_copy(sheet, facts, copied):
        raise BadInput(faults)
    # Every criterion, also an empty one: nothing that was begun on a device may count beside the paper.
    entries = [
        Typed(number, sheet.id, name, *copied.typed.get(name, (None, "")), typed_at=doing.at)
        for number, name in enumerate(sheet.criteria, start=1)
    ]
    saved = save_ratings(work, record.id, sheet.person, device, entries, doing)
    if saved.refused:
        raise BadInput([_refused(sheet, refused.number, refused.why) for refused in saved.refused])
    lock_sheet(work, record, sheet, doing, is_partial=copied.is_partial, is_copied=True)
    return sheet


def _refused(sheet: RatingSheet, number: int, why: str) -> Fault:
    return Fault("ratings", None, sheet.criteria[number - 1], "something that cannot be kept", why)
