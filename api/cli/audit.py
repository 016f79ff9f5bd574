"""The command that looks whether anybody has changed the audit behind the service's back."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import DONE, NOT_ALL_WELL
from api.errors import BadInput, Fault

audit = typer.Typer(help="The audit: who did what, when.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command()
def verify(
    campaign: Annotated[
        str | None, typer.Option(help="One campaign's reference; without it, every chain.")
    ] = None,
) -> None:
    """Make every hash again and follow every chain. Exit code 1 where anything was changed."""
    from api.services.verify_audit import verify_all, verify_chain
    from api.settings import Settings
    from api.storage.engine import engine_of
    from api.storage.migrate import is_current
    from api.storage.unit_of_work import Database

    database = Database(engine_of(Settings().url))
    try:
        if not is_current(database.engine):
            found = "a database that the service has not made or not brought up to date"
            raise BadInput([Fault("database", None, None, found, "one that `stepup serve` was started with")])
        with database.reading() as work:
            names = {record.id: record.name for record in work.campaigns.all()}
            if campaign is not None and campaign not in names:
                known = ", ".join(names) or "none"
                raise BadInput([Fault("--campaign", None, None, campaign, f"one of {known}")])
            chains = verify_all(work) if campaign is None else (verify_chain(work, campaign),)
    finally:
        database.close()
    for chain in chains:
        what = names.get(chain.chain, chain.chain) or "Installation"
        print(f"{what}: {chain.sentence} Last hash {chain.sha256 or 'none'}")
        for sentence in chain.wrong:
            print(f"  {sentence}")
        if chain.more_wrong:
            print(f"  And {chain.more_wrong:,} more.")
    raise typer.Exit(DONE if all(chain.is_sound for chain in chains) else NOT_ALL_WELL)
