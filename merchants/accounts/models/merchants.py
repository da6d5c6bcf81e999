from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kernel import ids
from config.kernel.flow import Moving
from config.kernel.money import CurrencyField
from merchants.accounts.models.sources import Sourced, one_per_source
from merchants.accounts.states import MERCHANT_FLOW, MerchantStatus


def known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone; use one such as Asia/Shanghai."), params={"name": name})


class Merchant(Moving, Sourced, models.Model):
    """Whose rows the walls keep apart. The operator is one too: the reserved row `platform`."""

    PLATFORM = "platform"
    flow = MERCHANT_FLOW

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    status = models.CharField(max_length=20, choices=MerchantStatus, default=MerchantStatus.OPEN)
    currency = CurrencyField(_("currency"))
    timezone = models.CharField(_("time zone"), max_length=60, validators=[known_zone])
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_per_source(owned=False),
            models.CheckConstraint(condition=Q(status__in=MerchantStatus.values), name="merchant_status_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def initial(self) -> str:
        return self.name[:1].upper()
