from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.kernel import ids
from config.kernel.constraints import SameMerchant
from config.kernel.flow import Moving
from config.kernel.personal import EncryptedField, personal
from merchants.accounts.models import MerchantOwned
from merchants.desk.models.jobs import Job
from merchants.desk.states import IMPORT_FLOW, FindingKind, ImportPolicy, ImportStatus

REPAIRING = "telling which line is wrong, and undoing"


class ImportRun(Moving, MerchantOwned):
    """One reading of one source: what it read, took, changed and refused.

    Of a marketplace's history, `report` is {"currency": an ISO 4217 code, "tables": {name: {"read", "accepted",
    "normalised", "rejected", "unchanged"}}, "money": […], "identity": […], "became": {what: how many},
    "unsold_products": n}, amounts in minor units. Of a merchant's file it is {"read", "created", "changed",
    "unchanged", "rejected"}, numbers of lines. `kind` is empty for a marketplace.

    `reading` is what was found out about a file (see `services.tables.Reading`), `mapping` {column: number of the
    heading}, `constants` {column: text for all lines}; `file` lies below the merchant's folder until the run has ended.
    """

    flow = IMPORT_FLOW

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=ImportStatus, default=ImportStatus.RUNNING)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    failure = models.TextField(blank=True)

    file = models.CharField(max_length=200, blank=True)
    reading = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    policy = models.CharField(max_length=20, choices=ImportPolicy, default=ImportPolicy.REJECT_ROWS)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, db_constraint=False)
    repairs = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("repairs"),
            SameMerchant("job"),
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="import_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.going()) | Q(finished_at__isnull=False),
                name="import_end_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["merchant", "-started_at", "-id"], name="import_newest")]

    @property
    def about(self) -> str:
        return f"import:{self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("desk:import", args=[self.merchant.slug, self.public_id])


class ImportFinding(MerchantOwned):
    """Something about one line of a source: why it was refused, what was changed in it, what is odd about it.

    A merchant's file is answered in words, in `message`; a marketplace's findings have codes, which many share.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="findings", db_constraint=False)
    table = models.CharField(max_length=60)
    line = models.PositiveBigIntegerField()
    key = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=FindingKind)
    code = models.CharField(max_length=60)
    field = models.CharField(max_length=60, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    message = models.TextField(blank=True, db_default="")

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("run"),
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_known"),
        ]
        indexes = [models.Index(fields=["merchant", "run", "kind", "table", "line", "id"], name="finding_in_order")]


class RejectedLine(MerchantOwned):
    """A line that was not taken in, as it stood in the file (a JSON list of cells), until it comes back repaired."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rejected_lines", db_constraint=False)
    line = models.PositiveBigIntegerField()
    cells = personal(EncryptedField(), kind="contact", purpose=REPAIRING)
    repaired_at = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("run"),
            models.UniqueConstraint(fields=["merchant", "run", "line"], name="one_rejection_per_line"),
        ]


class ImportEffect(MerchantOwned):
    """What a line did to one thing; `before` and `after` are JSON objects, `before` is empty for what it created."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="effects", db_constraint=False)
    line = models.PositiveBigIntegerField()
    thing = models.CharField(max_length=200)
    before = personal(EncryptedField(blank=True), kind="contact", purpose=REPAIRING)
    after = personal(EncryptedField(blank=True), kind="contact", purpose=REPAIRING)
    undone_at = models.DateTimeField(null=True)
    kept_because = models.CharField(max_length=200, blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [*MerchantOwned.Meta.constraints, SameMerchant("run")]
        indexes = [models.Index(fields=["merchant", "run", "line", "id"], name="effect_in_order")]


class ImportMapping(MerchantOwned):
    """How the columns of a kind of file were chosen the last time its headings were these."""

    kind = models.CharField(max_length=60)
    headings = models.CharField(max_length=64)  # SHA-256 of them
    mapping = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "kind", "headings"], name="one_mapping_per_headings"),
        ]
