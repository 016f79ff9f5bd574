"""Why a piece of advice is not given. A figure that cannot be relied on is left out, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Advice refused. Each reason is a plain sentence that can be shown as it is; people by reference."""

    reasons: tuple[str, ...]


def references(found: tuple[str, ...], most: int = 12) -> str:
    """References in a sentence; of very many the first ones, and how many more."""
    if len(found) > most:
        return f"{', '.join(found[:most])} and {len(found) - most} more"
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)
