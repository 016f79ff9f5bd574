"""A whole campaign played in real browsers, act by act: what each person does on their own pages.

The organiser and the centre manager sit at an office computer, everybody who rates has a telephone 360 pixels
wide. What is typed is the sample's, where the sample says it. `whole.py` puts the acts in their order.
"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, ViewportSize, expect

from api.campaign import Campaign, Table
from api.permissions import Role
from api.services.published_timetable import Published, latest_published
from api.services.rating_sheets import criteria_of, rated_exercises, raters_of
from api.storage.tables.people import Account
from scheduler.grid import clock
from scheduler.timetable import Role as Part
from tests.service import Service
from tests.serving import Running, token_of

TELEPHONE = ViewportSize(width=360, height=740)
COMPUTER = ViewportSize(width=1200, height=900)
LATE_MINUTES = 15
CAME = ("attended", "late", "left_early")
Key = tuple[str, str, str]


@dataclass
class Told:
    """What was seen on the way, for the report."""

    sheets: int = 0
    repairs: list[float] = field(default_factory=list)
    settled: int = 0
    passes: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


@dataclass
class Play:
    """One campaign being played: the service looked into, the server that browsers talk to, what is said.

    `status` says of each applicant how far they come; `said` holds what raters give, by applicant, exercise
    and criterion: rater, rating and evidence.
    """

    service: Service
    server: Running
    chromium: Browser
    status: dict[str, str]
    said: dict[Key, dict[str, tuple[int, str]]]
    rng: random.Random
    told: Told = field(default_factory=Told)
    _pages: dict[str, Page] = field(default_factory=dict)

    def page(self, who: str, *, telephone: bool = False) -> Page:
        """The browser of one account, opened when it is first wanted."""
        if who not in self._pages:
            size = TELEPHONE if telephone else COMPUTER
            context = self.chromium.new_context(
                base_url=self.server.base, viewport=size, has_touch=telephone, accept_downloads=True
            )
            token = token_of(self.service, self.service.accounts[who])
            context.add_cookies([{"name": "stepup", "value": token, "url": self.server.base}])
            page = context.new_page()
            page.on("console", lambda said: self._console(said.type, said.text))
            self._pages[who] = page
        return self._pages[who]

    def _console(self, kind: str, text: str) -> None:
        # 409 and 422 are answers; what a browser refuses (the security policy, a missing file) is not.
        if kind == "error" and "status of 4" not in text:
            self.told.refused.append(text)

    def go(self, page: Page, path: str) -> None:
        page.goto(f"{self.service.base}{path}")

    def published(self) -> Published:
        with self.service.database.reading() as work:
            record = work.campaigns.by_id(self.service.campaign)
            assert record is not None
            found = latest_published(work, record)
            assert found is not None
            return found


def cast(service: Service, campaign: Campaign) -> None:
    """An account for everybody: a second organiser, each assessor, each service-user group, each council."""

    def person(key: str, name: str) -> Account:
        made = service.account(f"{key}@stepup.example".lower(), name)
        service.accounts[key] = made
        return made

    service.give(person("second", "Second Organiser"), Role.ORGANISER)
    lead = campaign.settings["lead_council"]
    for assessor in campaign.problem.assessors:
        made = person(assessor.reference, f"Assessor {assessor.reference}")
        service.give(made, Role.ASSESSOR, assessor.council, assessor.reference)
    for group in campaign.problem.service_user_groups:
        made = person(group.reference, f"Supporter of {group.reference}")
        service.give(made, Role.ASSESSOR, lead, group.reference)
    for council in campaign.places.by_council:
        service.give(
            person(f"officer {council}".replace(" ", "-"), f"Officer {council}"), Role.OFFICER, council
        )


def said_of(ratings: Table) -> dict[Key, dict[str, tuple[int, str]]]:
    """The sample's ratings, by what they are of, then by rater."""
    said: dict[Key, dict[str, tuple[int, str]]] = {}
    for applicant, exercise, criterion, rater, rating, evidence in ratings.rows:
        said.setdefault((applicant, exercise, criterion), {})[rater] = (int(rating), evidence)
    return said


# The day ---------------------------------------------------------------------------------------------


