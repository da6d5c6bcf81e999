from django.db import models

from config.kernel.transactions import TransactionId


class Seal(models.Model):
    """What is vouched for of all facts that the transactions from `since` up to, not including, `until` recorded.

    `facts` is made of every column of every fact in order, `contents` of what they say in any order: where only the
    first differs, they were put in another order. `fingerprint` vouches for the seal itself and for the one before it.
    All three are HMAC-SHA256 under SEAL_KEY, as hexadecimal digits.
    """

    append_only = True

    number = models.PositiveBigIntegerField(unique=True)  # 1, 2, 3…
    since = TransactionId(unique=True)  # one seal follows another
    until = TransactionId()
    # neighboring seals may overlap in the ids of facts, never in transactions
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.PositiveBigIntegerField()
    contents = models.CharField(max_length=64)
    facts = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.number}"
