from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kernel.constraints import SameMerchant
from merchants.accounts.models import MerchantOwned
from merchants.desk.models.work_items import WorkItem
from merchants.desk.states import Mail


class Notification(MerchantOwned):
    """That a person was told of a work item; `mail` is what became of the letter about it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="notifications", db_constraint=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=20, choices=Mail)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("item"),
            models.UniqueConstraint(fields=["merchant", "person", "item"], name="notification_once"),
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notification_mail_known"),
        ]
        indexes = [
            models.Index(fields=["merchant", "person", "-made_at", "-id"], name="notification_newest"),
            models.Index(fields=["made_at"], condition=Q(mail=Mail.DUE.value), name="notification_mail_due"),
        ]


class MailChoice(MerchantOwned):
    """Whether a person wants mails about work items of a shop; who has not chosen gets them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    wants_mail = models.BooleanField(_("e-mails"))

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "person"], name="mail_choice_once"),
        ]
