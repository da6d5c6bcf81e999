"""Understand the fields of a foreign table: what each says, and what is odd about it. Pure functions."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.kernel.money import Money, NotMoney, places
from merchants.desk.states import FindingKind

MOST_MINOR = 10**11  # a billion of the usual currency; no order of a shop comes near
LONGEST_KEY = 64
FIRST_YEAR, LAST_YEAR = 1990, 2100  # there were no marketplaces before
MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(:\d{2})?")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")
WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?")  # a spreadsheet's 3.0 is 3
SIGNED = re.compile(r"(-?\d{1,9})(?:\.0+)?")
PLAIN = re.compile(r"(-?)(\d{1,9})(?:\.(\d{1,8}))?")
MILLION = 1_000_000
CITY = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'´`’-])*")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one field."""

    kind: str
    code: str
    field: str
    old: str = ""
    new: str = ""


@dataclass(slots=True)
class Remarks:
    """Gathers what is odd about one line while its fields are read."""

    found: list[Remark] = field(default_factory=list)

    def reject(self, code: str, name: str, old: str) -> None:
        self.found.append(Remark(FindingKind.REJECTED, code, name, old))

    def normalise(self, code: str, name: str, old: str, new: str) -> None:
        self.found.append(Remark(FindingKind.NORMALISED, code, name, old, new))

    def accept(self, code: str, name: str, old: str = "") -> None:
        self.found.append(Remark(FindingKind.ACCEPTED, code, name, old))

    @property
    def is_rejected(self) -> bool:
        return any(each.kind == FindingKind.REJECTED for each in self.found)


def key(text: str, name: str, remarks: Remarks) -> str:
    """What identifies a row, or points to one."""
    if not text:
        remarks.reject("key_missing", name, text)
    elif len(text) > LONGEST_KEY:
        remarks.reject("key_too_long", name, text)
    return text[:LONGEST_KEY]


def amount(text: str, name: str, currency: str, remarks: Remarks) -> int | None:
    """Minor units, not negative."""
    try:
        minor = Money.parse(text, currency).minor
    except NotMoney:
        remarks.reject("amount_unreadable", name, text)
        return None
    if not 0 <= minor <= MOST_MINOR:
        remarks.reject("amount_out_of_bounds", name, text)
        return None
    return minor


class Price(NamedTuple):
    """An amount with the fractions that a source gives: `ppm` millionths of a minor unit above `minor`, never below."""

    minor: int
    ppm: int
    is_negative: bool = False

    def times(self, quantity: int) -> int:
        """What so many cost, in minor units, rounded once, half up."""
        return (self.exact(quantity) + MILLION // 2) // MILLION

    def exact(self, quantity: int) -> int:
        """The same in millionths of a minor unit."""
        return (self.minor * MILLION + self.ppm) * quantity


def price(text: str, name: str, currency: str, remarks: Remarks) -> Price | None:
    found = PLAIN.fullmatch(text)
    sign, whole, fraction = found.groups() if found else ("", "0", "")
    digits = places(currency)
    part = (fraction or "").ljust(digits + 6, "0")
    if not found or part[digits + 6 :].strip("0"):
        remarks.reject("amount_unreadable", name, text)
        return None
    read = Price(int(whole) * 10**digits + int(part[:digits] or 0), int(part[digits : digits + 6]), sign == "-")
    if read.minor > MOST_MINOR:
        remarks.reject("amount_out_of_bounds", name, text)
        return None
    return read


def signed(text: str, name: str, remarks: Remarks, *, most: int) -> int | None:
    """A whole number other than zero that the row cannot do without."""
    if not (found := SIGNED.fullmatch(text)) or not 0 < abs(int(found[1])) <= most:
        remarks.reject("count_unreadable", name, text)
        return None
    return int(found[1])


def count(text: str, name: str, remarks: Remarks, *, most: int = 30_000) -> int | None:
    """A whole number that the row cannot do without."""
    if not (found := WHOLE.fullmatch(text)) or int(found[1]) > most:
        remarks.reject("count_unreadable", name, text)
        return None
    return int(found[1])


def measure(text: str, name: str, remarks: Remarks, *, scale: int = 1) -> int | None:
    """A weight or length, which may be missing; `scale` makes it our unit."""
    if not text:
        return None
    if not (found := WHOLE.fullmatch(text)) or int(found[1]) * scale > 2**31 - 1:
        remarks.normalise("measure_unreadable", name, text, "")
        return None
    return int(found[1]) * scale


def moment(text: str, name: str, zone: ZoneInfo, remarks: Remarks, *, required: bool = False) -> datetime | None:
    """A local time of the source in UTC; within a change of the clocks it is settled, and said so."""
    if not text and not required:
        return None
    found = MOMENT.fullmatch(text)
    try:
        local = datetime(*map(int, found.groups()[:5]), int((found[6] or ":00")[1:])) if found else None
    except ValueError:
        local = None
    if local is None:
        remarks.reject("time_unreadable", name, text)
        return None
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        remarks.reject("time_out_of_bounds", name, text)
        return None
    if not found[6]:
        remarks.normalise("missing_seconds", name, text, f"{text}:00")
    return _settled(local.replace(tzinfo=zone), name, text, remarks)


def _settled(local: datetime, name: str, text: str, remarks: Remarks) -> datetime:
    """A skipped time is read by the clock before the change, one that came twice is the first of the two."""
    exact = local.astimezone(UTC)
    shown = exact.astimezone(local.tzinfo)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        remarks.normalise("nonexistent_time", name, text, shown.isoformat(" "))
    elif local.replace(fold=1).utcoffset() != local.utcoffset():
        remarks.normalise("ambiguous_time", name, text, shown.isoformat(" "))
    return exact


def day(text: str, name: str, remarks: Remarks) -> date | None:
    """A date that may be missing, or be written as its midnight."""
    if not text:
        return None
    found = DAY.fullmatch(text)
    try:
        read = date(*map(int, found.groups()[:3])) if found else None
    except ValueError:
        read = None
    if read is None:
        remarks.reject("time_unreadable", name, text)
    elif not FIRST_YEAR <= read.year <= LAST_YEAR:
        remarks.reject("time_out_of_bounds", name, text)
        return None
    return read


def coordinate(text: str, name: str, bound: int, remarks: Remarks) -> Decimal | None:
    """Degrees between -bound and bound."""
    try:
        degrees = Decimal(text)
    except InvalidOperation:
        degrees = Decimal("NaN")
    if not degrees.is_finite() or abs(degrees) > bound:
        remarks.reject("place_unreadable", name, text)
        return None
    return degrees


def city(text: str, name: str, remarks: Remarks) -> str:
    """A city's name; of "santo andre/sao paulo" the first part, of a number or an address nothing."""
    tidy = " ".join(text.split())
    first = re.split(r"\s*[/,(\\]\s*|\s+-\s+", tidy)[0]
    is_name = (CITY.fullmatch(first) and len(first) > 3) or (first == tidy and CITY.fullmatch(first))
    new = first[:120] if is_name else ""
    if new != text:
        remarks.normalise("city_odd", name, text, new)
    return new


def postcode(text: str, name: str, digits: int, remarks: Remarks) -> str:
    """A postcode of a country where all have so many digits; a spreadsheet drops the leading zero."""
    if text.isascii() and text.isdigit() and len(text) < digits:
        remarks.normalise("postcode_unpadded", name, text, text.zfill(digits))
        return text.zfill(digits)
    return text[:12]


def text_of(text: str, name: str, most: int, remarks: Remarks) -> str:
    if len(text) > most:
        remarks.normalise("text_too_long", name, text, text[:most])
    return text[:most]
