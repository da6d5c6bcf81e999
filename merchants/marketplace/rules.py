"""Which commission rule a sale falls under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Terms:
    """A rule as it is applied. `path` is its category's place in the tree, empty for all; bounds are minor units."""

    rule_id: int
    name: str
    merchant_id: int | None
    path: str
    currency: str
    rate_ppm: int
    tax_ppm: int
    least_minor: int | None
    most_minor: int | None

    def covers(self, *, merchant_id: int, path: str, currency: str) -> bool:
        return (
            self.merchant_id in (None, merchant_id)
            and path.startswith(self.path)
            and self.currency in ("", currency)
        )  # fmt: skip

    @property
    def nearness(self) -> tuple[bool, int, bool]:
        """The merchant's own rule comes before its category's, a near category before a far one."""
        return self.merchant_id is not None, len(self.path), bool(self.currency)


@dataclass(frozen=True, slots=True)
class Version:
    """The rules that hold in `[starts_at, ends_at)`."""

    starts_at: datetime
    ends_at: datetime | None
    rules: tuple[Terms, ...]

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class Tariff:
    """All versions with their rules, to choose from; `paths` are the places of the categories by their keys."""

    def __init__(self, versions: Iterable[Version], paths: Mapping[int, str]):
        self.versions, self.paths = tuple(versions), paths
        self._chosen: dict[tuple, Terms | None] = {}

    def terms(self, *, merchant_id: int, category_id: int | None, currency: str, at: datetime) -> Terms | None:
        """The rule that a sale falls under; None where nothing was announced for it."""
        version = next((each for each in self.versions if each.holds(at)), None)
        if version is None:
            return None
        asked = version.starts_at, merchant_id, category_id, currency
        if asked not in self._chosen:
            sale = {"merchant_id": merchant_id, "path": self.paths.get(category_id, ""), "currency": currency}
            covering = [rule for rule in version.rules if rule.covers(**sale)]
            self._chosen[asked] = max(covering, key=lambda rule: rule.nearness, default=None)
        return self._chosen[asked]
