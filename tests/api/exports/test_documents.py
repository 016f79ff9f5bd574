"""Every paper as HTML: which there are, how they are built, and what they keep to themselves."""

from __future__ import annotations

from dataclasses import replace

from api.exports.documents import Document, Kind, documents_of, html_of, sheet_html_of
from assessment.councils import Choices, Places
from scheduler.timetable import timetable_of
from tests.api.exports.page_text import page_of, text_of
from tests.api.exports.tiny_campaign import (
    APPLICANT_NAMES,
    CHOICES,
    NAMES,
    tiny_campaign,
    tiny_outcomes,
)
from tests.builders import applicant_row, tiny_problem, tiny_timetable

HOSTILE = """<script>alert(1)</script>"' & {{ 7 * 7 }} O'Neil"""


def tiny_documents() -> dict[tuple[Kind, str], Document]:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    documents = documents_of(campaign, tiny_timetable(), outcomes.order, outcomes.allocation, with_forms=True)
    return {(document.kind, document.subject): document for document in documents}


def texts_of(*kinds: Kind) -> dict[str, str]:
    campaign = tiny_campaign()
    return {
        subject: text_of(html_of(document, campaign))
        for (kind, subject), document in tiny_documents().items()
        if kind in kinds
    }


def test_documents_are_one_of_each_kind_for_everybody_concerned() -> None:
    stems = [document.stem for document in tiny_documents().values()]
    sessions = [
        f"{kind}/{session}"
        for session in ("S1", "S2", "S3")
        for kind in ("running-orders", "registration-lists", "door-sheets", "rotation-sheets")
    ]
    assert stems == [
        *sessions,
        *(f"applicants/A{number}" for number in range(1, 5)),
        *(f"assessors/B{number}" for number in range(1, 8)),
        *(f"role-players/RP{number}" for number in range(1, 4)),
        *(f"interpreters/I{number}" for number in range(1, 3)),
        "order-of-merit/order-of-merit",
        "allocation/allocation",
        *(f"councils/{council}-allocation" for council in ("SOM", "DEV", "BRI", "COR")),
        *(f"letters/A{number}" for number in range(1, 4)),
        "rating-forms/rating-forms",
        *(f"rating-forms/B{number}" for number in range(1, 8)),
    ]


def test_documents_before_the_day_are_those_of_the_timetable() -> None:
    made = documents_of(tiny_campaign(), tiny_timetable(), None, None, with_forms=True)
    assert {document.kind for document in made} == set(Kind) - {
        Kind.MERIT,
        Kind.ALLOCATION,
        Kind.COUNCIL,
        Kind.LETTER,
        Kind.RECEIPT,
    }


def test_empty_timetable_makes_no_documents() -> None:
    assert documents_of(tiny_campaign(), timetable_of(()), None, None) == ()


def test_references_that_give_one_file_name_get_files_of_their_own() -> None:
    rows = [
        applicant_row("S1", "reflection", "S-1", "R5", person, "10:00", "10:15") for person in ("A1", "A2")
    ]
    councils = {"SOM": 1, "som": 1, "S/M": 1, "S M": 1}
    campaign = replace(tiny_campaign(), places=Places(councils, "SOM"))
    outcomes = tiny_outcomes(campaign)
    documents = documents_of(campaign, timetable_of(rows), outcomes.order, outcomes.allocation)
    assert [document.stem for document in documents if document.kind is Kind.COUNCIL] == [
        "councils/SOM-allocation",
        "councils/som-2-allocation",
        "councils/S-M-2-allocation",
        "councils/S-M-allocation",
    ]


def test_file_name_of_a_person_is_the_same_in_every_folder() -> None:
    """The letter must not lie under the name that is another applicant's timetable."""
    new = {"A1": "A 1", "A2": "A.1", "A3": "A-1", "A4": "A_1"}
    problem = tiny_problem()
    applicants = tuple(replace(each, reference=new[each.reference]) for each in problem.applicants)
    rows = [replace(row, person=new.get(row.person, row.person)) for row in tiny_timetable().entries]
    campaign = replace(
        tiny_campaign(),
        problem=replace(problem, applicants=applicants),
        choices=Choices({new[person]: found for person, found in CHOICES.items()}),
    )
    outcomes = tiny_outcomes(campaign, {"A.1": 5, "A-1": 4, "A 1": 4})
    documents = documents_of(campaign, timetable_of(rows), outcomes.order, outcomes.allocation)
    stems = {(each.kind, each.subject): each.stem for each in documents}
    assert [(person, stems[Kind.APPLICANT, person]) for person in new.values()] == [
        ("A 1", "applicants/A-1-2"),
        ("A.1", "applicants/A-1-3"),
        ("A-1", "applicants/A-1"),
        ("A_1", "applicants/A_1"),
    ]
    assert [(subject, stem) for (kind, subject), stem in stems.items() if kind is Kind.LETTER] == [
        (person, stems[Kind.APPLICANT, person].replace("applicants", "letters"))
        for person in (line.applicant for line in outcomes.order.lines[:3])
    ]


