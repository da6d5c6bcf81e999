from django.db import models
from django.db.models import Q

from catalog.models import Product
from config.kernel.constraints import SameMerchant
from config.kernel.personal import personal
from fulfillment.models import Order, OrderGroup
from merchants.accounts.models import MerchantOwned, Sourced, one_per_source

JUDGING = "showing what buyers think of goods and service"


class ProductReview(Sourced, MerchantOwned):
    """What a buyer says of an order; of a product where the order has just one.

    A review of a group without items belongs to the platform and has no order.
    """

    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False)
    score = models.PositiveSmallIntegerField()
    title = personal(models.CharField(max_length=200, blank=True), kind="opinion", purpose=JUDGING)
    text = personal(models.TextField(blank=True), kind="opinion", purpose=JUDGING)
    asked_on = models.DateField(null=True)  # when the buyer was asked, in the merchant's zone
    given_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            SameMerchant("order"),
            SameMerchant("product"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="review_score_1_to_5"),
        ]
        indexes = [
            models.Index(fields=["merchant", "-given_at", "-id"], name="review_newest"),
            models.Index(fields=["merchant", "product", "-given_at"], name="review_of_product"),
            models.Index(fields=["merchant", "order"], name="review_of_order"),
            models.Index(fields=["merchant", "score", "-given_at", "-id"], name="review_by_score"),
        ]

    @property
    def tone(self) -> str:
        """How the score looks: a bad one is what one comes for."""
        return "bad" if self.score <= 2 else "warn" if self.score == 3 else "ok"
