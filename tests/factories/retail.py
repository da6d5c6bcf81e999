"""Invoice files in the form of an online retailer's: small ones written by hand, and large ones of any size."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

HEADER = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
LAMP, BAG = ("85123A", "WHITE LANTERN", "2.55"), ("22423", "RED BAG", "10.95")


class RetailFiles:
    """Files that are written line by line; a line may be given anything, also nonsense."""

    def __init__(self):
        self.days: dict[str, list[list[str]]] = {}

    def line(
        self, invoice: str, code: str, quantity, price: str, at: str, *, customer: str = "17850.0",
        name: str = "WHITE LANTERN", country: str = "United Kingdom",
    ) -> None:  # fmt: skip
        """`at` is a local time such as 2010-12-01 08:26."""
        row = [invoice, code, name, str(quantity), f"{at}:00" if len(at) == 16 else at, price, customer, country]
        self.days.setdefault(at[:10], []).append(row)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for day, rows in self.days.items():
            with open(folder / f"{day}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([HEADER, *rows])
        return folder

    def write_workbook(self, path: Path) -> Path:
        """All days in one sheet, numbers as numbers and moments as moments."""
        with xlsxwriter.Workbook(str(path)) as book:
            sheet, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            sheet.write_row(0, 0, HEADER)
            for number, row in enumerate((row for rows in self.days.values() for row in rows), 1):
                invoice, code, name, quantity, at, price, customer, country = row
                sheet.write_row(number, 0, [invoice, code, name, int(quantity)])
                sheet.write_datetime(number, 4, datetime.fromisoformat(at), moment)
                sheet.write_row(number, 5, [float(price), float(customer) if customer else "", country])
        return path


def write_large(folder: Path, invoices: int, *, seed: int = 1) -> Path:
    """A source of many invoices over some weeks, with all that the real one has: see `_invoice`."""
    files, dice, sold = RetailFiles(), random.Random(seed), []
    for number in range(invoices):
        at = datetime(2011, 1, 3, 8) + timedelta(minutes=number * 40)
        _invoice(files, 540_000 + number, f"{at:%Y-%m-%d %H:%M}", dice, sold)
    return files.write(folder)


def _invoice(files: RetailFiles, number: int, at: str, dice: random.Random, sold: list) -> None:
    """A sale of some lines, one repeated and one charged; or a cancellation of what was sold or of something else; or
    a correction of stock.
    """
    what = dice.random()
    if what < 0.1 and sold:
        code, units, price, customer = dice.choice(sold)
        files.line(f"C{number}", code, -dice.choice([units, 1, units * 3]), price, at, customer=customer)
    elif what < 0.15:
        code, units = f"2{dice.randrange(40):04}", dice.choice([-3, 5])
        files.line(str(number), code, units, "0.0", at, customer="", name="damaged")
    else:
        customer = "" if what < 0.3 else f"{12_000 + dice.randrange(25)}.0"
        for place in range(dice.randrange(1, 6)):
            item = dice.randrange(40)
            code, units, price = f"2{item:04}", dice.randrange(1, 13), f"{1 + item % 9}.{item:02}"
            files.line(str(number), code, units, price, at, customer=customer, name=f"THING {item}")
            if place == 3:
                files.line(str(number), code, units, price, at, customer=customer, name=f"THING {item}")
            sold.append((code, units, price, customer))
        if what > 0.8:
            files.line(str(number), "POST", 1, "18.0", at, customer=customer, name="POSTAGE")