def arrive(play: Play, session: str) -> list[str]:
    """The centre manager checks everybody in who comes, and notes who does not. Returns who came."""
    page, published = play.page("centre_manager"), play.published()
    expected = _applicants_of(published, session)
    start = next(
        s.window.start for s in published.reading.campaign.problem.sessions if s.reference == session
    )
    for applicant in expected:
        status = play.status.get(applicant, "attended")
        play.go(page, f"/day/{session}")
        if status in ("attended", "left_early"):
            page.locator(f"#person-{applicant}").get_by_role("button", name="Here").click()
        else:
            _note(page, applicant, status, clock(start + LATE_MINUTES))
        expect(page.locator(".app-notice--problem, .govuk-error-summary")).to_have_count(0)
    return [a for a in expected if play.status.get(a, "attended") in CAME]


def _note(page: Page, applicant: str, status: str, late: str) -> None:
    page.locator(f"#person-{applicant}").get_by_role("link", name=re.compile("^(More|Change)")).click()
    state = {"late": "late", "did_not_attend": "absent"}.get(status, "withdrew")
    page.locator(f"input[name=state][value={state}]").check()
    if state == "late":
        page.locator("#late_at").fill(late)
    page.get_by_role("button", name="Save").click()


def repair(play: Play, session: str) -> bool:
    """Where the page proposes one: ask for it, look at it, publish it. Whether there was one."""
    page = play.page("centre_manager")
    play.go(page, f"/day/{session}")
    link = page.get_by_role("button", name="Propose a repair").or_(
        page.get_by_role("link", name="Propose a repair")
    )
    if link.count() == 0:
        return False
    link.first.click()
    began = time.monotonic()
    page.get_by_role("button", name="Show me a repair").click()
    publish = page.get_by_role("button", name=re.compile("^Publish version"))
    publish.wait_for()
    play.told.repairs.append(time.monotonic() - began)
    publish.click()
    expect(
        page.get_by_text(re.compile("Version [0-9]+ is published|is published", re.I)).first
    ).to_be_visible()
    return True


def sign_off(play: Play, session: str) -> None:
    page = play.page("centre_manager")
    play.go(page, f"/day/{session}/sign-off")
    page.get_by_role("button", name=f"Sign off {session}").click()
    expect(page.get_by_text("Signed off").first).to_be_visible()


# Rating ----------------------------------------------------------------------------------------------


def rate_session(play: Play, session: str, came: list[str]) -> None:
    """Everybody whom the timetable names rates whom they saw, on a telephone."""
    published = play.published()
    campaign = published.reading.campaign
    rated = rated_exercises(campaign.framework)
    for run in published.reading.timetable.sittings:
        if run.session != session or run.exercise not in rated:
            continue
        for entry in (*run.of(Part.ASSESSOR), *run.of(Part.SERVICE_USER_GROUP)):
            page = play.page(entry.person, telephone=True)
            for applicant in run.applicants:
                for rater in raters_of(campaign, entry.person) if applicant in came else ():
                    _open_sheet(play, page, applicant, run.exercise, rater)
                    fill_and_lock(play, page, campaign, applicant, run.exercise, rater)


def _open_sheet(play: Play, page: Page, applicant: str, exercise: str, rater: str) -> None:
    play.go(page, "/rate")
    forms = page.locator("form[action$='/rate/open']")
    fields = {"applicant": applicant, "exercise": exercise, "rater": rater}
    wanted = forms
    for name, value in fields.items():
        wanted = wanted.filter(has=page.locator(f"input[name={name}][value='{value}']"))
    wanted.first.get_by_role("button").click()


def rate_scripts(play: Play) -> None:
    """Whoever is free takes the next piece of written work, until there is none."""
    campaign = play.published().reading.campaign
    people = [a.reference for a in campaign.problem.assessors if not a.standby]
    while people:
        for person in list(people):
            page = play.page(person, telephone=True)
            play.go(page, "/rate")
            form = page.locator("form[action$='/rate/scripts']").first
            if form.count() == 0:
                people.remove(person)
                continue
            applicant = form.locator("input[name=applicant]").input_value()
            exercise = form.locator("input[name=exercise]").input_value()
            form.get_by_role("button").click()
            fill_and_lock(play, page, campaign, applicant, exercise, person)


def fill_and_lock(
    play: Play, page: Page, campaign: Campaign, applicant: str, exercise: str, rater: str
) -> None:
    """Rate each criterion with a tap, write the evidence, look it over and lock it."""
    form = page.locator("[data-rate-form]")
    form.wait_for()
    for place, criterion in enumerate(criteria_of(campaign.framework, exercise)):
        rating, evidence = _said(play, (applicant, exercise, criterion), rater)
        block = form.locator(".app-criterion").nth(place)
        block.locator(f"input[type=radio][value='{rating}']").tap()
        block.locator("textarea").fill(evidence)
    page.get_by_role("button", name="Look over and lock").tap()
    page.get_by_role("button", name="Lock these ratings").tap()
    expect(page.get_by_text(re.compile("^Locked on"))).to_be_visible()
    play.told.sheets += 1


