"""What a route answers with: a page in its frame, a way on after a form, a file.

After a form that was accepted comes a redirect (post, redirect, get), with a sentence that the next page says
once. A form that was not accepted is shown again, with what was typed and what is wrong, as 422.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from fastapi.responses import HTMLResponse, RedirectResponse

from api.errors import Fault
from api.permissions import Permission, may
from api.presenters.frame import Frame, NavigationItem, PageError
from api.routes.access import Caller
from api.templating import page

SAID = "stepup-said"
SAID_SECONDS = 60
SAID_CHARACTERS_MAX = 900
DEMO = "Made-up people only: this installation is for trying out."

# The pages of a campaign: what they are called, where, and who may go there.
PLACES: tuple[tuple[str, str, Permission], ...] = (
    ("Home", "", Permission.ENTER_CAMPAIGN),
    ("Bring in", "/bring-in", Permission.CHANGE_TABLES),
    ("Tables", "/tables", Permission.READ_TABLES),
    ("Capacity", "/capacity", Permission.READ_PLAN),
    ("Solve", "/solve", Permission.READ_PLAN),
    ("Timetable", "/timetables", Permission.READ_TIMETABLES),
    ("Publish", "/publish", Permission.READ_TIMETABLES),
    ("Arrivals", "/day", Permission.READ_DAY),
    ("Ratings", "/ratings", Permission.READ_RATINGS),
    ("Wash-up", "/washup", Permission.READ_RESULTS),
    ("Merit", "/merit", Permission.READ_RESULTS),
    ("Offers", "/offers", Permission.READ_RESULTS),
    ("My day", "/my-day", Permission.READ_OWN_TIMETABLE),
    ("Rate", "/rate", Permission.RATE),
    ("Wash-up", "/our-washup", Permission.JOIN_WASHUP),
    ("Our people", "/our-people", Permission.READ_COUNCIL_TIMETABLE),
    ("Our trainees", "/our-trainees", Permission.WORK_FOR_COUNCIL),
    ("People", "/people", Permission.MANAGE_PEOPLE),
    ("Audit", "/audit", Permission.READ_AUDIT),
)


# Pages of other addresses that belong to one of these places.
BELONGS_TO = {"/merit": ("/allocation",)}

# What fields are called whose label is not the column's own word, where a form says nothing else.
FIELD_WORDS: Mapping[str, str] = {"at": "When", "decided_at": "When"}


def show(
    caller: Caller,
    template: str,
    title: str,
    *,
    errors: Iterable[PageError] = (),
    status: int = 200,
    wide: bool = False,
    **values: object,
) -> HTMLResponse:
    """One page. `title` is its question; `template` is below `templates/pages/`."""
    said = unquote(caller.request.cookies.get(SAID, ""))[:SAID_CHARACTERS_MAX]
    frame = _frame(caller, title, tuple(errors), said, wide)
    answer = HTMLResponse(page(f"pages/{template}", frame=frame, base=base_of(caller), **values), status)
    if said:
        answer.delete_cookie(SAID)
    return answer


def part(template: str, **values: object) -> HTMLResponse:
    """A part of a page, for one that keeps itself up to date."""
    return HTMLResponse(page(f"pages/{template}", **values))


def on_to(url: str, said: str = "") -> RedirectResponse:
    """The way on after a form: another page, which says this sentence once."""
    answer = RedirectResponse(url, status_code=303)
    if said:
        words = quote(said[:SAID_CHARACTERS_MAX])
        answer.set_cookie(SAID, words, max_age=SAID_SECONDS, httponly=True, samesite="lax")
    return answer


def page_errors(
    faults: Iterable[Fault], prefix: str = "", words: Mapping[str, str] = FIELD_WORDS
) -> tuple[PageError, ...]:
    """Faults of a form as errors beside its fields.

    A field's id is `prefix` and the column's name; `words` says what columns are called on the form.
    """
    return tuple(
        PageError(fault_words(f, words), f"#{prefix}{f.column}" if f.column else "#main-content")
        for f in faults
    )


def fault_words(fault: Fault, words: Mapping[str, str] = FIELD_WORDS) -> str:
    column = fault.column or ""
    place = f"{words.get(column, column.replace('_', ' ').capitalize())}: " if column else ""
    return f"{place}found {fault.found}; wanted {fault.wanted}"


def base_of(caller: Caller) -> str:
    """The address of the campaign, without a slash at its end; empty outside any."""
    return f"/campaigns/{caller.record.id}" if caller.record else ""


def _frame(caller: Caller, title: str, errors: tuple[PageError, ...], said: str, wide: bool) -> Frame:
    standing, record = caller.standing, caller.record
    role = standing.role.words if standing.role else ("administrator" if standing.is_administrator else None)
    return Frame(
        title=title,
        signed_in_as=caller.account.name if caller.account else None,
        role=role if caller.account else None,
        navigation=_navigation(caller),
        campaign=record.name if record else None,
        state=_state(caller),
        flash=said or None,
        nonce=caller.nonce,
        errors=errors,
        wide=wide,
    )


def _navigation(caller: Caller) -> tuple[NavigationItem, ...]:
    if caller.record is None:
        return ()
    base, here = base_of(caller), caller.request.url.path
    items = []
    for label, path, permission in PLACES:
        if may(caller.standing, permission):
            url = base + path
            within = (url, *(base + other for other in BELONGS_TO.get(path, ())))
            current = here == url or (bool(path) and any(f"{here}/".startswith(f"{one}/") for one in within))
            items.append(NavigationItem(label, url, current))
    return tuple(items)


def _state(caller: Caller) -> str | None:
    parts = [DEMO] if caller.settings.demo else []
    if caller.record is not None and may(caller.standing, Permission.READ_TIMETABLES):
        draft = caller.work.timetables.latest_number(caller.record.id)
        published = caller.work.timetables.latest_publication(caller.record.id)
        if draft:
            parts.append(f"Latest draft {draft}")
        parts.append(f"Published version {published.number}" if published else "Nothing published yet")
    return " · ".join(parts) or None
