"""How an exercise is shown on charts and tables: a letter, a pattern and a pale tint, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign

PATTERNS = ("rising", "dots", "level", "falling", "upright", "crossed", "grid", "solid")
TINTS = ("#e6edf7", "#fdf0dc", "#e9f2ec", "#f3eaf3", "#f7f3da", "#e4f1f4", "#f8e8e4", "#eeeeee")


@dataclass(frozen=True, slots=True)
class Sign:
    """The letter, pattern and tint of one exercise, in the order of the exercises table."""

    exercise: str
    name: str
    letter: str
    pattern: str
    tint: str


def signs_of(campaign: Campaign) -> dict[str, Sign]:
    """Each exercise's sign by its reference. Patterns and tints come round again after eight."""
    return {
        exercise.reference: Sign(
            exercise=exercise.reference,
            name=campaign.name_of("exercises", exercise.reference),
            letter=_letter(position),
            pattern=PATTERNS[position % len(PATTERNS)],
            tint=TINTS[position % len(TINTS)],
        )
        for position, exercise in enumerate(campaign.problem.exercises)
    }


def _letter(position: int) -> str:
    round_, place = divmod(position, 26)
    return chr(ord("A") + place) + (str(round_ + 1) if round_ else "")
