"""One paper by itself, in both its forms; all papers of a timetabled campaign are `make_papers.py`'s."""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.exports.pdf import PangoMissing, pdf_bytes
from api.templating import paper_styles, render


def paper_files(name: str, title: str, pack: object, campaign: Campaign) -> dict[str, bytes]:
    """The paper `templates/documents/<name>.html` as HTML and as PDF, by file name.

    Raises `BadInput` where this computer cannot make PDF.
    """

    def page(styles: str) -> str:
        return render(
            f"documents/{name}.html",
            title=title,
            campaign_name=campaign.settings["campaign_name"],
            pack=pack,
            styles=styles,
        )

    try:
        pdf = pdf_bytes(page(""))
    except PangoMissing as missing:
        raise BadInput(
            [Fault("papers", None, None, "no text library on this computer", f"one. {missing}")]
        ) from missing
    return {f"{name}.html": page(paper_styles()).encode(), f"{name}.pdf": pdf}
