"""What lies in the warehouse, and what is done to it."""

from config.kernel.api.lists import Listing
from config.kernel.api.resources import Bulk, Resource
from inventory import selectors
from inventory.api import serializers
from inventory.filters import MovementFilter, StockFilter
from inventory.services import alerts, stock
from inventory.services.stock import Units
from merchants.accounts.permissions import Permission
from merchants.desk.api.exports import Exports


class Stock(Resource):
    """How much there is of each variant that ever lay in the warehouse."""

    reads = Permission.STOCK_VIEW
    output = serializers.StockOut
    listing = Listing("stock", ("pk",), StockFilter)

    def rows(self):
        return selectors.levels()


class StockMovements(Resource):
    """The ledger of the warehouse, the newest first. It is only ever added to."""

    reads = Permission.STOCK_VIEW
    output = serializers.MovementOut
    listing = Listing("stock-movements", ("-pk",), MovementFilter)

    def rows(self):
        return selectors.ledger()


class StockAct(Resource, abstract=True):
    """An act on the stock of one variant, answered with how it stands then."""

    output = serializers.StockOut
    input = serializers.UnitsIn
    idempotent, answers, one_answers = True, 200, 200

    def units(self, data, **more) -> list[Units]:
        return [Units(data["sku"], data["quantity"], **more)]

    def ready(self, rows):
        return selectors.levels_of([variant.pk for variant in rows])


class StockReceipts(StockAct):
    """Take goods in. As far as they were announced they are not on their way any more."""

    writes = Permission.STOCK_EDIT

    def create(self, data):
        stock.receive(self.units(data), note=data.get("note", ""), by=self.actor, now=self.now)
        return data["sku"]


class StockReceiptsInBulk(Bulk, StockReceipts):
    """Take in up to 1,000 deliveries, each with an answer of its own."""

    one_answers = 200


class StockAnnouncements(StockAct):
    """Say that goods are on their way. They cannot be sold yet."""

    writes = Permission.STOCK_EDIT

    def create(self, data):
        stock.announce(self.units(data), note=data.get("note", ""), by=self.actor, now=self.now)
        return data["sku"]


class StockAdjustments(StockAct):
    """Correct a number, for a reason. There cannot be fewer than are reserved or damaged."""

    writes = Permission.STOCK_EDIT
    input = serializers.AdjustmentIn

    def create(self, data):
        units = self.units(data, reason=data["reason"])
        stock.adjust(units, note=data.get("note", ""), by=self.actor, now=self.now)
        return data["sku"]


class StockAdjustmentsInBulk(Bulk, StockAdjustments):
    """Correct up to 1,000 numbers, each with an answer of its own."""

    one_answers = 200


class StockAlertLines(StockAct):
    """Below how many available units somebody is told."""

    writes = Permission.STOCK_EDIT
    input, idempotent = serializers.AlertLineIn, False

    def create(self, data):
        alerts.set_line(variant=data["sku"], line=data["alert_below"], by=self.actor, now=self.now)
        return data["sku"]


class StockExports(Exports):
    """Begin an export of stock: a job whose file is a CSV. The filters of the list are parameters here too."""

    writes = Permission.STOCK_VIEW
    kind, chosen_by = "inventory.export_stock", StockFilter
