"""What the desk does about facts of the rooms below it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.events import on
from merchants.accounts.events import MemberRemoved
from merchants.activity.events import DeliveryEvent, DeliveryParked, DeliveryRetried
from merchants.activity.models import EventDelivery
from merchants.desk.services import views, work_items

SYSTEM = machine("system")
DELIVERY_PARKED = "activity.delivery_parked"


@on(MemberRemoved)
def take_from_who_left(facts: list[MemberRemoved], *, now: datetime) -> None:
    users = [fact.user_id for fact in facts]
    work_items.take_from(users=users, by=SYSTEM, now=now)
    views.take_from(users=users, by=SYSTEM, now=now)


@on(DeliveryParked)
@on(DeliveryRetried)
def ask_for_another_try(facts: list[DeliveryEvent], *, now: datetime) -> None:
    """One work item of the platform for each delivery that lies parked; it closes when somebody has it tried again."""
    with scope.across_merchants(because="the deliveries are those of any merchant"):
        parked = EventDelivery.objects.filter(pk__in=[fact.delivery_id for fact in facts], gave_up_at__isnull=False)
        lying = set(parked.values_list("pk", flat=True))
    for fact in facts:
        item = {"kind": DELIVERY_PARKED, "about": fact.about, "by": SYSTEM, "now": now}
        if fact.delivery_id in lying:
            link = reverse("admin:activity_eventdelivery_change", args=[fact.delivery_id])
            work_items.open(params={"fact": fact.fact, "subscriber": fact.subscriber}, link=link, **item)
        else:
            work_items.close_about(why=_("It was tried again."), **item)
