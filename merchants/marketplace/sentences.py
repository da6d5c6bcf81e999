"""How the facts about what the operator offers read."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Payload, Sentence
from config.templatetags.ui import moment
from merchants.marketplace import events


def _announced(fact: Payload) -> str:
    told = {"code": fact["code"], "moment": moment(datetime.fromisoformat(fact["starts_at"]))}
    return _("Commission schedule %(code)s announced, in force from %(moment)s") % told


SENTENCES = {
    events.CategoryAdded: Sentence(__("Category %(code)s was added"), "plus"),
    events.CategoryRenamed: Sentence(__("Category %(code)s was renamed, opened or closed"), "pencil"),
    events.ChannelAdded: Sentence(__("Sales channel %(code)s was added"), "plus"),
    events.ChannelRenamed: Sentence(__("Sales channel %(code)s was renamed, opened or closed"), "pencil"),
    events.CommissionAnnounced: Sentence(_announced, "plus"),
}