def test_every_page_is_well_formed_with_language_title_and_heading() -> None:
    campaign = tiny_campaign()
    for document in tiny_documents().values():
        page = page_of(html_of(document, campaign))
        assert page.faults == [], document.stem
        assert page.attributes["html"]["lang"] == "en-GB"
        assert page.titles == [f"{document.title}: Tiny 2015 (made up)"]
        assert page.headings[:1] != []
        assert len(page.ids) == len(set(page.ids))


def test_every_table_has_a_caption_and_scoped_headers() -> None:
    campaign = tiny_campaign()
    for document in tiny_documents().values():
        tags = page_of(html_of(document, campaign)).tags
        names = [tag for tag, _ in tags]
        assert names.count("caption") == names.count("table")
        assert [facts for tag, facts in tags if tag == "th" and "scope" not in facts] == []


def test_every_drawing_has_a_title_and_every_scroll_box_can_be_reached() -> None:
    campaign = tiny_campaign()
    for document in tiny_documents().values():
        html = html_of(document, campaign)
        tags = page_of(html).tags
        labels = [facts["aria-labelledby"] for tag, facts in tags if tag == "svg"]
        assert [label for label in labels if f'<title id="{label}">' not in html] == []
        boxes = [facts for _, facts in tags if "scroll" in str(facts.get("class")).split()]
        assert [box for box in boxes if (box["tabindex"], box["role"]) != ("0", "region")] == []
        assert [box for box in boxes if not box["aria-label"]] == []


def test_no_page_fetches_anything() -> None:
    campaign = tiny_campaign()
    for document in tiny_documents().values():
        html = html_of(document, campaign)
        assert page_of(html).links == []
        assert html.replace("http://www.w3.org/2000/svg", "").count("://") == 0


def test_council_sheet_names_no_other_councils_trainees() -> None:
    campaign = tiny_campaign()
    holders = {"BRI": "A1", "DEV": "A2"}
    for council, text in texts_of(Kind.COUNCIL).items():
        own = holders.get(council)
        found = [ref for ref, name in APPLICANT_NAMES.items() if ref in text.split() or name in text]
        assert found == ([own] if own else [])
        other_councils = [name for ref, name in NAMES["councils"].items() if ref != council and name in text]
        assert other_councils == []
    assert campaign.names["councils", "BRI"] in texts_of(Kind.COUNCIL)["BRI"]


def test_papers_by_reference_name_no_applicant() -> None:
    kinds = (
        Kind.RUNNING_ORDER,
        Kind.DOOR_SHEET,
        Kind.ROTATION,
        Kind.ASSESSOR,
        Kind.ROLE_PLAYER,
        Kind.INTERPRETER,
        Kind.RATING_FORMS,
        Kind.MERIT,
    )
    campaign = tiny_campaign()
    html = [html_of(each, campaign) for (kind, _), each in tiny_documents().items() if kind in kinds]
    assert [name for name in APPLICANT_NAMES.values() if any(name in page for page in html)] == []


def test_staff_papers_and_applicants_timetables_say_nothing_of_choices() -> None:
    texts = texts_of(Kind.ASSESSOR, Kind.ROLE_PLAYER, Kind.INTERPRETER, Kind.APPLICANT, Kind.RUNNING_ORDER)
    assert [subject for subject, text in texts.items() if "choice" in text.lower()] == []


def test_applicants_timetable_names_no_other_applicant() -> None:
    for subject, text in texts_of(Kind.APPLICANT).items():
        assert [ref for ref, name in APPLICANT_NAMES.items() if name in text or ref in text.split()] == [
            subject
        ]


def test_hostile_names_are_escaped() -> None:
    everybody = {table: dict.fromkeys(found, HOSTILE) for table, found in NAMES.items()}
    campaign = tiny_campaign(everybody, campaign_name=HOSTILE)
    outcomes = tiny_outcomes(campaign)
    documents = documents_of(campaign, tiny_timetable(), outcomes.order, outcomes.allocation)
    for document in documents:
        html = html_of(document, campaign)
        page = page_of(html)
        assert (page.faults, [tag for tag, _ in page.tags if tag == "script"]) == ([], [])
        assert HOSTILE in page.text
        assert " 49 " not in page.text


def test_sheet_for_pdf_is_the_same_page_without_styles() -> None:
    campaign = tiny_campaign()
    for document in tiny_documents().values():
        sheet = sheet_html_of(document, campaign)
        assert "<style>" not in sheet
        assert text_of(sheet) == text_of(html_of(document, campaign))
