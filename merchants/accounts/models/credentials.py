from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.kernel import ids
from merchants.accounts.models.ownership import MerchantOwned
from merchants.accounts.permissions import KEY_SCOPES
from merchants.accounts.states import CredentialPhase


class Credential(MerchantOwned):
    """An API key of a merchant, for a partner's system. The key itself is shown once and never kept.

    `prefix` is the readable beginning of the key and finds it, `digest` is SHA-256 of all of it: 256 random bits need
    no slow hash. What it may is in `scopes`, whoever made it.
    """

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=30))
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # to the minute
    revoked_by = models.CharField(max_length=100, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_credential_per_public_id"),
            models.CheckConstraint(condition=models.Q(scopes__len__gt=0), name="credential_has_a_scope"),
        ]
        indexes = [models.Index(fields=["merchant", "-made_at", "-id"], name="credential_newest")]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """What facts keep of it."""
        return f"key:{self.pk}"

    @property
    def permissions(self) -> frozenset[str]:
        """A scope that no longer exists, or that keys may not have any more, grants nothing."""
        return frozenset(self.scopes) & KEY_SCOPES

    @property
    def about(self) -> str:
        return f"credential:{self.public_id}"

    def phase(self, now: datetime) -> CredentialPhase:
        if self.revoked_at is not None:
            return CredentialPhase.REVOKED
        if self.expires_at is not None and now >= self.expires_at:
            return CredentialPhase.EXPIRED
        return CredentialPhase.ACTIVE
