"""Before a release: the counts that must agree, what stops it, and what somebody ought to look at first.

`api.services.reconcile_offers` counts; what is said about it, and which page mends it, is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from api.errors import Fault
from api.exports.packs.wording import counted, listed
from assessment.allocation.checks import AllocationChecks

SHOWN_MAX = 12
State = Literal["stops", "look", "fine"]
TAGS = {
    "stops": ("Stops the release", "red"),
    "look": ("Look at this", "yellow"),
    "fine": ("Agrees", "green"),
}


@dataclass(frozen=True, slots=True)
class CouncilCount:
    """One council's places and the offers that the allocation makes there."""

    council: str
    name: str
    places: int
    offers: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was counted, people by reference. `faults` say why nothing could be ranked or placed, if so.

    `came` is counted from who attended, not from the order of merit. `began` are applicants with ratings
    entered on sheets that are not locked; `owed` are those of `unrankable` whose ratings somebody is still
    to give; `frozen_by` is who fixed the rules, empty where nobody has.
    """

    faults: tuple[Fault, ...] = ()
    came: int = 0
    ranked: int = 0
    not_appointable: int = 0
    unrankable: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    to_discuss: tuple[str, ...] = ()
    councils: tuple[CouncilCount, ...] = ()
    reserves: int = 0
    checks: AllocationChecks | None = None
    differ: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    frozen_by: str = ""
    confirmed: int = 0
    requests: tuple[str, ...] = ()
    not_signed_off: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def places(self) -> int:
        return sum(each.places for each in self.councils)

    @property
    def offers(self) -> int:
        return sum(each.offers for each in self.councils)

    @property
    def counts_agree(self) -> bool:
        """Everybody who came is in the order of merit once, with or without a rank."""
        others = self.not_appointable + len(self.unrankable) + len(self.to_discuss)
        return self.came == self.ranked + others


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was looked at. `url` mends it, with `act` for the link's words."""

    state: State
    sentence: str
    details: tuple[str, ...] = ()
    url: str = ""
    act: str = ""

    @property
    def tag(self) -> tuple[str, str]:
        return TAGS[self.state]


def check_lines(found: Reconciled, base: str) -> tuple[CheckLine, ...]:
    """Everything that was looked at: what stops a release first, then what to look at, then what agrees."""
    lines = list(_fault_lines(found, base)) if found.faults else list(_lines(found, base))
    order: tuple[State, ...] = ("stops", "look", "fine")
    return tuple(line for state in order for line in lines if line.state == state)


def stops(found: Reconciled) -> tuple[str, ...]:
    """The sentences that stop a release; none where it is safe."""
    return tuple(line.sentence for line in check_lines(found, "") if line.state == "stops")


def safety_answer(lines: Sequence[CheckLine], found: Reconciled) -> str:
    """The answer to "Is it safe to tell people?"."""
    stopping = sum(line.state == "stops" for line in lines)
    looking = sum(line.state == "look" for line in lines)
    if stopping:
        verb = "stops" if stopping == 1 else "stop"
        return f"No. {counted(stopping, 'thing')} {verb} the release."
    offers = counted(found.offers, "offer")
    if looking:
        return f"Yes, as far as the counts go: {offers}. {counted(looking, 'thing')} to look at first."
    return f"Yes. All counts agree: {offers} for {counted(found.places, 'place')}."


def _fault_lines(found: Reconciled, base: str) -> Iterator[CheckLine]:
    for fault in found.faults:
        url, act = _mended_at(fault, base)
        yield CheckLine("stops", f"{_capital(fault.found)}. Wanted: {fault.wanted}.", (), url, act)


def _lines(found: Reconciled, base: str) -> Iterator[CheckLine]:
    yield _came(found, base)
    if found.owed:
        who = counted(len(found.owed), "applicant")
        yield CheckLine(
            "stops",
            f"Ratings of {who} who came are missing.",
            _some(found.owed),
            f"{base}/ratings",
            "See what is missing",
        )
    if gone := tuple(each for each in found.unrankable if each not in found.owed):
        stays = "stays" if len(gone) == 1 else "stay"
        yield CheckLine(
            "look",
            f"{counted(len(gone), 'applicant')} who came {stays} without a rank: nobody has what is missing.",
            _some(gone),
            f"{base}/washup",
            "Settle them, if the panel can",
        )
    if found.to_discuss:
        verb = "waits" if len(found.to_discuss) == 1 else "wait"
        yield CheckLine(
            "stops",
            f"{counted(len(found.to_discuss), 'applicant')} {verb} for the panel’s decision.",
            _some(found.to_discuss),
            f"{base}/washup",
            "Decide",
        )
    yield _open_ones(found.differ, "Ratings that lie far apart are not settled", base, "Settle them")
    yield _open_ones(found.flags, "Red flags are not decided", base, "Decide them")
    yield _offers(found, base)
    for check in found.checks.checks if found.checks else ():
        details = tuple(pair.why for pair in check.pairs[:SHOWN_MAX])
        state: State = "fine" if check.kept else "stops"
        yield CheckLine(
            state, check.sentence, details, "" if check.kept else f"{base}/allocation", "See the places"
        )
    yield from _to_look_at(found, base)


