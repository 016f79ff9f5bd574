"""PDFs: tagged, titled, in our language, the same words as the page, and nothing fetched."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from api.exports.documents import Kind, documents_of, sheet_html_of
from api.exports.pdf import Sheet, is_allowed, make_pdfs, pdf_bytes
from api.templating import STATIC
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, NAMES, tiny_campaign, tiny_outcomes
from tests.builders import tiny_timetable

ROOT = Path(__file__).parents[3]
PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>One</title></head><body><h1>One</h1>{}</body></html>'


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.fixture(scope="module")
def papers() -> dict[tuple[Kind, str], bytes]:
    """One paper of each kind, and every council's."""
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    made: dict[tuple[Kind, str], bytes] = {}
    seen: set[Kind] = set()
    order, allocation = outcomes.order, outcomes.allocation
    for document in documents_of(campaign, tiny_timetable(), order, allocation, with_forms=True):
        if document.kind not in seen or document.kind is Kind.COUNCIL:
            made[document.kind, document.subject] = pdf_bytes(sheet_html_of(document, campaign))
            seen.add(document.kind)
    return made


def test_every_kind_of_paper_is_tagged_and_says_its_language_and_title(
    papers: dict[tuple[Kind, str], bytes],
) -> None:
    # Receipts are made by themselves; `services/test_write_receipts.py` looks at theirs.
    assert {kind for kind, _ in papers} == set(Kind) - {Kind.RECEIPT}
    for content in papers.values():
        pdf = read(content)
        root: Any = pdf.root_object
        assert bool(root["/MarkInfo"]["/Marked"]) is True
        assert (root["/Lang"], "/StructTreeRoot" in root) == ("en-GB", True)
        assert pdf.metadata is not None
        assert str(pdf.metadata.title).endswith(": Tiny 2015 (made up)")
        metadata = root["/Metadata"].get_object().get_data()
        assert b"http://www.aiim.org/pdfua/ns/id/" in metadata


def test_council_sheet_as_pdf_names_no_other_councils_trainees(
    papers: dict[tuple[Kind, str], bytes],
) -> None:
    holders = {"BRI": "A1", "DEV": "A2"}
    for council in NAMES["councils"]:
        words = words_of(read(papers[Kind.COUNCIL, council]))
        found = [ref for ref, name in APPLICANT_NAMES.items() if name in words or ref in words.split()]
        assert found == ([holders[council]] if council in holders else [])


def test_order_of_merit_as_pdf_has_no_names(papers: dict[tuple[Kind, str], bytes]) -> None:
    words = words_of(read(papers[Kind.MERIT, ""]))
    assert [name for name in APPLICANT_NAMES.values() if name in words] == []
    assert [ref for ref in APPLICANT_NAMES if ref in words.split()] == list(APPLICANT_NAMES)


def test_drawings_have_their_titles_as_alternative_text(papers: dict[tuple[Kind, str], bytes]) -> None:
    root = read(papers[Kind.RUNNING_ORDER, "S1"]).root_object
    same = "The table on this page says the same."
    assert alternatives(root["/StructTreeRoot"]) == [
        f"Rooms of session S1 over time. {same}",
        *(f"Pattern of {letter}" for letter in "ABCD"),
        f"Applicants of session S1 over time. {same}",
    ]


def alternatives(element: Any) -> list[str]:
    """The alternative texts under an element of the structure tree, in reading order."""
    found = element.get_object()
    if not isinstance(found, dict):
        return []
    own = [str(found["/Alt"])] if "/Alt" in found else []
    below = found.get("/K", [])
    parts = below if isinstance(below, list) else [below]
    return own + [text for part in parts if hasattr(part, "get_object") for text in alternatives(part)]


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("data:image/png;base64,AAAA", True),
        ((STATIC / "paper.css").as_uri(), True),
        (STATIC.as_uri() + "/../base.html", False),
        (STATIC.as_uri() + "/%2e%2e/base.html", False),
        ("file:///etc/hostname", False),
        ("https://example.org/picture.png", False),
        ("ftp://example.org/picture.png", False),
    ],
)
def test_only_our_own_files_may_be_loaded(url: str, allowed: bool) -> None:
    assert is_allowed(url) == allowed


def test_page_that_asks_for_a_file_is_refused() -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf_bytes(PAGE.format('<img alt="x" src="file:///etc/hostname">'))


@pytest.mark.parametrize("count", [3, 40])
def test_all_pdfs_are_written_and_counted(tmp_path: Path, count: int) -> None:
    heard: list[tuple[int, int]] = []
    sheets = [Sheet(PAGE.format(f"<p>Page {n}</p>"), tmp_path / f"{n}.pdf") for n in range(count)]
    make_pdfs(sheets, lambda done, of: heard.append((done, of)))
    assert heard == [(n, count) for n in range(1, count + 1)]
    assert [f"Page {n}" in words_of(PdfReader(tmp_path / f"{n}.pdf")) for n in range(count)] == [True] * count


def test_missing_text_library_is_named_with_its_packages() -> None:
    """In a fresh interpreter whose loader finds no shared library."""
    code = """
        import cffi

        def not_found(*names, **options):
            raise OSError("cannot load library")

        cffi.FFI.dlopen = not_found
        from api.exports.pdf import PangoMissing, pdf_bytes
        try:
            pdf_bytes("<p>One</p>")
        except PangoMissing as missing:
            print(missing)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == (
        "PDF papers need the packages libpango-1.0-0 and libpangoft2-1.0-0, which are not installed. "
        "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    )
