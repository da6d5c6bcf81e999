from django.db import models
from django.db.models import Q

from config.kernel import ids
from config.kernel.constraints import SameMerchant
from config.kernel.flow import Moving
from merchants.accounts.models import MerchantOwned
from merchants.desk.states import IMPORT_FLOW, FindingKind, ImportStatus


class ImportRun(Moving, MerchantOwned):
    """One reading of one source: what it read, took, changed and refused, and how its money adds up.

    `report` is {"currency": an ISO 4217 code, "tables": {name: {"read", "accepted", "normalised", "rejected",
    "unchanged"}}, "money": […], "identity": […], "became": {what: how many}, "unsold_products": n}, amounts in
    minor units. Of the lines read each is accepted as it is, normalised or rejected; `unchanged` are those whose
    rows stood here already.
    """

    flow = IMPORT_FLOW

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    source = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=ImportStatus, default=ImportStatus.RUNNING)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    failure = models.TextField(blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="import_status_known"),
            models.CheckConstraint(
                condition=Q(status=ImportStatus.RUNNING) | Q(finished_at__isnull=False), name="import_end_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["merchant", "-started_at", "-id"], name="import_newest")]


class ImportFinding(MerchantOwned):
    """Something about one line of a source: why it was refused, what was changed in it, what is odd about it."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="findings", db_constraint=False)
    table = models.CharField(max_length=60)
    line = models.PositiveBigIntegerField()
    key = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=FindingKind)
    code = models.CharField(max_length=60)
    field = models.CharField(max_length=60, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("run"),
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_known"),
        ]
        indexes = [models.Index(fields=["merchant", "run", "kind", "table", "line", "id"], name="finding_in_order")]
