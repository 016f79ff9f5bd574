"""The commands that look at an allocation from outside: `compare` before it, `receipt` after it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.application import app
from api.cli.shared import (
    DONE,
    NOT_ALL_WELL,
    CampaignPath,
    OutFolder,
    campaign_at,
    print_lines,
    print_papers,
    warn,
)
from api.errors import BadInput, Fault


@app.command()
def compare(
    campaign: CampaignPath,
    out: OutFolder,
    simulations: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=100_000,
            help="How many orders of merit are drawn by lot; 200 where there are no ratings yet.",
        ),
    ] = None,
    appointable: Annotated[
        float | None,
        typer.Option(min=1, max=100, help="Of those drawn, how many in 100 are appointable; all by default."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**31 - 1, help="The seed of the orders drawn by lot.")
    ] = None,
) -> None:
    """Set the rule beside the best that could be done with the places, before it is chosen."""
    from fractions import Fraction

    from api.exports.packs.comparison_sheet import comparison_answers, how_words
    from api.services.compare_rules import compare_rules, write_comparison

    share = None if appointable is None else Fraction(str(appointable)) / 100
    done = compare_rules(campaign, simulations, seed, share)
    warn(done.warnings)
    write_comparison(done, out)
    comparison = done.comparison
    print_lines(
        [*comparison_answers(comparison), *comparison.remarks, how_words(comparison), f"Written to {out}."]
    )


@app.command()
def receipt(
    campaign: Annotated[
        Path | None, typer.Argument(help="A folder of CSV files, or an .xlsx workbook.", metavar="CAMPAIGN")
    ] = None,
    applicant: Annotated[
        str | None, typer.Option(help="One applicant's reference; without it, everybody's receipt.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder for what is published and for the receipts.")
    ] = None,
    secret: Annotated[
        Path | None,
        typer.Option(help="The file of the secret, made where missing; without it, one in the --out folder."),
    ] = None,
    verify: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Verify one receipt without the campaign.", metavar="RECEIPT.json CUTOFFS.json"),
    ] = None,
) -> None:
    """Print each applicant's receipt and prove it; or verify one."""
    if verify is not None:
        if any(given is not None for given in (campaign, applicant, out, secret)):
            raise BadInput(
                [Fault("--verify", None, None, "other arguments beside it", "the two files alone")]
            )
        raise typer.Exit(_verified(*verify))
    if campaign is None:
        raise BadInput([Fault("CAMPAIGN", None, None, "nothing", "a campaign, or --verify and two files")])
    raise typer.Exit(_issued(campaign, applicant, out, secret))


def _verified(receipt_path: Path, statement_path: Path) -> int:
    from api.exports.packs.receipt import grouped
    from api.services.verify_receipt import verify_receipt

    verified = verify_receipt(receipt_path, statement_path)
    applicant = verified.receipt.result.applicant
    if verified.faults:
        print_lines([f"{applicant}: this receipt is not proven.", *(f"  {each}" for each in verified.faults)])
        return NOT_ALL_WELL
    print(f"{applicant}: this receipt is proven. The result was fixed and follows from the cut-offs.")
    print(f"Compare this with what was published: {grouped(verified.statement.sha256)}.")
    return DONE


def _issued(path: Path, applicant: str | None, out: Path | None, secret_path: Path | None) -> int:
    from api.exports.packs.receipt import grouped, receipt_lines
    from api.services import write_receipts

    campaign = campaign_at(path)
    secret = write_receipts.secret_for(secret_path, out)
    issued = write_receipts.issue_receipts(campaign, secret)
    chosen = write_receipts.chosen_receipts(issued, applicant)
    statement = issued.receipts.statement
    for each in chosen:
        head, *choices = receipt_lines(campaign, statement, each)
        print_lines([head] if applicant is None else [head, *choices])
    number = len(chosen)
    if issued.faults:
        print_lines(["Not proven:", *(f"  {fault}" for fault in issued.faults)])
        return NOT_ALL_WELL
    print(f"{number} receipt{'' if number == 1 else 's'} proven: the result follows from the cut-offs,")
    print(f"and belongs to the statement {grouped(statement.sha256)}.")
    write_receipts.keep_secret(secret)
    if out is not None:
        write_receipts.write_receipts(issued, chosen, out, print_papers)
        print(f"Written to {out}. Publish cutoffs.csv and cutoffs.json; keep the secret to yourself.")
    elif secret.path is None:
        warn(["made with a secret for this once, so it belongs to nothing published; give --out or --secret"])
    return DONE
