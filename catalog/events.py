"""What catalog announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ProductEvent(Event):
    name = "catalog.product"
    product_id: str

    @property
    def about(self):
        return f"product:{self.product_id}"


@dataclass(frozen=True, kw_only=True)
class ProductCreated(ProductEvent):
    name = "catalog.product.created"


@dataclass(frozen=True, kw_only=True)
class ProductChanged(ProductEvent):
    """`fields` are the names of what changed; descriptions are long and stay in the product."""

    name = "catalog.product.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ProductMoved(ProductEvent):
    name = "catalog.product.moved"
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ProductPictured(ProductEvent):
    name = "catalog.product.pictured"
    sha256: str


@dataclass(frozen=True, kw_only=True)
class VariantAdded(ProductEvent):
    name = "catalog.variant.added"
    sku: str


@dataclass(frozen=True, kw_only=True)
class VariantChanged(ProductEvent):
    """`fields` are the names of what changed."""

    name = "catalog.variant.changed"
    sku: str
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class VariantRemoved(ProductEvent):
    """The import that had brought it in was undone."""

    name = "catalog.variant.removed"
    sku: str


@dataclass(frozen=True, kw_only=True)
class ProductRemoved(ProductEvent):
    """The import that had brought it in was undone."""

    name = "catalog.product.removed"
    code: str


@dataclass(frozen=True, kw_only=True)
class ListingMoved(ProductEvent):
    """A variant went on sale on a channel (`before` is empty the first time), was paused or taken off."""

    name = "catalog.listing.moved"
    sku: str
    channel: str
    before: str
    after: str
