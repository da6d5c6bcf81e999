"""Import Olist: read, judge, take over, reconcile."""

from collections.abc import Iterator
from contextlib import contextmanager

from analytics.services.imports import files, staging
from analytics.services.imports.engine import MarketplaceImport
from analytics.services.imports.files import File
from analytics.services.imports.olist import judge, reconciliation, tables
from analytics.services.imports.olist.takeover import TakeOver
from merchants.accounts.models import Merchant, User

NO_ITEMS = "there is no table of items: all orders stay with the platform, without lines and merchants"


class OlistImport(MarketplaceImport):
    source, name, currency = tables.SOURCE, "Olist", tables.CURRENCY

    @contextmanager
    def found(self) -> Iterator[dict[str, File]]:
        wanted = {table.name: table.file for table in tables.ALL}
        with files.found(self.path, tables=wanted, within=self.within) as found:
            judge.require_parents(set(found))
            yield found

    def work(self, found: dict[str, File], platform: Merchant, owner: User | None) -> Iterator[None]:
        staging.prepare(tables.ALL)
        yield
        read = {}
        for table in tables.ALL:
            if table.name in found:
                read[table.name] = yield from self.read(table, [found[table.name]])
        if "orders" in read and "items" not in read:
            self.progress.say(NO_ITEMS)
        sums = reconciliation.source_sums()
        self.progress.start("judging", 0)
        judge.judge()
        self.progress.end(sum(read.values()))
        yield
        taking = TakeOver(platform, owner, self.by, self.now, self.progress)
        yield from taking.steps()
        return reconciliation.report(read=read, sums=sums, new=taking.new, areas_known=taking.areas_known)
