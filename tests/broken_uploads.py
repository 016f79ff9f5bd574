"""Uploads that are broken in all the ways we could think of, at random but the same for the same seed.

Broken workbooks are in `broken_workbooks.py`; here are broken CSV files, broken archives, and good files sent
wrongly. A few are large; they are made once. Two thousand are made and read in about a minute.
"""

from __future__ import annotations

import functools
import gzip
import io
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping

from api.exports.tables import csv_text
from api.imports.upload import Upload
from api.samples import sample_tables
from tests.broken_workbooks import LARGE_WORKBOOKS, WORKBOOKS, flipped, sound_workbook

Maker = Callable[[random.Random], list[Upload]]
ENDINGS = (".xlsx", ".csv", ".zip", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".pdf", ".docx", ".txt", "")
ODD_CELLS = (
    "=1+1",
    "'=1+1",
    "@SUM(A1)",
    "-",
    "\0",
    "\x07",
    "\ufffe",
    "x" * 40_000,
    "14/07/2015",
    "25:99",
    "-1",
    "1e9",
    "9" * 400,
    "²",
    "A001;A001",
    ";;;",
    "nobody",
    "\u202eevil",
    "🙂",
    '"',
    "\n\n",
    "NULL",
    "#REF!",
    "../../etc",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "'; DROP TABLE applicants; --",
)
ODD_NAMES = (
    "../../applicants.csv",
    "C:\\Users\\x\\applicants.csv",
    "/etc/passwd.csv",
    "a\0b.csv",
    "x" * 500 + ".csv",
    "\u202ecsv.xslx",
    ".csv",
    ".xlsx",
    "applicants.csv.exe",
    "applicants.csv ",
    "Service Users.CSV",
    "timetable.csv",
    "con.csv",
    "\n.csv",
    "….csv",
)


def broken_uploads(seed: int, number: int) -> Iterator[list[Upload]]:
    """That many uploads, each a list of the files sent at once."""
    draw = random.Random(seed)
    makers: list[Maker] = [a_workbook] * 8 + [*SMALL] * 2 + [a_large_one]
    for _ in range(number):
        yield draw.choice(makers)(draw)


@functools.cache
def sound_files() -> Mapping[str, bytes]:
    return {f"{name}.csv": csv_text(table).encode() for name, table in sample_tables("tiny").items()}


def a_workbook(draw: random.Random) -> list[Upload]:
    return [Upload("campaign.xlsx", draw.choice(WORKBOOKS)(draw))]


def a_large_one(draw: random.Random) -> list[Upload]:
    workbooks = [Upload("campaign.xlsx", maker(None)) for maker in LARGE_WORKBOOKS]
    return draw.choice([*([workbook] for workbook in workbooks), *(maker(None) for maker in LARGE)])


def files_with(changed: Mapping[str, bytes]) -> list[Upload]:
    return [Upload(name, content) for name, content in {**sound_files(), **changed}.items()]


def a_name(draw: random.Random) -> str:
    return draw.choice([*sound_files()])


def of_random_bytes(draw: random.Random) -> list[Upload]:
    return [Upload(f"campaign{draw.choice(ENDINGS)}", draw.randbytes(draw.choice([1, 100, 5_000])))]


def with_wrong_endings(draw: random.Random) -> list[Upload]:
    zipped = archive_of({"a.txt": b"a"})
    contents = [
        sound_workbook(),
        sound_files()["applicants.csv"],
        b"%PDF-1.7",
        zipped,
        b"\xd0\xcf\x11\xe0" * 99,
    ]
    return [Upload(f"campaign{draw.choice(ENDINGS)}", draw.choice([*contents, gzip.compress(contents[1])]))]


def with_nothing(draw: random.Random) -> list[Upload]:
    nothing: list[list[Upload]] = [
        [],
        [Upload("", b"")],
        [Upload("campaign.xlsx", b"")],
        [Upload("a.csv", b"")],
    ]
    return draw.choice([*nothing, [Upload("a.zip", b"")], [Upload("", b"x")]])


def with_mixtures(draw: random.Random) -> list[Upload]:
    book, file = Upload("a.xlsx", sound_workbook()), Upload("applicants.csv", sound_files()["applicants.csv"])
    archive = Upload("a.zip", archive_of(sound_files()))
    return draw.choice(
        [[book, book], [book, file], [file, file], [archive, archive], [archive, file], [book, archive]]
    ) + draw.choice([[], [Upload("x.pdf", b"%PDF")], [file] * 120])


def with_odd_names(draw: random.Random) -> list[Upload]:
    return [Upload(draw.choice(ODD_NAMES), sound_files()["applicants.csv"])]


def with_an_odd_cell(draw: random.Random) -> list[Upload]:
    name = a_name(draw)
    lines = sound_files()[name].decode().split("\n")
    row = draw.randrange(len(lines))
    cells = lines[row].split(",")
    cells[draw.randrange(len(cells))] = draw.choice(ODD_CELLS)
    lines[row] = ",".join(cells)
    return files_with({name: "\n".join(lines).encode("utf-8", "surrogatepass")})


