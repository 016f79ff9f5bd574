"""Publishing: the versions, what publishing a draft would mean, doing it, and whom to tell of a version.

Nothing is sent from here. The list of people to tell is worked off by people, who note whom they have told.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.exports.packs.session_glance import sessions_glance
from api.permissions import Permission, may
from api.presenters.data_table import data_table
from api.presenters.drafts import draft_title, short_values
from api.presenters.makers import maker_name
from api.presenters.moving import broken_words, wrong_words
from api.presenters.told import TOLD_COLUMNS, people_to_tell, told_rows, told_table
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import on_to, page_errors, show
from api.routes.downloads import table_file
from api.routes.drafts import Number, Reader, address, asked, opened_draft, query_of, zone_of
from api.services.open_draft import Fit, OpenDraft
from api.services.publish_timetable import (
    PublishedMeanwhile,
    publish_timetable,
    reason_given,
    tell_people,
    what_publishing_does,
)
from api.services.published_timetable import known_when_told, published_version

router = APIRouter(prefix="/campaigns/{campaign}/publish", include_in_schema=False)

Publisher = Annotated[Caller, needs(Permission.PUBLISH)]
MEANWHILE = (
    "The tables, or what is published, were changed after this page was shown. Look again before you publish."
)


@router.get("")
def versions_page(caller: Reader) -> Response:
    published = caller.work.timetables.publications(caller.campaign.id)
    drafts = caller.work.timetables.all(caller.campaign.id)
    return show(
        caller,
        "publishing/versions.html",
        "What is published, and who still has to be told?",
        published=published,
        told=caller.work.timetables.told_of_each(caller.campaign.id),
        names=caller.work.accounts.names_of({p.published_by for p in published}),
        maker_name=maker_name,
        zone=zone_of(caller),
        drafts=[(d, draft_title(d), short_values(d)) for d in drafts],
        holds=published[0].timetable_number if published else 0,
        may_publish=may(caller.standing, Permission.PUBLISH),
    )


@router.get("/draft/{draft}")
def confirm_page(caller: Publisher, draft: Number) -> Response:
    return _confirm_page(caller, opened_draft(caller, draft))


@router.post("/draft/{draft}")
def publish(caller: Publisher, form: Form, draft: Number) -> Response:
    record = caller.hold()
    opened = opened_draft(caller, draft)
    seen = (_number(field(form, "version")), _number(field(form, "change")))
    accepted, reason = field(form, "accepted") == "yes", field(form, "reason")
    try:
        made = publish_timetable(caller.work, record, opened, seen, accepted, reason, caller.doing)
    except PublishedMeanwhile:
        caller.refuse()
        return _confirm_page(caller, opened, meanwhile=True, typed=(accepted, reason))
    except BadInput as bad:
        caller.refuse()
        return _confirm_page(caller, opened, bad, typed=(accepted, reason))
    people = caller.work.timetables.notices(record.id, made.number)
    said = f"Version {made.number} is published. Nobody has been told yet: {len(people)} are on the list."
    return on_to(address(caller, f"/publish/{made.number}"), said)


@router.get("/{version}")
def version_page(caller: Reader, version: Number) -> Response:
    found = published_version(caller.work, caller.campaign, version)
    if found is None:
        raise NotYours
    zone = zone_of(caller)
    notices = caller.work.timetables.notices(caller.campaign.id, version)
    tellers = {notice.told_by for notice in notices if notice.told_by}
    names = caller.work.accounts.names_of({*tellers, found.publication.published_by})
    known = known_when_told(caller.work, caller.campaign, found)
    people = people_to_tell(known, notices, names, zone)
    waiting = [one for one in people if not one.told]
    if asked(caller, "download") == "csv":
        return table_file(caller, told_table(people), "csv", f"people-to-tell-version-{version}")
    only = asked(caller, "show") == "waiting"
    table = data_table(
        "Still to be told" if only else "Everybody to tell",
        TOLD_COLUMNS,
        told_rows(waiting if only else people),
        query_of(caller),
        address(caller, f"/publish/{version}"),
        nouns=("person", "people"),
        kept=[("show", "waiting")] if only else [],
        downloads=(),
        anchor="people",
    )
    reading = found.reading
    return show(
        caller,
        "publishing/version.html",
        f"What is version {version}, and who has been told?",
        publication=found.publication,
        draft=found.draft,
        draft_title=draft_title(found.draft),
        who=maker_name(found.publication.published_by, names),
        zone=zone,
        glance=sessions_glance(reading.campaign, reading.timetable, reading.breaches),
        broken=broken_words(reading.breaches) if reading.breaches else "",
        reason=reason_given(caller.work, caller.campaign, version) if reading.breaches else "",
        people=people,
        waiting=waiting,
        only=only,
        table=table,
        told={one.person: one.told for one in people},
        is_latest=caller.work.timetables.next_publication(caller.campaign.id) == version + 1,
        may_publish=may(caller.standing, Permission.PUBLISH),
    )


@router.post("/{version}/told")
def told(caller: Publisher, form: Form, version: Number) -> Response:
    """`person` of the list, any number of them, or everybody who was not told yet (`all`)."""
    record = caller.hold()
    if caller.work.timetables.publication(record.id, version) is None:
        raise NotYours
    listed = [
        notice.person for notice in caller.work.timetables.notices(record.id, version) if not notice.told_at
    ]
    chosen = {str(person) for person in form.getlist("person")}
    people = listed if field(form, "all") == "yes" else [person for person in listed if person in chosen]
    number = tell_people(caller.work, record, version, people, caller.doing)
    said = f"{number} {'person is' if number == 1 else 'people are'} noted as told."
    back = address(caller, f"/publish/{version}", show="waiting" if field(form, "show") == "waiting" else "")
    return on_to(back, said if number else "Nobody was chosen who had not been told already.")


def _confirm_page(
    caller: Caller,
    opened: OpenDraft,
    bad: BadInput | None = None,
    *,
    meanwhile: bool = False,
    typed: tuple[bool, str] = (False, ""),
) -> Response:
    errors = page_errors(bad.faults) if bad else ()
    publishing = None
    if opened.fit is not Fit.PAST:
        publishing = what_publishing_does(caller.work, caller.campaign, opened)
    campaign = opened.reading.campaign
    unplaced = publishing.unplaced if publishing else ()
    return show(
        caller,
        "publishing/confirm.html",
        f"What does publishing draft {opened.draft.number} mean?",
        errors=errors,
        status=409 if meanwhile else 422 if bad else 200,
        meanwhile=MEANWHILE if meanwhile else "",
        opened=opened,
        draft=opened.draft,
        draft_title=draft_title(opened.draft),
        publishing=publishing,
        change=caller.campaign.change,
        unplaced=[(who, campaign.name_of("applicants", who)) for who in unplaced],
        wrong=wrong_words(opened.reading.breaches),
        broken=broken_words(opened.reading.breaches),
        accepted=typed[0],
        reason=typed[1],
        fields={error.url: error.text for error in errors},
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
