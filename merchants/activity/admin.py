"""The record of all that was done, what waits for a subscriber, and the seals over it."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import Act, ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from merchants.activity import forms
from merchants.activity.models import DomainEvent, EventDelivery, Seal
from merchants.activity.services import outbox


@admin.register(DomainEvent)
class DomainEventAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Facts")
    list_display = ["name", "about", "actor", "merchant", "occurred_at", "recorded_at"]
    list_select_related = ["merchant"]
    search_fields = ["about__exact", "actor__exact", "name__startswith", "merchant__slug__exact"]


class RetryDelivery(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Try again")
    form_class = forms.Confirmation

    def do(self, form):
        outbox.retry(delivery=self.row, by=self.actor, now=self.now)
        return _("It is tried again now, and then as often as at first.")


class Whereabouts(admin.SimpleListFilter):
    title, parameter_name = __("where it is"), "is"

    def lookups(self, request, model_admin):
        return [("waiting", _("Waiting")), ("parked", _("Given up")), ("done", _("Done"))]

    def queryset(self, request, queryset):
        chosen = {
            "waiting": {"done_at": None, "gave_up_at": None},
            "parked": {"gave_up_at__isnull": False},
            "done": {"done_at__isnull": False},
        }
        return queryset.filter(**chosen.get(self.value(), {}))


@admin.register(EventDelivery)
class EventDeliveryAdmin(ReadOnlyAdmin):
    """Facts on their way to their subscribers. What was given up waits for somebody to have it tried again."""

    needs = Permission.PLATFORM_VIEW
    title = __("Deliveries of facts")
    acts = {"row-retry": RetryDelivery}
    list_display = ["name", "subscriber", "merchant", "made_at", "attempts", "due_at", "done_at", "gave_up_at", "error"]
    list_select_related = ["merchant"]
    list_filter = [Whereabouts]
    search_fields = ["subscriber__startswith", "name__startswith", "merchant__slug__exact"]

    def has_act(self, request, act, row):
        return row.gave_up_at is not None


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    """The chain that `manage.py verify_audit` recomputes."""

    needs = Permission.PLATFORM_VIEW
    title = __("Seals")
    list_display = ["number", "sealed_at", "count", "first_id", "last_id", "fingerprint"]
    search_fields = ["number__exact", "fingerprint__exact"]
