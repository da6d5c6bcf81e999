"""Hand what was judged sound to the apps that own it, in batches of one transaction each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from analytics.services.imports import staging
from analytics.services.imports.olist import names
from analytics.services.imports.olist.batches import Batch, batches
from analytics.services.imports.olist.tables import COUNTRY, CURRENCY, SOURCE, ZONE
from analytics.services.imports.progress import Progress
from catalog.services import intake as catalog
from catalog.services.intake import ArrivingProduct
from config.kernel import ids
from config.kernel.actors import Actor
from fulfillment.services import intake as fulfillment
from merchants.accounts.models import Merchant, User
from merchants.accounts.services import intake as accounts
from merchants.accounts.services.intake import ArrivingBuyer, ArrivingMerchant
from merchants.marketplace.services import channels
from merchants.marketplace.services import intake as marketplace
from merchants.marketplace.services.intake import ArrivingArea
from merchants.onboarding.services import intake as onboarding
from merchants.onboarding.services.intake import ArrivingShop
from pricing.services import intake as pricing
from pricing.services.intake import ArrivingPrice
from support.services import intake as support
from support.services.intake import ArrivingReview

KNOWN_AREAS = """
    SELECT coalesce(sum(s.samples), 0)::bigint FROM staged_areas AS s JOIN marketplace_postcodearea AS a USING (prefix)
    WHERE (a.latitude, a.longitude, a.samples, a.city, a.region) = (s.latitude, s.longitude, s.samples, s.city, s.state)
