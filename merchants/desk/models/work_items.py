from django.conf import settings
from django.db import models
from django.db.models import Q

from config.kernel import ids, work_items
from merchants.accounts.models import MerchantOwned


class WorkItem(MerchantOwned):
    """One thing that a person must do about something, such as `job:0190…`; closed it has a reason."""

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=200, blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["merchant", "kind", "about"], condition=Q(closed_at__isnull=True), name="work_item_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closed_why=""), name="work_item_closed_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "-opened_at", "-id"], name="work_item_newest"),
            models.Index(fields=["owner"], name="work_item_owner"),
        ]

    @property
    def title(self) -> str:
        return work_items.kind(self.kind).tell(self.params)

    @property
    def icon(self) -> str:
        return work_items.kind(self.kind).icon

    @property
    def closes_by_hand(self) -> bool:
        return work_items.kind(self.kind).closes_by_hand
