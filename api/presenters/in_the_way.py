"""What stands in the way of the results, in sentences, each with the one page that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.wording import counted, listed
from api.templating import moment_words

SHOWN_MAX = 6


@dataclass(frozen=True, slots=True)
class WayLine:
    """One thing in the way. `act` names the page at `url`; `stops` says what waits for it, if anything."""

    words: str
    act: str
    url: str
    stops: str


@dataclass(frozen=True, slots=True)
class Way:
    """How a thing is told: who or what it concerns comes into `words`; `url` is below the campaign's own."""

    words: str
    act: str
    url: str
    stops: str = ""


# By the words of `api.services.look_at_results.Hindrance`, in the order in which they are told.
# Pages that are there only for those who decide.
DECIDERS_ONLY = frozenset(
    {"no_lot_seed", "contested_tie", "floor", "flag", "tie", "far_apart", "passed_over"}
)
RANKING, PLACES = "Stops the ranking", "Stops the places"
WAYS: dict[str, Way] = {
    "faults": Way("The tables have {faults}.", "Mend the tables", "/tables", RANKING),
    "no_ratings": Way("There are no locked ratings yet.", "See the ratings", "/ratings", RANKING),
    "rules_changed": Way(
        "The rules are not those that were fixed: {found}.", "Look at the rules", "/merit/rules", RANKING
    ),
    "refused": Way(
        "These ratings cannot be right: {found}.", "Look at the findings", "/merit/findings", RANKING
    ),
    "held": Way("These ratings look implausible: {found}.", "Look into it", "/merit/findings", RANKING),
    "in_doubt": Way("{found}.", "Look at the ratings", "/tables/ratings", RANKING),
    "no_lot_seed": Way(
        "{who} are level to the end of the tie-break, and there is no seed for the lot.",
        "Set the lot’s seed",
        "/tables/settings/lot_seed",
        RANKING,
    ),
    "contested_tie": Way(
        "{who} share a rank, and there are not enough places for all of them at {found}.",
        "Decide between {refs}",
        "/merit/{first}/tie",
        PLACES,
    ),
    "lists": Way("{found}.", "Bring in the councils’ lists", "/tables/council_lists", PLACES),
    "other": Way("{found}.", "Look at the tables", "/tables", RANKING),
    "unrankable": Way("{who} cannot be ranked: ratings are missing.", "See what is missing", "/ratings"),
    "floor": Way(
        "{who} is below a floor: a named person decides.", "Decide about {first}", "/merit/{first}/standard"
    ),
    "flag": Way(
        "A red flag about {who} waits for a named person’s decision.",
        "Decide about the flag",
        "/washup/flags",
    ),
    "tie": Way(
        "{who} share a rank. No place depends on it now; the panel can still decide.",
        "Decide between {refs}",
        "/merit/{first}/tie",
    ),
    "far_apart": Way(
        "In {number}, ratings are far apart and not settled; the mean counts until they are: {which}.",
        "Go to the wash-up",
        "/washup",
    ),
    "not_here": Way(
        "{who} have ratings but are not noted as having come, so they are not ranked.",
        "Look at attendance",
        "/tables/attendance",
    ),
    "not_counted": Way(
        "Rated but not in the matrix, and not counted: {which}.", "Look at the ratings", "/tables/ratings"
    ),
    "passed_over": Way(
        "Named in the tie-break but not in the matrix, and passed over: {which}.",
        "Look at the setting",
        "/tables/settings/tie_break",
    ),
    "unused": Way("{found}: {which}.", "Look at the decisions", "/tables/decisions"),
    "unknown_confirmed": Way("{found}: {which}.", "Look at the findings", "/merit/findings"),
    "not_frozen": Way("The rules are not fixed.", "Fix the rules", "/merit/rules"),
    "frozen_late": Way(
        "Version {first} of the rules was fixed after the first session had begun, on {found}.",
        "Look at the rules",
        "/merit/rules",
    ),
}


def way_line(
    campaign: Campaign | None,
    what: str,
    concerned: Sequence[str],
    found: str,
    base: str,
    may_decide: bool = True,
) -> WayLine:
    """One thing in the way. People are named by reference and name.

    Without `may_decide` there is no address of a page that only those who decide may open.
    """
    way = WAYS[what]
    values = {
        "found": found.rstrip("."),
        "who": _who(campaign, concerned),
        "which": shortened(concerned),
        "refs": listed(list(concerned)) if len(concerned) <= SHOWN_MAX else "them",
        "faults": counted(int(found), "fault") if what == "faults" else "",
        "number": counted(len(concerned), "cell"),
        "first": concerned[0] if concerned else "",
    }
    if what == "frozen_late":
        values["found"] = moment_words(found)
    if what == "contested_tie" and campaign is not None:
        values["found"] = listed([campaign.name_of("councils", each) for each in found.split("; ")])
    return WayLine(
        words=way.words.format(**values),
        act=way.act.format(**values),
        url=f"{base}{way.url.format(**values)}" if may_decide or what not in DECIDERS_ONLY else "",
        stops=way.stops,
    )


def person_words(campaign: Campaign | None, reference: str) -> str:
    """A012 Xanthe Marlbeck; the reference alone where no name is known."""
    name = campaign.name_of("applicants", reference) if campaign else reference
    return reference if name == reference else f"{reference} {name}"


def _who(campaign: Campaign | None, concerned: Sequence[str]) -> str:
    if len(concerned) > SHOWN_MAX:
        return f"{counted(len(concerned), 'applicant')} ({shortened(concerned)})"
    return listed([person_words(campaign, each) for each in concerned])


def shortened(items: Sequence[str]) -> str:
    """All of them, or the first few and how many more."""
    if len(items) <= SHOWN_MAX + 1:
        return "; ".join(items)
    return f"{'; '.join(items[:SHOWN_MAX])}; and {len(items) - SHOWN_MAX:,} more"
