"""Import the invoice files of an online retailer: read, judge, take over, reconcile."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

from analytics.services.imports import files, staging
from analytics.services.imports.engine import MarketplaceImport
from analytics.services.imports.files import File
from analytics.services.imports.retail import judge, reconciliation, tables
from analytics.services.imports.retail.takeover import NAME, TakeOver
from merchants.accounts.models import Merchant, User

ENDINGS = (".csv", ".xlsx")


class RetailImport(MarketplaceImport):
    source, name, currency = tables.SOURCE, NAME, tables.CURRENCY

    def found(self) -> AbstractContextManager[list[File]]:
        return files.found_all(self.path, endings=ENDINGS, within=self.within)

    def work(self, found: list[File], platform: Merchant, owner: User | None) -> Iterator[None]:
        staging.prepare([tables.LINES])
        yield
        read = yield from self.read(tables.LINES, found, are_named=True)
        self.progress.start("judging", 0)
        judge.prepare(self.places)
        judge.judge()
        self.progress.end(read)
        yield
        taking = TakeOver(platform, owner, self.by, self.now, self.progress)
        yield from taking.steps()
        self.progress.start("reconciling", 0)
        report = reconciliation.report(read=read, merchant_id=taking.merchant.pk)
        self.progress.end(read)
        return report
