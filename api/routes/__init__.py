"""Every router of the service, in the order in which they are asked."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import campaigns, sign_in

ROUTERS: tuple[APIRouter, ...] = (sign_in.router, campaigns.router)
