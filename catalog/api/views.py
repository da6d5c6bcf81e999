"""Products, their variants, and where those are on sale."""

from catalog import selectors
from catalog.api import serializers
from catalog.filters import ListingFilter, ProductFilter, VariantFilter
from catalog.services import listings, products
from catalog.services.products import FirstVariant
from catalog.states import ListingStatus, ProductStatus
from config.kernel.api.lists import Listing
from config.kernel.api.resources import Bulk, Resource
from merchants.accounts.permissions import Permission
from merchants.desk.api.exports import Exports

BASE = ("title", "category", "model_number", "origin", "description")


class Products(Resource):
    """Products with their variants, in the order in which they were last changed.

    A new one is a draft with its first variant and price; it is sold once it is ready and listed. Products are
    archived; those that an undone import takes back are listed as deleted.
    """

    reads, writes = Permission.PRODUCTS_VIEW, Permission.PRODUCTS_EDIT
    input, output = serializers.ProductIn, serializers.ProductOut
    listing = Listing("products", ("updated_at", "pk"), ProductFilter, updated="updated_at")
    item = "api:product"
    pointers = {"sku": "/variant/sku"}

    def rows(self):
        return selectors.plain_products()

    def ready(self, rows):
        return selectors.with_variants(rows)

    def create(self, data):
        return products.create(
            code=data["code"], price=data["price"], channel=data["channel"], variant=FirstVariant(**data["variant"]),
            details={name: data.get(name, "") for name in BASE} | {"language": self.merchant.language}, by=self.actor,
            now=self.now,
        )  # fmt: skip


class DeletedProducts(Resource):
    """Products that are no more, in the order in which they went: an import that brought them was undone."""

    reads = Permission.PRODUCTS_VIEW
    output = serializers.DeletedProductOut
    listing = Listing("deleted-products", ("occurred_at", "pk"), updated="occurred_at")

    def rows(self):
        return selectors.deleted_products()

    def ready(self, rows):
        for row in rows:
            row.product_id, row.code = row.payload["product_id"], row.payload["code"]
        return rows


class ProductsInBulk(Bulk, Products):
    """Up to 1,000 new products, each with an answer of its own."""


class ProductResource(Resource, abstract=True):
    """About one product."""

    output = serializers.ProductOut

    def load(self, public_id):
        self.product = selectors.product_by_id(public_id)

    def ready(self, rows):
        return selectors.with_variants(rows)


class OneProduct(ProductResource):
    """One product; changing it takes the ETag that was read."""

    reads, writes = Permission.PRODUCTS_VIEW, Permission.PRODUCTS_EDIT
    changes = serializers.ProductDetailsIn

    def row(self):
        return self.product

    def change(self, data, version):
        return products.change(product=self.product, changes=data, version=version, by=self.actor, now=self.now)


class ProductStatusChange(ProductResource):
    """Mark a product ready, take it back to draft, or archive it."""

    writes = Permission.PRODUCTS_EDIT
    input, answers = serializers.StatusIn, 200

    def create(self, data):
        return products.move(product=self.product, to=ProductStatus(data["status"]), by=self.actor, now=self.now)


class ProductVariants(ProductResource):
    """Add a variant to a product."""

    writes = Permission.PRODUCTS_EDIT
    input, output = serializers.VariantIn, serializers.VariantOut

    def create(self, data):
        return products.add_variant(product=self.product, variant=FirstVariant(**data), by=self.actor, now=self.now)

    def ready(self, rows):
        return rows


class ProductExports(Exports):
    """Begin an export of products: a job whose file is a CSV. The filters of the list are parameters here too."""

    writes = Permission.PRODUCTS_VIEW
    kind, chosen_by = "catalog.export_products", ProductFilter


class Variants(Resource):
    """Variants in the order in which they were made. What changes about them shows in their products' `updated_at`."""

    reads = Permission.PRODUCTS_VIEW
    output = serializers.VariantOut
    listing = Listing("variants", ("pk",), VariantFilter)

    def rows(self):
        return selectors.variants()


class OneVariant(Resource):
    """One variant."""

    reads = Permission.PRODUCTS_VIEW
    output = serializers.VariantOut

    def load(self, public_id):
        self.variant = selectors.variant_by_id(public_id)

    def row(self):
        return self.variant


class Listings(Resource):
    """Which variant is on sale on which channel. A variant of a ready product is put on sale by adding it here."""

    reads, writes = Permission.PRODUCTS_VIEW, Permission.PRODUCTS_EDIT
    input, output = serializers.ListingIn, serializers.ListingOut
    listing = Listing("listings", ("pk",), ListingFilter)

    def rows(self):
        return selectors.listings()

    def create(self, data):
        return listings.put_on_sale(variant=data["sku"], channel=data["channel"], by=self.actor, now=self.now)


class ListingsInBulk(Bulk, Listings):
    """Put up to 1,000 variants on sale, each with an answer of its own."""


class ListingStatusChange(Resource):
    """Take a variant off a channel, for a while (paused) or for good (delisted)."""

    writes = Permission.PRODUCTS_EDIT
    input, output, answers = serializers.ListingMoveIn, serializers.ListingOut, 200

    def create(self, data):
        listing = selectors.listing_of(variant=data["sku"], channel=data["channel"])
        return listings.take_off(listing=listing, to=ListingStatus(data["status"]), by=self.actor, now=self.now)
