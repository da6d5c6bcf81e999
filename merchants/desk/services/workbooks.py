"""Reading .xlsx workbooks, which are zip files of XML and may be made to fill a machine's memory."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from merchants.desk.errors import FileTooLarge, FileUnreadable

MOST_BYTES = 12 * 1024**2  # about 150,000 lines of twelve cells
MOST_UNPACKED = 400 * 1024**2
MOST_ENTRIES = 2_000
MOST_CELLS = 6_000_000  # of the rectangle from A1 to the last cell, all of which is kept in memory
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f[\s>/]')
PORTION = 4 * 1024**2
OVERLAP = 300  # characters that may hold the first half of a cell
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class Book:
    """The first sheet that shows something."""

    sheet: str
    others: list[str]
    rows: Iterator[tuple[int, Sequence[str]]]
    formulas: int
    first_formula: str


def read(sent: BinaryIO, *, size: int) -> Book:
    """Raises FileUnreadable, FileTooLarge."""
    if size > MOST_BYTES:
        raise FileTooLarge(
            _("The workbook is larger than %(most)s MB. Save the sheet as CSV and send that.")
            % {"most": MOST_BYTES // 1024**2}, field="file",
        )  # fmt: skip
    packed = sent.read()
    formulas, first_formula = _inspect(packed)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(packed))
        names = [each.name for each in book.sheets_metadata if "visible" in str(each.visible).casefold()]
        names = [name for name in names or book.sheet_names if book.get_sheet_by_name(name).height]
        if not names:
            raise FileUnreadable(_("No sheet of the workbook holds anything."), field="file")
        sheet = book.get_sheet_by_name(names[0])
        rows = sheet.iter_rows()
    except PasswordError:
        raise FileUnreadable(_("The workbook has a password. Save it without one."), field="file") from None
    except CalamineError as fault:
        raise _damaged() from fault
    first = (sheet.start or (0, 0))[0]
    numbered = ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, first + 1))
    return Book(names[0], names[1:], numbered, formulas, first_formula)


def _inspect(packed: bytes) -> tuple[int, str]:
    """Refuse what would not fit into memory, before anybody unpacks it; count the formulas.

    Raises FileUnreadable, FileTooLarge.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            if "xl/workbook.xml" not in {entry.filename for entry in entries}:
                raise FileUnreadable(_("This zip file is no .xlsx workbook."), field="file")
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise _too_large()
            found = [_measure(archive, entry) for entry in entries if SHEET.fullmatch(entry.filename)]
            _measure_others(archive, entries)
    except DAMAGE as fault:
        raise _damaged() from fault
    return sum(number for number, _first in found), next((first for number, first in found if number), "")


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, str]:
    """Read a sheet in portions, as far as it really unpacks; how many formulas it has, and where the first stands."""
    columns, last, formulas, first, left = set(), 0, 0, "", b""
    for portion in _portions(archive, entry):
        text = left + portion
        for column, row in CELL.findall(text):
            columns.add(column)
            last = max(last, int(row))
        ends = [match for match in FORMULA.finditer(text) if match.end() > len(left)]
        formulas += len(ends)
        first = first or (ends[0][1].decode() if ends else "")
        left = text[-OVERLAP:]
    if last * max(map(_number, columns), default=0) > MOST_CELLS:
        raise _too_large()
    return formulas, first


def _measure_others(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if not SHEET.fullmatch(entry.filename):
            for _portion in _portions(archive, entry):
                pass


def _portions(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry says of its size may be a lie; zipfile stops there and finds that the checksum is wrong."""
    with archive.open(entry) as stream:
        while portion := stream.read(PORTION):
            yield portion


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _text(cell: object) -> str:
    """A cell as its reader would type it."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time() | timedelta():
            return str(cell)
    return "" if cell is None else str(cell)


def _too_large() -> FileTooLarge:
    return FileTooLarge(
        _("Unpacked the workbook would fill the memory. Delete empty rows and columns and other sheets, or save the "
          "sheet as CSV."), field="file",
    )  # fmt: skip


def _damaged() -> FileUnreadable:
    return FileUnreadable(_("The workbook is damaged. Open it, save it again as .xlsx, and send that."), field="file")
