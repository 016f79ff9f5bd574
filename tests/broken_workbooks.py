"""Workbooks that no spreadsheet program makes, for `broken_uploads.py`: each maker is one way to be broken.

They start from a sound workbook of the sample `tiny`; what is large is made once and kept.
"""

from __future__ import annotations

import functools
import io
import random
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping

from api.exports.xlsx import workbook_bytes
from api.samples import sample_tables

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPEN = f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}"><sheetData>'.encode()
CLOSE = b"</sheetData></worksheet>"
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50 + b'"><!ENTITY c "' + b"&b;" * 50 + b'">]>'
)
ODD_REFERENCES = ("XFD1048576", "ab40", "AAAAAA2", "A0", "A99999999", "$A$1", "", "A-1", "É1", "ZZ50000")
ODD_VALUES = ("1e308", "-1e308", "nan", "inf", "99999999999", "-5", "0x10", "", "1 2", "²", "1e400")
ODD_TYPES = ("s", "d", "b", "e", "str", "inlineStr", "n", "zzz", "")
ODD_SHEETS = ("", "a/b", "x" * 300, "settings", "SETTINGS", "\u202efoo", "Faults", "../up", "<&>'\"")


@functools.cache
def sound_workbook() -> bytes:
    return workbook_bytes(sample_tables("tiny").values())


@functools.cache
def parts() -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sound_workbook())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(changed: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The sound workbook with some parts replaced or added."""
    return packed_in_pieces({name: [text] for name, text in changed.items()}, packing)


def packed_in_pieces(changed: Mapping[str, Iterable[bytes]], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same for parts that are never in memory as a whole."""
    content = io.BytesIO()
    level = None if packing == zipfile.ZIP_LZMA else 1
    with zipfile.ZipFile(content, "w", packing, compresslevel=level) as archive:
        for name, pieces in {**{name: [text] for name, text in parts().items()}, **changed}.items():
            with archive.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece)
    return content.getvalue()


def a_sheet(draw: random.Random) -> str:
    return draw.choice([name for name in parts() if name.startswith("xl/worksheets/sheet")])


def a_part(draw: random.Random) -> str:
    return draw.choice([*parts()])


def with_bytes_flipped(draw: random.Random) -> bytes:
    return flipped(sound_workbook(), draw)


def with_part_flipped(draw: random.Random) -> bytes:
    name = a_part(draw)
    return packed({name: flipped(parts()[name], draw)})


def truncated(draw: random.Random) -> bytes:
    return sound_workbook()[: draw.randrange(len(sound_workbook()))]


def with_part_missing(draw: random.Random) -> bytes:
    gone = a_part(draw)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts().items():
            if name != gone:
                archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def with_part_cut(draw: random.Random) -> bytes:
    name = a_part(draw)
    return packed({name: parts()[name][: draw.randrange(len(parts()[name]))]})


@functools.cache
def swelling(_: object = None) -> bytes:
    return packed_in_pieces({f"xl/media/{number}.xml": [b"\0" * 1_000_000] * 10 for number in range(25)})