def with_bytes_flipped(draw: random.Random) -> list[Upload]:
    name = a_name(draw)
    return files_with({name: flipped(sound_files()[name], draw)})


def in_another_encoding(draw: random.Random) -> list[Upload]:
    text = sound_files()["applicants.csv"].decode() + "A999,Zoë\n"
    encoding = draw.choice(["utf-16", "utf-32", "latin-1", "cp500", "utf-8-sig"])
    return files_with({"applicants.csv": text.encode(encoding)})


def with_odd_rows(draw: random.Random) -> list[Upload]:
    name = a_name(draw)
    content = sound_files()[name]
    odd = [
        content.replace(b",", b";"),
        content.replace(b",", b"\t"),
        content.replace(b"\n", b"\r"),
        content.replace(b"\n", b'\n"', 1),
        content + b'"' * 999,
        b"\xef\xbb\xbf" * 3 + content,
        content.replace(b"\n", b"\n\n\0\n", 1),
        b"\n" * 60_000,
        b"," * 60_000,
        content.split(b"\n")[0] + b"\n" + b"x,\n" * 3_000,
        (b"a," * 10_000) + b"\n",
        b"x" * 1_000_000 + b",b\n",
    ]
    return files_with({name: draw.choice(odd)})


def with_tables_swapped(draw: random.Random) -> list[Upload]:
    one, other = a_name(draw), a_name(draw)
    return files_with({one: sound_files()[other], other: sound_files()[one]})


def with_tables_missing(draw: random.Random) -> list[Upload]:
    kept = draw.sample([*sound_files().items()], draw.randrange(1, len(sound_files())))
    return [Upload(name, content) for name, content in kept]


def an_archive(draw: random.Random) -> list[Upload]:
    inner = archive_of(sound_files())
    nested = inner
    for _ in range(5):
        nested = archive_of({"inner.zip": nested})
    made = [
        archive_of({**sound_files(), "../outside.csv": b"a\n"}),
        archive_of({**sound_files(), "/etc/cron.csv": b"a\n"}),
        archive_of({**sound_files(), "C:\\x.csv": b"a\n"}),
        archive_of({f"{draw.choice('ab')}/{name}": content for name, content in sound_files().items()}),
        archive_of({"notes.txt": b"hello"}),
        archive_of({"campaign.xlsx": sound_workbook()}),
        archive_of({f"{number}.csv": b"a\n" for number in range(130)}),
        archive_of({"__MACOSX/._a.csv": b"\0", **sound_files()}),
        nested,
        inner[: draw.randrange(len(inner))],
        flipped(inner, draw),
        sound_workbook(),
        inner + b"tail" * 99,
        b"head" * 99 + inner,
        with_twins(),
    ]
    return [Upload("campaign.zip", draw.choice(made))]


def with_twins() -> bytes:
    content = io.BytesIO(archive_of(sound_files()))
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(zipfile.ZipInfo("applicants.csv"), "applicant\n")
    return content.getvalue()


def archive_of(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files.items():
            # Without the time of day, so that the same seed gives the same bytes.
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


@functools.cache
def a_line_of_thirty_megabytes(_: object = None) -> list[Upload]:
    return [Upload("applicants.csv", b"applicant," * 3_000_000)]


@functools.cache
def a_line_of_commas(_: object = None) -> list[Upload]:
    return [Upload("applicants.csv", b"," * 15_000_000)]


@functools.cache
def a_swelling_archive(draw: object = None) -> list[Upload]:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("applicants.csv", "w") as part,
    ):
        for _ in range(190):
            part.write(b"applicant\n" * 100_000)
    return [Upload("campaign.zip", content.getvalue())]


@functools.cache
def an_archive_of_many_parts(_: object = None) -> list[Upload]:
    return [Upload("campaign.zip", archive_of({f"{number}.csv": b"" for number in range(20_000)}))]


@functools.cache
def a_table_of_faults(_: object = None) -> list[Upload]:
    rows = "".join(f"{number}!,a b,nobody,x,y,z\n" for number in range(8_000))
    return files_with(
        {"applicants.csv": f"applicant,name,email,latitude,longitude,choice_1\n{rows}".encode()}
    )


SMALL: tuple[Maker, ...] = (
    of_random_bytes,
    with_wrong_endings,
    with_nothing,
    with_mixtures,
    with_odd_names,
    with_an_odd_cell,
    with_bytes_flipped,
    in_another_encoding,
    with_odd_rows,
    with_tables_swapped,
    with_tables_missing,
    an_archive,
)
LARGE: tuple[Callable[[object], list[Upload]], ...] = (
    a_line_of_thirty_megabytes,
    a_line_of_commas,
    a_swelling_archive,
    an_archive_of_many_parts,
    a_table_of_faults,
)
