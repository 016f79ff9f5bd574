"""The people of a campaign: listed, invited, given roles; no organiser gets into somebody else's account."""

from __future__ import annotations

import re

from api.permissions import Role
from api.services.create_campaign import create_campaign, create_partnership, give_role
from api.services.doing import Doing
from api.services.manage_accounts import invite
from api.storage.tables.people import Account
from tests.api.routes.page_reading import PageReading
from tests.service import Service

LINK = re.compile(r'value="http://testserver(/link/[^"]+)"')
NEW = {"name": "Nia Newcomer", "email": "New@Stepup.example ", "role": "auditor"}


def elsewhere(service: Service, email: str, role: Role = Role.AUDITOR) -> Account:
    """Somebody invited to a campaign of another partnership, who has not come in yet."""
    from api.clock import utc_now

    with service.database.writing() as work:
        doing = Doing("program", utc_now())
        partnership = create_partnership(work, "East", doing)
        record = create_campaign(work, partnership, "East 2027", doing)
        account, _ = invite(work, "Ed Elsewhere", email, doing)
        give_role(work, record, account, role, doing)
    return account


def member(service: Service, account: Account) -> str:
    with service.database.reading() as work:
        found = work.memberships.of(account.id, service.campaign)
    assert found is not None
    return f"{service.base}/people/{found.id}"


def test_people_are_listed_with_role_council_and_state(service: Service) -> None:
    page = PageReading(service.browser("organiser").get(f"{service.base}/people").text)
    assert page.lines[:2] == [
        "Who has a part in this campaign?",
        "5 people, 5 of whom have been invited and not come in yet.",
    ]
    assert page.rows[1:3] == [
        ["Made-up Assessor", "assessor@stepup.example", "Assessor", "SOM", "S01", "Invited, not come in yet"],
        ["Made-up Auditor", "auditor@stepup.example", "Auditor", "", "", "Invited, not come in yet"],
    ]


def test_invitation_shows_a_link_once_that_lets_its_holder_in(any_service: Service) -> None:
    organiser = any_service.browser("organiser")
    answer = organiser.post(f"{any_service.base}/people/invite", data=NEW)
    link = LINK.search(answer.text)
    assert link is not None
    assert "Nia Newcomer is auditor of this campaign now" in answer.text
    newcomer = any_service.browser(None)
    password = "three words together"
    used = newcomer.post(link[1], data={"password": password, "again": password})
    assert (used.status_code, used.headers["location"]) == (303, "/")
    assert newcomer.get(f"{any_service.base}/audit").status_code == 200
    with any_service.database.reading() as work:
        facts = [(e.act, e.facts) for e, _ in work.audit.entries(any_service.campaign)][-1]
    assert facts == ("role given", {"role": "auditor", "council": "", "person": ""})


def test_invitation_tells_every_fault_and_keeps_what_was_typed(service: Service) -> None:
    typed = {"name": "", "email": "nobody", "role": "officer", "council": "XXX"}
    answer = service.browser("organiser").post(f"{service.base}/people/invite", data=typed)
    page = PageReading(answer.text)
    assert (answer.status_code, page.fields["email"], page.fields["role"]) == (422, ["nobody"], ["officer"])
    assert page.lines[:4] == [
        "There is a problem",
        "Name: found nothing; wanted a name",
        'Email: found "nobody"; wanted an e-mail address',
        "Council: found none chosen; wanted one of the campaign’s councils (bring in the table councils "
        "first, if none is listed)",
    ]
    with service.database.reading() as work:
        assert work.accounts.by_email("nobody") is None


def test_assessor_gets_the_council_of_their_row(service: Service) -> None:
    typed = NEW | {"role": "assessor", "person": "S02", "council": "BRI"}
    assert service.browser("organiser").post(f"{service.base}/people/invite", data=typed).status_code == 200
    with service.database.reading() as work:
        account = work.accounts.by_email("new@stepup.example")
        assert account is not None
        kept = work.memberships.of(account.id, service.campaign)
        row = work.campaigns.tables(work.campaigns.all()[0])["assessors"]
    assert kept is not None
    council = next(r.cells[row.columns.index("council")] for r in row.rows if r.cells[0] == "S02")
    assert (kept.role, kept.person, kept.council) == ("assessor", "S02", council)


