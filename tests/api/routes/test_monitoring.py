"""Monitoring: the numbers of `stepup monitor`, for the organiser alone; nothing of the answers is kept."""

from __future__ import annotations

from pathlib import Path

from api.exports.tables import csv_text
from api.samples import made_up_monitoring, sample_tables
from api.services.monitor_selection import monitor_selection, rates_table
from tests.api.routes.page_reading import PageReading
from tests.api.routes.results_made import campaign_after, exported, read
from tests.service import Service

CSV = "text/csv"


def answers(sample: str = "south-west-2015") -> bytes:
    applicants = [row[0] for row in sample_tables(sample)["applicants"].rows]
    return csv_text(made_up_monitoring(sample, 0, applicants)).encode()


def test_report_has_the_numbers_of_stepup_monitor(service: Service, tmp_path: Path) -> None:
    browser, base = service.browser("organiser"), campaign_after(service, "south-west-2015")
    exported(browser, base, tmp_path / "campaign")
    (tmp_path / "monitoring.csv").write_bytes(answers())
    source = next((tmp_path / "campaign").rglob("applicants.csv")).parent
    facts = monitor_selection(source, tmp_path / "monitoring.csv").facts
    sent = {"answers": ("monitoring.csv", answers(), CSV)}
    answer = browser.post(f"{base}/merit/monitoring", files=sent, data={"as": "csv"})
    assert answer.text == csv_text(rates_table(facts))
    page = PageReading(browser.post(f"{base}/merit/monitoring", files=sent).text)
    assert ["Attended, of everybody who applied", "106", "87", "82.1 %"] in page.rows
    assert "Nothing of the file was kept, and this page neither." in page.text


def test_nothing_of_the_answers_is_kept(any_service: Service) -> None:
    browser, base = any_service.browser("organiser"), campaign_after(any_service)
    reference = base.rsplit("/", 1)[1]
    sent = {"answers": ("monitoring.csv", answers("tiny"), CSV)}
    assert browser.post(f"{base}/merit/monitoring", files=sent).status_code == 200
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(reference)
        assert record is not None
        assert record.change == 1
        assert "monitoring" not in work.campaigns.tables(record)
        assert work.uploads.of(reference) == []
        *_, (entry, private) = work.audit.entries(reference)
    assert (entry.act, entry.thing, sorted(entry.facts), private) == (
        *("groups compared", "monitoring"),
        ["change", "tests"],
        None,
    )


def test_wrong_files_are_refused_without_repeating_answers(service: Service) -> None:
    browser, base = service.browser("organiser"), campaign_after(service)
    url = f"{base}/merit/monitoring"
    answer = browser.post(url, data={"x": "y"}, files={"answers": ("", b"", CSV)})
    assert answer.status_code == 422
    assert "Choose the file with the answers first" in answer.text
    wrong = b"applicant,characteristic,group\nA001,sex,secret answer\nZ99,sex,secret answer\n"
    answer = browser.post(url, files={"answers": ("monitoring.csv", wrong, CSV)})
    assert answer.status_code == 422
    assert "Row 3." in answer.text
    assert "an applicant of this campaign" in answer.text
    assert "secret answer" not in answer.text
    answer = browser.post(url, files={"answers": ("answers.pdf", b"%PDF", CSV)})
    assert "monitoring.csv, or an .xlsx workbook with the sheet monitoring" in answer.text


def test_monitoring_is_there_for_the_organiser_alone(service: Service) -> None:
    base = campaign_after(service)
    sent = {"answers": ("monitoring.csv", b"applicant,characteristic,group\n", CSV)}
    for who in ("auditor", "centre_manager", "assessor", "officer", "administrator"):
        browser = service.browser(who)
        assert browser.get(f"{base}/merit/monitoring").status_code == 404
        assert browser.post(f"{base}/merit/monitoring", files=sent).status_code == 404
    assert "monitoring" not in service.browser("auditor").get(f"{base}/merit").text.lower()
    assert "Monitoring" in {words for words, _ in read(service.browser("organiser"), f"{base}/merit").links}
