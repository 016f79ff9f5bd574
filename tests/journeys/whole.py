"""`make journey`: the whole campaign of 2015 in real browsers, from the first arrival to the last receipt.

Every session is run with its absences and repairs, everybody who came is rated on telephones, the wash-up
settles what lies apart, two people release the offers, answers come with upgrades and reserves, and every
council confirms its trainees. In the end the offers are the same as those that `stepup run` and `stepup
offers` make of the exported campaign. `make test` plays it with the sample `tiny` and one session.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from api.clock import utc_now
from api.samples import sample_tables
from api.services.follow_offers import Followed, follow_offers
from api.services.offer_moments import proposed_moment, spell_moment
from api.services.open_campaign import open_campaign
from assessment.offers.moves import OfferState
from tests.browser import launched
from tests.databases import SqliteCopies, sqlite_template_in
from tests.journeys import playing
from tests.journeys.playing import Play, Told
from tests.raters import publish, solve
from tests.service import install
from tests.serving import PROGRAM, serving, working

PASSES_MAX = 20


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: what was told on the way, the offers that the pages give, and those of the command."""

    told: Told
    offers: int
    upgrades: int
    reserves: int
    held: int
    allocation_of_pages: str
    allocation_of_command: str
    offers_of_pages: str
    offers_of_command: str
    seconds: float


def play_whole(
    chromium: Browser, url: str, sample: str, folder: Path, sessions_max: int | None, away: Sequence[str] = ()
) -> Ended:
    """Play it. With `sessions_max` the later sessions have nobody; nobody of `away` comes either."""
    began = time.monotonic()
    tables = sample_tables(sample)
    service = install(url, sample)
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        opened = open_campaign(work, record)
        assert opened.campaign is not None
        publish(work, record, solve(work, record))
    playing.cast(service, opened.campaign)
    attendance = tables["attendance"]
    at = attendance.columns.index("status")
    status = {row[0]: row[at] for row in attendance.rows} | dict.fromkeys(away, "did_not_attend")
    with working(url), serving(url, second_factor="nobody", data_folder=str(folder / "data")) as server:
        said = playing.said_of(tables["ratings"])
        play = Play(service, server, chromium, status, said, random.Random(0))
        _days(play, sessions_max)
        playing.rate_scripts(play)
        playing.wash_up(play)
        playing.freeze_rules(play)
        playing.confirm_findings(play)
        assert playing.release(play)
        offers = _answers_and_passes(play)
        held = _followed(play)
        councils = sorted({line.council for line in held.ledger.book.lines.values() if line.council})
        playing.councils_confirm(play, councils)
        ended = _compared(play, folder, offers, began)
    service.database.close()
    return ended


def _days(play: Play, sessions_max: int | None) -> None:
    published = play.published()
    held = set(published.reading.timetable.by_session)
    days = sorted(
        (s for s in published.reading.campaign.problem.sessions if s.reference in held),
        key=lambda s: (s.date, s.window.start),
    )
    for number, session in enumerate(days):
        if sessions_max is not None and number >= sessions_max:
            for entry in published.reading.timetable.by_session[session.reference]:
                if entry.role == "applicant":
                    play.status[entry.person] = "did_not_attend"
        came = playing.arrive(play, session.reference)
        if came:
            playing.repair(play, session.reference)
            playing.rate_session(play, session.reference, came)
        playing.sign_off(play, session.reference)


def _answers_and_passes(play: Play) -> int:
    """Everybody answers, and what comes free is passed on, until nothing can be. Returns the offers."""
    offers = len(list(_waiting(_followed(play))))
    for _ in range(PASSES_MAX):
        playing.answer_offers(play, _waiting(_followed(play)))
        if not playing.next_pass(play):
            break
        offers += len(list(_waiting(_followed(play))))
    return offers


def _waiting(followed: Followed) -> Iterator[tuple[str, bool]]:
    for line in followed.ledger.book.lines.values():
        if line.state is OfferState.OFFERED:
            yield line.applicant, line.choice == 1


def _followed(play: Play) -> Followed:
    with play.service.database.reading() as work:
        record = work.campaigns.by_id(play.service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        return follow_offers(campaign, proposed_moment(campaign, utc_now()))


def _compared(play: Play, folder: Path, offers: int, began: float) -> Ended:
    """The pages' downloads beside what the command makes of the exported campaign."""
    page = play.page("organiser")
    base = f"{play.server.base}{play.service.base}"
    exported = folder / "exported"
    with zipfile.ZipFile(io.BytesIO(page.request.get(f"{base}/bring-in/campaign.zip").body())) as archive:
        archive.extractall(exported)
    made = folder / "made"
    _command("run", str(exported), "--out", str(made), "--seconds", "10", "--quiet")
    stands = _followed(play)
    passes = [entry.given for entry in stands.ledger.entries if entry.given is not None]
    now = spell_moment(stands.ledger.at)
    _command("offers", str(exported), "--out", str(folder / "offers"), "--now", now)
    return Ended(
        told=play.told,
        offers=offers,
        upgrades=sum(len(given.upgrades) for given in passes),
        reserves=sum(len(given.offers) for given in passes),
        held=sum(line.state.holds_a_place for line in stands.ledger.book.lines.values()),
        allocation_of_pages=page.request.get(f"{base}/allocation/allocation.csv").text(),
        allocation_of_command=_found(made, "allocation.csv"),
        offers_of_pages=page.request.get(f"{base}/offers/files/offers.csv").text(),
        offers_of_command=_found(folder / "offers", "offers.csv"),
        seconds=time.monotonic() - began,
    )


def _command(*arguments: str) -> None:
    # 1 says that somebody cannot be placed or ranked, which is no failure.
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stdout + done.stderr


def _found(folder: Path, name: str) -> str:
    return next(folder.rglob(name)).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """A table as rows, however its lines end."""
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="stepup-journey-") as name, launched() as chromium:
        folder = Path(name)
        url = SqliteCopies(sqlite_template_in(folder), folder).fresh()
        ended = play_whole(chromium, url, "south-west-2015", folder, None)
    told = ended.told
    print(f"{told.sheets} sheets rated and locked on telephones; {told.settled} ratings settled")
    print(f"{len(told.repairs)} repairs, from click to proposal at most {max(told.repairs, default=0):.1f} s")
    print(f"{ended.offers} offers, {told.passes} passes, answers: {told.answers}; {ended.held} places held")
    print(f"in the passes {ended.upgrades} upgrades and {ended.reserves} offers to reserves")
    same = rows(ended.allocation_of_pages) == rows(ended.allocation_of_command)
    same_offers = rows(ended.offers_of_pages) == rows(ended.offers_of_command)
    print(f"allocation the same as stepup run's: {'yes' if same else 'NO'}")
    print(f"offers the same as stepup offers': {'yes' if same_offers else 'NO'}")
    for line in told.refused[:10]:
        print(f"the browser refused: {line}")
    print(f"{ended.seconds / 60:.1f} minutes")
    return 0 if same and same_offers and not told.refused else 1


if __name__ == "__main__":
    sys.exit(main())
