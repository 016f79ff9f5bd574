"""Every router of the service, in the order in which they are asked."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import bring_in, campaigns, sign_in, table_rows, tables, versions

ROUTERS: tuple[APIRouter, ...] = (
    sign_in.router,
    campaigns.router,
    versions.router,
    bring_in.router,
    table_rows.router,
    tables.router,
)