def _said(play: Play, key: Key, rater: str) -> tuple[int, str]:
    """What the sample's rater said; of somebody else, what raters said on the whole."""
    said = play.said.get(key, {})
    if rater in said:
        rating, evidence = said[rater]
        # Nobody writes the same of two people; where somebody does, it counts as a copied form.
        return rating, f"{evidence} ({key[0]}, {key[2]})"
    middle = round(statistics.mean(rating for rating, _ in said.values())) if said else play.rng.randint(3, 4)
    return middle, f"{key[0]} on {key[2]}: what was seen in {key[1]}, noted by {rater}."


# After the day ---------------------------------------------------------------------------------------


def wash_up(play: Play) -> None:
    """The organiser takes the widest discrepancy first, until none is open."""
    page = play.page("organiser")
    while True:
        play.go(page, "/washup")
        first = page.get_by_role("button", name="Take the widest first").or_(
            page.get_by_role("link", name="Take the widest first")
        )
        if first.count() == 0:
            return
        first.first.click()
        page.locator("#rating").fill("3")
        page.locator("#reason").fill("Read the evidence together; both had seen the same answer.")
        page.get_by_role("button", name="Keep the agreed rating").click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        play.told.settled += 1


def confirm_findings(play: Play) -> None:
    """Whatever looks implausible is looked into and confirmed."""
    page = play.page("organiser")
    while True:
        play.go(page, "/merit/findings")
        # Each stands in a part of the page that opens.
        page.locator("details").evaluate_all("parts => parts.forEach(part => { part.open = true; })")
        button = page.get_by_role("button", name="Confirm that these ratings are right")
        if button.count() == 0:
            return
        form = page.locator("form", has=button.first).first
        form.locator("textarea").fill("Held against the paper forms: they are right.")
        form.get_by_role("button").click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)


def freeze_rules(play: Play) -> None:
    page = play.page("organiser")
    play.go(page, "/merit/rules")
    if page.locator("#reason").count():
        page.locator("#reason").fill("Fixed before anybody was rated; written down now.")
    page.get_by_role("button", name=re.compile("^Fix the rules")).click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def decide_by_two(play: Play, path: str, propose: str, agree: str) -> bool:
    """One organiser proposes, another agrees to just that. False where there is nothing to propose."""
    first, second = play.page("organiser"), play.page("second")
    play.go(first, path)
    button = first.get_by_role("button", name=propose)
    if button.count() == 0:
        return False
    button.click()
    expect(first.get_by_role("button", name=agree)).to_have_count(0)
    play.go(second, "/offers")
    second.get_by_role("link", name="See what is proposed").first.click()
    second.get_by_role("button", name=agree).click()
    expect(second.locator(".govuk-error-summary")).to_have_count(0)
    expect(second.locator("h1")).not_to_have_text("")
    return True


def release(play: Play) -> bool:
    return decide_by_two(play, "/offers/release", "Propose the release", "Agree and release the offers")


def next_pass(play: Play) -> bool:
    done = decide_by_two(play, "/offers/pass", "Propose this pass", "Agree and make this pass")
    play.told.passes += done
    return done


def answer_offers(play: Play, waiting: Iterator[tuple[str, bool]]) -> None:
    """Record what each of these applicants answers: every fourth declines, whoever is below their first
    choice stays open to an upgrade, the others accept.
    """
    page = play.page("organiser")
    for number, (applicant, is_first_choice) in enumerate(waiting, start=1):
        answer = "accept" if is_first_choice else "accept_and_upgrade"
        if number % 4 == 0:
            answer = "decline"
        play.go(page, f"/offers/people/{applicant}")
        page.locator(f"input[name=response][value={answer}]").check()
        page.get_by_role("button", name="Record the answer").click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        play.told.answers[answer] = play.told.answers.get(answer, 0) + 1


def councils_confirm(play: Play, councils: list[str]) -> None:
    """Each council's officer sees its own trainees and confirms them."""
    for council in councils:
        page = play.page(f"officer-{council}")
        play.go(page, "/our-trainees")
        page.get_by_role("button", name=re.compile("^Confirm ")).click()
        expect(page.get_by_role("button", name=re.compile("^Confirm "))).to_have_count(0)


def _applicants_of(published: Published, session: str) -> list[str]:
    rows = published.reading.timetable.by_session[session]
    return sorted({entry.person for entry in rows if entry.role is Part.APPLICANT})
