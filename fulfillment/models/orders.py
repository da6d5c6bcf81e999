from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from config.kernel import ids
from config.kernel.constraints import SameMerchant
from config.kernel.flow import Moving
from config.kernel.money import CurrencyField, MinorField, Money
from config.kernel.personal import EncryptedField, personal
from fulfillment.models.groups import OrderGroup
from fulfillment.models.prices import Priced
from fulfillment.rules import MILLION
from fulfillment.states import ORDER_FLOW, CancellationReason, Cause, OrderStatus
from merchants.accounts.models import Buyer, MerchantOwned, Sourced, one_per_source
from merchants.marketplace.models import SalesChannel

DELIVERY = "delivering this order"
DIRECT = "direct"  # the source of orders that were placed here


class Order(Moving, Sourced, MerchantOwned):
    """One merchant's part of what a buyer sent. The address is a copy: it stays as it was when ordered.

    `total_minor` = items + freight + charges; `units` are those of goods; `paid_minor` is the sum of the payment parts,
    and the gap between the two stays visible. `refunded_minor` is the sum of the refunds. Checks that a status implies
    a moment hold for our own rows, not for history we were given.
    """

    flow = ORDER_FLOW

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    number = models.CharField(_("order number"), max_length=60)
    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    channel = models.ForeignKey(SalesChannel, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=OrderStatus)
    source_status = models.CharField(max_length=40, blank=True)
    currency = CurrencyField()
    items_minor = MinorField()
    freight_minor = MinorField(default=0)
    charges_minor = MinorField(db_default=0)
    total_minor = MinorField()
    paid_minor = MinorField(default=0)
    refunded_minor = MinorField(db_default=0)
    units = models.PositiveIntegerField()
    placed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    recipient = personal(EncryptedField(blank=True), kind="identity", purpose=DELIVERY)
    phone = personal(EncryptedField(blank=True), kind="contact", purpose=DELIVERY)
    street = personal(EncryptedField(blank=True), kind="contact", purpose=DELIVERY)
    city = personal(models.CharField(max_length=120, blank=True), kind="location", purpose=DELIVERY)
    region = personal(models.CharField(max_length=60, blank=True), kind="location", purpose=DELIVERY)
    postcode = personal(models.CharField(max_length=20, blank=True), kind="location", purpose=DELIVERY)
    country = models.CharField(max_length=2)
    version = models.PositiveIntegerField(default=1)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            SameMerchant("buyer"),
            models.UniqueConstraint(fields=["merchant", "number"], name="one_order_per_number"),
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_order_per_public_id"),
            models.UniqueConstraint(fields=["merchant", "group"], name="one_order_per_group"),
            models.CheckConstraint(condition=Q(status__in=OrderStatus.values), name="order_status_known"),
            models.CheckConstraint(
                condition=Q(total_minor=F("items_minor") + F("freight_minor") + F("charges_minor")),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(status=OrderStatus.PLACED) | Q(paid_at__isnull=False) | ~Q(source__in=["", DIRECT])
                | Q(status=OrderStatus.CANCELLED),
                name="order_paid_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("paid_minor")), name="no_more_back_than_paid"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["merchant", "-placed_at", "-id"], name="order_newest"),
            models.Index(fields=["merchant", "updated_at", "id"], name="order_changed"),
            models.Index(fields=["merchant", "status", "-placed_at", "-id"], name="order_by_status"),
            models.Index(fields=["merchant", "-total_minor", "-id"], name="order_by_total"),
            models.Index(fields=["merchant", "buyer", "-placed_at"], name="order_of_buyer"),
            models.Index(fields=["group"], name="order_of_group"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("fulfillment:order", args=[self.merchant.slug, self.number])

    @property
    def about(self) -> str:
        return f"order:{self.public_id}"

    @property
    def items(self) -> Money:
        return Money(self.items_minor, self.currency)

    @property
    def freight(self) -> Money:
        return Money(self.freight_minor, self.currency)

    @property
    def charges(self) -> Money:
        return Money(self.charges_minor, self.currency)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def paid(self) -> Money:
        return Money(self.paid_minor, self.currency)

    @property
    def refunded(self) -> Money:
        return Money(self.refunded_minor, self.currency)

    @property
    def gap(self) -> Money:
        """Paid above (or below) what the order comes to."""
        return self.paid - self.total


class OrderLine(Priced, MerchantOwned):
    """What was ordered, as it was called and priced then. Without a variant it is a charge of the order: it has no
    stock, and the operator takes nothing of it.

    `shipped` units of it have left the house, `returned` of these came back. `external_id` is the line's key at its
    source, `stated_at` its own moment there, where that is another than its order's.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines", db_constraint=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+", db_constraint=False, null=True)
    external_id = models.CharField(max_length=60, blank=True, db_default="", editable=False)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    sku = models.CharField(max_length=60)
    freight_minor = MinorField(default=0)
    tax_minor = MinorField(default=0)  # contained in the price
    ship_by_at = models.DateTimeField(null=True)
    stated_at = models.DateTimeField(null=True)
    shipped = models.PositiveIntegerField(db_default=0)
    returned = models.PositiveIntegerField(db_default=0)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("order"),
            SameMerchant("variant"),
            models.UniqueConstraint(fields=["merchant", "order", "position"], name="one_line_per_position"),
            models.UniqueConstraint(
                fields=["merchant", "order", "external_id"], name="one_line_per_key", condition=~Q(external_id="")
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_quantity_positive"),
            models.CheckConstraint(condition=Q(unit_price_ppm__lt=MILLION), name="line_price_is_carried"),
            models.CheckConstraint(condition=Q(shipped__lte=F("quantity")), name="no_more_shipped_than_ordered"),
            models.CheckConstraint(condition=Q(returned__lte=F("quantity")), name="no_more_back_than_ordered"),
            models.CheckConstraint(condition=Q(variant__isnull=False) | Q(shipped=0), name="charges_are_not_shipped"),
        ]
        indexes = [models.Index(fields=["merchant", "variant"], name="line_of_variant")]

    @property
    def freight(self) -> Money:
        return Money(self.freight_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)

    @property
    def variant_public_id(self):
        return self.variant and self.variant.public_id

    @property
    def is_charge(self) -> bool:
        return self.variant_id is None

    @property
    def is_repeat(self) -> bool:
        """Whether its source says the same line of the order once more: its key ends in how often."""
        return self.external_id.partition(":")[2] > "1"


class Cancellation(MerchantOwned):
    """Why an order was cancelled and who brought that about, by whom, when."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="cancellation", db_constraint=False)
    reason = models.CharField(max_length=40, choices=CancellationReason)
    cause = models.CharField(max_length=20, choices=Cause, db_default=Cause.UNKNOWN)
    note = personal(models.CharField(max_length=500, blank=True), kind="opinion", purpose="why an order ended")
    by = models.CharField(max_length=100)
    at = models.DateTimeField(null=True)  # a source may not say when

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("order"),
            models.CheckConstraint(condition=Q(reason__in=CancellationReason.values), name="cancel_reason_known"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="cancel_cause_known"),
        ]
