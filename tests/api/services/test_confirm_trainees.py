"""Councils confirm which trainees they were given, and are asked anew where these change."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from api.clock import utc_now
from api.presenters.desk_trainees import Confirmation, Receipt
from api.services.confirm_trainees import OthersNow, confirm_trainees, confirmations_of, receipt_of
from api.services.doing import Doing
from tests.api.services.test_own_trainees import campaign_of
from tests.service import Service

NINE = datetime.datetime(2015, 8, 4, 9, 0)
DOING = Doing("officer", utc_now())


def confirm(
    service: Service,
    shown: Sequence[str],
    trainees: Sequence[str],
    at: datetime.datetime = NINE,
    council: str = "SOM",
) -> None:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        confirm_trainees(work, record, council, shown, trainees, "Olu Officer", at, DOING)


def test_confirmation_is_a_row_of_the_campaign(any_service: Service) -> None:
    assert receipt_of(campaign_of(any_service), "SOM", ("A005",)) == Receipt(None)
    confirm(any_service, ["A006", "A005"], ("A005", "A006"))
    campaign = campaign_of(any_service)
    last = Confirmation(NINE, ("A005", "A006"), "Olu Officer")
    assert (confirmations_of(campaign, "SOM"), confirmations_of(campaign, "NSO")) == ((last,), ())
    receipt = receipt_of(campaign, "SOM", ("A005", "A006"))
    assert (receipt, receipt.is_due) == (Receipt(last), False)


def test_what_changed_since_is_told_and_the_latest_counts(any_service: Service) -> None:
    confirm(any_service, ["A005"], ("A005",))
    receipt = receipt_of(campaign_of(any_service), "SOM", ("A006",))
    assert (receipt.came, receipt.gone, receipt.is_due) == (("A006",), ("A005",), True)
    confirm(any_service, ["A006"], ("A006",), NINE + datetime.timedelta(hours=1))
    assert not receipt_of(campaign_of(any_service), "SOM", ("A006",)).is_due
    assert len(confirmations_of(campaign_of(any_service), "SOM")) == 2


def test_two_in_one_minute_are_one_row(any_service: Service) -> None:
    confirm(any_service, ["A005"], ("A005",))
    confirm(any_service, [], ())
    assert confirmations_of(campaign_of(any_service), "SOM") == (Confirmation(NINE, (), "Olu Officer"),)


def test_others_than_were_shown_are_not_confirmed(any_service: Service) -> None:
    with pytest.raises(OthersNow):
        confirm(any_service, ["A005"], ("A005", "A006"))
    assert confirmations_of(campaign_of(any_service), "SOM") == ()