def test_organiser_gets_no_link_to_an_account_of_another_partnership(service: Service) -> None:
    account = elsewhere(service, "ed@east.example")
    organiser = service.browser("organiser")
    answer = organiser.post(f"{service.base}/people/invite", data=NEW | {"email": "ed@east.example"})
    assert (answer.status_code, LINK.search(answer.text)) == (200, None)
    assert "only an administrator can make a new one" in answer.text
    with service.database.reading() as work:
        assert work.accounts.open_link_of(account.id, account.created_at) is None
    page = organiser.get(member(service, account))
    assert "Make a new link" not in page.text
    refused = organiser.post(f"{member(service, account)}/link")
    assert (refused.status_code, LINK.search(refused.text)) == (422, None)


def test_organiser_gets_no_link_to_an_account_that_is_in_use(service: Service) -> None:
    auditor = service.accounts["auditor"]
    with service.database.writing() as work:
        auditor.password_hash = "used"
        work.accounts.save(auditor)
    organiser = service.browser("organiser")
    assert "Make a new link" not in organiser.get(member(service, auditor)).text
    assert organiser.post(f"{member(service, auditor)}/link").status_code == 422


def test_new_link_ends_the_one_before(service: Service) -> None:
    organiser = service.browser("organiser")
    first = LINK.search(organiser.post(f"{service.base}/people/invite", data=NEW).text)
    with service.database.reading() as work:
        account = work.accounts.by_email("new@stepup.example")
    assert account is not None
    second = LINK.search(organiser.post(f"{member(service, account)}/link").text)
    assert first is not None
    assert second is not None
    browser = service.browser(None)
    assert [browser.get(link[1]).status_code for link in (first, second)] == [404, 200]


def test_somebody_in_the_campaign_is_not_invited_again(service: Service) -> None:
    answer = service.browser("organiser").post(
        f"{service.base}/people/invite", data=NEW | {"email": "auditor@stepup.example"}
    )
    assert answer.status_code == 422
    assert "who is in this campaign already" in answer.text


def test_role_is_changed_and_the_only_organiser_stays(service: Service) -> None:
    organiser = service.browser("organiser")
    auditor = member(service, service.accounts["auditor"])
    changed = organiser.post(f"{auditor}/role", data={"role": "centre_manager"})
    assert (changed.status_code, changed.headers["location"]) == (303, f"{service.base}/people")
    own = member(service, service.accounts["organiser"])
    refused = organiser.post(f"{own}/role", data={"role": "auditor"})
    assert refused.status_code == 422
    assert "Role: found the only organiser; wanted another organiser first" in refused.text
    assert organiser.post(f"{own}/leave").status_code == 422
    assert organiser.get(service.base).status_code == 200


def test_part_is_taken_away_and_the_door_is_shut_at_once(service: Service) -> None:
    organiser, auditor = service.browser("organiser"), service.browser("auditor")
    url = member(service, service.accounts["auditor"])
    asked = PageReading(organiser.get(f"{url}/leave").text)
    assert asked.lines[0] == "Take Made-up Auditor’s part in this campaign away?"
    assert asked.buttons == ["Take the part away"]
    assert organiser.post(f"{url}/leave").status_code == 303
    assert auditor.get(service.base).status_code == 404


def test_campaign_without_tables_offers_no_council_and_says_so(service: Service) -> None:
    empty = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=empty)
    page = service.browser("organiser").get(f"/campaigns/{empty}/people/invite")
    assert "No councils have been brought in yet" in page.text


def test_character_of_number_0_in_a_form_is_left_out(any_service: Service) -> None:
    organiser = any_service.browser("organiser")
    typed = {"name": "Nia\0 Newcomer\0", "email": "new\0@stepup.example", "role": "auditor\0"}
    assert organiser.post(f"{any_service.base}/people/invite", data=typed).status_code == 200
    with any_service.database.reading() as work:
        found = work.accounts.by_email("new@stepup.example")
    assert found is not None
    assert found.name == "Nia Newcomer"
