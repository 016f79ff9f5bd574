"""Deciding a red flag: by somebody who did not raise it, with a reason; on both databases."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.services.change_tables import ChangedMeanwhile
from api.services.decide_flag import NoSuchFlag, all_flags, decide_flag, flag_row
from api.services.open_campaign import open_campaign
from api.services.raise_flag import raise_flag
from api.storage.repositories.audit import AuditFilter
from tests.api.campaigns import said
from tests.rating_made import held, publish_draft
from tests.service import Service

AT = "2015-07-06 18:00"


def raised(service: Service, by: str = "S01") -> tuple[str, int]:
    """A flag about A007, and the change after which it is shown."""
    publish_draft(service)
    with held(service, "organiser") as at:
        flag = raise_flag(at.work, at.record, by, "A007", "2015-07-06 10:00", "Said so", "Heard it", at.doing)
    return flag, since(service, flag)


def since(service: Service, flag: str) -> int:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        row = flag_row(open_campaign(work, record), flag)
        assert row is not None
        return row.since


def decide(
    service: Service, flag: str, seen: int, decision: str, reason: str = "Looked into.", by: str = "Olive"
) -> None:
    with held(service, "organiser") as at:
        decide_flag(at.work, at.record, flag, seen, decision, reason, by, AT, at.doing)


def test_flag_is_decided_by_a_named_person_with_a_reason(any_service: Service) -> None:
    flag, seen = raised(any_service)
    decide(any_service, flag, seen, "not_appointable")
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        (kept,) = all_flags(open_campaign(work, record))
        ((entry, _),) = work.audit.newest(record.id, AuditFilter(act="red flag decided"), 5)
    decided = {k: kept[k] for k in ("decision", "decided_by", "decided_at", "reason")}
    assert decided == {
        "decision": "not_appointable",
        "decided_by": "Olive",
        "decided_at": AT,
        "reason": "Looked into.",
    }
    assert {k: entry.facts[k] for k in ("flag", "applicant", "decision")} == {
        "flag": "F01",
        "applicant": "A007",
        "decision": "not_appointable",
    }


@pytest.mark.parametrize(
    ("raiser", "decider"), [("Olive", " olive"), ("S01", "Rhys Moorgate"), ("S01", "s01")]
)
def test_whoever_raised_it_does_not_decide(service: Service, raiser: str, decider: str) -> None:
    flag, seen = raised(service, raiser)
    with pytest.raises(BadInput) as bad:
        decide(service, flag, seen, "no_concern", by=decider)
    assert said(bad.value.faults) == [
        f"flags: found {decider}, who raised it; wanted somebody else, who did not raise it"
    ]


def test_decision_and_reason_are_needed(service: Service) -> None:
    flag, seen = raised(service)
    with pytest.raises(BadInput) as bad:
        decide(service, flag, seen, "perhaps", " ")
    assert [fault.column for fault in bad.value.faults] == ["decision", "reason"]


def test_it_can_be_decided_anew_with_another_reason(service: Service) -> None:
    flag, seen = raised(service)
    decide(service, flag, seen, "no_concern")
    with pytest.raises(ChangedMeanwhile):
        decide(service, flag, seen, "not_appointable", "Heard more.")
    with pytest.raises(BadInput):
        decide(service, flag, since(service, flag), "not_appointable")
    decide(service, flag, since(service, flag), "not_appointable", "Heard more.")


def test_flag_that_is_none_is_not_decided(service: Service) -> None:
    raised(service)
    with pytest.raises(NoSuchFlag):
        decide(service, "F99", 1, "no_concern")
