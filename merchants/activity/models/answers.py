from django.db import models

from config.kernel.constraints import SameMerchant
from config.kernel.personal import EncryptedField, personal
from merchants.accounts.models import Credential, MerchantOwned


class KeptAnswer(MerchantOwned):
    """What a request with an Idempotency-Key was answered, to the byte; written in the transaction of its effect.

    `digest` is of the request: method, route and body.
    """

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    content = personal(EncryptedField(), kind="contact", purpose="giving a partner's system the same answer again")
    made_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("credential"),
            models.UniqueConstraint(fields=["merchant", "credential", "key"], name="one_answer_per_key"),
        ]
        indexes = [models.Index(fields=["made_at"], name="answer_age")]
