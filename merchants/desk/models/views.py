from django.conf import settings
from django.db import models

from config.kernel import ids
from merchants.accounts.models import MerchantOwned


class SavedView(MerchantOwned):
    """The state of a list with a name; `page` is how the address of the list is called, `query` what stands in it."""

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2_000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "owner", "page", "name"], name="saved_view_once"),
        ]
        indexes = [models.Index(fields=["merchant", "page", "name", "id"], name="saved_view_of_page")]

    @property
    def about(self) -> str:
        return f"view:{self.public_id}"
