"""Files as people send them."""

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile


def sent(text: str | bytes, *, name: str = "file.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(encoding))


def workbook(rows, *, name: str = "file.xlsx", more_sheets=()) -> SimpleUploadedFile:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Goods")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for title in more_sheets:
            book.add_worksheet(title).write(0, 0, "more")
    return sent(out.getvalue(), name=name)
