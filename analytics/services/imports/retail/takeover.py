"""Hand what was judged sound to the apps that own it, day by day, each in one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from analytics.services.imports import staging
from analytics.services.imports.progress import Progress
from analytics.services.imports.retail import batches, judge
from analytics.services.imports.retail.tables import CURRENCY, NUMBER, SOURCE, ZONE, place_of
from catalog.services import intake as catalog
from catalog.services.intake import ArrivingProduct
from config.kernel import ids, scope
from config.kernel.actors import Actor
from fulfillment.services import credits
from fulfillment.services import intake as fulfillment
from inventory.services import intake as inventory
from merchants.accounts.models import Merchant, User
from merchants.accounts.services import intake as accounts
from merchants.accounts.services.intake import ArrivingBuyer, ArrivingMerchant
from merchants.marketplace.services import categories, channels
from merchants.onboarding.services import intake as onboarding
from merchants.onboarding.services.intake import ArrivingShop
from pricing.services import intake as pricing
from pricing.services.intake import ArrivingPrice

NAME = "Online Retail"
TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)  # for ids of what has no time at the source
KNOWN = [
    "FROM staged_invoices AS i WHERE t.role = 'sale' AND i.invoice = t.invoice AND i.standing AND %s > 0",
    "FROM inventory_stockmovement AS m WHERE t.role = 'stock' AND m.merchant_id = %s AND m.key <> ''"
    f" AND m.key = '{SOURCE}:' || t.key",
    "FROM fulfillment_creditline AS c WHERE t.role = 'credit' AND c.merchant_id = %s AND c.external_id = t.key",
]
# what must have been there before the first record, so that never more leaves than there is; returns do not count
OPENINGS = """
    CREATE TEMP TABLE staged_openings AS
    SELECT moved.key, g.variant, g.product, g.sku, moved.at,
        -(moved.least + coalesce(level.on_hand - level.reserved - level.damaged, 0))::bigint AS units
    FROM (
        SELECT code, min(so_far) AS least, (array_agg(key ORDER BY place))[1] AS key,
            (array_agg(at ORDER BY place))[1] AS at
        FROM (
            SELECT code, key, at, row_number() OVER turn AS place,
                sum(CASE role WHEN 'sale' THEN -quantity ELSE quantity END) OVER turn AS so_far
            FROM staged_lines WHERE is_new AND NOT is_charge AND role IN ('sale', 'stock')
            WINDOW turn AS (PARTITION BY code ORDER BY day, role = 'stock', at, line ROWS UNBOUNDED PRECEDING)
        ) AS running GROUP BY code
    ) AS moved JOIN staged_goods AS g USING (code)
    LEFT JOIN inventory_stocklevel AS level ON level.merchant_id = %s AND level.variant_id = g.variant
    WHERE moved.least + coalesce(level.on_hand - level.reserved - level.damaged, 0) < 0
