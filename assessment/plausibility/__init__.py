"""Implausible ratings stop at the door: what cannot be right is refused, what may be wrong is held for a
person.

The doors are `findings` and `unresolved`. Reading order: `sheet.py` (the ratings), `expectation.py` and
`spread.py` (how likely each was), `doubt.py` (from when on is too unlikely), one file for each family of
checks, `catalogue.py` (all of them). Nothing here changes a rating.
"""

from assessment.plausibility.catalogue import CHECK_BY_KEY as CHECK_BY_KEY
from assessment.plausibility.catalogue import CHECKS as CHECKS
from assessment.plausibility.catalogue import findings as findings
from assessment.plausibility.finding import Finding as Finding
from assessment.plausibility.finding import Verdict as Verdict
from assessment.plausibility.finding import unknown_names as unknown_names
from assessment.plausibility.finding import unresolved as unresolved
