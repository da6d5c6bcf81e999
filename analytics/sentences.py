"""How the facts of the desk as a whole read."""

from django.utils.translation import gettext_lazy as __

from analytics import events
from config.kernel.sentences import Sentence

SENTENCES = {events.DemoClockMoved: Sentence(__("The demo's clock was moved"), "clock")}
