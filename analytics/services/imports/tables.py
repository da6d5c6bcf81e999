"""Read a CSV file line by line, in constant memory, or a workbook, which is kept small enough for it."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from analytics.errors import SourceIncomplete, SourceUnreadable
from analytics.services.imports.files import DAMAGE, File, damaged
from merchants.desk.services import workbooks

WORKBOOK = ".xlsx"
MOST_IN_FIELD = 1_000_000  # characters; an unclosed quote swallows the rest of a file
csv.field_size_limit(MOST_IN_FIELD)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: the number of its first line in the file, the fields asked for, and all of it."""

    number: int
    fields: Sequence[str]
    whole: Sequence[str]
    is_ragged: bool


class Table:
    """A table's file while it is read; `bytes_read` says how far."""

    def __init__(self, file: File, stream: IO[bytes], columns: Sequence[str]):
        self.file, self.columns = file, columns
        self.counted = _Counted(file.name, stream)
        self.number = 0

    @property
    def bytes_read(self) -> int:
        return self.counted.total

    def lines(self) -> Iterator[Line]:
        """Raises SourceUnreadable, SourceIncomplete."""
        text = io.TextIOWrapper(io.BufferedReader(self.counted, 1 << 16), encoding="utf-8-sig", newline="")
        reader = csv.reader(self._sound(text), strict=True)
        try:
            header = next(reader, None)
            places = _places(header, self.columns, self.file)
            self.number = reader.line_num
            for row in reader:
                number, self.number = self.number + 1, reader.line_num
                if row:
                    yield _line(number, row, places, len(header))
        except UnicodeDecodeError as fault:
            raise self._refused(
                _("%(file)s is not written in UTF-8 (near line %(line)s, byte 0x%(byte)s). Save it as “CSV UTF-8” and "
                  "start again."), byte=f"{fault.object[fault.start]:02x}",
            ) from fault  # fmt: skip
        except csv.Error as fault:
            raise self._refused(
                _("%(file)s is not a table near line %(line)s (%(fault)s). Look for a quotation mark without its "
                  "partner, or export the table again."), fault=fault,
            ) from fault  # fmt: skip

    def _sound(self, text: IO[str]) -> Iterator[str]:
        while line := text.readline(MOST_IN_FIELD + 1):
            if len(line) > MOST_IN_FIELD:
                raise self._refused(
                    _("%(file)s has more than %(most)s characters without a new line near line %(line)s: it is no "
                      "table. Export it again."), most=f"{MOST_IN_FIELD:,}",
                )  # fmt: skip
            if "\0" in line:
                raise self._refused(
                    _("%(file)s holds zero bytes near line %(line)s: it is no text file, or one in UTF-16. Save it as "
                      "“CSV UTF-8” and start again.")
                )  # fmt: skip
            yield line

    def _refused(self, message: str, **more) -> SourceUnreadable:
        return SourceUnreadable(message % ({"file": self.file.name, "line": self.number + 1} | more))


class Sheet:
    """The first sheet of a workbook that shows something; it is read at once."""

    def __init__(self, file: File, stream: IO[bytes], columns: Sequence[str]):
        self.file, self.columns, self.number, self.bytes_read = file, columns, 0, 0
        self.rows = workbooks.read(stream, size=file.size).rows

    def lines(self) -> Iterator[Line]:
        """Raises SourceIncomplete."""
        self.number, header = next(self.rows, (0, None))
        places = _places(header, self.columns, self.file)
        for number, row in self.rows:
            self.number = number
            if any(row):
                yield _line(number, list(row), places, len(header))
        self.bytes_read = self.file.size


@contextmanager
def opened(file: File, columns: Sequence[str]) -> Iterator[Table | Sheet]:
    """Raises SourceUnreadable, and what the desk refuses of workbooks."""
    kind = Sheet if file.base.lower().endswith(WORKBOOK) else Table
    with file.open() as stream:
        yield kind(file, stream, columns)


def _places(header: Sequence[str] | None, columns: Sequence[str], file: File) -> list[int]:
    """Raises SourceIncomplete, SourceUnreadable."""
    if header is None:
        raise SourceUnreadable(
            _("%(file)s is empty. Leave it out, or export it again with its header.") % {"file": file.name}
        )
    names = [name.strip() for name in header]
    missing = [column for column in columns if column not in names]
    if missing:
        raise SourceIncomplete(
            _("%(file)s has no column %(columns)s. Its header reads: %(header)s.")
            % {"file": file.name, "columns": ", ".join(missing), "header": ", ".join(names)[:300]},
            columns=missing,
        )
    return [names.index(column) for column in columns]


def _line(number: int, row: list[str], places: list[int], width: int) -> Line:
    fields = [row[place].strip() if place < len(row) else "" for place in places]
    return Line(number, fields, row, len(row) != width)


class _Counted(io.RawIOBase):
    """A stream that knows how much of it was read."""

    def __init__(self, name: str, stream: IO[bytes]):
        self.file_name, self.stream, self.total = name, stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            chunk = self.stream.read(len(buffer))
        except DAMAGE as fault:
            raise damaged(self.file_name, fault=fault) from fault
        buffer[: len(chunk)] = chunk
        self.total += len(chunk)
        return len(chunk)
