"""How the facts of onboarding read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Payload, Sentence, label
from merchants.onboarding import events
from merchants.onboarding.states import SuspensionReason


def _suspended(fact: Payload) -> str:
    return _("The shop was suspended: %(reason)s") % {"reason": label(SuspensionReason, fact["reason"])}


SENTENCES = {
    events.SellingSuspended: Sentence(_suspended, "triangle-alert", "bad"),
    events.SellingResumed: Sentence(__("The shop may sell again"), "store", "good"),
    events.VacationAnnounced: Sentence(__("Vacation planned from %(first_on)s to %(last_on)s"), "calendar"),
    events.VacationEnded: Sentence(__("Vacation from %(first_on)s to %(last_on)s was ended early"), "calendar"),
}
