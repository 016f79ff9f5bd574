"""Looking after an installation: partnerships, campaigns, organisers; what can be done to an account."""

from __future__ import annotations

import re

import pytest

from api.security import password_hash
from api.storage.tables.people import Account
from tests.api.routes.page_reading import PageReading
from tests.service import Service

LINK = re.compile(r'value="http://testserver(/link/[^"]+)"')
PASSWORD = "three words together"


def after(service: Service, who: str) -> Account:
    with service.database.reading() as work:
        found = work.accounts.by_id(service.accounts[who].id)
    assert found is not None
    return found


def act(service: Service, who: str, what: str) -> str:
    return f"/administration/accounts/{service.accounts[who].id}/{what}"


def test_partnership_campaign_and_its_organiser_are_made(any_service: Service) -> None:
    administrator = any_service.browser("administrator")
    made = administrator.post("/administration/partnerships", data={"name": "  East   Midlands "})
    page = PageReading(administrator.get(made.headers["location"]).text)
    assert page.lines[0] == "Done"
    assert "East Midlands" in page.lines
    typed = {"campaign_name": "East Midlands 2027", "name": "Olga Organiser", "email": "olga@east.example"}
    answer = administrator.post(f"{made.headers['location']}/campaigns", data=typed)
    link = LINK.search(answer.text)
    assert "Olga Organiser organises East Midlands 2027 now" in answer.text
    assert link is not None
    organiser = any_service.browser(None)
    used = organiser.post(link[1], data={"password": PASSWORD, "again": PASSWORD})
    home = organiser.get(used.headers["location"]).headers["location"]
    assert organiser.get(f"{home}/people").status_code == 200
    assert administrator.get(home).status_code == 404


def test_campaign_is_refused_with_every_fault_and_nothing_is_made(service: Service) -> None:
    url = f"/administration/partnerships/{service.partnership}"
    typed = {"campaign_name": " ", "name": "Olga", "email": "olga"}
    answer = service.browser("administrator").post(f"{url}/campaigns", data=typed)
    assert (answer.status_code, PageReading(answer.text).fields["name"]) == (422, ["Olga"])
    assert PageReading(answer.text).lines[1:3] == [
        "Campaign name: found nothing; wanted the campaign's name",
        'Email: found "olga"; wanted an e-mail address',
    ]
    with service.database.reading() as work:
        assert len(work.campaigns.all()) == 1


def test_partnership_of_the_same_name_is_refused(service: Service) -> None:
    answer = service.browser("administrator").post(
        "/administration/partnerships", data={"name": "south west"}
    )
    assert answer.status_code == 422
    assert "which is there already" in answer.text


def test_another_organiser_is_named_and_the_campaign_s_audit_says_so(service: Service) -> None:
    url = f"/administration/campaigns/{service.campaign}/organiser"
    administrator = service.browser("administrator")
    assert "Now it is Made-up Organiser." in administrator.get(url).text
    typed = {"name": "ignored", "email": "auditor@stepup.example"}
    assert administrator.post(url, data=typed).status_code == 200
    with service.database.reading() as work:
        last = [entry for entry, _ in work.audit.entries(service.campaign)][-1]
    facts = {"role": "organiser", "council": "", "person": ""}
    assert (last.act, last.actor, last.facts) == (
        "role given",
        service.accounts["administrator"].id,
        facts,
    )


def test_accounts_are_searched_by_any_word_of_theirs(service: Service) -> None:
    page = PageReading(service.browser("administrator").get("/administration/accounts?search=centre").text)
    assert page.rows[1:] == [
        [
            "Made-up Centre Manager",
            "centre_manager@stepup.example",
            "Centre manager of A tiny campaign to try things out (made-up people, illustrative details)",
            "",
            "Invited, not come in yet",
        ]
    ]


def test_closed_account_is_signed_out_and_opened_again(service: Service) -> None:
    administrator, auditor = service.browser("administrator"), service.browser("auditor")
    assert administrator.post(act(service, "auditor", "close")).status_code == 303
    assert auditor.get(service.base).status_code == 303
    assert administrator.post(act(service, "auditor", "close")).status_code == 422
    assert administrator.post(act(service, "auditor", "open")).status_code == 303
    assert after(service, "auditor").is_active


def test_lost_telephone_stops_the_codes_and_signs_out(service: Service) -> None:
    with service.database.writing() as work:
        service.accounts["organiser"].code_secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        work.accounts.save(service.accounts["organiser"])
    organiser = service.browser("organiser")
    assert service.browser("administrator").post(act(service, "organiser", "stop-codes")).status_code == 303
    assert (after(service, "organiser").code_secret, organiser.get(service.base).status_code) == (None, 303)


def test_new_password_link_is_made_for_somebody_who_has_one(service: Service) -> None:
    with service.database.writing() as work:
        service.accounts["auditor"].password_hash = password_hash("another three words")
        work.accounts.save(service.accounts["auditor"])
    answer = service.browser("administrator").post(act(service, "auditor", "link"))
    link = LINK.search(answer.text)
    assert "It works once, within 4 hours." in answer.text
    assert link is not None
    used = service.browser(None).post(link[1], data={"password": PASSWORD, "again": PASSWORD})
    assert used.status_code == 303


def test_administrator_is_made_and_the_last_one_stays(service: Service) -> None:
    administrator = service.browser("administrator")
    refused = administrator.post(act(service, "administrator", "unmake-administrator"))
    assert refused.status_code == 422
    assert "found the last administrator; wanted another administrator first" in refused.text
    assert administrator.post(act(service, "nobody", "make-administrator")).status_code == 303
    assert administrator.post(act(service, "administrator", "unmake-administrator")).status_code == 303
    assert administrator.get("/administration").status_code == 404
    assert service.browser("nobody").get("/administration").status_code == 200


def test_erased_account_is_nobody_s_any_more(any_service: Service) -> None:
    administrator = any_service.browser("administrator")
    asked = PageReading(administrator.get(act(any_service, "auditor", "erase")).text)
    assert asked.buttons == ["Erase the account"]
    assert "Can it be undone? No, never." in asked.lines
    assert administrator.post(act(any_service, "auditor", "erase")).status_code == 303
    found = after(any_service, "auditor")
    assert (found.name, found.email, found.is_active) == ("", None, False)
    audit = administrator.get("/administration/audit?download=csv").text
    assert ("Made-up Auditor" in audit, "account erased" in audit) == (False, True)
    assert "Chain verified" in administrator.get("/administration/audit").text
    assert administrator.post(act(any_service, "auditor", "open")).status_code == 422


@pytest.mark.parametrize("what", ["close", "erase"])
def test_administrator_cannot_shut_themselves_out(service: Service, what: str) -> None:
    administrator = service.browser("administrator")
    url = act(service, "administrator", what)
    assert (administrator.get(url).status_code, administrator.post(url).status_code) == (404, 422)
