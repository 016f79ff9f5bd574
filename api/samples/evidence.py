"""A few dozen made-up sentences of evidence, and the reasons given at the wash-up."""

from __future__ import annotations

import random

_BY_CRITERION: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "values": (
        ("Spoke about families as problems to be solved.", "Did not see how power shapes the meeting."),
        ("Named respect and consent, with one example.", "Challenged an unfair remark when prompted."),
        ("Challenged an unfair remark calmly and at once.", "Kept the child's wishes in view throughout."),
    ),
    "communication": (
        ("Talked over the other person twice.", "Used long words and did not check they were understood."),
        ("Listened, and asked some open questions.", "Warm, though they moved on quickly at times."),
        ("Listened closely and summed up what was said.", "Put a worried person at ease within a minute."),
    ),
    "analysis": (
        ("Listed facts without weighing them.", "Reached a view before reading to the end."),
        ("Weighed two sides and gave a reason.", "Saw the main risk, missed one protective factor."),
        ("Weighed risk and strengths and said what was unknown.", "Changed their view when given new facts."),
    ),
    "writing": (
        ("Hard to follow; no clear order.", "Many unfinished sentences."),
        ("Clear enough, with a beginning and an end.", "Plain sentences; one point was repeated."),
        ("Clear, well ordered and short.", "Wrote so that a parent could read it."),
    ),
    "reflection": (
        ("Found nothing to do differently.", "Blamed the task."),
        ("Named one thing to do differently.", "Knows what tires them and whom they turn to."),
        ("Honest about a mistake and what it taught them.", "Saw what we saw, and said so first."),
    ),
    "motivation": (
        ("Could not say what a social worker does in a week.", "Gave reasons that fit any job."),
        ("Has spoken to social workers about the work.", "Good reasons from paid work with children."),
        ("Knows the work well from years beside it.", "Clear about why children and families, and why now."),
    ),
}

REASONS = (
    "Both had seen the same answer; the later part weighed more.",
    "One had missed the applicant's second example.",
    "Read again together against the wording of the scale.",
    "The answer was short but met what the scale asks.",
    "One rating stood for another criterion and was put right.",
    "The group agreed that a prompt had been needed.",
)


def evidence_for(criterion: str, rating: int, rng: random.Random) -> str:
    """A sentence that fits the criterion and the rating: low is 1-2, middling 3, high 4-5."""
    low, middling, high = _BY_CRITERION[criterion]
    return rng.choice(low if rating <= 2 else middling if rating == 3 else high)
