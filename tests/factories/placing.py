from config.kernel.money import Money
from fulfillment.models import Order
from fulfillment.services import placing
from fulfillment.services.drafts import PlacedLine, Placement
from fulfillment.states import PaymentKind
from inventory.models import StockLevel
from merchants.accounts.services.buyers import GivenBuyer
from tests.factories.accounts import THEN, acting_merchant
from tests.factories.inventory import BY, make_stock
from tests.factories.marketplace import usual_channel

ANNA = GivenBuyer("C-1", "Anna", "+49 30 123456", "Lindenweg 1", "Berlin", "BE", "10115", "DE")


def asked(*lines: tuple, paid: bool = True, **overrides) -> Placement:
    """An order for (SKU, quantity, price in minor units or None) lines as somebody would ask for it."""
    currency = acting_merchant().currency
    placed = [
        PlacedLine(sku, quantity, None if price is None else Money(price, currency)) for sku, quantity, price in lines
    ]
    values = {"channel": usual_channel(), "lines": placed, "buyer": ANNA, "paid_by": PaymentKind.CARD if paid else None}
    return Placement(**values | overrides)


def place_order(*lines: tuple, **overrides) -> Order:
    """An order that was placed here, with its stock and in the books; of two units of what there is unless told."""
    if not lines:
        if not StockLevel.objects.exists():
            make_stock(10)
        lines = [(StockLevel.objects.select_related("variant").order_by("pk")[0].variant.sku, 2, 1_990)]
    return placing.place(asked(*lines, **overrides), by=BY, now=THEN)
