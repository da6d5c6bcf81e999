from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from config.kernel import ids
from config.kernel.personal import EncryptedField, personal
from merchants.accounts.models.ownership import MerchantOwned
from merchants.accounts.models.sources import Sourced, one_per_source

DELIVERY = "delivering what was ordered"


class Buyer(Sourced, MerchantOwned):
    """A person as one merchant knows them; another merchant's row of the same person is another buyer."""

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    name = personal(models.CharField(max_length=120, blank=True), kind="identity", purpose=DELIVERY)
    name_key = personal(
        models.GeneratedField(expression=Lower("name"), output_field=models.CharField(max_length=240), db_persist=True),
        kind="identity", purpose="finding by name",
    )  # fmt: skip
    phone = personal(EncryptedField(blank=True), kind="contact", purpose=DELIVERY)
    phone_token = personal(models.CharField(max_length=64, blank=True), kind="contact", purpose="finding by phone")
    phone_tail_token = personal(models.CharField(max_length=64, blank=True), kind="contact", purpose="finding by phone")
    street = personal(EncryptedField(blank=True), kind="contact", purpose=DELIVERY)
    city = personal(models.CharField(max_length=120, blank=True), kind="location", purpose=DELIVERY)
    region = personal(models.CharField(max_length=60, blank=True), kind="location", purpose=DELIVERY)
    postcode = personal(models.CharField(max_length=20, blank=True), kind="location", purpose=DELIVERY)
    country = models.CharField(max_length=2)
    known_since = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_buyer_per_public_id"),
        ]
        indexes = [
            models.Index(fields=["merchant", "name_key"], name="buyer_name"),
            models.Index(fields=["merchant", "phone_token"], name="buyer_phone", condition=~models.Q(phone_token="")),
            models.Index(
                fields=["merchant", "phone_tail_token"],
                name="buyer_phone_tail",
                condition=~models.Q(phone_tail_token=""),
            ),
        ]

    @property
    def shown_name(self) -> str:
        """The name, or where a source gives none a short form of its key."""
        return self.name or _("Buyer %(key)s") % {"key": (self.external_id or str(self.public_id))[:8]}
