"""Every table of the database. Importing this package is what makes them known to the migrations."""

from __future__ import annotations

from api.storage.tables.audit import AuditChain, AuditEntry, AuditPrivate
from api.storage.tables.campaigns import (
    CampaignChange,
    CampaignHeader,
    CampaignRecord,
    CampaignRow,
    Partnership,
    StoredFile,
    StoredUpload,
)
from api.storage.tables.jobs import Job, JobProgress
from api.storage.tables.people import (
    Account,
    ApiToken,
    Membership,
    OneTimeLink,
    OpenIdVisit,
    SignedIn,
    SignInFailure,
)
from api.storage.tables.proposals import Proposal
from api.storage.tables.ratings import RatingEntry, RatingSheet
from api.storage.tables.timetables import Notice, Publication, StoredTimetable

__all__ = [
    "Account",
    "ApiToken",
    "AuditChain",
    "AuditEntry",
    "AuditPrivate",
    "CampaignChange",
    "CampaignHeader",
    "CampaignRecord",
    "CampaignRow",
    "Job",
    "JobProgress",
    "Membership",
    "Notice",
    "OneTimeLink",
    "OpenIdVisit",
    "Partnership",
    "Proposal",
    "Publication",
    "RatingEntry",
    "RatingSheet",
    "SignInFailure",
    "SignedIn",
    "StoredFile",
    "StoredTimetable",
    "StoredUpload",
]
