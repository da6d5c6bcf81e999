"""How the facts of support read."""

from django.utils.translation import gettext_lazy as _

from config.kernel.sentences import Sentence
from support import events

SENTENCES = {
    events.ReviewReceived: Sentence(_("The buyer gave %(score)s of 5 stars"), "star"),
    events.ReviewErased: Sentence(_("The words of a review were erased (%(because)s)"), "shield"),
}
