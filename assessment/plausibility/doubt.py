"""When ratings are too unlikely to pass unseen: one measure of doubt, and one level for false alarms.

Each statistical check holds two stories against each other: the ratings stand where they were given, or one
plain slip moved them (a swap, a shift, a scale read upside down). The weight is the natural logarithm of how
much likelier the slip makes the very same ratings. Over all the ratings that might have been given the
likelihoods of a story sum to 1, whichever story it is; therefore, if nothing slipped, a weight of w or more
comes about with a chance of at most exp(-w) (Markov's inequality; this use of it is Ville's, 1939). Nothing
is assumed of how weights are spread, only that the expectation of `expectation.py` is not too narrow.

The level is one clean campaign in a hundred for each check that holds ratings for a person, and one in a
hundred thousand where they are refused, which nobody can confirm. A check that makes n comparisons asks of
each that its chance be n times smaller (Bonferroni), so that a campaign of a thousand applicants is no
noisier than one of ten: ten times the comparisons ask for 2.3 more in weight. Why not one in a thousand: a
ranking that is held for nothing costs somebody an hour, an error that is missed can cost an applicant a
career, and Markov's inequality is generous. In 6,600 made-up clean campaigns of 8 to 1,000 applicants, with a
dozen kinds of disagreement among raters, one was held for anything but a rater who really gave the same
rating throughout.
"""

from __future__ import annotations

import math

FALSE_ALARMS = 0.01
FALSE_REFUSALS = 0.00001
SEVERITIES_TRIED = 5


def needed(comparisons: int) -> float:
    """The weight from which a finding is told, where a check compares so many things in this campaign."""
    return math.log(max(1, comparisons) / FALSE_ALARMS)


def needed_to_refuse(comparisons: int) -> float:
    """The same for findings that nobody can confirm."""
    return math.log(max(1, comparisons) / FALSE_REFUSALS)


def needed_of_moved(comparisons: int) -> float:
    """The same for stories that move a rater's numbers about.

    There the rater's severity is reckoned from the numbers that both stories are then judged by, which is
    worth as much as trying a few severities in each comparison.
    """
    return needed(comparisons * SEVERITIES_TRIED)
