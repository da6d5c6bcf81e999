"""How the facts about what the operator offers read."""

from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Sentence
from merchants.marketplace import events

SENTENCES = {
    events.CategoryAdded: Sentence(__("Category %(code)s was added"), "plus"),
    events.CategoryRenamed: Sentence(__("Category %(code)s was renamed, opened or closed"), "pencil"),
    events.ChannelAdded: Sentence(__("Sales channel %(code)s was added"), "plus"),
    events.ChannelRenamed: Sentence(__("Sales channel %(code)s was renamed, opened or closed"), "pencil"),
}
