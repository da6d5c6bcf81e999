"""What can happen to an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kernel.flow import Flow


class OrderStatus(models.TextChoices):
    PLACED = "placed", _("Placed")
    PAID = "paid", _("Paid")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")


ORDER_FLOW = Flow(
    "order",
    {
        OrderStatus.PLACED: frozenset({OrderStatus.PAID, OrderStatus.CANCELLED}),
        OrderStatus.PAID: frozenset({OrderStatus.SHIPPED, OrderStatus.CANCELLED}),
        OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED}),
    },
)


class CancellationReason(models.TextChoices):
    """Why an order was cancelled; the first four are for people, `UNPAID` is the clock's, the others a source's."""

    BUYER = "buyer_request", _("The buyer asked for it")
    STOCK = "out_of_stock", _("Out of stock")
    ADDRESS = "undeliverable", _("The address cannot be reached")
    FRAUD = "suspected_fraud", _("Suspected fraud")
    UNPAID = "unpaid_in_time", _("Not paid in time")
    SOURCE_CANCELLED = "source_canceled", _("Cancelled at the source")
    SOURCE_UNAVAILABLE = "source_unavailable", _("Unavailable at the source")


OURS = [
    CancellationReason.BUYER, CancellationReason.STOCK, CancellationReason.ADDRESS, CancellationReason.FRAUD,
]  # fmt: skip


class Cause(models.TextChoices):
    """Who brought it about that an order was cancelled."""

    BUYER = "buyer", _("The buyer")
    MERCHANT = "merchant", _("The shop")
    CARRIER = "carrier", _("The carrier")
    PLATFORM = "platform", _("The platform")
    UNKNOWN = "unknown", _("Unknown")


USUAL_CAUSE = {
    CancellationReason.BUYER: Cause.BUYER,
    CancellationReason.STOCK: Cause.MERCHANT,
    CancellationReason.ADDRESS: Cause.BUYER,
    CancellationReason.FRAUD: Cause.BUYER,
    CancellationReason.UNPAID: Cause.BUYER,
}


class RefundReason(models.TextChoices):
    """Why a buyer gets money back."""

    RETURNED = "returned", _("Goods came back")
    MISSING = "missing", _("Something was missing")
    DAMAGED = "damaged", _("Something arrived damaged")
    PRICE = "price", _("Another price was agreed")
    GOODWILL = "goodwill", _("Goodwill")
    CANCELLED = "cancelled", _("The order was cancelled")
    CHARGE = "charge", _("A charge was taken back")


class MatchRule(models.TextChoices):
    """How a cancellation of a source, which names no sale, found the sale that it takes back, or why it found none."""

    EQUAL = "equal", _("The latest sale with exactly so many left")
    COVERS = "covers", _("The latest sale with enough left")
    SPREAD = "spread", _("Several sales, the newest first")
    NO_CUSTOMER = "no_customer", _("No customer is named")
    NEVER = "never", _("Never bought in these files")
    OTHER_PRICE = "other_price", _("Bought at another price only")
    LATER = "later", _("Bought only later")
    USED_UP = "used_up", _("All that was bought earlier was taken back already")

    @property
    def is_match(self) -> bool:
        return self in (MatchRule.EQUAL, MatchRule.COVERS, MatchRule.SPREAD)


class PaymentKind(models.TextChoices):
    CARD = "credit_card", _("Credit card")
    DEBIT = "debit_card", _("Debit card")
    BOLETO = "boleto", _("Boleto")
    VOUCHER = "voucher", _("Voucher")
    WALLET = "wallet", _("Wallet")
    TRANSFER = "transfer", _("Bank transfer")
    UNDEFINED = "not_defined", _("Not defined at the source")


class MoneyState(models.TextChoices):
    """How what was paid for an order stands to what it comes to."""

    UNPAID = "unpaid", _("No payment known")
    MATCHED = "matched", _("Paid in full")
    SURCHARGE = "surcharge", _("Instalment surcharge")
    ROUNDING = "rounding", _("Rounding difference")
    ABOVE = "above", _("Paid above the total")
    BELOW = "below", _("Paid below the total")
    CANCELLED = "cancelled", _("Cancelled, refund unknown")
    REFUNDED = "refunded", _("Refunded in full")
    PARTLY_REFUNDED = "partly_refunded", _("Refunded in part")
    CANCELLED_UNPAID = "cancelled_unpaid", _("Cancelled, no payment known")

    @property
    def is_payable(self) -> bool:
        """Whether the merchant may count on the money; what is cancelled is never paid out."""
        return self not in (MoneyState.CANCELLED, MoneyState.CANCELLED_UNPAID, MoneyState.REFUNDED)


class RevealReason(models.TextChoices):
    """Why somebody looks at a buyer's full contact data."""

    DELIVERY = "delivery", _("The delivery needs it")
    CALL = "call", _("The buyer asked to be called")
    RETURN = "return", _("A return or complaint")
    AUTHORITY = "authority", _("An authority asks for it")