"""
TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)  # for ids of what has no time at the source


@dataclass
class TakeOver:
    """One taking over of a judged source; `new` counts the lines of each table that were not here yet."""

    platform: Merchant
    owner: User | None
    by: Actor
    now: datetime
    progress: Progress
    new: dict[str, int] = field(default_factory=dict)
    areas_known: int = 0  # lines of the geolocation whose postcode stands where they say

    def steps(self) -> Iterator[None]:
        """Each is a transaction or several; what is not here yet is done again in the next run."""
        self.channel = channels.find_or_create(code=SOURCE, name="Olist", currency=CURRENCY)
        self.categories, self.new["translation"] = names.take_over_categories()
        self.new |= dict.fromkeys(("sellers", "items", "payments", "reviews", "orders", "customers"), 0)
        yield from self._merchants()
        yield from self._areas()
        names.shorten()
        yield from self._products()
        yield from self._buyers()
        yield from self._orders()

    # ---------------------------------------------------------------- merchants
    def _merchants(self) -> Iterator[None]:
        select = """
            SELECT s.seller_id, s.handle, s.city, s.state, s.postcode,
                count(*) OVER (PARTITION BY left(s.handle, 8)) = 1 AND NOT EXISTS (
                    SELECT FROM accounts_merchant AS m
                    WHERE m.slug = 'olist-' || left(s.handle, 8) AND m.external_id <> s.seller_id)
            FROM staged_sellers AS s WHERE NOT s.rejected
        """
        staging.run("DROP TABLE IF EXISTS staged_shops")
        staging.run(f"CREATE TEMP TABLE staged_shops (seller_id, handle, city, state, postcode, short) AS {select}")
        shops = staging.in_turn("SELECT * FROM staged_shops WHERE seller_id > %s ORDER BY seller_id LIMIT %s")
        for rows in self._told("merchants", "staged_shops", shops):
            self._open(rows)
            yield
        staging.run(
            "UPDATE staged_sellers AS s SET merchant_id = m.id FROM accounts_merchant AS m"
            " WHERE m.source = %s AND m.external_id = s.seller_id AND NOT s.rejected",
            given=[SOURCE],
        )
        for name in ("staged_sold", "staged_buyers"):
            staging.run(
                f"UPDATE {name} AS t SET merchant_id = s.merchant_id FROM staged_sellers AS s"
                " WHERE s.seller_id = t.seller_id AND NOT s.rejected"
            )
        staging.run("UPDATE staged_buyers SET merchant_id = %s WHERE seller_id = ''", given=[self.platform.pk])

    @transaction.atomic
    def _open(self, rows: list[tuple]) -> None:
        short = {seller: handle[:8] if is_unique else handle for seller, handle, *_place, is_unique in rows}
        new = accounts.merchants(
            [
                ArrivingMerchant(
                    SOURCE, seller, ids.of_source(TIMELESS, SOURCE, "seller", seller), f"olist-{short[seller]}",
                    f"Olist {short[seller]}", CURRENCY, ZONE.key, "en",
                )
                for seller in short
            ],
            by=self.by, now=self.now,
        )  # fmt: skip
        onboarding.shops(
            ArrivingShop(new[seller], f"Olist {short[seller]}", city, state, postcode, COUNTRY, self.now)
            for seller, _handle, city, state, postcode, _is_unique in rows
            if seller in new
        )
        if self.owner:
            ours = Merchant.objects.filter(source=SOURCE, external_id__in=list(short)).values_list("pk", flat=True)
            accounts.owner(user=self.owner, merchant_ids=ours, by=self.by, now=self.now)
        self.new["sellers"] += len(new)

    # ---------------------------------------------------------------- places
    def _areas(self) -> Iterator[None]:
        select = (
            "SELECT prefix, latitude, longitude, samples, coalesce(city, ''), coalesce(state, '') FROM staged_areas"
            " WHERE prefix > %s ORDER BY prefix LIMIT %s"
        )
        ((self.areas_known,),) = staging.rows(KNOWN_AREAS)
        for rows in staging.in_turn(select):
            marketplace.areas(ArrivingArea(COUNTRY, *row, SOURCE) for row in rows)
            yield

    # ---------------------------------------------------------------- products
    def _products(self) -> Iterator[None]:
        select = """
            SELECT s.seller_id, s.merchant_id, s.product_id, s.sku, p.category, s.first_sale,
                p.weight_g, p.length_mm, p.width_mm, p.height_mm
            FROM staged_sold AS s JOIN staged_products AS p USING (product_id)
            WHERE NOT p.rejected AND (s.seller_id, s.product_id) > (%s, %s) ORDER BY 1, 3 LIMIT %s
        """
        new: set[str] = set()
        for rows in self._told("products", "staged_sold", staging.in_turn_by(select, places=[0, 2])):
            new |= {product for _merchant, product in self._sold(rows)}
            yield
        self.new["products"] = len(new)
        _point_to_products()
        yield from self._prices()

    def _sold(self, rows: list[tuple]) -> set:
        arriving = []
        for seller, merchant_id, product, sku, category, first_sale, *measures in rows:
            called = self.categories[category]
            title = f"{called.name} {sku}"
            public_id = ids.of_source(first_sale, SOURCE, "product", seller, product)
            arriving.append(
                ArrivingProduct(
                    merchant_id,
                    SOURCE,
                    product,
                    public_id,
                    sku,
                    title[:200],
                    called.language,
                    called.pk,
                    first_sale,
                    *measures,
                )
            )
        return catalog.products(arriving, channel=self.channel, by=self.by, now=self.now)

    def _prices(self) -> Iterator[None]:
        select = """
            SELECT variant, merchant_id, newest_price, newest_sale, public_id::text, sku FROM staged_sold
            WHERE variant > %s ORDER BY variant LIMIT %s
        """
        for rows in staging.in_turn(select, after=0):
            arriving = [ArrivingPrice(merchant, variant, *rest) for variant, merchant, *rest in rows]
            pricing.prices(arriving, channel=self.channel, by=self.by, now=self.now)
            yield

    # ---------------------------------------------------------------- buyers and orders
    def _buyers(self) -> Iterator[None]:
        select = """
            SELECT unique_id, seller_id, merchant_id, city, state, postcode, since FROM staged_buyers
            WHERE (unique_id, seller_id) > (%s, %s) ORDER BY unique_id, seller_id LIMIT %s
        """
        for rows in self._told("buyers", "staged_buyers", staging.in_turn_by(select, places=[0, 1])):
            accounts.buyers(
                ArrivingBuyer(
                    merchant_id,
                    SOURCE,
                    person,
                    ids.of_source(since, SOURCE, "buyer", seller, person),
                    city,
                    state,
                    postcode,
                    COUNTRY,
                    since,
                )
                for person, seller, merchant_id, city, state, postcode, since in rows
            )
            yield
        staging.run(
            "UPDATE staged_buyers AS t SET buyer = b.id FROM accounts_buyer AS b"
            " WHERE b.merchant_id = t.merchant_id AND b.source = %s AND b.external_id = t.unique_id",
            given=[SOURCE],
        )

    def _orders(self) -> Iterator[None]:
        ((total,),) = staging.rows("SELECT count(*) FROM staged_orders WHERE NOT rejected")
        self.progress.start("orders", total)
        done = 0
        for batch in batches():
            self._batch(batch)
            done += len(batch.groups)
            self.progress.at(done, done)
            yield
        self.progress.end(done)

    @transaction.atomic
    def _batch(self, batch: Batch) -> None:
        taken = fulfillment.take_over(
            batch.groups, platform=self.platform, channel=self.channel, by=self.by, now=self.now
        )
        new = support.reviews(list(self._reviews(batch, taken)), by=self.by, now=self.now)
        self.new["orders"] += len(taken.new_groups)
        self.new["customers"] += len(taken.new_groups)
        self.new["items"] += len(taken.new_lines)
        self.new["payments"] += len(taken.new_payments)
        self.new["reviews"] += len({external_id for _merchant, external_id in new})
        names.remark_on_differing(taken.differing)

    def _reviews(self, batch: Batch, taken: fulfillment.Taken) -> Iterator[ArrivingReview]:
        """One for each order of the group, or the platform's where it has none."""
        for group in batch.groups:
            for review in batch.reviews.get(group.number, []):
                said = [
                    review.score, review.title, review.message, review.asked, review.given,
                ]  # fmt: skip
                key, group_id = f"{review.review_id}:{group.number}", taken.groups[group.number]
                for order in group.orders:
                    sold = batch.products[order.merchant_id, group.number]
                    yield ArrivingReview(
                        order.merchant_id, SOURCE, key, group_id, taken.orders[order.merchant_id, group.number],
                        next(iter(sold)) if len(sold) == 1 else None, *said, str(order.public_id),
                    )  # fmt: skip
                if not group.orders:
                    yield ArrivingReview(self.platform.pk, SOURCE, key, group_id, None, None, *said, "")

    def _told(self, what: str, table: str, portions: Iterator[list[tuple]]) -> Iterator[list[tuple]]:
        return self.progress.told(what, staging.rows(f"SELECT count(*) FROM {table}")[0][0], portions)


def _point_to_products() -> None:
    staging.run("ALTER TABLE staged_sold ADD COLUMN public_id uuid")
    staging.run(
        "UPDATE staged_sold AS t SET product = p.id, variant = v.id, public_id = p.public_id, sku = v.sku,"
        " title = p.title FROM catalog_product AS p JOIN catalog_variant AS v"
        " ON v.product_id = p.id AND v.source = p.source AND v.external_id = p.external_id"
        " WHERE p.merchant_id = t.merchant_id AND p.source = %s AND p.external_id = t.product_id",
        given=[SOURCE],
    )
    staging.run("ANALYZE staged_sold")
