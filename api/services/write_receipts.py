"""Receipts: publish the cut-offs, give each applicant their receipt on file and on paper, and prove every
one.

What stands in a receipt and what it proves is `assessment.allocation.receipts`'; one is verified without the
campaign by `verify_receipt.py`. The secret that all salts come from lies in a file of its own, readable by
its owner only: it is needed to make the same receipts again, and it is never published or sent to anybody.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault, shown
from api.exports.documents import Document, html_of, receipt_documents, sheet_html_of
from api.exports.packs.receipt import receipt_paper
from api.exports.pdf import PangoMissing, Sheet, make_pdfs
from api.exports.tables import csv_text, write_files
from api.services.allocate_places import allocate_places
from api.services.identify_campaign import campaign_sha256
from api.services.rank_applicants import rank_applicants
from api.services.schedule_campaign import json_bytes
from api.services.verify_receipt import receipt_record, statement_record
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.receipts import SECRET_BYTES_MIN, Receipt, Receipts, faults_of, receipts_of

SECRET_FILE = "receipts.secret"
STATEMENT_FILE = "cutoffs.json"
CUT_OFF_COLUMNS = ("council", "name", "places", "offers", "last_place_to")
# What is recorded about an allocation after it was made must not make another one of it.
AFTER_THE_ALLOCATION = ("responses", "offer_events")


@dataclass(frozen=True)
class Issued:
    """The receipts of a campaign, and what speaks against any of them: nothing, if the program is right."""

    campaign: Campaign
    receipts: Receipts
    faults: tuple[str, ...]


def issue_receipts(campaign: Campaign, secret: Secret) -> Issued:
    """Rank, allocate, make the statement and every receipt, and prove each. Raises `BadInput`."""
    ranked = rank_applicants(campaign)
    allocated = allocate_places(campaign, ranked)
    problem = AllocationProblem(
        ranked.order, campaign.choices, campaign.places, campaign.council_lists or None
    )
    receipts = receipts_of(problem, allocated.allocation, allocation_input_sha256(campaign), secret.content)
    faults = tuple(
        f"{applicant}: {fault}"
        for applicant, receipt in receipts.by_applicant.items()
        for fault in faults_of(receipt, receipts.statement)
    )
    return Issued(campaign, receipts, faults)


def chosen_receipts(issued: Issued, applicant: str | None) -> tuple[Receipt, ...]:
    """The receipt of one applicant, or all in order of merit. Raises `BadInput` where there is none."""
    by_applicant = issued.receipts.by_applicant
    if applicant is None:
        return tuple(by_applicant.values())
    if applicant not in by_applicant:
        wanted = "the reference of an applicant in the order of merit"
        raise BadInput([Fault("--applicant", None, None, shown(applicant), wanted)])
    return (by_applicant[applicant],)


def allocation_input_sha256(campaign: Campaign) -> str:
    """The identity of the tables that an allocation is made from."""
    before = {name: table for name, table in campaign.tables.items() if name not in AFTER_THE_ALLOCATION}
    return campaign_sha256(replace(campaign, tables=before))


@dataclass(frozen=True, slots=True)
class Secret:
    """What all salts come from, and the file it is kept in; None where it is kept in none."""

    content: bytes
    path: Path | None


def secret_for(path: Path | None, out: Path | None) -> Secret:
    """The secret in the file `path`, or else in one in `out`; a new one where there is no such file yet.

    Raises `BadInput` where it cannot be the right one, and `OSError`.
    """
    kept_in = path if path is not None else out / SECRET_FILE if out is not None else None
    if kept_in is None or not kept_in.exists():
        if kept_in is not None and out is not None and (out / STATEMENT_FILE).exists():
            found = f"no such file, but a {STATEMENT_FILE} made with it"
            raise BadInput([Fault(kept_in.name, None, None, found, "the secret of those cut-offs")])
        return Secret(secrets.token_hex(32).encode(), kept_in)
    content = kept_in.read_bytes().strip()
    if len(content) < SECRET_BYTES_MIN:
        wanted = f"a secret of at least {SECRET_BYTES_MIN} characters, or no such file yet"
        raise BadInput([Fault(kept_in.name, None, None, f"{len(content)} characters", wanted)])
    return Secret(content, kept_in)


def keep_secret(secret: Secret) -> None:
    """Write a new secret to its file, for its owner's eyes only. Raises `OSError`."""
    if secret.path is not None and not secret.path.exists():
        secret.path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(secret.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret.content + b"\n")


def write_receipts(
    issued: Issued, chosen: Sequence[Receipt], out: Path, watch: Callable[[int, int], None] | None = None
) -> None:
    """Write `cutoffs.csv` and `cutoffs.json`, and below `receipts/` each receipt as JSON, HTML and PDF.

    What was published stays as it was: raises `BadInput` where `out` has other cut-offs, and where this
    computer cannot make PDF. Raises `OSError`.
    """
    campaign, statement = issued.campaign, issued.receipts.statement
    published = {
        "cutoffs.csv": csv_text(cut_off_table(issued)).encode(),
        STATEMENT_FILE: json_bytes(statement_record(statement)),
    }
    refuse_other_cut_offs(out, published[STATEMENT_FILE])
    papers = receipt_documents(campaign, (receipt_paper(campaign, statement, each) for each in chosen))
    files: dict[str, bytes] = {}
    for receipt, paper in zip(chosen, papers, strict=True):
        files[f"{paper.stem}.json"] = json_bytes(receipt_record(receipt))
        files[f"{paper.stem}.html"] = html_of(paper, campaign).encode()
    files |= pdf_files(campaign, papers, watch)
    write_files({Path(name).name: content for name, content in files.items()}, out / "receipts")
    write_files(published, out)


def cut_off_table(issued: Issued) -> Table:
    """The cut-offs for people to read; `last_place_to` is empty where there is none."""
    return Table(
        "cutoffs",
        CUT_OFF_COLUMNS,
        tuple(
            (
                each.council,
                issued.campaign.name_of("councils", each.council),
                str(each.places),
                str(each.offers),
                "" if each.last_taken is None else str(each.last_taken),
            )
            for each in issued.receipts.statement.cut_offs
        ),
    )


def refuse_other_cut_offs(out: Path, content: bytes) -> None:
    """Raises `BadInput` where the folder has the cut-offs of another allocation, or of another secret."""
    path = out / STATEMENT_FILE
    if path.exists() and path.read_bytes() != content:
        found = "the cut-offs of another allocation, or made with another secret"
        wanted = "another folder, because what was published stays as it was"
        raise BadInput([Fault(STATEMENT_FILE, None, None, found, wanted)])


def pdf_files(
    campaign: Campaign, papers: Sequence[Document], watch: Callable[[int, int], None] | None
) -> dict[str, bytes]:
    """The papers as PDF, by file name."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {f"{paper.stem}.pdf": Path(folder) / f"{place}.pdf" for place, paper in enumerate(papers)}
        pages = [sheet_html_of(paper, campaign) for paper in papers]
        try:
            make_pdfs([Sheet(*each) for each in zip(pages, paths.values(), strict=True)], watch)
        except PangoMissing as missing:
            fault = Fault("papers", None, None, "no text library on this computer", f"one. {missing}")
            raise BadInput([fault]) from missing
        return {name: path.read_bytes() for name, path in paths.items()}
