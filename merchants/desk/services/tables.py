"""Reading the tables that people send: any common encoding and separator, or a workbook; kept as one plain form.

The plain form is UTF-8 CSV, whose first cell is the number of the line in the file that was sent.
"""

import codecs
import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from config.kernel.spreadsheets import plain
from merchants.desk.errors import DiskFull, FileTooLarge, FileUnreadable
from merchants.desk.services import workbooks

ENCODINGS = {
    "utf-8-sig": "UTF-8", "gb18030": "GBK / GB 18030", "big5": "Big5", "cp1252": "Windows-1252 / Latin-1",
    "utf-16": "UTF-16", "cp932": "Shift JIS", "euc_kr": "EUC-KR",
}  # fmt: skip
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SEPARATORS = ",;\t|"
SAMPLE = 256 * 1024  # bytes that tell the encoding and the separator
MOST_BYTES = 200 * 1024**2
MOST_LINES = 500_000  # what is kept of each to find repeats fits into the memory of a worker
MOST_COLUMNS = 300
MOST_IN_CELL = 32_767  # characters, as in a spreadsheet; an unclosed quotation mark swallows the rest of a file
SHOWN = 5  # lines kept as a sample
csv.field_size_limit(1_000_000)


@dataclass
class Reading:
    """What was found out about a file: its headings, how many lines follow, the first of them, how it was read.

    `formulas` is how many cells of a workbook hold a formula, whose last value is taken, and `sheets` the names of
    those sheets that were left out.
    """

    headings: list[str] = field(default_factory=list)
    lines: int = 0
    sample: list[list[str]] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    formulas: int = 0
    first_formula: str = ""

    def kept(self) -> dict:
        return asdict(self)


