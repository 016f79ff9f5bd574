"""Which parts of somebody's workbook are kept when it is given back, packed anew; or that none can be.

The library that writes into a workbook reads all of it into memory and follows what it says, so everything
is looked through first: no document types, no areas of millions of cells, nothing large. It is for
`marked_copy.py`.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from api.imports.archive import Refused, opened
from api.imports.limits import Allowance
from api.imports.workbook_scan import parse

CELLS_MAX = 100_000
AREA_MAX = 50_000
PART_BYTES_MAX = 12_000_000
OTHER_PART_BYTES_MAX = 2_000_000
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
SHEET_RELATIONS = re.compile(r"xl/worksheets/_rels/[^/]+\.rels", re.IGNORECASE)
LARGE = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/[^/]+\.xml|xl/worksheets/[^/]+\.xml"
    r"|xl/worksheets/_rels/[^/]+\.rels|xl/(comments[^/]*|comments/[^/]+|tables/[^/]+)\.xml",
    re.IGNORECASE,
)
RELATIONS_KEPT = ("/hyperlink", "/comments", "/table")
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def keepable(content: bytes) -> bytes | None:
    """A workbook of the parts that are kept; None where it is too large. Raises what a damaged one raises."""
    result = io.BytesIO()
    with opened(content, "workbook", Allowance()) as archive:
        look = _Look()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for part in archive.infolist():
                if not KEPT.fullmatch(part.filename):
                    continue
                most = PART_BYTES_MAX if LARGE.fullmatch(part.filename) else OTHER_PART_BYTES_MAX
                if part.file_size > most:
                    return None
                parse(archive, part.filename, look.at)
                text = archive.read(part)
                if SHEET_RELATIONS.fullmatch(part.filename):
                    text = _relations_kept(text)
                packed.writestr(zipfile.ZipInfo(part.filename), text, zipfile.ZIP_DEFLATED)
    return result.getvalue()


class _Look:
    """Counts cells, and the cells of areas that the library would fill one by one."""

    def __init__(self) -> None:
        self.cells = 0
        self.area = 0

    def at(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self.cells += 1
            case "mergeCell" | "hyperlink":
                self.area += area_of(attributes.get("ref", "A1"))
            case "col" | "row":
                self.area += 1
        if self.cells > CELLS_MAX or self.area > AREA_MAX:
            raise Refused("a workbook too large to give back as it is", "a smaller one")


def area_of(reference: str) -> int:
    """How many cells a reference such as B2:D9 names. What is no reference counts as too many."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return AREA_MAX + 1
    first, top, last, bottom = match.groups()
    columns = _index(last or first) - _index(first) + 1
    rows = int(bottom or top) - int(top) + 1
    return abs(columns * rows)


def _index(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index


def _relations_kept(text: bytes) -> bytes:
    """A sheet's relations without those to pictures, charts and the like."""
    ElementTree.register_namespace("", RELATIONS)
    root = ElementTree.fromstring(text)
    for relation in list(root):
        if not relation.get("Type", "").endswith(RELATIONS_KEPT):
            root.remove(relation)
    return ElementTree.tostring(root)