def _came(found: Reconciled, base: str) -> CheckLine:
    parts = [f"{found.ranked} ranked", f"{found.not_appointable} not appointable"]
    others = len(found.unrankable) + len(found.to_discuss)
    parts += [f"{others} without a result yet"] if others else []
    sentence = f"{counted(found.came, 'applicant')} came: {listed(parts)}."
    if found.counts_agree:
        return CheckLine("fine", sentence)
    wrong = f"{sentence} These do not add up to {found.came}."
    return CheckLine("stops", wrong, (), f"{base}/tables/attendance", "See who came")


def _offers(found: Reconciled, base: str) -> CheckLine:
    over = [each for each in found.councils if each.offers > each.places]
    sentence = (
        f"{counted(found.offers, 'offer')} for {counted(found.places, 'place')}; "
        f"{found.reserves} on the reserve list."
    )
    if over:
        details = tuple(f"{e.name}: {e.offers} offers, {counted(e.places, 'place')}" for e in over)
        return CheckLine("stops", sentence, details, f"{base}/allocation", "See the places")
    free = [each for each in found.councils if each.offers < each.places]
    if free:
        details = tuple(f"{e.name}: {e.offers} of {counted(e.places, 'place')}" for e in free)
        return CheckLine(
            "look", f"{sentence} Some places have nobody.", details, f"{base}/allocation", "See why"
        )
    return CheckLine("fine", f"{sentence} Every council’s offers are just its places.")


def _open_ones(who: tuple[str, ...], sentence: str, base: str, act: str) -> CheckLine:
    if not who:
        settled = sentence.replace(" are not ", " are all ")
        return CheckLine("fine", f"{settled}.")
    return CheckLine("stops", f"{sentence}: {len(who)}.", _some(who), f"{base}/washup", act)


def _to_look_at(found: Reconciled, base: str) -> Iterator[CheckLine]:
    if found.frozen_by:
        yield CheckLine("fine", f"The rules were fixed by {found.frozen_by} and have not changed since.")
    else:
        said = "The rules of scoring and allocation were never fixed."
        yield CheckLine("look", said, (), f"{base}/merit/rules", "See the rules")
    if found.began:
        said = (
            f"Ratings of {counted(len(found.began), 'applicant')} were begun and are not locked: not counted."
        )
        yield CheckLine("look", said, _some(found.began), f"{base}/ratings", "See whose")
    if found.confirmed:
        said = f"Ratings that looked like a slip and were found to be right: {found.confirmed}."
        yield CheckLine("look", said, (), f"{base}/tables/confirmations", "See them")
    if found.requests:
        said = f"{counted(len(found.requests), 'request')} of councils for other places: not decided."
        yield CheckLine("look", said, found.requests, f"{base}/offers/places", "Decide first")
    if found.not_signed_off:
        said = f"{counted(len(found.not_signed_off), 'session')} not signed off."
        yield CheckLine("look", said, _some(found.not_signed_off), f"{base}/day", "See the sessions")
    for remark in found.remarks:
        yield CheckLine("look", remark, (), f"{base}/merit", "See the order of merit")


def _some(people: Sequence[str]) -> tuple[str, ...]:
    more = len(people) - SHOWN_MAX
    return (*people[:SHOWN_MAX], f"and {more} more") if more > 0 else tuple(people)


def _mended_at(fault: Fault, base: str) -> tuple[str, str]:
    if fault.table in ("ratings", "attendance"):
        return f"{base}/ratings", "See the ratings"
    if fault.table in ("frozen_rules", "order of merit", "settings", "decisions"):
        return f"{base}/merit", "See the order of merit"
    return f"{base}/tables", "See the tables"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
