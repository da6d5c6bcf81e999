from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.kernel import ids
from config.kernel.books import AppendOnly, SumsToZero
from config.kernel.constraints import SameMerchant
from config.kernel.money import CurrencyField, MinorField, Money
from config.kernel.transactions import CurrentTransaction, TransactionId
from merchants.accounts.models import MerchantOwned
from merchants.money.states import Account, Item, Kind


class LedgerTransaction(MerchantOwned):
    """One movement of money. What it moves are its lines; `key` makes it happen once.

    `occurred_at` is when it happened, `posted_at` when we wrote it. `period_on` is the first day of the month whose
    statement it is on: that of `occurred_at` in the merchant's zone, or the first that was still open.
    """

    append_only = True

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    currency = CurrencyField()
    order_id = models.UUIDField(null=True)  # an order's public id: it lies in an app above this one
    order_number = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    explanation = models.CharField(max_length=300, blank=True)
    occurred_at = models.DateTimeField()
    posted_at = models.DateTimeField()
    period_on = models.DateField()
    by = models.CharField(max_length=100)
    posted_in = TransactionId(db_default=CurrentTransaction(), editable=False)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "key"], name="one_ledger_transaction_per_key"),
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_ledger_transaction_per_public_id"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="ledger_kind_known"),
            AppendOnly(),
        ]
        indexes = [
            models.Index(fields=["merchant", "period_on", "occurred_at", "id"], name="ledger_by_period"),
            models.Index(fields=["merchant", "order_id"], name="ledger_of_order", condition=Q(order_id__isnull=False)),
        ]

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        return reverse("money:entry", args=[self.merchant.slug, self.public_id])

    @property
    def about(self) -> str:
        return f"ledger:{self.public_id}"

    @property
    def about_order(self) -> str:
        return f"order:{self.order_id}" if self.order_id else ""


class LedgerLine(MerchantOwned):
    """An amount that a transaction adds to an account (or takes from it, below zero)."""

    append_only = True

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    account = models.CharField(max_length=20, choices=Account)
    item = models.CharField(max_length=20, choices=Item)
    amount_minor = MinorField()
    currency = CurrencyField()
    period_on = models.DateField()  # that of the transaction, for sums of whole months

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("transaction"),
            models.CheckConstraint(condition=Q(account__in=Account.values), name="ledger_account_known"),
            models.CheckConstraint(condition=Q(item__in=Item.values), name="ledger_item_known"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="ledger_line_moves_something"),
            AppendOnly(),
            SumsToZero(whole="transaction", amount="amount_minor"),
        ]
        indexes = [
            models.Index(fields=["merchant", "transaction"], name="ledger_line_of"),
            models.Index(
                fields=["merchant", "currency", "period_on"], name="ledger_payable", include=["item", "amount_minor"],
                condition=Q(account=Account.PAYABLE),
            ),
        ]  # fmt: skip

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