def take_over(sent: BinaryIO, *, size: int, encoding: str, path: Path) -> Reading:
    """Keep a sent file in the plain form at `path`. `encoding` is empty where it is to be found out.

    Raises FileUnreadable, FileTooLarge, DiskFull.
    """
    if size > MOST_BYTES:
        raise FileTooLarge(
            _("The file is larger than %(most)s MB. Send it in parts.") % {"most": MOST_BYTES // 1024**2}, field="file"
        )
    reading = Reading()
    start = sent.read(SAMPLE)
    sent.seek(0)
    if not start.strip():
        raise FileUnreadable(_("The file is empty."), field="file")
    if start.startswith(b"PK\x03\x04"):
        rows = _of_workbook(sent, size, reading)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileUnreadable(_("This is an old Excel file. Save it as .xlsx or as CSV."), field="file")
    else:
        rows = _of_text(sent, start, encoding, reading)
    _keep(rows, reading, path)
    return reading


def lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a kept file after its headings, with their numbers in the file that was sent."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for number, *cells in reader:
            yield int(number), cells


def _keep(rows: Iterable[tuple[int, Sequence[str]]], reading: Reading, path: Path) -> None:
    rows = ((number, cells) for number, cells in rows if any(cells))
    try:
        first, headings = next(rows)
    except StopIteration:
        raise FileUnreadable(_("The file holds no line with anything in it."), field="file") from None
    reading.headings = [_clean(each)[:200] for each in _without_empty_end(headings)]
    if len(reading.headings) > MOST_COLUMNS:
        raise FileUnreadable(_("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS}, field="file")
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(fresh, "w", encoding="utf-8", newline="", opener=_private) as file:
            writer = csv.writer(file)
            writer.writerow([first, *reading.headings])
            for number, cells in rows:
                _count(reading)
                row = list(map(_clean, cells))
                if len(reading.sample) < SHOWN:
                    reading.sample.append(row[: len(reading.headings)])
                writer.writerow([number, *row])
        if not reading.lines:
            raise FileUnreadable(_("Below its headings the file holds no line."), field="file")
        fresh.replace(path)
    except OSError as fault:
        raise DiskFull(_("The file could not be stored: the disk is full."), field="file") from fault
    finally:
        fresh.unlink(missing_ok=True)


def _private(name: str, flags: int) -> int:
    """For nobody but this user: files may hold addresses of people."""
    return os.open(name, flags, 0o600)


def _count(reading: Reading) -> None:
    reading.lines += 1
    if reading.lines > MOST_LINES:
        raise FileTooLarge(
            _("The file has more than %(most)s lines. Send it in parts.") % {"most": f"{MOST_LINES:,}"}, field="file"
        )


def _clean(cell: str) -> str:
    return plain(cell.strip())


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    cells = [cell.strip() for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _of_workbook(sent: BinaryIO, size: int, reading: Reading) -> Iterator[tuple[int, Sequence[str]]]:
    book = workbooks.read(sent, size=size)
    reading.sheet, reading.sheets = book.sheet, book.others
    reading.formulas, reading.first_formula = book.formulas, book.first_formula
    return book.rows


def _of_text(sent: BinaryIO, start: bytes, encoding: str, reading: Reading) -> Iterator[tuple[int, Sequence[str]]]:
    reading.encoding = encoding or _encoding_of(sent, start)
    head = start.decode(reading.encoding, errors="ignore")
    if "\0" in head:
        raise FileUnreadable(_("The file holds zero bytes: it is no text file. Save it as CSV or .xlsx."), field="file")
    reading.separator = _separator_of(head)
    text = io.TextIOWrapper(sent, encoding=reading.encoding, newline="")
    reader = csv.reader(_sound(text), delimiter=reading.separator, strict=True)
    number = 0
    try:
        for cells in reader:
            begun, number = number + 1, reader.line_num
            yield begun, cells
    except UnicodeDecodeError as fault:
        raise FileUnreadable(
            _("The file is not written in %(encoding)s (after line %(line)s). Choose another encoding, or save it as "
              "“CSV UTF-8”.") % {"encoding": ENCODINGS[reading.encoding], "line": number}, field="encoding",
        ) from fault  # fmt: skip
    except csv.Error as fault:
        raise FileUnreadable(
            _("The file is not a table near line %(line)s (%(fault)s). Look for a quotation mark without its partner.")
            % {"line": number + 1, "fault": fault}, field="file",
        ) from fault  # fmt: skip


def _sound(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines of a bearable length: one that never ends would fill the memory."""
    most = MOST_IN_CELL * 10
    while line := text.readline(most + 1):
        if len(line) > most:
            raise csv.Error(_("a line without end"))
        yield line.replace("\0", "")


def _encoding_of(sent: BinaryIO, start: bytes) -> str:
    """UTF-8 where all of it is; else the likeliest of those in use."""
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    if _is_utf8(sent):
        return "utf-8-sig"
    whole_lines = start[: start.rfind(b"\n") + 1] or start
    likely = from_bytes(whole_lines, cp_isolation=[name for name in ENCODINGS if name != "utf-8-sig"]).best()
    names = {codecs.lookup(name).name: name for name in ENCODINGS}
    found = names.get(codecs.lookup(likely.encoding).name) if likely else None
    return found or ("gb18030" if _decodes(whole_lines, "gb18030") else "cp1252")


def _is_utf8(sent: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while portion := sent.read(1024 * 1024):
            decoder.decode(portion)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        sent.seek(0)
    return True


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _separator_of(head: str) -> str:
    """The one that cuts the first lines into the most columns, the same number in each."""
    some = io.StringIO(head[: head.rfind("\n") + 1] or head).readlines()[:20]
    return max(SEPARATORS, key=lambda separator: _columns(some, separator))


def _columns(some: list[str], separator: str) -> tuple[int, int]:
    try:
        widths = [len(cells) for cells in csv.reader(some, delimiter=separator) if cells]
    except csv.Error:
        return 0, 0
    if not widths or max(widths) == 1:
        return 0, 0
    return sum(width == widths[0] for width in widths) * (widths[0] > 1), widths[0]