@functools.cache
def of_ten_million_cells(_: object = None) -> bytes:
    rows = (b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>") * 100
    return packed_in_pieces({"xl/worksheets/sheet9.xml": [OPEN, *[rows] * 500, CLOSE]})


@functools.cache
def of_half_a_million_cells(_: object = None) -> bytes:
    """As many different numbers, so that it is not packed tightly."""
    draw = random.Random(0)
    row = b"<row>%s</row>"
    rows = [
        row % b"".join(b"<c><v>%d</v></c>" % draw.randrange(10**6) for _ in range(50)) for _ in range(10_000)
    ]
    return packed({"xl/worksheets/sheet9.xml": OPEN + b"".join(rows) + CLOSE})


@functools.cache
def of_one_text_in_every_cell(_: object = None) -> bytes:
    texts = parts()["xl/sharedStrings.xml"]
    long = b"<si><t>" + b"evidence " * 3_500 + b"</t></si></sst>"
    row = b"<row>" + b'<c t="s"><v>%d</v></c>' % texts.count(b"<si>") * 50 + b"</row>"
    changed = {"xl/sharedStrings.xml": texts.replace(b"</sst>", long)}
    return packed({**changed, "xl/worksheets/sheet9.xml": OPEN + row * 2_000 + CLOSE})


def with_macros(_: random.Random) -> bytes:
    return packed({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})


def with_entities(draw: random.Random) -> bytes:
    name = draw.choice([a_sheet(draw), "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
    declared, rest = parts()[name].split(b"?>", 1)
    return packed({name: declared + b"?>" + ENTITIES + rest.replace(b"<v>", b"<v>&c;", 1)})


def deep(draw: random.Random) -> bytes:
    return packed({a_sheet(draw): OPEN + b"<row>" * draw.choice([60, 5_000, 100_000]) + CLOSE})


def with_odd_dimension(draw: random.Random) -> bytes:
    name = a_sheet(draw)
    reference = draw.choice(["A1:XFD1048576", "A1:ZZZZ99999999", "nonsense", ""]).encode()
    sheet = parts()[name].replace(b"<sheetData", b'<dimension ref="%s"/><sheetData' % reference, 1)
    return packed({name: sheet})


def with_odd_cell(draw: random.Random) -> bytes:
    reference, value = draw.choice(ODD_REFERENCES), draw.choice(ODD_VALUES)
    kind, look = draw.choice(ODD_TYPES), draw.choice(["0", "1", "9999", "-1", "x"])
    cell = f'<row r="{draw.choice(["2", "0", "-3", "9", "x"])}"><c r="{reference}" t="{kind}" s="{look}">'
    cell += f"<v>{value}</v></c></row>"
    name = a_sheet(draw)
    return packed({name: parts()[name].replace(b"</sheetData>", cell.encode() + b"</sheetData>", 1)})


def with_formulas(draw: random.Random) -> bytes:
    name = a_sheet(draw)
    formula = draw.choice([b"1+1", b"[1]Other!A1", b"cmd|'/c calc'!A1", b'HYPERLINK("x")', b"A1" * 5_000])
    return packed({name: parts()[name].replace(b"<v>", b"<f>" + formula + b"</f><v>", draw.choice([1, 30]))})


def with_merged_cells(draw: random.Random) -> bytes:
    area = draw.choice(["A1:XFD1048576", "A1:B1", "B2:B9", "x", "A1"])
    merged = f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>'.encode()
    name = a_sheet(draw)
    return packed({name: parts()[name].replace(b"</sheetData>", merged, 1)})


def with_two_parts_of_one_name(draw: random.Random) -> bytes:
    name = a_part(draw)
    content = io.BytesIO(sound_workbook())
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")
        again = draw.choice([name, name.upper(), name.replace("/", "\\")])
        archive.writestr(zipfile.ZipInfo(again), flipped(b"<x/>", draw))
    return content.getvalue()


def with_false_sizes(draw: random.Random) -> bytes:
    """The table of contents says that a part is smaller, or larger, than it is."""
    content = bytearray(sound_workbook())
    entries = [place for place in range(len(content)) if content[place : place + 4] == b"PK\x01\x02"]
    size = draw.choice([0, 1, 100, 2**31, 2**32 - 1])
    struct.pack_into("<I", content, draw.choice(entries) + draw.choice([20, 24]), size)
    return bytes(content)


def with_a_password(draw: random.Random) -> bytes:
    content = bytearray(sound_workbook())
    for place in range(len(content)):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1
    return bytes(content)


def packed_unusually(draw: random.Random) -> bytes:
    return packed({}, draw.choice([zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]))


def with_odd_sheets(draw: random.Random) -> bytes:
    book = parts()["xl/workbook.xml"]
    name = draw.choice(ODD_SHEETS).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    sheets = f'<sheet name="{name}" sheetId="77" r:id="rId1"/>' * draw.choice([1, 2, 150])
    return packed({"xl/workbook.xml": book.replace(b"</sheets>", sheets.encode() + b"</sheets>")})


def with_odd_relations(draw: random.Random) -> bytes:
    name = "xl/_rels/workbook.xml.rels"
    old, new = draw.choice(
        [
            (b"worksheets/sheet3.xml", b"worksheets/nowhere.xml"),
            (b"worksheets/sheet3.xml", b"../../../outside.xml"),
            (b"worksheets/sheet3.xml", b"http://example.org/sheet.xml"),
            (b'Id="rId3"', b'Id="rId4"'),
            (b'Target="', b'Goal="'),
        ]
    )
    return packed({name: parts()[name].replace(old, new)})


def with_two_ids(_: random.Random) -> bytes:
    book = parts()["xl/workbook.xml"]
    return packed({"xl/workbook.xml": book.replace(b'r:id="rId2"', b'x:id="rId2" r:id="rId3"')})


def in_another_encoding(draw: random.Random) -> bytes:
    name = a_sheet(draw)
    return packed({name: parts()[name].decode().encode(draw.choice(["utf-16", "utf-32", "cp500"]))})


def flipped(content: bytes, draw: random.Random) -> bytes:
    """A few bytes changed at random."""
    changed = bytearray(content)
    for _ in range(draw.choice([1, 3, 30])):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


WORKBOOKS = (
    with_bytes_flipped,
    with_part_flipped,
    truncated,
    with_part_missing,
    with_part_cut,
    with_macros,
    with_entities,
    deep,
    with_odd_dimension,
    with_odd_cell,
    with_formulas,
    with_merged_cells,
    with_two_parts_of_one_name,
    with_false_sizes,
    with_a_password,
    packed_unusually,
    with_odd_sheets,
    with_odd_relations,
    with_two_ids,
    in_another_encoding,
)
LARGE_WORKBOOKS = (swelling, of_ten_million_cells, of_half_a_million_cells, of_one_text_in_every_cell)
