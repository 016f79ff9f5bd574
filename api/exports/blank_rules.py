"""The blank workbook's checks of what is typed, as rules that spreadsheet programs understand.

They help while a table is filled in; what counts is what the reader finds (`api.imports`). A rule that only
looks right would refuse good cells, so kinds without a sure rule have none.
"""

from __future__ import annotations

import datetime

from api.imports.cells import YEAR_FIRST, YEAR_LAST
from api.imports.kinds import Column, Kind

# As far down as drop-downs look for references.
REFERENCES_MAX = 5_000
Rule = dict[str, object]


def validation_of(column: Column, letters: str, row: int) -> Rule:
    """The rule for the cells of a column, of which `letters` and `row` name the first."""
    match column.kind:
        case Kind.YES_NO:
            return {"validate": "list", "source": ["yes", "no"]}
        case Kind.CHOICE:
            return {"validate": "list", "source": list(column.words)}
        case Kind.REFERENCE if len(column.points_to) == 1:
            # Only a warning: the other sheet may not be filled in yet.
            source = f"={list_name(column.points_to[0])}"
            return {"validate": "list", "source": source, "ignore_blank": False, "error_type": "warning"}
        case Kind.WHOLE:
            return {"validate": "integer", **_limits(column, 10**15)}
        case Kind.DECIMAL | Kind.COORDINATE:
            return {"validate": "decimal", **_limits(column, 10**15)}
        case Kind.DATE | Kind.MOMENT:
            first, last = datetime.date(YEAR_FIRST, 1, 1), datetime.date(YEAR_LAST + 1, 1, 1)
            return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        case Kind.TIME:
            last_minute = datetime.time(23, 59, 59)
            return {
                "validate": "time",
                "criteria": "between",
                "minimum": datetime.time(0, 0),
                "maximum": last_minute,
            }
        case Kind.NAME:
            once = f"=COUNTIF(${letters}:${letters},{letters}{row})=1"
            return {"validate": "custom", "value": once, "error_type": "warning"}
        case _:
            return {"validate": "any"}


def list_name(table: str) -> str:
    """What the workbook calls the list of a table's references."""
    return f"references_of_{table}"


def list_range(table: str) -> str:
    """The first column of a table's sheet, as far as it is filled in."""
    cells = f"{table}!$A$2:$A${REFERENCES_MAX + 1}"
    return f"{table}!$A$2:INDEX({cells},MAX(1,COUNTA({cells})))"


def _limits(column: Column, far: int) -> Rule:
    least = -far if column.least is None else column.least
    most = far if column.most is None else column.most
    return {"criteria": "between", "minimum": least, "maximum": most}
