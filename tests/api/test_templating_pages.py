"""The pages' kit: dates and counts in words, addresses of what is built, the frame, every part in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError
from playwright.sync_api import Browser, Page, Route

from api.presenters.data_table import TableQuery
from api.presenters.frame import Frame, PageError
from api.templating import BUILT, page, page_environment
from tests.api.specimen import specimen
from tests.browser import WIDTHS, axe_violations, sideways_scroll

ADDRESS = "http://pages.test/kit"
NONCE = "c2l4dGVlbiBsZXR0ZXJz"
POLICY = (
    f"default-src 'none'; script-src 'nonce-{NONCE}' 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def filled(source: str, **values: object) -> str:
    return page_environment().from_string(source).render(**values)


def test_dates_and_counts_are_said_in_words() -> None:
    source = (
        "{{ day | date_long }}; {{ day | date_short }}; {{ 1 | plural('applicant') }}; "
        "{{ 12 | plural('applicant') }}; {{ 2000 | plural('person', 'people') }}; {{ 12345 | thousands }}"
    )
    assert filled(source, day=date(2015, 7, 14)) == (
        "Tuesday 14 July 2015; 14 July 2015; 1 applicant; 12 applicants; 2,000 people; 12,345"
    )


def test_moment_is_said_as_clocks_there_show_it() -> None:
    summer, winter = datetime(2015, 7, 14, 8, 42, tzinfo=UTC), datetime(2015, 12, 31, 23, 30, tzinfo=UTC)
    assert filled(
        "{{ s | moment }}; {{ w | moment }}; {{ w | moment('Asia/Tokyo') }}", s=summer, w=winter
    ) == ("14 July 2015, 09:42; 31 December 2015, 23:30; 1 January 2016, 08:30")


def test_moment_without_its_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        filled("{{ when | moment }}", when=datetime(2015, 7, 14, 8, 42))


def test_missing_value_is_an_error_in_our_templates() -> None:
    with pytest.raises(UndefinedError):
        filled("{{ nothing }}")
    with pytest.raises(UndefinedError):
        filled("{{ frame.nothing }}", frame=Frame("What?"))


def test_missing_value_handed_to_a_design_system_macro_is_an_error() -> None:
    button = "{% from 'govuk_frontend_jinja/components/button/macro.html' import govukButton %}"
    assert "Go" in filled(button + "{{ govukButton({'text': 'Go'}) }}")
    with pytest.raises(UndefinedError):
        filled(button + "{{ govukButton({'text': nothing}) }}")


def test_what_was_typed_comes_back_unchanged_in_its_field() -> None:
    macro = "{% from 'govuk_frontend_jinja/components/input/macro.html' import govukInput %}"
    field = "{{ govukInput({'id': 'n', 'name': 'n', 'label': {'text': 'Name'}, 'value': name}) }}"
    assert 'value="محمد &lt;b&gt;"' in filled(macro + field, name="محمد <b>")
    assert filled("{{ name | typed }} {{ name }}", name="محمد <b>") == (
        "محمد &lt;b&gt; \u2068محمد &lt;b&gt;\u2069"
    )


def test_built_file_has_an_address_that_changes_with_it() -> None:
    assert re.fullmatch(r"/static/service\.css\?[0-9a-f]{12}", filled("{{ built('service.css') }}"))
    assert filled("{{ built('nothing.css') }}") == "/static/nothing.css"


def test_title_is_question_campaign_and_service() -> None:
    errors = (PageError("Enter a date", "#date"),)
    assert [
        Frame("Who is where?").full_title,
        Frame("Who is where?", campaign="South West 2015").full_title,
        Frame("Who is where?", campaign="South West 2015", errors=errors).full_title,
    ] == [
        "Who is where? – Assessment centre",
        "Who is where? – South West 2015 – Assessment centre",
        "Error: Who is where? – South West 2015 – Assessment centre",
    ]


def test_page_of_somebody_not_signed_in_has_only_the_service() -> None:
    text = page("service.html", frame=Frame("Sign in"))
    assert ("Sign out" in text, "<nav" in text, "Sign in – Assessment centre" in text) == (False, False, True)


def test_specimen_holds_no_style_and_no_script_without_its_nonce() -> None:
    text = specimen(nonce=NONCE)
    assert re.findall(rf'<script(?! [^>]*nonce="{NONCE}")[^>]*>', text) == []
    assert re.findall(r"<[^>]*\s(?:style|on\w+)=", text) == []


def test_no_part_of_a_page_has_the_name_of_another() -> None:
    names = re.findall(r"\sid=\"([^\"]+)\"", specimen())
    assert sorted(set(names)) == sorted(names)


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """The specimen in the browser, as a server with a strict policy would send it."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900})
    tab = context.new_page()
    tab.route("**/*", answer)
    tab.goto(ADDRESS)
    yield tab
    context.close()


def answer(route: Route) -> None:
    path = route.request.url.removeprefix("http://pages.test").partition("?")[0]
    if path == "/kit":
        route.fulfill(
            body=specimen(nonce=NONCE),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": POLICY},
        )
    elif path == "/kit/live":
        words = "<p data-live-say data-live-stop>36 panels, and no plan needs fewer.</p>"
        route.fulfill(body=words, content_type="text/html; charset=utf-8")
    else:
        file = BUILT / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])


def test_specimen_shuts_nobody_out(opened: Page) -> None:
    assert axe_violations(opened) == []
    assert sideways_scroll(opened) == 0


def test_live_part_takes_what_is_new_and_says_it(opened: Page) -> None:
    opened.wait_for_selector("#search [data-live-stop]")
    assert (opened.inner_text("#search"), opened.text_content("#search-said")) == (
        "36 panels, and no plan needs fewer.",
        "36 panels, and no plan needs fewer.",
    )


def test_search_in_the_list_is_kept_in_its_box() -> None:
    text = specimen(TableQuery.read({"search": "zoe", "sort": "minutes", "order": "down"}))
    assert 'name="search" value="zoe"' in text
    assert "24 of 120 applicants" in text
