from django.contrib.postgres.fields import ArrayField
from django.db import models

from merchants.accounts.models.ownership import MerchantOwned
from merchants.accounts.models.users import User
from merchants.accounts.permissions import ROLE_PERMISSIONS, PlatformRole, Role, granted

CHOICES = [*Role.choices, *PlatformRole.choices]


class Membership(MerchantOwned):
    """What a person is for a merchant: one role or several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=30, choices=CHOICES))
    joined_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "user"], name="one_membership_per_person"),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=sorted(map(str, ROLE_PERMISSIONS)), roles__len__gt=0),
                name="membership_roles_known",
            ),
        ]

    @property
    def permissions(self) -> frozenset[str]:
        return granted(self.roles)

    @property
    def role_labels(self) -> list[str]:
        return [str(dict(CHOICES)[role]) for role in self.roles]
