"""The door: who is asked to sign in, who is let in, and that everything else is simply not there."""

from __future__ import annotations

import pytest

from tests.service import Service


def test_nobody_is_sent_to_sign_in_and_back(service: Service) -> None:
    answer = service.browser(None).get(f"{service.base}?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={service.base}%3Fx%3D1")


@pytest.mark.parametrize("role", ["organiser", "centre_manager", "assessor", "officer", "auditor"])
def test_every_role_enters_its_own_campaign(any_service: Service, role: str) -> None:
    assert any_service.browser(role).get(any_service.base).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "nobody"])
def test_a_campaign_without_a_role_in_it_is_not_there(service: Service, role: str) -> None:
    there = service.browser(role).get(service.base)
    nowhere = service.browser(role).get("/campaigns/nowhere")
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_a_form_from_another_site_is_refused(service: Service) -> None:
    browser = service.browser("organiser")
    refused = browser.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert (refused.status_code, browser.get(service.base).status_code) == (403, 200)
    foreign = {"Sec-Fetch-Site": "", "Origin": "http://elsewhere.example"}
    assert browser.post("/sign-out", headers=foreign).status_code == 403


def test_signing_out_ends_the_token(service: Service) -> None:
    browser = service.browser("organiser")
    token = browser.cookies["stepup"]
    assert browser.post("/sign-out").status_code == 303
    browser.cookies.set("stepup", token)
    assert browser.get(service.base).status_code == 303
