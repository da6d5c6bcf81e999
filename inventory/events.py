"""What inventory announces. Changes of stock are about the product, on whose timeline they belong."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class WarehouseOpened(Event):
    name = "inventory.warehouse.opened"
    warehouse_id: str
    code: str

    @property
    def about(self):
        return f"warehouse:{self.warehouse_id}"


@dataclass(frozen=True, kw_only=True)
class StockEvent(Event):
    name = "inventory.stock"
    product_id: str
    sku: str

    @property
    def about(self):
        return f"product:{self.product_id}"


@dataclass(frozen=True, kw_only=True)
class StockAnnounced(StockEvent):
    name = "inventory.stock.announced"
    quantity: int


@dataclass(frozen=True, kw_only=True)
class StockReceived(StockEvent):
    name = "inventory.stock.received"
    quantity: int


@dataclass(frozen=True, kw_only=True)
class StockAdjusted(StockEvent):
    """What was added (or, below zero, taken) on hand, and among the damaged."""

    name = "inventory.stock.adjusted"
    reason: str
    on_hand: int
    damaged: int


@dataclass(frozen=True, kw_only=True)
class StockReturned(StockEvent):
    """`damaged` of the `quantity` cannot be sold again."""

    name = "inventory.stock.returned"
    quantity: int
    damaged: int


@dataclass(frozen=True, kw_only=True)
class AlertLineSet(StockEvent):
    """None stands for no line."""

    name = "inventory.stock.alert_line_set"
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class ReservationExpired(Event):
    """What was set aside for `owner`, such as `order:0190…`, is free again: it was not confirmed in time."""

    name = "inventory.reservation.expired"
    owner: str

    @property
    def about(self):
        return self.owner
