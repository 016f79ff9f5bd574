"""One session's running order as a PDF, straight from a draft. All papers are a job (`api.jobs.papers`)."""

from __future__ import annotations

from dataclasses import replace

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.exports.documents import Document, Kind, sheet_html_of
from api.exports.packs.running_order import running_order
from api.exports.packs.runs import held_sessions
from api.exports.pdf import PangoMissing, pdf_bytes
from scheduler.timetable import Timetable


def running_order_pdf(campaign: Campaign, timetable: Timetable, session: str) -> bytes | None:
    """None where the timetable holds no such session.

    Raises `BadInput` where this computer cannot make PDF.
    """
    if session not in held_sessions(campaign, timetable):
        return None
    order = running_order(campaign, timetable, session)
    title = f"Running order, session {session}, {order.head.day}, {order.head.half_day}"
    document = Document(Kind.RUNNING_ORDER, session, "", title, "", order)
    try:
        return pdf_bytes(sheet_html_of(document, campaign))
    except PangoMissing as missing:
        found = Fault("papers", None, None, "no text library on this computer", f"one. {missing}")
        raise BadInput([found]) from missing


def marked(campaign: Campaign, words: str) -> Campaign:
    """The campaign with these words after its name, which stands on every page of every paper."""
    if not words:
        return campaign
    name = f"{campaign.settings['campaign_name']} · {words}"
    return replace(campaign, settings={**campaign.settings, "campaign_name": name})
