"""A whole course of offers, recorded through the pages: `stepup offers` says the same of the files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fastapi.testclient import TestClient

from api.cli import DONE, run
from tests.api.routes.drafts_made import read
from tests.api.routes.offers_made import agreed, answered, passed, proposed, rated
from tests.service import Service

ACCEPT = ("A077", "A069", "A046", "A030", "A081", "A072")
BOTH = "Made-up Organiser and Second Organiser"
END = "2015-08-07 12:00"


def post(browser: TestClient, url: str, **form: str) -> str:
    answer = browser.post(url, data=form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_course_of_offers_is_what_the_command_says_of_the_files(service: Service, tmp_path: Path) -> None:
    rated(service, "south-west-2015")
    organiser, base = service.browser("organiser"), f"{service.base}/offers"
    assert agreed(service, proposed(service)).status_code == 303
    for applicant in ACCEPT:
        assert answered(service, applicant, "accept", "2015-08-03 15:00").status_code == 303
    answered(service, "A064", "accept_and_upgrade", "2015-08-03 16:00")
    answered(service, "A040", "accept_and_upgrade", "2015-08-03 16:05")
    answered(service, "A088", "decline", "2015-08-04 10:00")
    deadline = {"until": "2015-08-06 17:00", "reason": "In hospital until then", "at": "2015-08-04 11:00"}
    post(organiser, f"{base}/people/A043/deadline", **deadline)
    # A075 answers for the wrong person first, which is taken back; A037 and A039 never answer.
    answered(service, "A075", "decline", "2015-08-04 12:00")
    wrong = {"act": "A075", "reason": "Keyed for the wrong person", "at": "2015-08-04 12:30"}
    assert post(organiser, f"{base}/undo", **wrong) == f"{base}/log"
    answered(service, "A075", "accept", "2015-08-04 12:31")
    passed(service, "2015-08-05 10:00")
    more = {"council": "GLO", "places": "8", "reason": "One more is paid for", "at": "2015-08-05 11:00"}
    post(organiser, f"{base}/places", **more)
    passed(service, "2015-08-05 12:00")
    answered(service, "A043", "accept", "2015-08-06 16:00")
    too_soon = {"act": "E01", "reason": "Too soon", "at": "2015-08-06 17:00"}
    refused = organiser.post(f"{base}/undo", data=too_soon)
    assert refused.status_code == 409
    further = {"council": "GLO", "places": "9", "reason": "And another", "at": "2015-08-06 18:00"}
    post(organiser, f"{base}/places", **further)
    post(organiser, f"{base}/undo", act="E07", reason="Not paid for after all", at="2015-08-06 18:30")

    folder = tmp_path / "campaign"
    answer = organiser.get(f"{service.base}/bring-in/campaign.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(folder)
    (campaign,) = {path.parent for path in folder.rglob("offer_events.csv")}
    assert run(["offers", str(campaign), "--out", str(tmp_path / "out"), "--now", END]) == DONE
    for name in ("offers.csv", "offer_log.csv", "next_pass.csv"):
        shown = organiser.get(f"{base}/files/{name}?at={END.replace(' ', '+')}")
        assert shown.content == (tmp_path / "out" / name).read_bytes()
    page = read(service.browser("auditor"), f"{base}?at={END.replace(' ', '+')}")
    assert page.lines[1] == (
        "10 of 27 places are accepted, 1 waits for an answer (the first by Fri 7 August, 12:00, now), "
        "16 are free."
    )
    log = read(service.browser("auditor"), f"{base}/log")
    assert [row[1:] for row in log.rows[1:10]] == [
        ["Undone E08", "E07 was taken back. Not paid for after all", "Made-up Organiser", ""],
        [
            "Other places E07",
            "Gloucestershire has 9 places from now on. And another",
            "Made-up Organiser",
            "Undone",
        ],
        ["Answer", "A043: accepted.", "", "Holds"],
        ["Pass E06", "1 offer.", BOTH, "Holds"],
        [
            "Other places E05",
            "Gloucestershire has 8 places from now on. One more is paid for",
            "Made-up Organiser",
            "Holds",
        ],
        ["Pass E04", "2 upgrades and 14 offers.", BOTH, "Holds"],
        ["Answer", "A075: accepted.", "", "Holds"],
        [
            "Undone E03",
            "The last answer of A075 was taken back. Keyed for the wrong person",
            "Made-up Organiser",
            "",
        ],
        ["Answer", "A075: declined.", "", "Undone"],
    ]
    upgraded = read(service.browser("auditor"), f"{base}/people/A064")
    assert upgraded.lines[1] == "Accepted, open to an upgrade: Gloucestershire."
    assert upgraded.lines[5:8] == [
        "Mon 3 August, 09:00 Was offered Swindon, their second choice; to answer by Wed 5 August, 09:00. E01",
        "Mon 3 August, 16:00 Accepted the place at Swindon, and asked for an upgrade.",
        "Wed 5 August, 10:00 Went up from Swindon to Gloucestershire, their first choice. E04",
    ]
