from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "merchants.activity"
    label = "activity"

    def ready(self):
        from config.kernel import events, navigation, sentences
        from config.kernel.api import idempotency
        from merchants.accounts.permissions import Permission
        from merchants.activity import duties  # noqa: F401  registers them
        from merchants.activity.sentences import SENTENCES
        from merchants.activity.services import answers, facts

        events.keep_in(facts.keep)
        idempotency.keep_in(answers)
        sentences.add(SENTENCES)
        navigation.add(navigation.Entry(90, _("Activity"), "history", "activity:facts", Permission.ACTIVITY_VIEW))
