"""The rate of attendance: what an earlier year showed, and how far the next year may be from it.

Attendance is a share of those invited who come; why others do not is not asked here. What is known is a
Beta distribution: Jeffreys' prior, Beta(1/2, 1/2), and the attended and absent of an earlier campaign.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

# A year's interval says where the rate lies with 95 % probability: so many standard deviations each way.
DEVIATIONS = 1.959963984540054
LEAST_MEAN = 0.25


@dataclass(frozen=True, slots=True)
class AttendanceRate:
    """`attended` of `invited` came; neither need be whole where they stand for an interval.

    South West 2015: 87 of 106. Source: domain note 0.3, where 19 of 106 is "non-attendance".
    """

    attended: float
    invited: float

    @property
    def observed(self) -> float:
        return self.attended / self.invited

    @property
    def alpha(self) -> float:
        return self.attended + 0.5

    @property
    def beta(self) -> float:
        return self.invited - self.attended + 0.5

    @property
    def mean(self) -> float:
        """The share to expect, which is a little nearer to a half than what was observed."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of what was observed."""
        k = DEVIATIONS**2 / self.invited
        centre = (self.observed + k / 2) / (1 + k)
        spread = math.sqrt(self.observed * (1 - self.observed) * k + k * k / 4) / (1 + k)
        return max(0.0, centre - spread), min(1.0, centre + spread)

    def drawn(self, chance: random.Random) -> float:
        """One rate that next year might have."""
        return chance.betavariate(self.alpha, self.beta)


def rate_of_interval(low: float, high: float) -> AttendanceRate:
    """The rate whose 95 % interval (Wilson's) is `low` to `high`: 0.737 to 0.882 gives 87 of 106 again.

    Both are shares above 0 and below 1, `low` the smaller. Raises `ValueError` where no rate has such an
    interval: one that reaches from near 0 to near 1 says nothing at all.
    """
    if not 0 < low < high < 1:
        raise ValueError("not an interval between 0 and 1")
    # Wilson's ends are the roots of (p - r)^2 = k p (1 - p); with u = 1 + k their sum and product give
    # r = (1 - (1 - sum) u) / 2 and r^2 = product * u, hence a quadratic in u.
    rest, product = 1 - (low + high), low * high
    middle = rest + 2 * product
    roots = [1 / (2 * middle)] if rest == 0 else _roots(rest * rest, -2 * middle, 1.0)
    for u in sorted(roots):
        share = (1 - rest * u) / 2
        if u > 1 and 0 <= share <= 1:
            invited = DEVIATIONS**2 / (u - 1)
            return AttendanceRate(share * invited, invited)
    raise ValueError("no rate has such an interval")


def _roots(a: float, b: float, c: float) -> list[float]:
    under = b * b - 4 * a * c
    if under < 0:
        return []
    # The stable form: the two roots' product is c / a.
    large = (-b + math.sqrt(under)) / (2 * a) if b < 0 else (-b - math.sqrt(under)) / (2 * a)
    return [large, c / (a * large)]
