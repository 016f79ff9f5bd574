"""Every router of the service, in the order in which they are asked."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import (
    account,
    administration,
    administration_accounts,
    audit,
    bring_in,
    campaigns,
    interface,
    moving,
    my_day,
    openid,
    papers,
    people,
    planning,
    publishing,
    rating_entries,
    sign_in,
    solving,
    table_rows,
    tables,
    timetables,
    tokens,
    versions,
)

ROUTERS: tuple[APIRouter, ...] = (
    sign_in.router,
    campaigns.router,
    versions.router,
    bring_in.router,
    table_rows.router,
    tables.router,
    planning.router,
    solving.router,
    papers.router,
    timetables.router,
    moving.router,
    publishing.router,
    rating_entries.router,
    my_day.router,
    tokens.router,
    people.router,
    audit.router,
    account.router,
    administration_accounts.router,
    administration.router,
    openid.router,
    interface.router,
)