"""


@dataclass
class TakeOver:
    """One taking over of the judged lines into one merchant."""

    platform: Merchant
    owner: User | None
    by: Actor
    now: datetime
    progress: Progress

    def steps(self) -> Iterator[None]:
        """Each is a transaction or several; what is not here yet is done again in the next run."""
        self._open()
        yield
        yield from self._products()
        yield from self._prices()
        yield from self._buyers()
        judge.find_standing(self.merchant.pk)
        self._find_new()
        yield
        yield from self._openings()
        yield from self._days()

    @transaction.atomic
    def _open(self) -> None:
        self.channel = channels.find_or_create(code=SOURCE, name=NAME, currency=CURRENCY)
        root = categories.find_or_create(code=SOURCE, name=NAME)
        self.category = categories.find_or_create(code=f"{SOURCE}-uncategorized", name="Uncategorized", parent=root)
        public_id = ids.of_source(TIMELESS, SOURCE, "merchant")
        shop = ArrivingMerchant(SOURCE, SOURCE, public_id, SOURCE, NAME, CURRENCY, ZONE.key, "en")
        new = accounts.merchants([shop], by=self.by, now=self.now)
        self.merchant = Merchant.objects.get(source=SOURCE, external_id=SOURCE)
        if new:
            onboarding.shops([ArrivingShop(self.merchant.pk, NAME, "", "", "", "GB", self.now)])
        if self.owner:
            accounts.owner(user=self.owner, merchant_ids=[self.merchant.pk], by=self.by, now=self.now)

    # ---------------------------------------------------------------- goods and people
    def _products(self) -> Iterator[None]:
        select = "SELECT code, title, first_at FROM staged_goods WHERE code > %s ORDER BY code LIMIT %s"
        for rows in self._told("products", "staged_goods", staging.in_turn(select)):
            arriving = [self._product(code, title, first_at) for code, title, first_at in rows]
            catalog.products(arriving, channel=self.channel, by=self.by, now=self.now)
            yield
        staging.run(
            "UPDATE staged_goods AS t SET variant = v.id, product = p.public_id::text, sku = v.sku"
            " FROM catalog_product AS p JOIN catalog_variant AS v ON v.product_id = p.id"
            " AND v.source = p.source AND v.external_id = p.external_id"
            " WHERE p.merchant_id = %s AND p.source = %s AND p.external_id = t.code",
            given=[self.merchant.pk, SOURCE],
        )

    def _product(self, code: str, title: str, first_at: datetime) -> ArrivingProduct:
        public_id = ids.of_source(first_at, SOURCE, "product", code)
        sku = code if NUMBER.fullmatch(code) else public_id.hex
        return ArrivingProduct(
            self.merchant.pk, SOURCE, code, public_id, sku, title[:200], "en", self.category.pk, first_at,
            None, None, None, None, title_is_made_up=title == code,
        )  # fmt: skip

    def _prices(self) -> Iterator[None]:
        select = (
            "SELECT variant, newest_price, newest_sale, product, sku FROM staged_goods"
            " WHERE variant > %s AND newest_price IS NOT NULL ORDER BY variant LIMIT %s"
        )
        for rows in staging.in_turn(select, after=0):
            arriving = [ArrivingPrice(self.merchant.pk, *row) for row in rows]
            pricing.prices(arriving, channel=self.channel, by=self.by, now=self.now)
            yield

    def _buyers(self) -> Iterator[None]:
        select = "SELECT customer, since, country FROM staged_people WHERE customer > %s ORDER BY customer LIMIT %s"
        for rows in self._told("buyers", "staged_people", staging.in_turn(select)):
            accounts.buyers(self._buyer(*row) for row in rows)
            yield
        staging.run(
            "UPDATE staged_people AS t SET buyer = b.id FROM accounts_buyer AS b"
            " WHERE b.merchant_id = %s AND b.source = %s AND b.external_id = t.customer",
            given=[self.merchant.pk, SOURCE],
        )

    def _buyer(self, customer: str, since: datetime, country: str) -> ArrivingBuyer:
        code, region = place_of(country)
        public_id = ids.of_source(since, SOURCE, "buyer", customer)
        return ArrivingBuyer(self.merchant.pk, SOURCE, customer, public_id, "", region, "", code, since)

    @transaction.atomic
    def _find_new(self) -> None:
        staging.run("ALTER TABLE staged_lines ADD COLUMN is_new boolean DEFAULT false")
        staging.run("UPDATE staged_lines SET is_new = true WHERE NOT rejected AND role IN ('sale', 'stock', 'credit')")
        for standing in KNOWN:
            staging.run(f"UPDATE staged_lines AS t SET is_new = false {standing}", given=[self.merchant.pk])
        staging.run("ANALYZE staged_lines")

    # ---------------------------------------------------------------- stock, orders, cancellations
    def _openings(self) -> Iterator[None]:
        staging.run("DROP TABLE IF EXISTS staged_openings")
        staging.run(OPENINGS, given=[self.merchant.pk])
        for arriving in batches.openings():
            with scope.acting_for(self.merchant):
                inventory.movements(arriving, by=self.by, now=self.now)
            yield

    def _days(self) -> Iterator[None]:
        days = staging.rows("SELECT day, count(*) FROM staged_lines WHERE is_new GROUP BY day ORDER BY day")
        self.progress.start("invoice lines", sum(lines for _day, lines in days))
        done = 0
        for day, lines in days:
            self._day(day)
            done += lines
            self.progress.at(done, done)
            yield
        self.progress.end(done)

    @transaction.atomic
    def _day(self, day: date) -> None:
        """A day's sales, then its corrections of stock, then its cancellations."""
        sold = batches.sales(day)
        if groups := batches.groups(sold, merchant_id=self.merchant.pk):
            fulfillment.take_over(groups, platform=self.platform, channel=self.channel, by=self.by, now=self.now)
        moved, back = list(batches.movements(sold, day)), batches.credits(day)
        with scope.acting_for(self.merchant):
            inventory.movements(moved, by=self.by, now=self.now)
            credits.take_over(back, source=SOURCE, currency=CURRENCY, by=self.by, now=self.now)

    def _told(self, what: str, table: str, portions: Iterator[list[tuple]]) -> Iterator[list[tuple]]:
        total = staging.rows(f"SELECT count(*) FROM {table}")[0][0]
        return self.progress.told(what, total, portions)
