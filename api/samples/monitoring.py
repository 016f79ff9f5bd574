"""Made-up answers to an equality form, for the monitoring report: a table of its own, beside the campaign.

It is drawn from a generator of its own after everything else and knows nothing of anybody's ratings, so it
changes no other table and says nothing about any real selection. The shares are illustrative.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from api.campaign import Table

NO_ANSWER = "prefer not to say"
LEFT_OUT_PERCENT = 3
# Each answer with its weight.
ANSWERS: dict[str, dict[str, int]] = {
    "sex": {"female": 74, "male": 24, NO_ANSWER: 2},
    "age": {"under 25": 30, "25 to 34": 42, "35 to 49": 22, "50 and over": 4, NO_ANSWER: 2},
    "ethnic group": {
        "white": 76,
        "Asian or Asian British": 7,
        "Black or Black British": 8,
        "mixed": 4,
        "other": 2,
        NO_ANSWER: 3,
    },
    "disability": {"not disabled": 80, "disabled": 13, NO_ANSWER: 7},
}


def made_up_monitoring(name: str, seed: int, applicants: Sequence[str]) -> Table:
    """The table `monitoring` of the sample `name`: a row for each answer given; a few forms lack one."""
    rng = random.Random(f"{name}/{seed}/monitoring")
    return Table("monitoring", ("applicant", "characteristic", "group"), tuple(_rows(applicants, rng)))


def _rows(applicants: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str, str]]:
    for applicant in applicants:
        for characteristic, answers in ANSWERS.items():
            (answer,) = rng.choices(list(answers), weights=list(answers.values()))
            if rng.random() * 100 >= LEFT_OUT_PERCENT:
                yield applicant, characteristic, answer
