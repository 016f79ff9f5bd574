"""A campaign's versions and its tables as files: every change, how the tables stood then, taking one back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.exports.blank_workbook import CHOICES_MAX, blank_workbook
from api.exports.csv_archive import archive_bytes
from api.exports.packs.wording import plain_name
from api.exports.xlsx import workbook_bytes
from api.permissions import Permission, may
from api.presenters.data_table import TableQuery
from api.presenters.makers import maker_name
from api.presenters.version_lines import kind_in_words, names_of_rows, version_table
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, file, on_to, show
from api.routes.table_rows import number_of
from api.services.change_tables import undo_change
from api.services.look_back import difference, look_back
from api.services.open_campaign import Opened, plain_tables, time_zone_of

router = APIRouter(prefix="/campaigns/{campaign}/bring-in", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_TABLES)]
Changer = Annotated[Caller, needs(Permission.CHANGE_TABLES)]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE = "application/zip"
