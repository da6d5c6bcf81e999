"""How the facts of the platform's own plumbing read."""

from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Sentence
from merchants.activity import events

SENTENCES = {
    events.DeliveryParked: Sentence(
        __("%(subscriber)s failed %(attempts)s times on %(fact)s and was parked"), "circle-alert", "bad"
    ),
    events.DeliveryRetried: Sentence(__("%(subscriber)s is to try again on %(fact)s"), "history"),
}
