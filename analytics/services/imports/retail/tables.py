"""The one table of the invoice files and what its lines say: a sale, a cancellation, a correction of stock, or books.

Amounts of a line are in minor units, `exact` in millionths of one; both have the line's sign.
"""

import hashlib
import re
import uuid
from collections.abc import Sequence
from enum import StrEnum
from zoneinfo import ZoneInfo

from analytics.rules import values
from analytics.rules.values import Price, Remarks
from analytics.services.imports.staging import SourceTable

SOURCE, CURRENCY = "online-retail", "GBP"
ZONE = ZoneInfo("Europe/London")
CHARGES = frozenset({"POST", "DOT", "M", "C2", "S", "D", "BANK CHARGES", "AMAZONFEE", "B", "CRUK"})
MOST_UNITS = 10_000_000  # in one line; no retailer sells as much
LONGEST_NUMBER, LONGEST_CODE, LONGEST_NAME, LONGEST_PLACE = 30, 40, 200, 60
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
NOT_A_COUNTRY = "ZZ"
COUNTRIES = {
    "Australia": "AU", "Austria": "AT", "Bahrain": "BH", "Belgium": "BE", "Bermuda": "BM", "Brazil": "BR",
    "Canada": "CA", "Cyprus": "CY", "Czech Republic": "CZ", "Denmark": "DK", "EIRE": "IE", "Finland": "FI",
    "France": "FR", "Germany": "DE", "Greece": "GR", "Hong Kong": "HK", "Iceland": "IS", "Israel": "IL",
    "Italy": "IT", "Japan": "JP", "Korea": "KR", "Lebanon": "LB", "Lithuania": "LT", "Malta": "MT",
    "Netherlands": "NL", "Nigeria": "NG", "Norway": "NO", "Poland": "PL", "Portugal": "PT", "RSA": "ZA",
    "Saudi Arabia": "SA", "Singapore": "SG", "Spain": "ES", "Sweden": "SE", "Switzerland": "CH", "Thailand": "TH",
    "USA": "US", "United Arab Emirates": "AE", "United Kingdom": "GB", "West Indies": NOT_A_COUNTRY,
}  # fmt: skip


class Role(StrEnum):
    """What a line is."""

    SALE = "sale"
    CREDIT = "credit"
    STOCK = "stock"  # costs nothing and names no customer: a correction of stock
    BOOKS = "books"  # of the bookkeeping alone: below zero, or on an adjustment's invoice
    NOTHING = "nothing"  # a charge of nothing


def role(invoice: str, *, quantity: int, price: Price, has_customer: bool, is_charge: bool) -> Role | None:
    """None for a sale of less than nothing, and a cancellation of more."""
    if price.is_negative or invoice.startswith("A"):
        return Role.BOOKS
    if not any(price) and not has_customer:
        return Role.NOTHING if is_charge else Role.STOCK
    is_credit = invoice.startswith("C")
    if is_credit != (quantity < 0):
        return None
    return Role.CREDIT if is_credit else Role.SALE


def place_of(country: str) -> tuple[str, str]:
    """The country's code, and the words where they name no country."""
    code = COUNTRIES.get(country, NOT_A_COUNTRY)
    return code, country if code == NOT_A_COUNTRY else ""


def _plain(text: str) -> str:
    """A spreadsheet's 17850.0 is 17850."""
    return re.sub(r"(\d)\.0+", r"\1", text) if re.fullmatch(r"\d+\.0+", text) else text


def _number(text: str, name: str, remarks: Remarks, *, most: int, is_needed: bool = True) -> str:
    number = _plain(text)
    if not number and not is_needed:
        return ""
    if number and len(number) <= most and not NUMBER.fullmatch(number):
        remarks.reject("key_unreadable", name, text)
    elif len(number) > most:
        remarks.reject("key_too_long", name, text)
    return values.key(number, name, remarks)[:most]


def _code(text: str, remarks: Remarks) -> str:
    spelled = _plain(text)
    if len(spelled) > LONGEST_CODE:
        remarks.reject("key_too_long", "StockCode", text)
    return values.key(spelled, "StockCode", remarks)[:LONGEST_CODE]


def _line(fields: Sequence[str], remarks: Remarks) -> list:
    invoice, code, name, quantity, at, price, customer, country = fields
    invoice = _number(invoice, "InvoiceNo", remarks, most=LONGEST_NUMBER).upper()
    spelled = _code(code, remarks)
    called = values.text_of(name, "Description", LONGEST_NAME, remarks)
    units = values.signed(quantity, "Quantity", remarks, most=MOST_UNITS)
    moment = values.moment(at, "InvoiceDate", ZONE, remarks, required=True)
    each = values.price(price, "UnitPrice", CURRENCY, remarks)
    person = _number(customer, "CustomerID", remarks, most=LONGEST_NUMBER, is_needed=False)
    place = values.text_of(country, "Country", LONGEST_PLACE, remarks)
    is_charge = spelled.upper() in CHARGES
    kind = None
    if each is not None and units is not None:
        kind = role(invoice, quantity=units, price=each, has_customer=bool(person), is_charge=is_charge)
        _remark(kind, quantity, price, place, remarks)
    content = _content(invoice, spelled, name, units, moment, each, person, country)
    return [
        invoice, spelled.upper(), spelled, called, units, moment, *_money(each, units), person, place, kind, is_charge,
        content,
    ]  # fmt: skip


def _remark(kind: Role | None, quantity: str, price: str, place: str, remarks: Remarks) -> None:
    if kind is None:
        remarks.reject("sign_unexpected", "Quantity", quantity)
    elif kind == Role.BOOKS:
        remarks.accept("books_only", "UnitPrice", price)
    elif kind == Role.NOTHING:
        remarks.accept("charge_of_nothing", "UnitPrice", price)
    elif place not in COUNTRIES:
        remarks.accept("country_unknown", "Country", place)


def _money(each: Price | None, units: int | None) -> list:
    if each is None:
        return [None] * 4
    sign = -1 if (units or 0) * (-1 if each.is_negative else 1) < 0 else 1
    return [each.minor, each.ppm, sign * each.times(abs(units or 0)), sign * each.exact(abs(units or 0))]


def _content(*said) -> uuid.UUID:
    """Of all that a line says, in whatever format it came; there are no numbers of lines."""
    text = "\x1f".join(map(str, said))
    return uuid.UUID(bytes=hashlib.md5(text.encode(), usedforsecurity=False).digest())


LINES = SourceTable(
    "lines", "*.csv, *.xlsx",
    ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
    {"invoice": "text", "code": "text", "spelled": "text", "name": "text", "quantity": "bigint", "at": "timestamptz",
     "minor": "bigint", "ppm": "bigint", "amount": "bigint", "exact": "numeric", "customer": "text", "country": "text",
     "role": "text", "is_charge": "boolean", "content": "uuid"},
    ["invoice", "code"], _line, {},
)  # fmt: skip
