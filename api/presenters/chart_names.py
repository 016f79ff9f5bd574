"""The names of a chart's blocks for those who speak to their computer: what is written on one comes first.

Whoever says "click A A017" must reach the block on which that is written (WCAG 2.5.3).
"""

from __future__ import annotations

from dataclasses import replace

from api.exports.packs.session_chart import SessionChart


def named_as_written(view: SessionChart) -> SessionChart:
    """The same chart, the label of each block beginning with the words on it."""
    blocks = tuple(replace(item, label=f"{' '.join(item.block.lines)}; {item.label}") for item in view.blocks)
    return replace(view, blocks=blocks)
