"""Opening a zip archive that anybody may have made: nothing unpacks beyond a cap, nothing is there twice.

A workbook is such an archive (`workbook_scan.py`), and CSV files may come in one (`upload.py`). Nothing is
ever written to a disk from it, so a name in it can lead nowhere.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from api.imports.limits import Allowance, is_packed_too_tightly
from api.imports.raw import UNPACKED_BYTES_MAX

CHUNK_BYTES = 1 << 20
PARTS_MAX = 2_000
ZIP = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
# The other ways of packing give no say in how much of a part is unpacked at once; no spreadsheet uses them.
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading an archive and its XML raises on bytes that are not what they should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    EOFError,
    OverflowError,
)


class Refused(Exception):
    """An archive is not opened. `found` and `wanted` are as in a fault."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(found)
        self.found = found
        self.wanted = wanted


def opened(content: bytes, what: str, allowance: Allowance | None = None) -> zipfile.ZipFile:
    """The archive, every part of it unpacked once, in pieces, and found sound.

    `what` it is called in a refusal, e.g. "workbook". Raises `Refused`, or one of `DAMAGE`.
    """
    # The table of contents is read as a whole, so its length is looked at beforehand.
    if content.count(ENTRY) > PARTS_MAX:
        raise Refused(f"a {what} of more than {PARTS_MAX:,} parts", f"a {what} of fewer parts")
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len({part.filename.replace("\\", "/").casefold() for part in parts}) < len(parts):
        raise Refused(f"a {what} with two parts of one name", f"a sound {what}")
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Refused(f"a {what} with a password", f"a {what} without a password")
    if any(part.compress_type not in PACKINGS for part in parts):
        raise Refused(f"a {what} packed in an unusual way", f"a {what} as spreadsheet programs make it")
    _check_sizes(archive, what, allowance)
    return archive


def _check_sizes(archive: zipfile.ZipFile, what: str, allowance: Allowance | None) -> None:
    """Neither the stated nor the true size of the parts passes the cap."""
    most = UNPACKED_BYTES_MAX if allowance is None else allowance.unpacked_bytes
    too_much = Refused(f"a {what} too large to unpack", f"at most {most:,} bytes unpacked")
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > most:
        raise too_much
    if allowance is not None:
        if any(is_packed_too_tightly(part.compress_size, part.file_size) for part in parts):
            raise Refused(f"a {what} that swells when it is unpacked", f"a {what} of the usual kind")
        allowance.take_unpacked_bytes(sum(part.file_size for part in parts))
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK_BYTES):
                unpacked += len(piece)
                if unpacked > most:
                    raise too_much
