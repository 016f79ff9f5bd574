"""The commands about rules and offers: `freeze`, `offers`, `rehearse`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.application import app
from api.cli.shared import CampaignPath, OutFolder, Seed, campaign_at, print_lines
from api.errors import BadInput, Fault, shown

if TYPE_CHECKING:
    from api.campaign import Campaign


@app.command()
def freeze(
    campaign: CampaignPath,
    by: Annotated[str, typer.Option(help="The name of whoever fixes the rules.")],
    out: OutFolder,
    reason: Annotated[str, typer.Option(help="Why; needed once the first session has begun.")] = "",
    at: Annotated[
        str, typer.Option("--now", help='The time in the campaign, "2015-06-30 12:00"; else the clock\'s.')
    ] = "",
) -> None:
    """Fix the rules of scoring, ranking and allocation, with their fingerprint, in a copy of the campaign."""
    from api.services.freeze_rules import freeze_rules

    checked = campaign_at(campaign)
    frozen = freeze_rules(checked, by, reason, moment(checked, at), out)
    print_lines(
        [
            f"Version {frozen.version} of the rules is frozen, on {frozen.at:%Y-%m-%d %H:%M}.",
            f"Their fingerprint, to be published: {frozen.rules_sha256}",
            f"Written to {out}: use that campaign from now on.",
        ]
    )


@app.command()
def offers(
    campaign: CampaignPath,
    out: OutFolder,
    at: Annotated[
        str, typer.Option("--now", help='The time in the campaign, "2015-08-05 12:00"; else the clock\'s.')
    ] = "",
) -> None:
    """Say how the offers stand after every release, answer and pass, and what a pass would do next."""
    from api.services.follow_offers import follow_offers, write_offers
    from api.services.summarise_offers import offer_lines

    checked = campaign_at(campaign)
    followed = follow_offers(checked, moment(checked, at))
    write_offers(checked, followed, out)
    print_lines([*offer_lines(checked, followed), f"Written to {out}."])


@app.command()
def rehearse(
    campaign: CampaignPath,
    out: OutFolder,
    decline: Annotated[
        float, typer.Option(min=0, max=100, help="Chance that an offer is declined, in percent.")
    ] = 15,
    upgrade: Annotated[
        float,
        typer.Option(
            min=0, max=100, help="Chance that somebody asks for an upgrade who did not get the first choice."
        ),
    ] = 60,
    withdraw: Annotated[
        float, typer.Option(min=0, max=100, help="Chance that an accepted place is given up later.")
    ] = 3,
    simulations: Annotated[
        int, typer.Option(min=100, max=100_000, help="How many times the offers are played.")
    ] = 2_000,
    seed: Seed = 0,
) -> None:
    """Play the offers before they are released: how full each council will be, and who may be reached."""
    from api.exports.packs.rehearsal_sheet import assumptions, rehearsal_answers
    from api.services.rehearse_offers import rehearse_offers, write_rehearsal
    from assessment.offers.rehearsal import Answering

    checked = campaign_at(campaign)
    answering = Answering(decline / 100, upgrade / 100, withdraw / 100)
    done = rehearse_offers(checked, answering, simulations, seed, moment(checked, ""))
    write_rehearsal(checked, done, out)
    print_lines(
        [
            *rehearsal_answers(checked, done.rehearsal),
            "What was assumed:",
            *(f"- {each}" for each in assumptions(done.rehearsal, answering, seed)),
            f"Written to {out}.",
        ]
    )


def moment(campaign: Campaign, text: str) -> datetime.datetime:
    """The moment that was given, in the campaign's time; the clock's where none was. Raises `BadInput`."""
    from api.clock import now
    from api.imports.cells import Unreadable, spelled
    from api.imports.kinds import Column, Kind

    if not text:
        return now(campaign.settings["time_zone"]).replace(tzinfo=None)
    try:
        return datetime.datetime.fromisoformat(spelled(Column("--now", Kind.MOMENT, ""), text))
    except Unreadable as problem:
        raise BadInput([Fault("--now", None, None, shown(text), problem.wanted)]) from None
