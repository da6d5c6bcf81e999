from django.db import models

from config.kernel import ids
from config.kernel.transactions import CurrentTransaction, TransactionId
from merchants.accounts.models import MerchantOwned


class DomainEvent(MerchantOwned):
    """A fact. `occurred_at` is when it happened, `recorded_at` when we learned of it: history has both.

    A batch holds facts of one name that were recorded together; subscribers get them together too.
    """

    append_only = True

    batch = models.UUIDField(default=ids.fresh)
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=120)
    payload = models.JSONField()
    actor = models.CharField(max_length=100)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    transaction = TransactionId(db_default=CurrentTransaction(), editable=False)

    class Meta(MerchantOwned.Meta):
        indexes = [
            models.Index(fields=["merchant", "about", "occurred_at", "id"], name="event_about"),
            models.Index(fields=["merchant", "occurred_at", "id"], name="event_newest"),
            models.Index(fields=["merchant", "batch"], name="event_batch"),
            models.Index(fields=["transaction", "id"], name="event_transaction"),
        ]
