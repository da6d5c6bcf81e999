import hashlib
import json

from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.kernel import ids
from config.kernel.constraints import SameMerchant
from config.kernel.flow import Moving
from merchants.accounts.models import MerchantOwned
from merchants.desk.models.jobs import Job
from merchants.desk.states import CHANGE_FLOW, ChangeStatus


class Change(Moving, MerchantOwned):
    """An act on many rows of a list: the rows by their `names`, or all that `query` finds; `asked` is what the form
    was sent, `back` how the list looked. `counted` is how many rows a person saw when they chose, where they saw it.

    `report` is {"changed": things, "kept": things, "reasons": {why: things}}, after an undoing {"undone",
    "not_undone"} besides.
    """

    flow = CHANGE_FLOW

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    names = models.JSONField(default=list)
    query = models.CharField(max_length=2_000, blank=True)
    counted = models.PositiveIntegerField(null=True)
    asked = models.JSONField(default=dict)
    back = models.CharField(max_length=2_000, blank=True)
    status = models.CharField(max_length=20, choices=ChangeStatus, default=ChangeStatus.DRAFT)
    started_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, db_constraint=False)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("job"),
            models.CheckConstraint(condition=Q(status__in=ChangeStatus.values), name="change_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=[ChangeStatus.DRAFT.value, ChangeStatus.RUNNING.value])
                | Q(applied_at__isnull=False),
                name="change_applied_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["merchant", "-made_at", "-id"], name="change_newest")]

    @property
    def asked_digest(self) -> str:
        """Tells apart what was asked for, so that nobody says yes to another thing than they saw."""
        said = json.dumps(self.asked, sort_keys=True) if self.asked else ""
        return hashlib.sha256(said.encode()).hexdigest() if said else ""

    @property
    def about(self) -> str:
        return f"change:{self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("desk:change", args=[self.merchant.slug, self.public_id])


class ChangeEffect(MerchantOwned):
    """What a change did to one thing, in words, and what an undoing needs."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="effects", db_constraint=False)
    thing = models.CharField(max_length=200)
    label = models.CharField(max_length=300)
    before_words = models.CharField(max_length=200, blank=True)
    after_words = models.CharField(max_length=200, blank=True)
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    kept_because = models.CharField(max_length=200, blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [*MerchantOwned.Meta.constraints, SameMerchant("change")]
        indexes = [models.Index(fields=["merchant", "change", "id"], name="change_effect_in_order")]
