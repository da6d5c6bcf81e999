"""What the lines of a file say: cells become values, and a line that repeats or contradicts another is found."""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _

from config.kernel.forms import PlainText
from config.kernel.imports import Column, Kind, Problem
from merchants.desk.models import ImportRun

REMEMBERED = 20_000  # texts of one column whose value is known: categories, channels and prices come again and again
VISIBLE = re.compile(r"\w")


class Understood(NamedTuple):
    """One line: its number and cells in the file that was sent, its values, what is wrong with it, its identity."""

    number: int
    cells: list[str]
    values: tuple
    problems: list[Problem]
    key: str
    columns: "Understanding"

    @property
    def texts(self) -> dict[str, str]:
        return self.columns.texts(self.cells)


class Understanding:
    """How one file is read: each column's place or constant, and what earlier lines were about."""

    def __init__(self, kind: Kind, run: ImportRun):
        self.columns = kind.columns(merchant=run.merchant)
        self.headings = len(run.reading["headings"])
        self.mapping, self.constants = run.mapping, run.constants
        keys = [column.key for column in self.columns]
        self.identity = [keys.index(key) for key in kind.identity]
        self.group = keys.index(kind.group) if kind.group else None
        self.shared = [keys.index(key) for key in kind.shared]
        self.readers = [_reader(column, run) for column in self.columns]
        self.seen: dict[int, int] = {}
        self.said: dict[int, array] = {}

    def texts(self, cells: Sequence[str]) -> dict[str, str]:
        """What a line says, by column."""
        places = {key: cells[place] for key, place in self.mapping.items() if place < len(cells)}
        return self.constants | {key: text for key, text in places.items() if text}

    def lines(self, lines: Iterable[tuple[int, list[str]]], *, after: int) -> Iterator[Understood]:
        """Those after a line; the others are read for what later ones may repeat."""
        for number, cells in lines:
            values, problems = self._values(cells)
            if number > after:
                problems = problems or self._against_others(number, values)
                yield Understood(number, cells, tuple(values), problems, self._key(values), self)
            elif not problems:
                self._against_others(number, values)

    def _values(self, cells: list[str]) -> tuple[list, list[Problem]]:
        if len(cells) > self.headings and any(cells[self.headings :]):
            told = _("The line has %(cells)s cells, the headings are %(headings)s. Look for a separator inside a text.")
            return [], [Problem("", told % {"cells": len(cells), "headings": self.headings})]
        values, problems = [], []
        for column, reader in zip(self.columns, self.readers, strict=True):
            try:
                values.append(reader(cells))
            except ValidationError as fault:
                values.append(None)
                problems.append(Problem(column.key, " ".join(fault.messages)))
        return values, problems

    def _key(self, values: list) -> str:
        return " · ".join(str(values[place]) for place in self.identity) if values else ""

    def _against_others(self, number: int, values: list) -> list[Problem]:
        """Two lines about one thing: the first is believed."""
        identity = hash(tuple(_identity(values[place]) for place in self.identity))
        first = self.seen.setdefault(identity, number)
        if first != number:
            name = self.columns[self.identity[0]]
            told = _("“%(key)s” stands in line %(line)s already. Keep one of the two.")
            return [Problem(name.key, told % {"key": self._key(values), "line": first})]
        return self._within_group(number, values) if self.group is not None and values[self.group] else []

    def _within_group(self, number: int, values: list) -> list[Problem]:
        """The first line that says something is believed; of each group one number a column is kept, and the line."""
        said = self.said.setdefault(hash(values[self.group]), array("q", [0] * (2 * len(self.shared))))
        problems = []
        for index, place in enumerate(self.shared):
            if values[place] is None:
                continue
            now = hash(_identity(values[place]))
            if not said[2 * index]:
                said[2 * index], said[2 * index + 1] = number, now
            elif said[2 * index + 1] != now:
                told = _("Line %(line)s says something else for the same “%(group)s”. Make the two agree.")
                known = {"line": said[2 * index], "group": values[self.group]}
                problems.append(Problem(self.columns[place].key, told % known))
        return problems


def _identity(value: object) -> object:
    return getattr(value, "pk", value)


def _reader(column: Column, run: ImportRun) -> Callable[[list[str]], object]:
    """A function from the cells of a line to a value, None for an empty cell. It raises ValidationError."""
    understand, known = _understanding(column.field), {}
    place = run.mapping.get(column.key, -1)
    constant = run.constants.get(column.key, "")
    is_required = column.field.required
    if place < 0 and not constant:
        return lambda cells: None

    def read(cells: list[str]):
        text = (cells[place] if 0 <= place < len(cells) else "") or constant
        if not text:
            if is_required:
                column.field.clean("")  # says so in its own words
            return None
        if text in known:
            return known[text]
        value = understand(text)
        if len(known) < REMEMBERED:
            known[text] = value
        return value

    return read


def _understanding(field: forms.Field) -> Callable[[str], object]:
    """The field's own `clean`, and a short way for what is plainly right."""
    if type(field) is PlainText:
        return _plain_text(field)
    return field.clean


def _plain_text(field: PlainText) -> Callable[[str], str]:
    patterns = [each.regex for each in field.validators if isinstance(each, RegexValidator)]
    most = field.max_length or 0

    def understand(text: str) -> str:
        if (
            len(text) <= most and text.isprintable() and VISIBLE.search(text)
            and (text.isascii() or unicodedata.is_normalized("NFC", text))
            and all(pattern.search(text) for pattern in patterns)
        ):  # fmt: skip
            return text
        return field.clean(text)

    return understand
